"""Dialects of Markdown: what their builders do not show is blanked, their labels are found.

Blanked text becomes spaces of the same length, so that offsets go on counting in the file. What is
code stays. Blanked are comments (HTML, MDX's, Obsidian's), the imports and exports of MDX and
the tags of its components, and the shortcodes of Hugo, GitBook and Liquid but for their labels.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Label", "shown"]

_CODE = (
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n.{0,100000}?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)`[^`\n]{1,2000}`"
)
_COMMENTS = (
    r"<!--.{0,100000}?-->|\{/\*.{0,100000}?\*/\}|(?<![\d%])%%(?!%)(?:(?!%%).){1,20000}%%(?!%)"
)
_HIDDEN = re.compile(f"(?P<code>{_CODE})|{_COMMENTS}", re.MULTILINE | re.DOTALL)
# A statement of MDX goes on to the next blank line.
_MODULE = re.compile(
    r"(?:\A|(?<=\n))"
    r"(?:import\s(?:(?:(?!\n[ \t]*\n)[^;'\"]){0,1000}?from\s*)?"
    r"['\"][^'\"\n]{1,300}['\"];?[ \t]*(?=\n|\Z)"
    r"|export\s(?:const|let|var|function|async|default|class|\{|\*).{0,20000}?(?=\n[ \t]*\n|\Z))",
    re.DOTALL,
)
# A tab of MkDocs: its label, and all below it that is indented more.
_MKDOCS = re.compile(r"^([ \t]*)===[!+]{0,2}[ \t]+\"([^\"\n]{1,200})\"[ \t]*$", re.MULTILINE)
_INDENTED = re.compile(r"(?:\n[ \t]*(?=\n|\Z)|\n(?:[ ]{4}|\t)[^\n]*)*")
_QUOTED = r"\"[^\"]{0,2000}\"|'[^'\n]{0,2000}'"
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,500}\}){0,500}\}){0,2000}\}"
_COMPONENT = re.compile(
    rf"<(?P<close>/?)(?P<name>[A-Z][A-Za-z0-9_.]{{0,60}})"
    rf"(?P<given>(?:\s+(?:[^<>\"'{{}}/]|/(?!>)|{_QUOTED}|{_BRACES}){{0,500}})?)\s*(?P<empty>/?)>"
)
_SHORTCODE = re.compile(
    r"\{\{(?:<|%)\s*(?P<close>/?)\s*(?P<name>[\w./-]{1,60})(?P<given>[^{}\n]{0,1000}?)/?\s*(?:>|%)\}\}"
    r"|\{%-?\s*(?P<close2>end|/)?(?P<name2>[\w-]{1,60})(?P<given2>[^{}\n]{0,1000}?)-?%\}"
    r"|\{\{[^{}<%\n]{1,300}\}\}"
)
_GIVEN = re.compile(rf"(?:(?P<key>[\w-]{{1,40}})\s*=\s*)?(?P<value>{_QUOTED})")
_LABELS = {"label", "title", "header", "heading", "summary", "name", "tabname", "caption"}
_NO_LABEL = {"ref", "relref", "figure", "img", "image", "youtube", "vimeo", "gist", "include"}
_ADDRESS = re.compile(r"[/\\=#]|\w\.\w{2,5}$|^[\w-]*$")
_WORDS = re.compile(r"[^\x00-\x7f]|[A-Z][a-z]")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands over a run of a page that is one of several: the label of a tab."""

    start: int
    end: int
    name: str


def shown(text: str, start: int, mdx: bool) -> tuple[str, list[Label]]:
    """Return the text with what is not shown blanked from `start` on, and the labels of tabs."""
    head, page = text[:start], text[start:]
    page = _HIDDEN.sub(lambda m: m[0] if m["code"] else blank(m[0]), page)
    code = [match.span("code") for match in _HIDDEN.finditer(page) if match["code"]]
    labels: list[Label] = []
    ends: list[int] = []
    for blanks in (
        _modules(page),
        _tabs(page, labels),
        _components(page, mdx, labels),
        _shortcodes(page, labels, ends),
    ):
        page = _blanked(page, blanks, code)
    for end in ends:
        if not _in_table(page, end):
            page = page[: end - 1] + "\n" + page[end:]  # what a label stands over begins anew
    moved = (Label(each.start + start, each.end + start, each.name) for each in labels)
    return head + page, sorted(moved, key=lambda label: (label.start, -label.end))


def _in_table(page: str, at: int) -> bool:
    return page[page.rfind("\n", 0, at) + 1 : at].lstrip().startswith("|")


def blank(text: str) -> str:
    """Return as many spaces, with the ends of lines kept."""
    return re.sub(r"[^\n]", " ", text)


def _blanked(page: str, runs: Iterator[tuple[int, int]], code: list[tuple[int, int]]) -> str:
    kept, done = [], 0
    for start, end in runs:
        if start >= done and not any(a <= start < b for a, b in code):
            kept += [page[done:start], blank(page[start:end])]
            done = end
    return "".join(kept) + page[done:]


def _modules(page: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _MODULE.finditer(page))


def _tabs(page: str, labels: list[Label]) -> Iterator[tuple[int, int]]:
    for match in _MKDOCS.finditer(page):
        if not match[1] and (below := _INDENTED.match(page, match.end())) and below[0].strip():
            labels.append(Label(match.start(), below.end(), match[2]))
            yield match.span()


def _components(page: str, mdx: bool, labels: list[Label]) -> Iterator[tuple[int, int]]:
    """Yield the tags of components: in MDX all, elsewhere those that are closed or imported."""
    open_: list[tuple[str, int, str]] = []
    for match in _COMPONENT.finditer(page):
        name = match["name"]
        closed = mdx or match["empty"] or f"</{name}>" in page
        if not closed or (name.isupper() and not mdx):
            continue
        if match["close"]:
            _close(open_, name, match.end(), labels)
        elif not match["empty"]:
            named = dict(_given(match["given"]))
            tab = "tab" in name.casefold() and named.get("value", "")
            open_.append((name, match.start(), _label(named) or tab or ""))
        yield match.span()


def _shortcodes(page: str, labels: list[Label], label_ends: list[int]) -> Iterator[tuple[int, int]]:
    """Yield shortcodes, or of one with a label what is before and after the label."""
    open_: list[tuple[str, int, str]] = []
    for match in _SHORTCODE.finditer(page):
        name = (match["name"] or match["name2"] or "").casefold()
        if match["close"] or match["close2"]:
            _close(open_, name, match.end(), labels)
        elif "tab" in name and (label := _label(dict(_given(_arguments(match))))):
            open_.append((name, match.start(), label))
        elif place := _place(match, name):
            yield match.start(), place[0]
            yield place[1], match.end()
            label_ends.append(match.end())
            continue
        yield match.span()


def _close(open_: list[tuple[str, int, str]], name: str, end: int, labels: list[Label]) -> None:
    for i in range(len(open_) - 1, -1, -1):
        if open_[i][0] == name:
            _, start, label = open_[i]
            del open_[i:]
            if label:
                labels.append(Label(start, end, label))
            return


def _arguments(match: re.Match[str]) -> str:
    return match["given"] or match["given2"] or ""


def _given(arguments: str) -> Iterator[tuple[str, str]]:
    """Yield what a tag is given, by name; what has none has the name `label`."""
    for match in _GIVEN.finditer(arguments):
        yield (match["key"] or "label").casefold(), match["value"][1:-1].strip()


def _label(named: dict[str, str]) -> str:
    return next((named[key] for key in named if key in _LABELS and named[key]), "")


def _place(match: re.Match[str], name: str) -> tuple[int, int] | None:
    """Return where in a shortcode the words stand that a visitor reads, if it has any."""
    if name.split("/")[0] in _NO_LABEL:
        return None
    group = "given" if match["given"] else "given2"
    for given in _GIVEN.finditer(_arguments(match)):
        words = given["value"][1:-1]
        named = (given["key"] or "").casefold()
        told = named in _LABELS if named else _WORDS.search(words) or not _ADDRESS.search(words)
        if told and words.strip():
            at = match.start(group)
            return at + given.start("value") + 1, at + given.end("value") - 1
    return None
