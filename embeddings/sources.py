"""What is known about the files of a folder: `sources.toml`, and sensible defaults without one.

`sources.toml` stands in the folder that is ingested and holds one table a source:

    [[source]]
    name = "reviews"                    # required, unique; shown in reports
    include = ["reviews/**/*.txt"]      # globs relative to the folder; default: every file
    exclude = ["reviews/drafts/*"]      # `*` within a name, `**` over folders
    title = "…"                         # for a source of one file; else the file says it itself
    titles = { en = "…", zh-Hans = "…" }  # the title in each language; `title` wins
    authors = ["…", "…"]
    journal = "…"
    year = 2025
    doi = "10.1234/5678"                # without https://doi.org/
    url = "https://…"
    licence = "CC BY 4.0"
    language = "zh-Hans"                # zh-Hans, zh-Hant or en; default: told by the text
    kind = "review"                     # review, wiki, official, report or opinion
    changes = "mask"                    # "withhold" where the licence forbids derivatives

All keys but `name` may be left out. The first source that includes a file describes it. A file
that a source excludes is left out unless another includes it; a file that no source speaks of is
read with the defaults. Trip reports, told by their path, are left out unless a source
of kind `report` includes them; so are files about the folder itself (README, LICENSE), what a
site's builder adds to its pages, and what cannot be opened: each is named with the reason.
"""

import os
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from embeddings.defaults import built, describes_folder, is_report, presumed, unpublished
from embeddings.documents import Changes, Kind, Language, Source
from embeddings.errors import SourcesInvalid
from embeddings.readers import SUFFIXES
from embeddings.readers.walking import walk

__all__ = ["NAME", "Corpus"]

NAME = "sources.toml"


class _Entry(BaseModel):
    """One `[[source]]` table, checked; its fields are those of `Source`."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: str = Field(min_length=1)
    include: list[str] = ["**/*"]
    exclude: list[str] = []
    title: str | None = None
    titles: dict[Language, str] = {}
    authors: list[str] = []
    journal: str | None = None
    year: int | None = Field(default=None, ge=1000, le=9999)
    doi: str | None = Field(default=None, pattern=r"^10\.\d{4,9}/\S+$")
    url: str | None = Field(default=None, pattern=r"^https?://\S+$")
    licence: str | None = None
    language: Language | None = None
    kind: Kind = "wiki"
    changes: Changes = "mask"

    def source(self) -> Source:
        values = {name: getattr(self, name) for name in type(self).model_fields}
        lists = {name: tuple(values[name]) for name in ("include", "exclude", "authors")}
        return Source(**(values | lists))


class Corpus:
    """The files of a folder, or one file of it, each with the source that describes it.

    Raises `SourcesInvalid` when there is no such folder or its `sources.toml` cannot be followed.
    """

    def __init__(self, root: Path) -> None:
        if not root.exists():
            raise SourcesInvalid(f"{root} does not exist: give a folder or a file to ingest")
        self._only = root if root.is_file() else None
        self.root = root.parent if self._only else root
        self.sources = _load(self.root / NAME)

    def files(self) -> Iterator[tuple[Path, str, Source]]:
        """Yield the path, the document id and the source of each file, sorted by id.

        The id is the POSIX path relative to the folder, in Unicode's form NFC.
        """
        for name, path in self._found.items():
            source, _ = self._described(name)
            if source:
                yield path, name, source

    def left_out(self) -> Iterator[tuple[str, str]]:
        """Yield the name of each file that `files` leaves out, and why; hidden ones not.

        A folder that cannot be opened, and a link to one, are named with a slash at the end.
        """
        for name in sorted({*self._found, *self._closed}):
            source, reason = None, self._closed.get(name, "")
            if not reason:
                source, reason = self._described(name)
            if not source:
                yield name, reason

    @cached_property
    def _walked(self) -> tuple[dict[str, Path], dict[str, str]]:
        """Return the files by id, and why what else was met cannot be opened."""
        if self._only:
            return {_id(self._only, self.root): self._only}, {}
        found: dict[str, Path] = {}
        closed: dict[str, str] = {}
        for path, why in walk(self.root):
            name = _id(path, self.root)
            if why:
                closed[name] = why
            elif name != NAME:
                found.setdefault(name, path)
        return dict(sorted(found.items())), closed

    @property
    def _found(self) -> dict[str, Path]:
        return self._walked[0]

    @property
    def _closed(self) -> dict[str, str]:
        return self._walked[1]

    @cached_property
    def _built(self) -> dict[str, str]:
        return built(frozenset(self._found))

    def _described(self, name: str) -> tuple[Source | None, str]:
        """Return the source of a file, or None and the reason why it has none."""
        suffix = Path(name).suffix.casefold()
        if suffix not in SUFFIXES:
            return None, f"not of a format that is read ({suffix or 'no ending'})"
        entry = next((source for source in self.sources if _includes(source, name)), None)
        named = self._only is not None or (entry is not None and name in entry.include)
        if not named and is_report(name) and not (entry and entry.kind == "report"):
            return None, "a trip report, by its path"
        if not named and unpublished(name):
            return None, "not published: a folder of drafts"
        if not named and describes_folder(name):
            return None, "about the folder, by its name"
        if not named and name in self._built:
            return None, self._built[name]
        if entry is None and any(_excludes(source, name) for source in self.sources):
            return None, f"excluded by {NAME}"
        return entry or presumed(self.root, name), ""


def _id(path: Path, root: Path) -> str:
    """Return the path below the folder; bytes that are no UTF-8 as escapes, a folder's with `/`."""
    name = os.fsencode(path.relative_to(root)).decode("utf-8", "backslashreplace")
    slash = "/" if path.is_dir() else ""
    return unicodedata.normalize("NFC", name.replace(os.sep, "/")) + slash


def _includes(source: Source, name: str) -> bool:
    included = any(_glob(pattern).fullmatch(name) for pattern in source.include)
    return included and not _excludes(source, name)


def _excludes(source: Source, name: str) -> bool:
    return any(_glob(pattern).fullmatch(name) for pattern in source.exclude)


@cache
def _glob(pattern: str) -> re.Pattern[str]:
    """Return the expression for a glob: `**/` any folders, `*` and `?` within a name."""
    wild = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", unicodedata.normalize("NFC", pattern))
    return re.compile("".join(wild.get(part, re.escape(part)) for part in parts), re.DOTALL)


def _load(path: Path) -> tuple[Source, ...]:
    """Return the sources of a `sources.toml`, none if there is no such file."""
    if not path.exists():
        return ()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourcesInvalid(f"{path} cannot be read: {error}") from error
    entries = tables.get("source")
    if set(tables) != {"source"} or not isinstance(entries, list):
        raise SourcesInvalid(f"{path} must hold [[source]] tables, and nothing else")
    sources = tuple(_entry(path, table, number) for number, table in enumerate(entries, 1))
    names = [source.name for source in sources]
    if len(set(names)) < len(names):
        raise SourcesInvalid(f"{path}: two sources have the same name; each needs its own")
    return sources


def _entry(path: Path, table: object, number: int) -> Source:
    try:
        return _Entry.model_validate(table).source()
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        where = f"{path}, source {number}, key {key!r}"
        if first["type"] == "extra_forbidden":
            allowed = ", ".join(_Entry.model_fields)
            raise SourcesInvalid(f"{where} is not known; allowed are {allowed}") from error
        raise SourcesInvalid(f"{where}: {first['msg']}") from error
