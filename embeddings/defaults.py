"""What a path alone tells about a file: `defaults.toml`, read and asked."""

import unicodedata
from functools import cache
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict, ValidationError

from embeddings.datafiles import table
from embeddings.documents import Source
from embeddings.errors import CatalogueInvalid

__all__ = ["built", "describes_folder", "is_report", "presumed", "unpublished"]

_LICENCE_FILES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "COPYING")
_LICENCE_HEAD = 2000  # code points of a LICENSE file that are looked at


class _Defaults(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    report_folders: tuple[str, ...]
    report_phrases: tuple[str, ...]
    about: tuple[str, ...]
    about_top: tuple[str, ...]
    drafts: tuple[str, ...]
    builder_signs: tuple[str, ...]
    builder_pages: tuple[str, ...]
    outputs: dict[str, tuple[str, ...]]
    opinion_phrases: tuple[str, ...]
    licences: dict[str, str]


@cache
def _defaults() -> _Defaults:
    try:
        return _Defaults.model_validate(table(__file__, "defaults.toml"))
    except ValidationError as error:
        raise CatalogueInvalid(f"defaults.toml cannot be used: {error}") from error


def _parts(document_id: str) -> tuple[str, ...]:
    return PurePosixPath(unicodedata.normalize("NFC", document_id).casefold()).parts


def is_report(document_id: str) -> bool:
    """Say whether the path of a file, relative to its corpus, tells that it is a trip report."""
    *folders, _ = parts = _parts(document_id)
    known = _defaults()
    return any(folder in known.report_folders for folder in folders) or any(
        phrase in part for part in parts for phrase in known.report_phrases
    )


def describes_folder(document_id: str) -> bool:
    """Say whether a file is about the folder that is ingested: LICENSE anywhere, README on top."""
    parts = _parts(document_id)
    stem = PurePosixPath(parts[-1]).stem
    known = _defaults()
    return stem in known.about or (len(parts) == 1 and stem in known.about_top)


def unpublished(document_id: str) -> bool:
    """Say whether a file stands in a folder of drafts, as Jekyll and Hexo name it."""
    return any(folder in _defaults().drafts for folder in _parts(document_id)[:-1])


def built(names: frozenset[str]) -> dict[str, str]:
    """Return which of the files of a folder a site's builder made beside its pages, and why so."""
    found: dict[str, str] = {}
    folders = {str(parent) for name in names for parent in PurePosixPath(name).parents}
    twice = _outputs(names, folders)
    for name in names:
        path = PurePosixPath(name)
        if any(parent in twice for parent in map(str, path.parents)):
            found[name] = "built from other files of this folder, which are read"
        elif _is_source(path, names):
            found[name] = "the source of a page that is read"
        elif _is_builders(path, names, folders):
            found[name] = "a page of the site's builder"
    return found


def _outputs(names: frozenset[str], folders: set[str]) -> set[str]:
    """Return the folders that a builder writes to, where its settings and its sources are too."""
    found = set()
    for folder in map(PurePosixPath, folders):
        settings = _defaults().outputs.get(folder.name, ())
        if not any(str(folder.parent / name) in names for name in settings):
            continue
        beside = (n for n in names if folder not in PurePosixPath(n).parents)
        if any(n.casefold().endswith((".md", ".mdx", ".rst", ".txt", ".qmd")) for n in beside):
            found.add(str(folder))
    return found


def _is_source(path: PurePosixPath, names: frozenset[str]) -> bool:
    """Sphinx copies the source of `a/b.html` to `_sources/a/b.rst.txt`."""
    if "_sources" not in path.parts[:-1]:
        return False
    at = path.parts.index("_sources")
    page = PurePosixPath(*path.parts[:at], *path.parts[at + 1 :])
    stem = page.name.split(".")[0]
    return any(str(page.parent / one) in names for one in (f"{stem}.html", f"{stem}/index.html"))


def _is_builders(path: PurePosixPath, names: frozenset[str], folders: set[str]) -> bool:
    known = _defaults()
    page = path.parent.name if path.stem == "index" else path.stem
    if path.suffix not in (".html", ".htm") or page not in known.builder_pages:
        return False
    signs = {str(top / sign) for top in path.parents for sign in known.builder_signs}
    return bool(signs & names or signs & folders)


def presumed(root: Path, document_id: str) -> Source:
    """Return what is presumed of a file in a folder without `sources.toml`: a wiki's page."""
    licence = _licence(root)
    opinion = any(
        phrase in part for part in _parts(document_id) for phrase in _defaults().opinion_phrases
    )
    return Source(
        name=root.name or "corpus",
        licence=licence,
        kind="opinion" if opinion else "wiki",
        changes="withhold" if licence and "ND" in licence else "mask",
    )


@cache
def _licence(root: Path) -> str | None:
    for name in _LICENCE_FILES:
        path = root / name
        if path.is_file():
            head = path.read_text(encoding="utf-8", errors="replace")[:_LICENCE_HEAD]
            return next(
                (short for long, short in _defaults().licences.items() if long in head), None
            )
    return None
