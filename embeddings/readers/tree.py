"""The elements of a web page with their places in its source, which no common parser tells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["Node", "tree"]

_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
}  # fmt: skip
# What ends when the next of its kind begins, and where the looking for it stops.
_SIBLINGS = {
    "li": ({"li"}, {"ul", "ol", "menu"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "tr": ({"tr", "td", "th"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "p": ({"p"}, {"div", "li", "td", "section", "article", "main", "body", "blockquote"}),
    "option": ({"option"}, {"select"}),
}


@dataclass(slots=True, eq=False)
class Node:
    """An element; `start`..`end` are its tags and all between, `letters` its text's length."""

    name: str
    given: dict[str, str]
    start: int
    parent: "Node | None"
    end: int = 0
    letters: int = 0
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """Yield the element and all in it, in the order of the source."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def above(self) -> Iterator["Node"]:
        """Yield the elements around it, the next one first."""
        node = self.parent
        while node:
            yield node
            node = node.parent

    def holds(self, other: "Node") -> bool:
        """Say whether another element stands within this one."""
        return self.start <= other.start and other.end <= self.end and other is not self

    @property
    def tokens(self) -> frozenset[str]:
        """The classes and the id, in small letters."""
        return frozenset(
            f"{self.given.get('class', '')} {self.given.get('id', '')}".lower().split()
        )


def tree(text: str) -> Node:
    """Return the root of the elements of a page; whatever is wrong with it, never raises."""
    builder = _Builder(text)
    try:
        builder.feed(text)
        builder.close()
    except AssertionError:  # of html.parser, at an unknown declaration: the rest is one text
        pass
    return builder.finished()


class _Builder(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._text = text
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._open = [Node("", {}, 0, None)]

    def finished(self) -> Node:
        for node in self._open:
            node.end = len(self._text)
        return self._open[0]

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _shut(self, count: int, end: int) -> None:
        for _ in range(count):
            self._open.pop().end = end

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = self._at()
        if tag in _SIBLINGS:
            same, stops = _SIBLINGS[tag]
            depth = 0
            for i, node in enumerate(reversed(self._open), 1):
                if node.name in stops:
                    break
                if node.name in same:
                    depth = i
            self._shut(depth, at)
        node = Node(tag, {key: value or "" for key, value in attrs}, at, self._open[-1])
        self._open[-1].children.append(node)
        if tag in _VOID:
            node.end = at + len(self.get_starttag_text() or "")
        else:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        at = self._at()
        for i, node in enumerate(reversed(self._open[1:]), 1):
            if node.name == tag:
                self._shut(i - 1, at)
                self._shut(1, self._text.find(">", at) + 1 or len(self._text))
                return

    def handle_data(self, data: str) -> None:
        letters = len("".join(data.split()))
        if letters and self._open[-1].name not in ("script", "style", "template", "noscript"):
            for node in self._open:
                node.letters += letters

    def handle_entityref(self, name: str) -> None:
        self.handle_data("x")

    def handle_charref(self, name: str) -> None:
        self.handle_data("x")
