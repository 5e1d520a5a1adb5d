"""How much personal data is found, and how little else, on lines in both languages."""

import json
import re
import time
from collections import Counter
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.review.personal.spans import Span
from bot.review.redaction import LONGEST, find, redact
from tests.places import DATA

MARKED = re.compile(r"⟦(\w+)\|([^⟧]*)⟧")
MEASURED = ("phone", "email", "id", "card")


class Line(NamedTuple):
    """A line of the set: its text, and the runs `(start, end, type)` that must go."""

    split: str
    text: str
    runs: frozenset[tuple[int, int, str]]


def lines() -> list[Line]:
    found = []
    for row in (DATA / "redaction.tsv").read_text("utf-8").splitlines():
        if row.startswith("#"):
            continue
        split, _, marked = row.split("\t")
        text, runs = "", set()
        done = 0
        for match in MARKED.finditer(marked):
            text += marked[done : match.start()]
            runs.add((len(text), len(text) + len(match[2]), match[1]))
            text += match[2]
            done = match.end()
        found.append(Line(split, text + marked[done:], frozenset(runs)))
    return found


LINES = lines()


def gone(line: Line, run: tuple[int, int, str]) -> bool:
    """Whether no letter and no digit of a run stays, whatever it was taken for."""
    taken = {place for span in find(line.text) for place in range(span.start, span.end)}
    return all(place in taken or not line.text[place].isalnum() for place in range(*run[:2]))


def measured(split: str) -> dict[str, tuple[float, int]]:
    """Recall and number of runs, by type."""
    there: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for line in LINES:
        if split in (line.split, ""):
            there.update(kind for _, _, kind in line.runs)
            hit.update(run[2] for run in line.runs if gone(line, run))
    return {kind: (hit[kind] / there[kind], there[kind]) for kind in there}


@pytest.mark.parametrize("kind", MEASURED)
def test_numbers_and_addresses_of_a_person_are_found(kind: str) -> None:
    recall, number = measured("")[kind]
    assert number >= 30
    assert recall >= 0.98


@pytest.mark.parametrize("kind", ["handle", "url", "birth", "name", "address"])
def test_what_only_words_tell_is_mostly_found(kind: str) -> None:
    assert measured("")[kind][0] >= 0.88


@pytest.mark.parametrize("split", ["held", "held2", "held3", "held4"])
def test_lines_held_back_are_found_as_well(split: str) -> None:
    rates = measured(split)
    assert sum(rate * number for rate, number in rates.values()) >= 0.9 * sum(
        number for _, number in rates.values()
    )


def test_little_else_goes_with_it() -> None:
    spans = [(line, span) for line in LINES for span in find(line.text)]
    more = [span for line, span in spans if not any(within(span, run) for run in line.runs)]
    assert len(more) <= 0.05 * len(spans)


def within(span: Span, run: tuple[int, int, str]) -> bool:
    return run[0] <= span.start and span.end <= run[1]


def test_lines_without_personal_data_stay_as_they_are() -> None:
    innocent = [line.text for line in LINES if not line.runs]
    assert len(innocent) >= 350
    changed = [text for text in innocent if redact(text) != text]
    assert len(changed) <= 0.02 * len(innocent), changed


@pytest.mark.parametrize("name", ["seeds_dev.jsonl", "safety_dev.jsonl"])
def test_real_questions_stay_as_they_are(name: str) -> None:
    rows = [json.loads(row) for row in (DATA / name).read_text("utf-8").splitlines()]
    questions = [row.get("query") or row["question"] for row in rows]
    assert [text for text in questions if redact(text) != text] == []


@pytest.mark.parametrize(
    "number",
    ["110", "119", "120", "911", "988", "999", "12356", "12320", "116 123", "400-161-9995"],
)
def test_emergency_and_help_line_numbers_stay(number: str) -> None:
    assert redact(f"打{number}可以吗") == f"打{number}可以吗"
    assert redact(f"should I call {number} now") == f"should I call {number} now"


def test_a_number_that_the_answer_itself_gives_stays() -> None:
    question = "010-82951332没人接，我的是010-62345678"
    assert redact(question, ["010 8295 1332"]) == "010-82951332没人接，我的是[phone]"


def test_a_number_cut_off_by_the_limit_does_not_stay() -> None:
    text = "药" * (2 * LONGEST - 8) + "13800138000"
    assert not re.search(r"\d", redact(text))


def test_an_endless_question_is_cut() -> None:
    assert len(redact("好" * 100_000)) == LONGEST


@given(st.text())
def test_whatever_is_sent_can_be_stored(text: str) -> None:
    kept = redact(text)
    assert "\0" not in kept
    kept.encode("utf-8")


@given(st.text(alphabet="0123456789 -+()我叫王微信号是路街市区abAB@./:年月日"))
def test_redacting_twice_is_redacting_once(text: str) -> None:
    once = redact(text)
    marks = re.sub(r"\[\w+\]", "\n", once)
    assert not [span for span in find(marks) if span.kind in ("email", "id", "card")]


@given(st.integers(3, 9), st.integers(0, 999_999_999), st.sampled_from(["", " ", "-"]))
def test_every_chinese_mobile_number_goes(second: int, rest: int, gap: str) -> None:
    digits = f"1{second}{rest:09d}"
    written = gap.join((digits[:3], digits[3:7], digits[7:]))
    assert digits[7:] not in redact(f"打给{written}，快")


@pytest.mark.parametrize(
    "unit",
    ["市区路", "1 2", "1-", "a@", "a.", "1 A B ", "+1(", "路1号", "微信 ", "http://", "我叫王"],
)
def test_no_text_takes_long(unit: str) -> None:
    begun = time.process_time()
    redact(unit * (2 * LONGEST))
    assert time.process_time() - begun < 2
