"""Other programs over the same passages, each set up as its own documentation shows.

A peer is made of texts and takes a question with its vectors; it returns rows, best first. Peers
that need a model get it twice: all-MiniLM-L6-v2, which they come with or recommend, and ours, so
that the model and the rest are told apart. Their vectors are made by sentence-transformers as
theirs would be, once for all of them.
"""

import sqlite3
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Peer = Callable[[str, Vectors], Sequence[int]]

DEPTH = 10


def bm25s_default(texts: Sequence[str]) -> Peer:
    """bm25s with its own tokeniser: words between non-letters, English stop words."""
    import bm25s

    index = bm25s.BM25()
    index.index(bm25s.tokenize(list(texts), show_progress=False), show_progress=False)

    def ranked(question: str, _: Vectors) -> list[int]:
        tokens = bm25s.tokenize([question], show_progress=False)
        if not tokens.vocab:
            return []
        rows, scores = index.retrieve(tokens, k=min(DEPTH, len(texts)), show_progress=False)
        return [int(row) for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    return ranked


def rank_bm25_default(texts: Sequence[str]) -> Peer:
    """rank_bm25 as in its README: words between spaces."""
    from rank_bm25 import BM25Okapi

    index = BM25Okapi([text.split(" ") for text in texts])

    def ranked(question: str, _: Vectors) -> list[int]:
        return best(index.get_scores(question.split(" ")))

    return ranked


def fts5(texts: Sequence[str], tokenizer: str) -> Peer:
    """SQLite FTS5 by bm25(), the words or trigrams of the question joined by OR."""
    database = sqlite3.connect(":memory:")
    database.execute(f"create virtual table pages using fts5(text, tokenize='{tokenizer}')")
    database.executemany("insert into pages(rowid, text) values (?, ?)", enumerate(texts))

    def terms(question: str) -> list[str]:
        if tokenizer != "trigram":
            return question.split()
        return [question[at : at + 3] for at in range(len(question) - 2)]

    def ranked(question: str, _: Vectors) -> list[int]:
        quoted = ['"' + term.replace('"', '""') + '"' for term in dict.fromkeys(terms(question))]
        if not quoted:
            return []
        found = database.execute(
            "select rowid from pages where pages match ? order by bm25(pages) limit ?",
            (" OR ".join(quoted), DEPTH),
        )
        return [row for (row,) in found]

    return ranked


def nearest(vectors: Vectors) -> Peer:
    """The nearest vectors, and nothing else."""
    return lambda _, asked: best(vectors @ asked, above=-2.0)


def txtai_hybrid(texts: Sequence[str], vectors: Vectors) -> Peer:
    """txtai's hybrid index: its sparse BM25 and dense vectors, weighted equally (its default)."""
    from txtai import Embeddings

    known = dict(zip(texts, vectors, strict=True))
    asked: dict[str, Vectors] = {}

    def transform(inputs: Sequence[str]) -> Vectors:
        return np.stack([asked[text] if text in asked else known[text] for text in inputs])

    index = Embeddings(method="external", transform=transform, hybrid=True, content=False)
    index.index([(row, text, None) for row, text in enumerate(texts)])

    def ranked(question: str, vector: Vectors) -> list[int]:
        asked[question] = vector
        return [int(row) for row, _ in index.search(question, DEPTH)]

    return ranked


def haystack_hybrid(texts: Sequence[str], vectors: Vectors) -> Peer:
    """Haystack's BM25 and embedding retrievers in memory, joined by reciprocal rank fusion."""
    from haystack import Document
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import (
        InMemoryBM25Retriever,
        InMemoryEmbeddingRetriever,
    )
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents(
        [
            Document(id=str(row), content=text, embedding=vector.tolist())
            for row, (text, vector) in enumerate(zip(texts, vectors, strict=True))
        ]
    )
    words = InMemoryBM25Retriever(store, top_k=DEPTH)
    dense = InMemoryEmbeddingRetriever(store, top_k=DEPTH)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=DEPTH)

    def ranked(question: str, vector: Vectors) -> list[int]:
        lists = [
            words.run(query=question)["documents"],
            dense.run(query_embedding=vector.tolist())["documents"],
        ]
        return [int(document.id) for document in joiner.run(documents=lists)["documents"]]

    return ranked


def best(scores: NDArray[np.floating], above: float = 0.0) -> list[int]:
    """Return the rows with the highest scores, leaving out those not above a bound."""
    rows = np.argsort(-scores, kind="stable")[:DEPTH]
    return [int(row) for row in rows if scores[row] > above]
