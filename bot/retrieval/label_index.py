"""The labels of all passages of a snapshot as arrays: a question costs no loop over passages."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.substances.glossary import names_of, titled
from bot.vocabulary.text import Text
from embeddings.snapshot import Snapshot

__all__ = ["LabelIndex", "label_index"]

Mask = NDArray[np.bool_]


class LabelIndex:
    """Which passages bear a label; every mask is of shape (n,), row i for `passages[i]`."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._size = len(snapshot.passages)
        self._snapshot = snapshot
        rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row, passage in enumerate(snapshot.passages):
            for label, values in passage.labels.items():
                for value in values:
                    rows[label, value].append(row)
            rows["kind", snapshot.documents[passage.document].kind].append(row)
            if not passage.section:
                rows["place", "lead"].append(row)
        self._rows = {key: np.asarray(found, dtype=np.int32) for key, found in rows.items()}
        self.languages = np.array([p.language[:2] for p in snapshot.passages], dtype="<U2")
        self._numbers = {name: number for number, name in enumerate(snapshot.documents)}
        self._names = names_of(snapshot)

    def rows(self, label: str, value: str) -> NDArray[np.int32]:
        """Return the rows of the passages that bear a label of this value."""
        return self._rows.get((label, value), _NONE)

    def bearing(self, label: str, values: Iterable[str]) -> Mask:
        """Return which passages bear a label of any of the values."""
        mask = np.zeros(self._size, dtype=np.bool_)
        for value in values:
            mask[self.rows(label, value)] = True
        return mask

    def naming_all(self, label: str, substances: Collection[str]) -> Mask:
        """Return which passages name all the substances.

        One substance must be named itself. Of several, one must be, and the others or their
        classes: what is said of opioids and ketamine answers a question about heroin and
        ketamine.
        """
        if len(substances) < 2:
            return self.bearing(label, substances)
        itself = [self.bearing(label, [name]) for name in substances]
        meant = [
            mask | self.bearing(label, self._names.classes.get(name, ()))
            for name, mask in zip(substances, itself, strict=True)
        ]
        every: Mask = np.logical_and.reduce(meant) & np.logical_or.reduce(itself)
        return every

    def headed_elsewhere(self, substances: Collection[str]) -> Mask:
        """Return which passages have a heading that names others, not these or their classes.

        Under the heading of opioids, a sentence on ketamine and addiction is about that to opioids.
        """
        groups = {group for name in substances for group in self._names.classes.get(name, ())}
        return self._headed & ~self.bearing("headed", {*substances, *groups})

    @cached_property
    def _headed(self) -> Mask:
        """Which passages have a heading that names anything."""
        return self.bearing("headed", {value for label, value in self._rows if label == "headed"})

    def titled(self, question: Text, *, variants: bool = False) -> Mask:
        """Return which passages are of a document that a question calls by a name of its own."""
        wanted = titled(self._snapshot, question, variants=variants)
        mask: Mask = np.isin(self._snapshot.document_rows, [self._numbers[n] for n in wanted])
        return mask

    def without_classes(self, asked: Collection[str]) -> frozenset[str]:
        """Return those asked about that are substances, not classes of them."""
        known = self._names.substances
        return frozenset(name for name in asked if not known[name].is_class)

    @cached_property
    def substances(self) -> frozenset[str]:
        """The substances that any passage names."""
        return frozenset(value for label, value in self._rows if label == "substances")


_NONE = np.empty(0, dtype=np.int32)


@lru_cache(maxsize=2)
def label_index(snapshot: Snapshot) -> LabelIndex:
    """Return the labels of a snapshot, worked out once."""
    return LabelIndex(snapshot)
