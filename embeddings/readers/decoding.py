"""Bytes of a file to text."""

import re
from functools import cache
from pathlib import Path

from charset_normalizer import from_bytes

from embeddings.errors import SourceUnreadable

__all__ = ["decode", "load"]

_BINARY = 0.02  # share of control characters above which a file is no text
_SURE = 0.9
_SPACED = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
_WESTERN = 0.2  # share of letters beyond ASCII in a text in Latin letters, at most
_WESTERN_LETTERS = frozenset(
    "‘’“”–—…•€£©®°±²³µ·½¼¾×§«»¡¿\u00a0ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽž"
)
_WIDE_MARKS = frozenset(
    "，。、；：？！“”‘’（）《》〈〉【】「」『』—…·～％　－／＋＝０１２３４５６７８９℃①②③④⑤"
)
_LARGEST = 8_000_000  # bytes; with their places in the file letters take 200 times their room
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def load(path: Path) -> bytes:
    """Return the bytes of a file; raises `SourceUnreadable` where that fails or there are none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceUnreadable(
            f"{path} cannot be opened ({reason}): check its permissions"
        ) from error
    if not data.strip():
        raise SourceUnreadable(f"{path} is empty: fill it, or exclude it in sources.toml")
    return data


def decode(data: bytes, path: Path) -> str:
    """Return the text of a file: UTF-8, UTF-16 with a mark, a Chinese or Western code page.

    Chinese ones are tried before charset-normalizer guesses, which takes a short text in
    GB18030 for Korean. Raises `SourceUnreadable` for binary files and unknown encodings.
    """
    if len(data) > _LARGEST:
        raise SourceUnreadable(f"{path} is larger than any page (8 MB): split it into pages")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _checked(data, "utf-16", path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "" if b"\0" in data else _by_code_page(data)
        if not text:
            raise _unreadable(path) from None
    if len(_CONTROLS.findall(text)) > _BINARY * len(text):
        raise _unreadable(path)
    return text


def _by_code_page(data: bytes) -> str:
    """Return the text in the code page whose common characters it is made of, or ""."""
    tried = ((name, _decoded(data, name)) for name in ("gb18030", "big5", "cp1252"))
    shares = {name: (_common(text, name), text) for name, text in tried}
    share, text = max(shares.values(), key=lambda found: found[0])
    if share >= _SURE:
        return text
    best = from_bytes(data).best()
    return "" if best is None else str(best)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _common(text: str, encoding: str) -> float:
    """Return which share of the characters beyond ASCII are common in what the code page is for."""
    beyond = [character for character in text if character > "\x7f"]
    if encoding == "cp1252":
        few = len(beyond) <= _WESTERN * len(text)
        return few * sum(c in _WESTERN_LETTERS for c in beyond) / max(1, len(beyond))
    if len(_SPACED.findall(text)) > _WESTERN * len(beyond) / 2:
        return 0.0  # Korean puts spaces between words of syllables that Chinese has characters for
    return sum(_is_common(character, encoding) for character in beyond) / max(1, len(beyond))


@cache
def _is_common(character: str, encoding: str) -> bool:
    """GB 2312 and Big5 both have the common characters on a level of their own."""
    if character in _WIDE_MARKS:
        return True
    try:
        code = character.encode("gb2312" if encoding == "gb18030" else "big5")
    except UnicodeEncodeError:
        return False
    low, high = (0xB0, 0xD7) if encoding == "gb18030" else (0xA4, 0xC6)
    return len(code) == 2 and low <= code[0] <= high


def _checked(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> SourceUnreadable:
    return SourceUnreadable(
        f"{path} is not text in a known encoding: save it as UTF-8, or exclude it in sources.toml"
    )
