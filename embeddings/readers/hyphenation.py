"""Words that a typesetter parted at the end of a line, joined again."""

import re

from embeddings.datafiles import table

__all__ = ["unhyphenated"]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PARTED = re.compile(
    r"(?<![\w-])([^\W\d_]{2,30})[-\u2010\u00ad][ \t]*\n[ \t]*([a-zà-ÿ]{2,30})(?![\w-])"
)


def unhyphenated(text: str) -> str:
    """Return the text with parted words joined; the hyphen of a compound stays, joined too.

    A compound is told by the text, where it stands so elsewhere, or by two words that begin and
    end compounds, one of which may also stand alone in the text.
    """
    words = frozenset(_WORD.findall(text.casefold()))

    def joined(match: re.Match[str]) -> str:
        first, second = match[1].casefold(), match[2].casefold()
        hyphened = f"{first}-{second}" in words or _is_compound(first, second, words)
        whole = first + second in words or not hyphened
        return match[1] + match[2] if whole else f"{match[1]}-{match[2]}"

    return _PARTED.sub(joined, text)


def _is_compound(first: str, second: str, words: frozenset[str]) -> bool:
    parts = table(__file__, "compounds.toml")
    begins, ends = first in parts["first"], second in parts["last"]
    return (begins and (ends or second in words)) or (ends and first in words)
