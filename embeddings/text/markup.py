"""HTML inside a text: tags, comments and entities."""

import html
import re

from embeddings.text.wrapping import HARD
from embeddings.tracing import Traced

__all__ = ["decode_entities", "strip_html"]

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<![A-Za-z][^>]{0,500}>|<\?[a-z][^>]{0,500}>", re.DOTALL)
_HIDDEN = re.compile(
    r"<(script|style|template|noscript|rp|svg|head)\b[^>]{0,2000}>.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_BLOCK = re.compile(
    r"</?(?:br|p|div|li|ul|ol|dl|dt|dd|tr|table|thead|tbody|tfoot|caption|h[1-6]|hr|blockquote|pre"
    r"|section|article|main|aside|nav|header|footer|figure|figcaption|details|summary|center"
    r"|form|fieldset|address|body|html|title)\b[^<>]{0,2000}/?>",
    re.IGNORECASE,
)
_CELL = re.compile(r"</(?:td|th)\s*>\s*(?=<t[dh]\b)", re.IGNORECASE)
# Only names of elements, so that `a <b and c> d` and `<unknown>` are left as they are written.
_INLINE = re.compile(
    r"</?(?:a|abbr|acronym|b|bdi|bdo|big|button|cite|code|col|colgroup|data|del|dfn|em|font|i|iframe"
    r"|img|input|ins|kbd|label|mark|meta|link|object|option|param|picture|q|rb|rt|rtc|ruby|s|samp"
    r"|select|small|source|span|strike|strong|sub|sup|td|th|textarea|time|tt|u|var|video|audio|wbr"
    r"|ref|nowiki|math|embed|track|map|area)(?:\s[^<>]{0,4000})?/?>",
    re.IGNORECASE,
)
# What a site's builder adds to a heading or a note: its mark, the way back, the link to itself.
_ADDED = re.compile(
    r"<sup\b[^<>]{0,200}\bclass=[\"'][^\"'<>]{0,100}\breference\b[^<>]{0,200}>.{0,300}?</sup>|"
    r"<sup\b[^<>]{0,300}>\s*<a\b[^<>]{0,300}footnote-ref[^<>]{0,300}>[^<]{0,20}</a>\s*</sup>"
    r"|<a\b[^<>]{0,300}\b(?:footnote-backref|headerlink)\b[^<>]{0,300}>[^<]{0,20}</a>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def strip_html(traced: Traced) -> None:
    """Take tags and what is never shown out, in place; block tags become line breaks."""
    if "<" not in traced.text:
        return
    traced.sub(_COMMENT)
    traced.sub(_HIDDEN)
    traced.sub(_ADDED)
    traced.sub(_CELL, " | ")
    traced.sub(_BLOCK, HARD)
    traced.sub(_INLINE)


def decode_entities(traced: Traced) -> None:
    """Replace character references by their characters, in place; unknown ones stay."""
    traced.sub(_ENTITY, lambda match: html.unescape(match[0]))
