"""The exceptions of SafePassage, in one small tree.

SafePassageError
├── SourceUnreadable      a file of the corpus could not be decoded or parsed
├── SourcesInvalid        sources.toml says something that cannot be followed
├── ModelUnavailable      the encoder could not be loaded
├── SnapshotError
│   ├── SnapshotMissing   nothing has been ingested yet
│   ├── SnapshotCorrupt   the snapshot on disk does not match its manifest
│   └── ModelMismatch     the snapshot was made with another model
├── StorageFailed         a file could not be written (disk full, no permission)
├── CatalogueInvalid      a shipped phrase, contact or lexicon file is incomplete or wrong
├── RecordsUnavailable    the database of logged questions cannot be reached
├── AccountInvalid        an account name or password was refused
├── SecretUnreadable      the secret of a second factor was sealed under another key
├── QuestionsInvalid      a set of evaluation questions cannot be read
├── ChangeInvalid         a correction by moderators was refused
└── PortTaken             another program listens where the server should
"""

__all__ = [
    "AccountInvalid",
    "CatalogueInvalid",
    "ChangeInvalid",
    "ModelMismatch",
    "ModelUnavailable",
    "PortTaken",
    "QuestionsInvalid",
    "RecordsUnavailable",
    "SafePassageError",
    "SecretUnreadable",
    "SnapshotCorrupt",
    "SnapshotError",
    "SnapshotMissing",
    "SourceUnreadable",
    "SourcesInvalid",
    "StorageFailed",
]


class SafePassageError(Exception):
    """What went wrong, in words that say what to do about it; never holds a visitor's question."""


class SourceUnreadable(SafePassageError):
    """A file of the corpus could not be decoded or parsed; the others are still ingested."""


class SourcesInvalid(SafePassageError):
    """`sources.toml` says something that cannot be followed."""


class ModelUnavailable(SafePassageError):
    """The encoder could not be loaded from the given name or path."""


class SnapshotError(SafePassageError):
    """There is no usable snapshot."""


class ModelMismatch(SnapshotError):
    """The snapshot was made with another model than the one that questions are encoded with."""


class SnapshotMissing(SnapshotError):
    """Nothing has been ingested into this data directory yet."""


class SnapshotCorrupt(SnapshotError):
    """A file of the snapshot is missing or does not match the manifest."""


class StorageFailed(SafePassageError):
    """A file could not be written: the disk is full or the directory is not writable."""


class CatalogueInvalid(SafePassageError):
    """A phrase, contact or lexicon file is incomplete or contradicts itself."""


class RecordsUnavailable(SafePassageError):
    """The database that holds the logged questions cannot be reached or migrated."""


class AccountInvalid(SafePassageError):
    """An account name or password was refused."""


class SecretUnreadable(SafePassageError):
    """The secret of a second factor cannot be opened with any key that there is."""


class ChangeInvalid(SafePassageError):
    """A correction by moderators was refused; `reason` is the key of a phrase that says why."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class PortTaken(SafePassageError):
    """Another program already listens on the address the server was told to use."""


class QuestionsInvalid(SafePassageError):
    """A set of evaluation questions cannot be read; says the file, the line and what is wrong."""
