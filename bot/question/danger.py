"""The plainest words of danger, which must be seen even where nothing else can be read."""

from collections.abc import Mapping

from embeddings.datafiles import table

__all__ = ["danger_words"]


def danger_words() -> Mapping[str, frozenset[str]]:
    """Return the words of `danger.toml` by kind of danger: `emergency`, `crisis`.

    Raises:
        CatalogueInvalid: the file cannot be read.

    """
    return {
        kind: frozenset(word for words in groups.values() for word in words)
        for kind, groups in table(__file__, "danger.toml").items()
    }
