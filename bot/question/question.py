"""A question as it was sent."""

from dataclasses import dataclass

__all__ = ["Question", "written"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asked, as it was sent.

    `history` are their earlier questions, oldest first; `language` is the interface's as a BCP 47
    tag; `region` an ISO 3166-1 code, never guessed; `limit` the most passages to quote, 1 to 5;
    `source` the only source, or document, to quote from, but for what belongs to safety.
    """

    text: str
    history: tuple[str, ...] = ()
    language: str | None = None
    region: str | None = None
    limit: int = 5
    source: str | None = None

    def __post_init__(self) -> None:
        """Replace what JSON can carry and no library takes: lone surrogates."""
        object.__setattr__(self, "text", written(self.text))
        object.__setattr__(self, "history", tuple(written(turn) for turn in self.history))


# Arabic phrases that are one character each and unfold to as many as eighteen: a long text of them
# would be twenty times as long.
_PHRASES = dict.fromkeys((0xFDFA, 0xFDFB), " ")


def written(text: str) -> str:
    """Return a text as it can be encoded and read in a time that its length tells."""
    return text.encode("utf-8", "replace").decode("utf-8").translate(_PHRASES)
