"""`plain`: what a reader sees of a run of a source, and so what a passage says.

The first promise of the project rests on this module: `passage.text ==
plain(document.text[start:end], document.markup)`. Nothing is reworded, no script or quote is
converted; things are only left out, or white space put for a break:

- control characters, zero-width spaces, soft hyphens and the hyphenation mark U+2043 at the end
  of a line, with the break;
- Markdown (CommonMark, GitHub tables, footnotes, MkDocs and Wiki.js attributes): emphasis, code
  marks, link targets, images, footnote marks, heading, quote and bullet marks, rules, the outer
  pipes and empty cells of tables, backslashes of escapes. The numbers of ordered lists stay:
  other text refers to them;
- HTML, in Markdown too: tags, comments, scripts, styles; entities are decoded;
- line breaks within a paragraph (`wrapping`); between paragraphs, items and rows one line feed is
  left;
- white space inside runs of Chinese characters and punctuation, and inside numbers (`0. 5`,
  `1 000~1 600`, `28. 9%`); any other run of it becomes one space.

Printed reference marks such as ［10-11］ stay. All patterns run in time linear in the text.
"""

import re

from embeddings.documents import Markup
from embeddings.text import markdown, numbers
from embeddings.text.markup import decode_entities, strip_html
from embeddings.text.scripts import HAN, QUOTES, WIDE
from embeddings.text.sentences import sentences
from embeddings.text.wrapping import HARD, join_lines
from embeddings.tracing import Traced

__all__ = ["plain", "sentences", "squeeze", "trace"]

_LINE_END = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f\u200b\u2060\ufeff\ufdd0-\ufdef\U0001fffe\U0001ffff]+"
)
_HYPHENATION = re.compile("(?<=\\w)[\u00ad\u2043][^\\S\\n]*\\n\\s*|\u00ad|(?<=\\w)\u2043(?=\\w)")
_BREAKS = re.compile(f"[\\n{HARD}]+")
_SPACE = re.compile(r"[^\S\n]+")
_EDGE = re.compile(r"\A\s+|\s+\Z|[^\S\n]+(?=\n)|(?<=\n)[^\S\n]+")
_CHINESE_SPACE = re.compile(
    f"(?<=[{HAN}{WIDE}]) (?=[{HAN}{WIDE}{QUOTES}])|(?<=[{QUOTES}]) (?=[{HAN}{WIDE}])"
)
_WHITE = re.compile(r"\s+")


def plain(raw: str, markup: Markup = "text") -> str:
    """Return what is read in `raw`, a run of a document in `markup`; never raises.

    The outcome depends on nothing but the arguments: the same run reads the same wherever it
    stands. An empty string means that nothing in it is read (an image, a rule, a table's edge).
    """
    return trace(raw, markup).text


def trace(raw: str, markup: Markup = "text") -> Traced:
    """Return `plain(raw, markup)` with the place in `raw` of each of its code points."""
    traced = Traced(raw)
    traced.sub(_LINE_END, "\n")
    traced.sub(_INVISIBLE)
    traced.sub(_HYPHENATION)
    if markup == "markdown":
        markdown.strip(traced)
    elif markup == "html":
        strip_html(traced)
        decode_entities(traced)
    numbers.join_groups(traced)
    traced.sub(_SPACE, " ")
    join_lines(traced, blank_ends=markup == "markdown", soft=markup == "html")
    traced.sub(_BREAKS, "\n")
    traced.sub(_EDGE)
    traced.sub(_CHINESE_SPACE)
    numbers.join_digits(traced)
    return traced


def squeeze(text: str) -> str:
    """Return `text` without white space, to compare two readings of one run."""
    return _WHITE.sub("", text)
