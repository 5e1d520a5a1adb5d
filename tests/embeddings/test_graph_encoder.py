import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from embeddings.encoder import SHIPPED, SentenceEncoder, question_encoder
from embeddings.errors import ModelUnavailable
from embeddings.graph_encoder import GRAPH, GraphEncoder

TEXTS = [
    "氯胺酮会引起解离吗？",
    "愷他命會引起解離嗎？",
    "Does ketamine cause dissociation, and for how long?",
    "k粉 + alcohol 🧪",
    "",
    "\ud800 药",
    "很长的一段话，" * 90,
]


@pytest.fixture(scope="module")
def graph() -> GraphEncoder:
    return GraphEncoder(SHIPPED, "shipped")


def test_the_graph_gives_what_sentence_transformers_gives(
    graph: GraphEncoder, model: SentenceEncoder
) -> None:
    assert graph.encode(TEXTS) == pytest.approx(model.encode(TEXTS), abs=2e-5)
    assert graph.dimension == model.dimension
    assert graph.fingerprint == model.fingerprint


def test_a_batch_longer_than_one_run_keeps_its_order(graph: GraphEncoder) -> None:
    texts = [f"句子 {'很' * (n % 7)} {n}" for n in range(80)]
    together = graph.encode(texts)
    assert together[::16] == pytest.approx(
        np.stack([graph.encode([text])[0] for text in texts[::16]]), abs=1e-5
    )


def test_threads_share_a_graph(graph: GraphEncoder) -> None:
    texts = ["药", "解离是什么", "a much longer question about sleep and alcohol"] * 4
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: graph.encode([text])[0], texts))
    assert np.stack(found) == pytest.approx(graph.encode(texts), abs=1e-5)


def test_no_texts_give_no_vectors(graph: GraphEncoder) -> None:
    assert graph.encode([]).shape == (0, graph.dimension)


def test_the_shipped_model_answers_questions_without_torch() -> None:
    program = (
        "import sys; from embeddings.encoder import question_encoder;"
        "question_encoder().encode(['药']);"
        "assert not {'torch', 'transformers', 'sentence_transformers'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_a_damaged_graph_says_so(tmp_path: Path) -> None:
    for name in ("sentence_bert_config.json", "tokenizer.json", "config.json"):
        shutil.copy(SHIPPED / name, tmp_path)
    (tmp_path / GRAPH).write_bytes(b"no graph")
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        question_encoder(tmp_path)
