import os
import sys
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

import pytest

from bot.corpus import spreading
from bot.corpus.ingest import ingest
from bot.corpus.spreading import WORTH, spread
from embeddings.snapshot import load
from tests.letters import LetterEncoder

ITEMS = range(2 * WORTH)

forking = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks safely")


def squares(most: int, items: Sequence[int] = ITEMS) -> list[int]:
    return list(spread(lambda n: n * n, items, most))


@pytest.mark.parametrize("most", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(most: int) -> None:
    assert squares(most) == [n * n for n in ITEMS]


@forking
def test_many_items_are_worked_on_elsewhere_and_few_here() -> None:
    def where(_: int) -> int:
        return os.getpid()

    first, *others = spread(where, ITEMS, 2)
    assert first == os.getpid()
    assert others
    assert os.getpid() not in others
    assert set(spread(where, ITEMS[: WORTH - 1], 2)) == {os.getpid()}


@pytest.mark.parametrize("most", [1, 2])
def test_what_the_work_raises_is_raised_here(most: int) -> None:
    with pytest.raises(ZeroDivisionError):
        list(spread(lambda n: 1 // (n - WORTH), ITEMS, most))


@forking
def test_a_process_that_dies_is_told_of() -> None:
    with pytest.raises(BrokenProcessPool):
        list(spread(lambda n: n and os._exit(1), ITEMS, 2))


def test_two_processes_make_the_same_snapshot_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "broken.pdf").write_bytes(b"%PDF-1.7 \xff\xfe nothing")
    (pages / "empty.md").write_text("# 空\n", "utf-8")
    for n in range(WORTH):
        text = f"# 药物{chr(0x4E00 + n)}\n\n## 危险\n\n它会引起解离，常用 50 毫克。\n\n请勿驾驶。\n"
        (pages / f"{n}.md").write_text(text, "utf-8")
    reports = []
    moved: list[tuple[int, int]] = []
    for number in (1, 2):
        monkeypatch.setattr(spreading, "processors", partial(int, number))
        data = tmp_path / f"data{number}"
        report = ingest([pages], data, LetterEncoder(), lambda *now: moved.append(now))
        reports.append(report.as_json())
    assert all(done <= of for done, of in moved)
    assert moved.count((1, 2 * (WORTH + 2))) == 2
    assert reports[0] == reports[1]
    assert reports[0]["unreadable"]
    assert load(tmp_path / "data1").passages == load(tmp_path / "data2").passages
