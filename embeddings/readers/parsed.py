"""What a reader found in one file, before the entry of `sources.toml` is laid over it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from embeddings.documents import Markup, Section
from embeddings.errors import SourceUnreadable

__all__ = ["LeftOut", "Parsed"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The text as read, its sections, and what the file states about itself."""

    text: str
    markup: Markup
    title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    authors: tuple[str, ...] = ()
    year: int | None = None
    date: str | None = None
    doi: str | None = None
    url: str | None = None
    licence: str | None = None
    withhold: bool = False
    warnings: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class LeftOut(SourceUnreadable):
    """A file that can be read and shall not be, such as a draft; its words are the reason."""
