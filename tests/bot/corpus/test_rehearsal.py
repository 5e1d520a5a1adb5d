from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.gate import failures, teaches
from bot.answering.quoting import found, quotation
from bot.answering.wording import SHIPPED
from bot.corpus.ingest import ingest
from bot.corpus.rehearsal import rehearse
from embeddings.documents import Language
from embeddings.snapshot import Snapshot, load
from tests.letters import LetterEncoder

PAGE = """# 氯胺酮

## 解离

氯胺酮会引起解离，人们会觉得自己离开了身体。这种感觉在几小时内消退。

## 膀胱

长期使用会损伤膀胱，有时无法恢复。出现疼痛时请去看医生。
"""


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "k.md").write_text(PAGE, "utf-8")
    ingest([tmp_path / "pages"], tmp_path / "data", LetterEncoder())
    return load(tmp_path / "data")


def reasons(snapshot: Snapshot, language: Language = "zh-Hans") -> list[str]:
    document = next(iter(snapshot.documents.values()))
    quoted = [quotation(p, document, language, SHIPPED, number=1) for p in snapshot.passages]
    return [why for each in quoted for why in failures(each, snapshot)]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_what_was_rehearsed_is_read_no_more(snapshot: Snapshot, language: Language) -> None:
    found.cache_clear()
    teaches.cache_clear()
    assert rehearse(snapshot, "zh-Hans", SHIPPED, lambda: True)
    read = found.cache_info().misses, teaches.cache_info().misses
    assert reasons(snapshot, language) == []
    assert (found.cache_info().misses, teaches.cache_info().misses) == read


def test_a_rehearsal_stops_when_it_is_told(snapshot: Snapshot) -> None:
    turns = iter([True, False])
    assert not rehearse(snapshot, "zh-Hans", SHIPPED, lambda: next(turns))


@pytest.mark.parametrize("both", [True, False])
def test_a_changed_snapshot_is_never_believed(snapshot: Snapshot, both: bool) -> None:
    """Whether its documents were changed alone, or its passages with them, before or after."""
    rehearse(snapshot, "zh-Hans", SHIPPED, lambda: True)
    [document] = snapshot.documents.values()
    changed = replace(document, text=document.text.replace("几小时", "50毫克"))
    passages = [replace(p, text=p.text.replace("几小时", "50毫克")) for p in snapshot.passages]
    forged = replace(
        snapshot,
        documents={document.id: changed},
        passages=passages if both else snapshot.passages,
    )
    for _ in range(2):
        assert ("amount" if both else "not word for word") in reasons(forged)
        rehearse(forged, "zh-Hans", SHIPPED, lambda: True)
