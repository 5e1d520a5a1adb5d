"""Sentences of plain Chinese and English text."""

import re

from embeddings.text.scripts import CLOSING, HAN

__all__ = ["sentences"]

# Where a sentence may end: Chinese enders, Latin enders before white space or a wide character,
# a line break. Closing quotes and brackets and printed reference marks belong to the sentence.
_MARKS = r"(?:[\[［]\d[\d,，、\-–—~～ ]{0,40}[\]］])*"
_END = re.compile(
    rf"[。！？]+[{CLOSING}]*{_MARKS}"
    rf"|[.!?]+[{CLOSING}]*{_MARKS}(?=\s|\Z|[{HAN}［【（])"
    r"|\n+"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|etc|vs|cf|approx|ca|dr|mr|mrs|ms|prof|st|no|nos|fig|figs|eq|ref|refs"
    r"|vol|pp|p|ed|eds|inc|ltd|co|dept|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ph\.d|u\.s"
    r"|u\.k|spp|sp|var|subsp|al)|[\s(.][A-Za-z])\.$",
    re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"\s*\(?\d{1,3}\.")
_STARTS_LOWER = re.compile(r"\s+[a-zà-þ]")
# A quoted question or call inside a sentence: “……吗？”的, ”，
_GOES_ON = re.compile(r"[的，、；,;:：]")
_BLANK = re.compile(r"\s*")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of plain `text`, in order, white space left out.

    Decimals, abbreviations, initials and numbers of list items end no sentence; a line break
    does. Every code point that is not white space is in exactly one span.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if not _ends(text, match) or _LIST_NUMBER.fullmatch(text, start, match.end()):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    blank = _BLANK.match(text, start, end)
    start = blank.end() if blank else start
    end = start + len(text[start:end].rstrip())
    if start < end:
        spans.append((start, end))


def _ends(text: str, match: re.Match[str]) -> bool:
    mark = match[0]
    if mark[0] == "\n":
        return True
    if mark[-1] not in "。！？.!?" and _GOES_ON.match(text, match.end()):
        return False
    if mark[0] in "。！？":
        return True
    if _STARTS_LOWER.match(text, match.end()):
        return False
    if mark != ".":
        return True
    return not _ABBREVIATION.search(text[max(0, match.start() - 12) : match.end()])
