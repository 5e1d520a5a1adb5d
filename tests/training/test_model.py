import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from tokenizers import Tokenizer, models, pre_tokenizers

from embeddings.errors import SourceUnreadable
from training.model import corpus, vocabulary, wordpieces
from training.model.alignment import translation_table
from training.model.charsmap import compile_charsmap, lookup, traditional
from training.model.corpus import Pair
from training.model.glosses import English, from_alignment, from_glosses, rows_of_words

X = st.just("x")
PIECES = ["[UNK]", "the", "to", ",", "drug", "use", "##r", "sleep"]


@pytest.fixture
def english() -> English:
    """Every piece has a row with a one in its own place."""
    vocabulary = {piece: row for row, piece in enumerate(PIECES)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return English(tokenizer, np.eye(len(PIECES), dtype=np.float32))


def share(**weights: float) -> list[float]:
    return [weights.get(piece, 0.0) for piece in PIECES]


def write(path: Path, *rows: dict[str, str]) -> None:
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))


def test_light_words_and_punctuation_do_not_count_in_a_gloss(english: English) -> None:
    assert from_glosses(["to use, the drug"], english) == pytest.approx(share(use=0.5, drug=0.5))


def test_each_gloss_counts_the_same_however_long(english: English) -> None:
    row = from_glosses(["sleep", "drug use"], english)
    assert row == pytest.approx(share(sleep=0.5, drug=0.25, use=0.25))


@pytest.mark.parametrize("glosses", [[], ["the"], [""]])
def test_a_word_without_a_telling_gloss_has_no_row(glosses: list[str], english: English) -> None:
    assert from_glosses(glosses, english) is None


def test_unlikely_translations_do_not_count(english: English) -> None:
    table = csr_array([share(drug=0.6, sleep=0.2, use=0.005), share(the=1.0)])
    rows, known = from_alignment(table, english)
    assert rows[0] == pytest.approx(share(drug=0.75, sleep=0.25))
    assert known.tolist() == [True, False]


def test_dictionary_and_translations_are_averaged(english: English) -> None:
    table = csr_array([share(drug=1.0)])
    rows = rows_of_words({"药": 0}, {"药": ["sleep"]}, table, english)
    assert rows["药"] == pytest.approx(share(drug=0.5, sleep=0.5))


def test_a_word_that_nothing_knows_is_its_characters(english: English) -> None:
    ids = {"药": 0, "睡": 1, "药睡": 2, "无": 3}
    table = csr_array((4, len(PIECES)), dtype=np.float64)
    rows = rows_of_words(ids, {"药": ["drug"], "睡": ["sleep"]}, table, english)
    assert rows["药睡"] == pytest.approx(share(drug=0.5, sleep=0.5))
    assert "无" not in rows


def test_alignment_finds_which_word_translates_which() -> None:
    chinese = [np.array(ids) for ids in ([0, 1], [0, 2], [1])]
    english = [np.array(ids) for ids in ([0, 1], [0, 2], [1])]
    table = translation_table(chinese, english, (3, 3), rounds=20).toarray()
    assert table.argmax(axis=1).tolist() == [0, 1, 2]
    assert table.sum(axis=1) == pytest.approx([1, 1, 1])


def test_alignment_of_no_pairs_is_empty() -> None:
    assert translation_table([], [], (2, 3)).nnz == 0


def test_every_traditional_character_is_folded_as_opencc_folds_it() -> None:
    simplified = traditional()
    charsmap = compile_charsmap(simplified)
    others = [chr(code) for code in (*range(0x20, 0x500), *range(0x4E00, 0xA000))]
    wrong = [c for c in {*simplified, *others} if lookup(charsmap, c) != simplified.get(c)]
    assert not wrong


@given(st.dictionaries(st.text(st.characters(codec="utf-8", min_codepoint=1), min_size=1), X))
def test_a_charsmap_replaces_its_keys_and_nothing_else(replacements: dict[str, str]) -> None:
    charsmap = compile_charsmap(replacements)
    for key in replacements:
        assert lookup(charsmap, key) == "x"
        assert lookup(charsmap, key + "?") == replacements.get(key + "?")


def test_old_words_keep_their_rows_and_new_ones_follow() -> None:
    base = {"model": {"vocab": {"[UNK]": 0, "药": 1}}}
    assert wordpieces.ids_of_words(base, ["药", "氯胺酮"]) == {"药": 1, "氯胺酮": 2}


def test_a_specialist_term_is_chosen_before_a_rare_word() -> None:
    counts = {"常": 9, "药": 0, "稀": 1, "无": 0}
    assert vocabulary.choose(counts, frozenset({"药"}), 2) == ["常", "药"]
    assert vocabulary.choose(counts, frozenset({"药"}), 9) == ["常", "药", "稀"]


def test_only_chinese_words_of_six_characters_are_candidates() -> None:
    entries = [Pair(zh, "x", "cc-cedict") for zh in ("药", "AA制", "一二三四五六七", "药物")]
    assert vocabulary.candidates(entries) == ["药", "药物"]


def test_a_collection_without_a_licence_is_left_out(tmp_path: Path) -> None:
    write(
        tmp_path / "dict_clean.jsonl.gz",
        {"zh": "著", "en": "write", "src": "cc-cedict"},
        {"zh": "痛", "en": "pain", "src": "hpo-zh"},
    )
    assert [pair.en for pair in corpus.dictionary(tmp_path)] == ["write"]


def test_a_damaged_file_of_pairs_is_named(tmp_path: Path) -> None:
    (tmp_path / "dict_clean.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(SourceUnreadable, match="dict_clean"):
        corpus.dictionary(tmp_path)
