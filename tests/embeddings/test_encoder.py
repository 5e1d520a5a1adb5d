import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

from embeddings.encoder import SHIPPED, SentenceEncoder
from embeddings.errors import ModelUnavailable
from embeddings.fingerprint import fingerprint_of

PAIRS = [
    ("氯胺酮会引起解离", "Ketamine causes dissociation"),
    ("长期使用会损伤膀胱", "Long-term use damages the bladder"),
    ("不要和酒精一起使用", "Do not combine it with alcohol"),
    ("医生用它治疗抑郁症", "Doctors treat depression with it"),
    ("明天可能会下雨", "It may rain tomorrow"),
]


@pytest.fixture(scope="module")
def shipped() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Save a model of another kind: a table of words, half precision, three dimensions."""
    words = Tokenizer(models.WordLevel({"[UNK]": 0, "sleep": 1, "药": 2}, unk_token="[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    table = StaticEmbedding(words, embedding_weights=np.eye(3, dtype=np.float16))
    path = tmp_path / "tiny"
    SentenceTransformer(modules=[table], device="cpu").save(str(path), create_model_card=False)
    return path


def test_a_translation_is_nearer_than_any_other_sentence(shipped: SentenceEncoder) -> None:
    chinese = shipped.encode([zh for zh, _ in PAIRS])
    english = shipped.encode([en for _, en in PAIRS])
    likeness = chinese @ english.T
    assert likeness.argmax(axis=0).tolist() == likeness.argmax(axis=1).tolist() == [0, 1, 2, 3, 4]


def test_traditional_and_simplified_are_the_same(shipped: SentenceEncoder) -> None:
    traditional, simplified = shipped.encode(["愷他命會引起解離嗎？", "恺他命会引起解离吗？"])
    assert np.array_equal(traditional, simplified)


def test_full_width_letters_are_the_same(shipped: SentenceEncoder) -> None:
    wide, narrow = shipped.encode(["ＭＤＭＡ的风险", "mdma的风险"])
    assert np.array_equal(wide, narrow)


def test_vectors_are_of_unit_length_and_32_bits(shipped: SentenceEncoder) -> None:
    vectors = shipped.encode([zh for zh, _ in PAIRS])
    assert vectors.shape == (len(PAIRS), shipped.dimension) == (5, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("text", ["", " \n\t", "　"])
def test_a_text_of_no_words_is_zero(text: str, shipped: SentenceEncoder) -> None:
    assert not shipped.encode([text]).any()


def test_no_texts_give_no_vectors(shipped: SentenceEncoder) -> None:
    assert shipped.encode([]).shape == (0, 384)


@pytest.mark.parametrize("text", ["\ud800", "\x00", "🙂", "\u200b", "药" * 5000])
def test_any_text_gives_finite_numbers(text: str, shipped: SentenceEncoder) -> None:
    assert np.isfinite(shipped.encode([text])).all()


def test_a_text_has_the_same_vector_alone_and_in_company(shipped: SentenceEncoder) -> None:
    alone = np.concatenate([shipped.encode([zh]) for zh, _ in PAIRS])
    assert shipped.encode([zh for zh, _ in PAIRS]) == pytest.approx(alone, abs=1e-5)


def test_threads_may_share_an_encoder(shipped: SentenceEncoder) -> None:
    texts = [zh * n for zh, _ in PAIRS for n in (1, 5)]
    with ThreadPoolExecutor(4) as pool:
        together = np.concatenate(list(pool.map(lambda text: shipped.encode([text]), texts)))
    assert together == pytest.approx(shipped.encode(texts), abs=1e-5)


def test_the_shipped_directory_loads_by_itself_with_no_network() -> None:
    program = (
        "import sys; from sentence_transformers import SentenceTransformer as S;"
        "m = S(sys.argv[1], device='cpu');"
        "v = m.encode(['藥物會引起解離', '药物会引起解离', 'dissociation', 'rain']);"
        "assert abs(v[0] @ v[1] - 1) < 1e-5 and v[0] @ v[2] > v[0] @ v[3], v @ v.T"
    )
    environment = {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "HF_HOME": "/nonexistent"}
    command = [sys.executable, "-c", program, str(SHIPPED)]
    subprocess.run(command, env=environment, check=True, timeout=120)


def test_no_shipped_file_is_too_large_for_a_repository() -> None:
    sizes = [path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file()]
    assert sizes
    assert max(sizes) <= 95_000_000


def test_importing_the_encoder_does_not_import_torch() -> None:
    program = "import sys, embeddings.encoder; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_any_other_model_works_by_its_path(tiny: Path) -> None:
    encoder = SentenceEncoder(tiny)
    vectors = encoder.encode(["药 sleep", "sleep", ""])
    assert (encoder.name, encoder.dimension) == (str(tiny), 3)
    assert vectors.dtype == np.float32
    assert vectors[0] @ vectors[1] == pytest.approx(0.5**0.5, abs=1e-3)
    assert not vectors[2].any()


def test_the_fingerprint_tells_models_apart_but_not_their_cards(tiny: Path) -> None:
    before = SentenceEncoder(tiny).fingerprint
    (tiny / "README.md").write_text("a card")
    assert fingerprint_of(tiny) == before != fingerprint_of(SHIPPED)
    (tiny / "tokenizer.json").write_text("{}")
    assert fingerprint_of(tiny) != before


@pytest.mark.parametrize("model", ["nobody/nothing", "/nonexistent/model", "no such name!"])
def test_a_model_that_is_not_here_says_what_to_give(model: str) -> None:
    with pytest.raises(ModelUnavailable, match="path of a sentence-transformers directory"):
        SentenceEncoder(model)


def test_a_damaged_model_says_so(tiny: Path) -> None:
    for weights in tiny.rglob("model.safetensors"):
        weights.write_bytes(weights.read_bytes()[:10])
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        SentenceEncoder(tiny)


def test_a_lazy_model_is_not_loaded_for_its_name_and_size() -> None:
    program = (
        "import sys; from embeddings.encoder import SentenceEncoder;"
        "encoder = SentenceEncoder(lazily=True);"
        "assert encoder.dimension == 384 and encoder.name and encoder.fingerprint;"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_a_directory_without_a_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        SentenceEncoder(tmp_path)
