"""Markdown: taking the marks out of a run of it. Its blocks are found by `blocks`."""

import re

from embeddings.text.markup import decode_entities, strip_html
from embeddings.text.wrapping import HARD
from embeddings.tracing import Piece, Traced

__all__ = ["strip"]

_MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
# An escaped or quoted mark stands as one of 32 noncharacters until the marks have been read.
_GUARD = str.maketrans({mark: chr(0xFDD0 + i) for i, mark in enumerate(_MARKS)})
_GUARDED = re.compile("[\ufdd0-\ufdef]")
_OPEN, _CLOSE = (mark.translate(_GUARD) for mark in "[]")

# Without one of these a text has no marks to take out.
_SIGN = re.compile(
    r"[\\`*_\[\]<>&#|$=]|~~|:::|\{[:.#%]|  \n|:/|^[ \t]*(?:[-+!?]|\d{1,9}[.)][ \t])", re.MULTILINE
)
_FENCE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[^`\n]{0,100}$", re.MULTILINE)
# A diagram is drawn from its source, which nobody reads; `--8<--` includes another file.
_DIAGRAM = re.compile(
    r"^[ \t>]*(`{3,}|~{3,})[ \t]*(?:mermaid|plantuml|graphviz|dot)\b[^\n]{0,200}\n"
    r".{0,20000}?^[ \t>]*\1[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_INCLUDED = re.compile(r"^[ \t]*-{1,2}8<-{1,2}[^\n]{0,500}$", re.MULTILINE)
_ABBREVIATION = re.compile(r"^\*\[[^\]\n]{1,100}\]:[ \t][^\n]{0,500}$", re.MULTILINE)
_MATH_FENCE = re.compile(r"^[ \t>]*\${2}[ \t]*$", re.MULTILINE)
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`\n]{1,2000})(?<!`)\1(?!`)")
_MATH = re.compile(r"(?<![\\$])\$(?=[^$\n]{0,300}[\\_^])[^$\n]{1,300}\$")
_URL = re.compile(r"(?<![(<])https?://[^\s<>()\[\]*|]{1,2000}")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ESCAPED_STARS = re.compile(r"(?:\\\*){2,}")  # emphasis that a converter has escaped
_HARD_BREAK = re.compile(r"(?:\\|(?<! ) {2,})\n(?=[^\n])")

# No target are the locants of a chemical name, as in [3,2-b](1,4)diazepine.
_TARGET = r"\((?![\d,.'′αβRSEZ-]*\))(?:[^()\n]|\([^()\n]{0,500}\)){0,3000}\)"
_LABEL = r"(?:[^\[\]]|\[[^\[\]]{0,100}\]){0,500}"
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,100}\]:?")
# A link to a note or an anchor on the same page, such as [\[1\]](#cite_note-1), [↑](#ref), [¶](#a).
_NOTE_LINK = re.compile(
    rf"\[(?:<sup>)?(?:[{_OPEN}\[](?:[^\W_]|[ :]){{1,12}}[{_CLOSE}\]]|[\d.]{{1,8}}|\W{{1,3}})"
    r"(?:</sup>)?\]\(#[^()\s]{0,300}(?:\([^()\s]{0,100}\)[^()\s]{0,100})?\)"
)
_IMAGE = re.compile(rf"!\[{_LABEL}\](?:{_TARGET}|\[[^\]\n]{{0,200}}\])")
_LINK = re.compile(rf"\[({_LABEL})\]{_TARGET}")
# Neither printed reference marks, [1][2], nor parts of a chemical name, Benzo[d][1,3]dioxol.
_REFERENCE = re.compile(
    rf"\[(?=[^\]]{{0,200}}?[^\W\d_]{{2}})({_LABEL})\]\[(?:\d{{1,3}}|[^\]\n,]{{0,200}}[^\W\d_]{{2}}[^\]\n,]{{0,200}})?\]"
)
_EMBED = re.compile(r"!\[\[[^\]\n]{1,300}\]\]")
_WIKILINK = re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\](?!\()")
_DEFINITION = re.compile(
    r"^ {0,3}\[[^\]\n]{1,200}\]:[ \t]+<?(?:https?:|[/.#]|[\w-]+\.\w)\S*(?:[ \t].*)?$", re.MULTILINE
)
_ATTRIBUTES = re.compile(r"\{:?[ ]?[.#][^{}\n]{0,200}\}|\{%[^{}\n]{0,200}%\}")

_RULE = re.compile(
    r"^[ \t>]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+[ \t]*)$", re.MULTILINE
)
_TABLE_RULE = re.compile(r"^[ \t>]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t:-]*)+$", re.MULTILINE)
_RULE_CELL = re.compile(r"\|[ \t]*:?-{3,}:?[ \t]*(?=\|)")  # of a table that lost its lines
_ROW = re.compile(r"^[ \t>]*\|[ \t|]*|(?<![ \t|])[ \t]*\|[ \t|]*$", re.MULTILINE)
_CELLS = re.compile(r"(?<![ \t|])[ \t]*\|[ \t|]*")
_BROKEN_ROW = re.compile(rf"(?<![ \t|])[ \t|]*{HARD}(?:[ \t]*(?:\||{HARD}))*[ \t]*")
_ADMONITION = re.compile(
    rf'^[ \t{HARD}]*(?:!!!|\?\?\?\+?)[ \t]+[\w-]+[ \t]*(?:"([^"\n]*)")?', re.MULTILINE
)
_TAB = re.compile(rf'^[ \t{HARD}]*===[!+]{{0,2}}[ \t]+"([^"\n]*)"', re.MULTILINE)
# Containers of VitePress, Docusaurus and Quarto, callouts of GitHub and Obsidian: a title stays.
_CONTAINER = re.compile(
    rf"^[ \t{HARD}]*:{{3,}}[ \t]*(?:\{{[^}}\n]{{0,300}}\}}|[\w-]{{0,40}})[ \t]*"
    r"(?:\[([^\]\n]{0,200})\])?([^\n{]{0,200})(?:\{[^}\n]{0,300}\})?[ \t]*$",
    re.MULTILINE,
)
_CALLOUT = re.compile(rf"^[ \t{HARD}]*\[![A-Za-z][\w-]{{0,30}}\][+-]?[ \t]*", re.MULTILINE)
_HEADING = re.compile(rf"^[ \t{HARD}]*#{{1,6}}(?:[ \t]+|$)", re.MULTILINE)
_HEADING_END = re.compile(r"(?<![ \t])[ \t]+#+[ \t]*$", re.MULTILINE)
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*[*+-](?:[ \t]+(?:\[[ xX]\][ \t]+)?|$)", re.MULTILINE)
_ORDERED = re.compile(r"(?<=\n)[ \t]*(?=\d{1,9}[.)][ \t])")

_STARS = re.compile(r"\*{2,}|(?<=\S)\*(?!\d)|(?<!\d)\*(?=\S)")
_UNDERLINES = re.compile(r"(?<![^\W_])_+(?=[^\s_])|(?<=[^\s_])_+(?![^\W_])")
_STRUCK = re.compile(r"~~|==(?=\S)|(?<=\S)==")


def _hide(group: int) -> Piece:
    return lambda match: match[group].translate(_GUARD)


# In this order: the character without which there is no match, the pattern, what is left of it.
_Step = tuple[str, re.Pattern[str], tuple[Piece, ...]]
_HIDING: tuple[_Step, ...] = (
    ("8<", _INCLUDED, ()),
    ("*[", _ABBREVIATION, ()),
    ("$$", _MATH_FENCE, ()),
    ("", _DIAGRAM, ()),
    ("", _FENCE, ()),
    ("*", _ESCAPED_STARS, ()),
    ("[", _DEFINITION, ()),
    ("`", _CODE, (_hide(2),)),
    ("$", _MATH, (_hide(0),)),
    (":", _URL, (_hide(0),)),
    ("<", _AUTOLINK, (_hide(1),)),
    ("\\", _ESCAPE, (_hide(1),)),
    ("\n", _HARD_BREAK, (f"{HARD}\n",)),
)
_LINKS: tuple[_Step, ...] = (
    ("[", _FOOTNOTE, ()),
    ("[", _NOTE_LINK, ()),
    ("[", _IMAGE, ()),
    ("[", _LINK, (1,)),
    ("[", _IMAGE, ()),  # once more: an image or brackets may stand in the text of a link
    ("[", _LINK, (1,)),
    ("![[", _EMBED, ()),
    ("[[", _WIKILINK, (1,)),
    ("[", _REFERENCE, (1,)),
    ("{", _ATTRIBUTES, ()),
)
_BLOCKS: tuple[_Step, ...] = (
    ("", _RULE, ()),
    ("|", _TABLE_RULE, ()),
    (">", _QUOTE, ()),
    ("", _BULLET, (HARD,)),
    (":::", _CONTAINER, (HARD, 1, 2, HARD)),
    ("[!", _CALLOUT, (HARD,)),
    (" ", _ADMONITION, (HARD, 1)),
    ("=== ", _TAB, (HARD, 1)),
    ("#", _HEADING, (HARD,)),
    ("#", _HEADING_END, (HARD,)),
    ("\n", _ORDERED, (HARD,)),
    ("|", _RULE_CELL, ()),
    ("|", _ROW, (HARD,)),
    ("|", _CELLS, (" | ",)),
)
_INLINE: tuple[_Step, ...] = (
    (HARD, _BROKEN_ROW, (HARD,)),
    ("*", _STARS, ()),
    ("_", _UNDERLINES, ()),
    ("", _STRUCK, ()),
)


def strip(traced: Traced) -> None:
    """Take the marks of Markdown and HTML out, in place, and put `HARD` where a line must end."""
    if not _SIGN.search(traced.text):
        return
    for steps in (_HIDING, _LINKS, _BLOCKS):
        _take(traced, steps)
    strip_html(traced)
    _take(traced, _INLINE)
    decode_entities(traced)
    traced.sub(_GUARDED, lambda match: _MARKS[ord(match[0]) - 0xFDD0])


def _take(traced: Traced, steps: tuple[_Step, ...]) -> None:
    for needed, pattern, pieces in steps:
        if needed in traced.text:
            traced.sub(pattern, *pieces)
