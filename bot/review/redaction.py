"""Taking personal data out of a question, in memory, before it is queued or written anywhere.

Each run becomes a typed mark such as `[phone]`. What tells is in `bot.review.personal`, the
words it goes by in `redaction.toml`; how much it finds is measured on
`tests/data/redaction.tsv`. It cannot find everything: a name without an introduction stays.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

from bot.review.personal.documents import cards, ids, kept
from bot.review.personal.links import emails, urls
from bot.review.personal.names import names
from bot.review.personal.places import addresses
from bot.review.personal.spans import Span, digits
from bot.review.personal.telephones import phones
from bot.review.personal.words import births, handles

__all__ = ["LONGEST", "find", "redact"]

LONGEST: Final = 2000
"""Code points of a question that are kept; the API takes half of it as a question."""

READ: Final = 2 * LONGEST
MARGIN: Final = 100
"""Code points at the end of what is read that are dropped: half a number is still personal."""

RULES: Final[tuple[Callable[[str], Iterable[Span]], ...]] = (
    urls, emails, kept, ids, cards, handles, births, phones, addresses, names,
)  # fmt: skip
"""In this order: what one rule has taken, the later ones do not see."""

HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ", 0xA0: " ", 0x2010: "-", 0x2011: "-", 0x2013: "-", 0x2014: "-", 0x2212: "-",
} | dict.fromkeys((*range(0x200B, 0x200E), 0x2060, 0xFEFF, 0xFE0F, 0x20E3), " ")  # fmt: skip
"""Forms of letters and signs into those that rules name; what cannot be seen into spaces."""

TAKEN: Final = "\ufffc"


def redact(text: str, public: Collection[str] = ()) -> str:
    """Return `text` with personal data replaced by marks, at most LONGEST code points of it.

    `public` are telephone numbers that stay, such as those of the contacts shown. Characters
    that a database cannot keep are replaced too, so that a record can always be written.
    """
    text = storable(text)
    end = len(text) if len(text) < READ else READ - MARGIN
    parts, done = [], 0
    for span in find(text, public):
        if span.end > end:
            break
        parts += [text[done : span.start], f"[{span.kind}]"]
        done = span.end
    return "".join([*parts, text[done:end]])[:LONGEST]


def find(text: str, public: Collection[str] = ()) -> list[Span]:
    """Find the runs of `text` that are personal, in order, without overlap."""
    numbers = {digits(number) for number in public}
    # Character by character, so that places in the folded text are places in `text`.
    seen = plain_digits(text.translate(HALF_WIDTH))
    found: list[Span] = []
    for rule in RULES:
        for span in free_of_overlap(rule(seen)):
            seen = seen[: span.start] + TAKEN * (span.end - span.start) + seen[span.end :]
            if span.kind == "kept" or is_public(text[span.start : span.end], span, numbers):
                continue
            found.append(span._replace(end=with_marks(text, span.end)))
    return sorted(found)


def with_marks(text: str, end: int) -> int:
    """Where a run ends with the invisible marks that make pictures of its last digit."""
    while text[end : end + 1] in ("\ufe0f", "\u20e3"):
        end += 1
    return end


def plain_digits(text: str) -> str:
    """Digits of every script, and those of mathematical alphabets, as ASCII ones."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() and not char.isascii() else char
        for char in text
    )


def free_of_overlap(spans: Iterable[Span]) -> Iterator[Span]:
    """The first found of spans that overlap: rules yield their surest finds first."""
    taken: list[Span] = []
    for span in list(spans):
        if all(span.end <= other.start or other.end <= span.start for other in taken):
            taken.append(span)
            yield span


def is_public(words: str, span: Span, numbers: Collection[str]) -> bool:
    """Whether a telephone number is one that the program itself gives out."""
    return span.kind == "phone" and digits(words) in numbers


def storable(text: str) -> str:
    """Cut what is far too long, before looking, and replace lone surrogates and NUL."""
    text = text[:READ].encode("utf-8", "replace").decode("utf-8")
    return text.replace("\0", "\ufffd")
