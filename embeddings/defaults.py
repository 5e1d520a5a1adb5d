"""What a path alone tells about a file: `defaults.toml`, read and asked."""

import unicodedata
from functools import cache
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict, ValidationError

from embeddings.datafiles import table
from embeddings.documents import Source
from embeddings.errors import CatalogueInvalid

__all__ = ["describes_folder", "is_report", "presumed"]

_LICENCE_FILES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "COPYING")
_LICENCE_HEAD = 2000  # code points of a LICENSE file that are looked at


class _Defaults(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    report_folders: tuple[str, ...]
    report_phrases: tuple[str, ...]
    about: tuple[str, ...]
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
    """Say whether a file is about its folder: README, LICENSE, an index."""
    return PurePosixPath(_parts(document_id)[-1]).stem in _defaults().about


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
