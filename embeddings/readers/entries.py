"""A block of a page and what is read in it: what readers hand on to be sorted into sections."""

from dataclasses import dataclass

from embeddings.text.blocks import Block

__all__ = ["Entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A block and what is read in it; a heading without words ends the section before it."""

    block: Block
    text: str
