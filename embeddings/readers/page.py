"""Which part of a web page is its text: menus, banners and what is hidden are told by structure."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from embeddings.datafiles import table
from embeddings.readers.dialects import Label, blank
from embeddings.readers.tree import Node
from embeddings.text.cleaning import plain

__all__ = ["apart", "leads_away", "main_part", "tab_labels", "without"]

_ASIDE = {
    "nav", "header", "footer", "aside", "form", "button", "head", "script", "style", "noscript",
    "template", "svg", "iframe", "dialog", "select", "textarea",
}  # fmt: skip
_CONTAINERS = {"div", "section", "ul", "ol", "table", "center", "small", "details", "td"}
_NEVER_TEXT = {"nav", "head", "script", "style", "noscript", "template", "svg", "iframe", "select"}
_ROLES = {
    "navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog", "doc-toc",
    "alertdialog", "toolbar", "doc-backlink",
}  # fmt: skip
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ENOUGH = 160  # letters; a main part with less is not where the text is
_MOST = 0.5  # of the letters of a page: an element that holds more is no menu


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(map(str, rows)) for name, rows in table(__file__, "page.toml").items()}


@cache
def _beside() -> re.Pattern[str]:
    one = {
        n: "|".join(sorted(map(re.escape, w), key=len, reverse=True)) for n, w in _words().items()
    }
    return re.compile(
        rf"(?:(?:{one['before']})[-_]{{0,2}})?(?:{one['beside']})(?:[-_]{{1,2}}(?:{one['after']}))?"
    )


def main_part(root: Node) -> Node:
    """Return the element that holds the text: what says so of itself, else the body."""
    nodes = list(root.walk())
    said = [n for n in nodes if n.name == "main" or n.given.get("role") == "main"]
    said += [n for n in nodes if n.given.get("itemprop") == "articleBody"]
    articles = [n for n in nodes if n.name == "article"]
    if len(articles) == 1:
        said += articles
    body = next((n for n in nodes if n.name == "body"), root)
    return next((n for n in said if n.letters >= min(_ENOUGH, body.letters * _MOST)), body)


def without(root: Node, text: str, title: Node | None) -> str:
    """Return the source with what is beside the text blanked; offsets stay."""
    main = main_part(root)
    kept, done = [], 0
    for node in _cut(root, main, title):
        kept += [text[done : node.start], _blanked(text[node.start : node.end], node)]
        done = node.end
    return "".join(kept) + text[done:]


def _blanked(run: str, node: Node) -> str:
    """What stood between two runs of text goes on parting them."""
    inline = node.name in ("a", "span", "sup", "button", "label", "input", "svg", "small")
    return blank(run) if inline or len(run) < len("<br>") else "<br>" + blank(run[4:])


def _cut(root: Node, main: Node, title: Node | None) -> Iterator[Node]:
    """Yield the outermost elements that are beside the text, in order."""
    opened = _opened(root)
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if _is_cut(node, main, title, opened):
            yield node
        else:
            waiting.extend(reversed(node.children))


def _opened(root: Node) -> frozenset[str]:
    """Return the ids of what a button opens: accordions are hidden until then, and are text."""
    names = ("aria-controls", "data-target", "data-bs-target", "href")
    buttons = (n for n in root.walk() if n.name in ("button", "a", "summary", "label", "h2", "h3"))
    found = (n.given.get(name, "") for n in buttons for name in names)
    return frozenset(each.lstrip("#") for each in found if each) - {""}


def _is_cut(node: Node, main: Node, title: Node | None, opened: frozenset[str]) -> bool:
    if node.name in _NEVER_TEXT and node.name != "nav":
        return True
    if not node.name or node is main or node.holds(main):
        return False
    if title and (node is title or node.holds(title)) and node.name != "nav":
        return False
    if node.given.get("id", "") not in opened and _is_hidden(node):
        return True
    if node.letters > _MOST * main.letters and main.start <= node.start < main.end:
        return False
    tokens = node.tokens
    if any(banner in token for token in tokens for banner in _words()["banners"]):
        return True
    if any(box in token for token in tokens for box in _words()["boxes"]):
        return False
    within = any(up is main or up.name == "article" for up in node.above())
    if node.name == "header" and within:
        return False
    if node.name in _ASIDE or node.given.get("role", "").casefold() in _ROLES:
        return True
    return any(map(_beside().fullmatch, _names(node, within)))


def _names(node: Node, within: bool) -> set[str]:
    """Return the names by which an element that holds others may be known as a menu.

    Headings, paragraphs and cells are text whatever they are called; the id of a section is made
    of its heading, and what is called a header within the text is part of it.
    """
    classes = node.given.get("class", "").lower().split()
    if node.name in ("a", "span"):
        return {*classes} - {"header", "title"}
    if node.name not in _CONTAINERS:
        return set()
    sectioned = node.name == "section" or "section" in classes
    names = {*classes} if sectioned else {*node.tokens}
    return names - {"header"} if within else names


def _is_hidden(node: Node) -> bool:
    """A panel of tabs is hidden until it is chosen: it is text."""
    if node.given.get("role") == "tabpanel" or node.tokens & {*_words()["panels"]}:
        return False
    unseen = "hidden" in node.given and node.given["hidden"] != "until-found"
    styled = bool(_UNSEEN.search(node.given.get("style", "")))
    silent = node.given.get("aria-hidden") == "true"
    return unseen or styled or silent or bool(node.tokens & {*_words()["hidden"]})


def apart(root: Node) -> Iterator[tuple[int, int]]:
    """Yield where lists of references stand: no text, but not to be blanked."""
    done = 0
    for node in root.walk():
        listed = node.tokens & {*_words()["references"]} or node.given.get("role") == "doc-endnotes"
        if listed and node.start >= done and node.name in ("ol", "ul", "div", "section", "aside"):
            yield node.start, node.end
            done = node.end


def leads_away(root: Node) -> str:
    """Return why a page is none: a builder or a wiki writes one that only leads to another."""
    for node in root.walk():
        refresh = node.name == "meta" and node.given.get("http-equiv", "").casefold() == "refresh"
        if refresh and "url=" in node.given.get("content", "").casefold().replace(" ", ""):
            return "a page that leads to another one"
    return ""


def tab_labels(root: Node, text: str) -> tuple[str, list[Label]]:
    """Return the source with the labels of tabs blanked, and each with the run it stands for."""
    nodes = list(root.walk())
    buttons = [n for n in nodes if n.name == "button" and _points(n)]
    folded = {where for button in buttons for where in _points(button)}
    most = _MOST * main_part(root).letters
    panels = [
        n for n in nodes if _is_panel(n) or (n.given.get("id") in folded and 0 < n.letters <= most)
    ]
    panels = [p for p in panels if sum(p.holds(other) for other in panels) < 2]
    labels = [
        n for n in nodes if (_is_label(n) or n in buttons) and not any(p.holds(n) for p in panels)
    ]
    pairs = ((_label_of(panel, panels, labels), panel) for panel in panels)
    found = [(label, panel) for label, panel in pairs if label]
    named = [
        Label(
            panel.start, panel.end, plain(text[label.start : label.end], "html").replace("\n", " ")
        )
        for label, panel in found
    ]
    for label in {label.start: label for label, _ in found}.values():
        text = text[: label.start] + blank(text[label.start : label.end]) + text[label.end :]
    return text, sorted(named, key=lambda label: (label.start, -label.end))


def _is_panel(node: Node) -> bool:
    role = node.given.get("role")
    return role == "tabpanel" or (role != "tab" and bool(node.tokens & {*_words()["panels"]}))


def _is_label(node: Node) -> bool:
    if node.given.get("role") == "tab":
        return True
    if node.name == "label":
        return any("tab" in token for up in node.above() for token in up.tokens)
    return node.name in ("a", "button") and any(
        up.tokens & {*_words()["tabs"]} or up.given.get("role") == "tablist" for up in node.above()
    )


def _points(label: Node) -> set[str]:
    """Return the ids of the elements that a button or the label of a tab shows."""
    names = ("aria-controls", "data-bs-target", "data-target", "href")
    found = {label.given.get(name, "").lstrip("#") for name in names}
    return found - {""}


def _label_of(panel: Node, panels: list[Node], labels: list[Node]) -> Node | None:
    """Return the label that names the panel by its id, else the one at the same place in order.

    None where that is not certain: a wrong label is worse than none.
    """
    own, by = panel.given.get("id"), panel.given.get("aria-labelledby")
    for label in labels:
        points = _points(label)
        if (own and own in points) or (by and by == label.given.get("id")):
            return label
    for group in panel.above():
        inside = [label for label in labels if group.holds(label)]
        if not inside:
            continue
        beside = [other for other in panels if group.holds(other)]
        if len(beside) == len(inside):
            return inside[beside.index(panel)]
        before = max((other.end for other in beside if other.end <= panel.start), default=0)
        between = [label for label in inside if before <= label.start and label.end <= panel.start]
        return between[0] if len(between) == 1 else None
    return None
