"""Questions whose right answer is known, and what became of each."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from embeddings.snapshot import Snapshot

__all__ = ["DEPTH", "FIRST", "Case", "Gold", "Outcome", "bare", "judged"]

DEPTH = 10
"""How far down a ranking is looked at."""

FIRST = 5
"""How many passages an answer quotes: a right one among them is what a visitor sees."""

MARKUP = re.compile(r"[\s*_`\\\[\]#|]+|\(/[^)]*\)|</?\w+[^>]*>")


@dataclass(frozen=True, slots=True)
class Gold:
    """A right passage by its words: the run that it must hold, and the id of its document."""

    document: str
    run: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what is right for it.

    `gold` and `passages` (ids) are alternatives: any of them is right. `gains` grades passages by
    id instead, where all of them are wanted (BEIR). `kinds` are the kinds of answer that are
    right, none where that is not asked. Where a case is not `answerable` it is right to quote
    nothing. `language` and `group` say under which heads it is reported.
    """

    id: str
    query: str
    language: str = ""
    group: str = ""
    history: tuple[str, ...] = ()
    gold: tuple[Gold, ...] = ()
    passages: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    gains: Mapping[str, float] = field(default_factory=dict)
    answerable: bool = True

    def finder(self, snapshot: Snapshot) -> Callable[[str], bool]:
        """Return what tells of a passage of the snapshot, by its id, whether it is right."""
        runs = [(gold.document, bare(gold.run)) for gold in self.gold]

        def right(name: str) -> bool:
            passage = snapshot.by_id[name]
            if name in self.passages:
                return True
            return any(
                passage.document == document and run in bare(passage.text) for document, run in runs
            )

        return right

    def reachable(self, snapshot: Snapshot) -> bool:
        """Return whether any passage of the snapshot is right: if none is, no ranking can be."""
        right = self.finder(snapshot)
        names = {gold.document for gold in self.gold}
        own = [p.id for name in names for p in snapshot.of_document.get(name, ())]
        return any(map(right, own)) or any(
            name in snapshot.by_id for name in (*self.passages, *self.gains)
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question got.

    `ranked` are the ids of at most ten passages, best first; `relevant` what is right among all
    passages, with gains; `page` the rank of the first passage of a right document, 0 for none;
    `kind` the answer's, or the arm's name where nothing but a ranking was asked for.
    """

    case: Case
    ranked: tuple[str, ...]
    relevant: Mapping[str, float]
    page: int
    kind: str

    @property
    def rank(self) -> int:
        """The rank of the first right passage, 0 where there is none among them."""
        return next((at for at, name in enumerate(self.ranked, 1) if name in self.relevant), 0)

    @property
    def answered(self) -> bool:
        """Whether anything is quoted as the answer, not only as what comes nearest."""
        return bool(self.ranked) and self.kind != "not_found"

    @property
    def satisfied(self) -> bool:
        """Whether the case got what it must: the kind, a right passage among the first five."""
        case = self.case
        if case.kinds and self.kind not in case.kinds:
            return False
        if case.answerable and (case.gold or case.passages or case.gains):
            return 0 < self.rank <= FIRST
        return case.answerable or not self.answered


def judged(case: Case, ranked: Sequence[str], snapshot: Snapshot, kind: str) -> Outcome:
    """Judge a ranking of passages of the snapshot.

    Gold runs and passages named by a case are alternatives, any of which will do: the first that
    is found is the one relevant passage.
    """
    names = tuple(ranked[:DEPTH])
    right = case.finder(snapshot)
    first = next((name for name in names if right(name)), "")
    wanted = {gold.document for gold in case.gold}
    wanted |= {snapshot.by_id[n].document for n in case.passages if n in snapshot.by_id}
    documents = [snapshot.by_id[name].document for name in names]
    page = next((at for at, name in enumerate(documents, 1) if name in wanted), 0)
    return Outcome(case, names, case.gains or {first: 1.0}, page, kind)


def bare(text: str) -> str:
    """Return a text without white space and markup, for comparing runs."""
    return MARKUP.sub("", text)
