r"""What a question says under a code: base64, hexadecimal, shifted letters, written backwards.

Codes that show themselves (`a2V0YW1pbmU=`, `6b 65 74`, `\u6c2f`) are always undone. Letters that
were shifted or reversed look like any unknown word: they are undone where most of the unknown
words become known ones by it.
"""

import base64
import binascii
import re
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from string import ascii_lowercase
from urllib.parse import unquote

__all__ = ["decoded"]

_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{8,2000}={0,2}")
_HEXADECIMAL = re.compile(r"(?:(?:\\x|0x)?[0-9a-fA-F]{2}[\s:,]?){5,2000}")
_BINARY = re.compile(r"(?:[01]{8}\s?){4,2000}")
_CODES = re.compile(r"(?:\b\d{2,3}[\s,]+){4,2000}\d{2,3}\b")
_PLACES = re.compile(r"(?<!\d)(?:(?:[1-9]|1\d|2[0-6])[\s,.-]+){4,2000}(?:1\d|2[0-6]|[1-9])(?!\d)")
_ESCAPE = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?|&#x([0-9a-fA-F]{2,6});|&#(\d{2,7});")
_MORSE = re.compile(r"(?:[.\-·−–]{1,5}[\s/|]+){4,2000}[.\-·−–]{1,5}")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}){2}")
_WORD = re.compile(r"[a-z]{3,}")
_CODE = (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- "
    ".-- -..- -.-- --.. ----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----."
)
_SIGNALS = dict(zip(_CODE.split(), ascii_lowercase + "0123456789", strict=True))
_SHIFTS = tuple(
    str.maketrans(ascii_lowercase, ascii_lowercase[n:] + ascii_lowercase[:n]) for n in range(1, 26)
)
_MIRRORED = str.maketrans(ascii_lowercase, ascii_lowercase[::-1])
_PIG = re.compile(r"\b([a-z]{2,})([b-df-hj-np-tv-z]{1,3})ay\b")
# So many of the unknown words must become known, and so many letters be in them.
_SHARE = 0.6
_LETTERS = 8
# A code in a code, and no further.
_LAYERS = 2
_MOST = 4


def decoded(text: str, words: Collection[str]) -> tuple[str, ...]:
    """Return what `text` may say under a code, `words` being the known ones; mostly nothing."""
    found: list[str] = []
    layer = [text]
    for _ in range(_LAYERS):
        layer = [plain for one in layer for plain in islice(_undone(one, words), _MOST)]
        found += layer
    return tuple(dict.fromkeys(found))


def _undone(text: str, words: Collection[str]) -> Iterator[str]:
    for expression, undo in _SHOWN:
        plain = expression.sub(lambda match, undo=undo: undo(match.group()), text)  # type: ignore[misc]
        if plain != text:
            yield plain
    if _PERCENT.search(text):
        yield unquote(text)
    if _ESCAPE.search(text):
        yield _ESCAPE.sub(_character, text)
    if text.lstrip()[:1] in ("?", "？") or "反过来" in text or "倒着" in text or "倒过来" in text:
        yield text[::-1]
    yield from _unshifted(text.casefold(), words)


def _unshifted(text: str, words: Collection[str]) -> Iterator[str]:
    """Yield readings in which letters are shifted back, or read from the end."""
    unknown = [word for word in _WORD.findall(text) if word not in words]
    if sum(map(len, unknown)) < _LETTERS:
        return
    if _mostly(words, [word[::-1] for word in unknown]):
        yield text[::-1]
    for table in (*_SHIFTS, _MIRRORED):
        if _mostly(words, [word.translate(table) for word in unknown]):
            yield _WORD.sub(lambda m, t=table: _kept(m.group(), t, words), text)  # type: ignore[misc]
    if _mostly(words, [_PIG.sub(r"\2\1", word) for word in unknown]):
        yield _PIG.sub(r"\2\1", text)


def _mostly(words: Collection[str], candidates: list[str]) -> bool:
    known = [word for word in candidates if word in words]
    return len(known) >= _SHARE * len(candidates) and sum(map(len, known)) >= _LETTERS


def _kept(word: str, table: dict[int, str], words: Collection[str]) -> str:
    return word if word in words else word.translate(table)


def _readable(raw: bytes, otherwise: str) -> str:
    """Return bytes as text if that is what they are."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return otherwise
    letters = sum(c.isalnum() or c.isspace() for c in text)
    enough = text.isprintable() and letters >= 0.8 * len(text) and len(text) > 1
    return f" {text} " if enough else otherwise


def _from_base64(run: str) -> str:
    bare = run.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return _readable(base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True), run)
    except (binascii.Error, ValueError):
        return run


def _from_hexadecimal(run: str) -> str:
    digits = re.sub(r"\\x|0x|[\s:,]", "", run)
    return _readable(bytes.fromhex(digits[: len(digits) // 2 * 2]), run)


def _from_binary(run: str) -> str:
    return _readable(bytes(int(eight, 2) for eight in re.findall("[01]{8}", run)), run)


def _from_codes(run: str) -> str:
    values = [int(value) for value in re.findall(r"\d+", run)]
    return _readable(bytes(values), run) if max(values) < 256 else run


def _from_places(run: str) -> str:
    return "".join(ascii_lowercase[int(value) - 1] for value in re.findall(r"\d+", run))


def _from_morse(run: str) -> str:
    plain = run.translate(str.maketrans("·−–", ".--"))
    parts = re.split(r"\s*[/|]\s*|\s{2,}", plain)
    return " ".join("".join(_SIGNALS.get(s, "") for s in part.split()) for part in parts)


def _character(match: re.Match[str]) -> str:
    number = int(match[3]) if match[3] else int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 else match.group()


_SHOWN: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (_BASE64, _from_base64),
    (_HEXADECIMAL, _from_hexadecimal),
    (_BINARY, _from_binary),
    (_CODES, _from_codes),
    (_PLACES, _from_places),
    (_MORSE, _from_morse),
)
