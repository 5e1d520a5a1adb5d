"""Text under transformation that remembers from where in the source its code points came."""

import re
from collections.abc import Callable

__all__ = ["Piece", "Traced"]

# A piece of a replacement: a group of the match, kept with its own places in the source, or
# new text that stands for the whole match.
Piece = int | str | Callable[[re.Match[str]], str]


class Traced:
    """A string, with the run `source[starts[i]:ends[i]]` that its code point `i` stands for.

    Substitutions change it in place. `starts` and `ends` never decrease, so a run of the text
    is always a run of the source.
    """

    __slots__ = ("ends", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = list(range(len(text)))
        self.ends = list(range(1, len(text) + 1))

    def sub(
        self,
        pattern: re.Pattern[str],
        *pieces: Piece,
        where: Callable[[re.Match[str]], bool] | None = None,
    ) -> None:
        """Replace the matches, or those that `where` accepts, by `pieces`; without any, delete."""
        if pattern.search(self.text) is None:
            return
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0

        def keep(start: int, end: int) -> None:
            text.append(self.text[start:end])
            starts.extend(self.starts[start:end])
            ends.extend(self.ends[start:end])

        for match in pattern.finditer(self.text):
            if where is not None and not where(match):
                continue
            keep(done, match.start())
            done = match.end()
            for piece in pieces:
                if isinstance(piece, int):
                    keep(*match.span(piece))
                    continue
                new = piece if isinstance(piece, str) else piece(match)
                text.append(new)
                starts.extend([self.starts[match.start()]] * len(new))
                ends.extend([self.ends[match.end() - 1]] * len(new))
        if done:
            keep(done, len(self.text))
            self.text, self.starts, self.ends = "".join(text), starts, ends

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the run of the source that `text[start:end]`, not empty, came from."""
        return self.starts[start], self.ends[end - 1]
