"""Encrypting what the database keeps and the program must read again: secrets of second factors.

AES-256-GCM (NIST SP 800-38D) from `cryptography`, under a key that is not in the database: that
of the site's owner, else one in a file that is made when it is first needed. What is sealed for
one account opens for no other.
"""

import base64
import os
import secrets
from binascii import Error
from contextlib import suppress
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from embeddings.errors import SecretUnreadable, StorageFailed

__all__ = ["SEALED", "Sealing"]

SEALED: Final = 64
"""Characters of a sealed secret: nonce, twenty bytes and tag in base64. A bare one has 32."""

NONCE: Final = 12
USE: Final = b"safepassage second factor"


class Sealing:
    """Seals under the first key that there is, and opens under any.

    `keys` are the owner's, of at least 32 characters, the newest first: whoever changes the key
    names the old one behind it until all is sealed anew. `file` holds the program's own.
    """

    def __init__(self, file: Path, *keys: str) -> None:
        self.file, self.keys = file, keys

    def seal(self, secret: str, account: int) -> str:
        """A secret in base32 as the database keeps it. Raises StorageFailed."""
        nonce = secrets.token_bytes(NONCE)
        cipher = AESGCM(derived(self.first()))
        bound = str(account).encode()
        return base64.b64encode(
            nonce + cipher.encrypt(nonce, base64.b32decode(secret), bound)
        ).decode()

    def opened(self, kept: str, account: int) -> str:
        """A secret as it was before; one that was never sealed is what it is.

        Raises SecretUnreadable where no key opens it, or it was sealed for another account.
        """
        if len(kept) != SEALED:
            return kept
        for key in self.known():
            with suppress(InvalidTag, Error):
                return unsealed(kept, account, key)
        raise SecretUnreadable(self.why())

    def current(self, kept: str, account: int) -> bool:
        """Whether a secret is sealed under the key that seals now."""
        known = self.known()
        with suppress(InvalidTag, Error, IndexError):
            return len(kept) == SEALED and bool(unsealed(kept, account, known[0]))
        return False

    def known(self) -> tuple[str, ...]:
        """The keys that there are, the one that seals first."""
        with suppress(OSError):
            return (*self.keys, self.file.read_text("ascii").strip())
        return self.keys

    def first(self) -> str:
        """The key that seals, made where there is none. Raises StorageFailed."""
        known = self.known()
        return known[0] if known else made(self.file)

    def why(self) -> str:
        """What to do about a secret that no key opens."""
        return (
            "No key opens the secret of a second factor. Set SAFEPASSAGE_SECRET_KEY to the key "
            f"that it was sealed under, or put {self.file} back from a copy. Until then the "
            "account opens by its recovery codes; where the key is lost, "
            "`safepassage user reset-second-factor NAME` lets the password alone in again."
        )


def derived(key: str) -> bytes:
    """The 32 bytes for the cipher (RFC 5869), so that the same key may serve other uses."""
    return HKDF(SHA256(), 32, salt=None, info=USE).derive(key.encode())


def unsealed(kept: str, account: int, key: str) -> str:
    """Open under one key. Raises InvalidTag where it is not the one."""
    raw = base64.b64decode(kept, validate=True)
    opened = AESGCM(derived(key)).decrypt(raw[:NONCE], raw[NONCE:], str(account).encode())
    return base64.b32encode(opened).decode()


def made(file: Path) -> str:
    """A new key in a file of mode 0600; that of another process where it was quicker."""
    fresh = file.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(32) + "\n")
        try:
            # Unlike a rename, this never takes the place of a key that is in use.
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return file.read_text("ascii").strip()
    except OSError as error:
        raise StorageFailed(
            f"The key for second factors cannot be kept in {file}: {error.strerror}. Make the "
            "data directory writable, or set SAFEPASSAGE_SECRET_KEY."
        ) from None
