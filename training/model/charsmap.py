"""A table that turns Traditional characters into Simplified ones inside a tokenizer.

The `tokenizers` library folds characters quickly only through SentencePiece's compiled table:
a double-array trie (Aoe 1989, "An efficient digital search algorithm by using a double-array
structure"; layout of darts-clone) over UTF-8 keys, followed by the replacements. Writing it
here puts the folding into the model directory itself, so that every program which loads the
model folds alike. Phrases that OpenCC decides by context (乾坤) are folded character by character.
"""

import struct
from collections.abc import Mapping
from itertools import count

import opencc

__all__ = ["compile_charsmap", "lookup", "traditional"]

_LEAF = 1 << 31
_HAS_LEAF = 1 << 8
_OFFSET_SHIFT = 10
_RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2FA1F))

Trie = dict[int, "Trie | int"]


def traditional() -> dict[str, str]:
    """Return the single-character replacements of OpenCC's `t2s`."""
    convert = opencc.OpenCC("t2s").convert
    characters = (chr(code) for first, last in _RANGES for code in range(first, last + 1))
    return {c: convert(c) for c in characters if convert(c) != c}


def compile_charsmap(replacements: Mapping[str, str]) -> bytes:
    """Return the table for `replacements` in SentencePiece's `precompiled_charsmap` format."""
    values = bytearray()
    offsets: dict[str, int] = {}
    for target in sorted(set(replacements.values())):
        offsets[target] = len(values)
        values += target.encode() + b"\0"
    trie: Trie = {}
    for source, target in sorted(replacements.items()):
        _insert(trie, source.encode(), offsets[target])
    array = _layout(trie)
    units = struct.pack(f"<{len(array)}I", *array)
    return struct.pack("<I", len(units)) + units + bytes(values)


def lookup(charsmap: bytes, key: str) -> str | None:
    """Return what `charsmap` replaces exactly `key` with, the way its readers walk the trie."""
    size = _unit(charsmap, -1)
    unit = _unit(charsmap, 0)
    position = _offset(unit)
    for byte in key.encode():
        position ^= byte
        unit = _unit(charsmap, position)
        if unit & (_LEAF | 0xFF) != byte:
            return None
        position ^= _offset(unit)
    if not unit & _HAS_LEAF:
        return None
    start = 4 + size + (_unit(charsmap, position) & ~_LEAF)
    return charsmap[start : charsmap.index(0, start)].decode()


def _unit(charsmap: bytes, position: int) -> int:
    unit: int = struct.unpack_from("<I", charsmap, 4 * (position + 1))[0]
    return unit


def _insert(trie: Trie, key: bytes, value: int) -> None:
    node = trie
    for byte in key:
        child = node.setdefault(byte, {})
        assert isinstance(child, dict)
        node = child
    node[0] = value


def _layout(trie: Trie) -> list[int]:
    """Place each node's children at `base ^ label`, base being the first that is free.

    No two nodes share a base, or a reader would take the children of one for the other's.
    """
    units: dict[int, int] = {0: 0}
    bases: set[int] = set()
    pending: list[tuple[int, Trie]] = [(0, trie)]
    first = 1
    while pending:
        position, node = pending.pop()
        while first in units or first in bases:
            first += 1
        base = next(
            b
            for b in count(first)
            if b not in bases and units.keys().isdisjoint(b ^ label for label in node)
        )
        bases.add(base)
        units[position] |= (base ^ position) << _OFFSET_SHIFT | (_HAS_LEAF if 0 in node else 0)
        for label, child in node.items():
            units[base ^ label] = child | _LEAF if isinstance(child, int) else label
            if isinstance(child, dict):
                pending.append((base ^ label, child))
    # Readers may look 255 units past the last one before they see that a label differs.
    return [units.get(i, 0) for i in range((max(units) | 0xFF) + 1)]


def _offset(unit: int) -> int:
    return (unit >> _OFFSET_SHIFT) << ((unit & (1 << 9)) >> 6)
