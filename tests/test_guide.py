"""The moderators' guide speaks of the pages in their own words."""

import re
from typing import get_args

import pytest

from bot.answering.phrases import review
from bot.review.database.tables import VERDICTS
from bot.review.queue.urgency import Reason
from tests.places import DOCS

GUIDES = {
    name: (DOCS / name).read_text("utf-8") for name in ("moderators.md", "moderators-changes.md")
}
"""Both parts of the guide."""

T = review("en")


def columns(first: str) -> list[list[str]]:
    """The rows of the table of either guide whose head begins with `first`."""
    rows = re.search(rf"^\| {first} \|.*\n\|[-|]+\n((?:\|.*\n)+)", "\n".join(GUIDES.values()), re.M)
    assert rows is not None
    return [
        [cell.strip(" `") for cell in row.strip("|").split("|")] for row in rows[1].splitlines()
    ]


@pytest.mark.parametrize("name", GUIDES)
def test_what_stands_in_bold_are_words_of_the_pages(name: str) -> None:
    bold = set(re.findall(r"\*\*(.+?)\*\*", GUIDES[name])) - {"bold"}
    assert len(bold) > 8
    assert {each for each in bold if each.rstrip(".") not in T.values()} == set()


def test_the_verdicts_are_those_of_the_pages_in_their_order() -> None:
    assert [row[0] for row in columns("verdict")] == [T[f"verdict_{each}"] for each in VERDICTS]


def test_the_reasons_are_those_of_the_list_in_their_order() -> None:
    assert [row[0] for row in columns("reason")] == [
        T[f"reason_{each}"] for each in get_args(Reason)
    ]


def test_the_corrections_are_those_of_a_question() -> None:
    for _, name, _ in columns("key"):
        assert name in {T[f"make_{kind}"] for kind in ("pin", "block", "alias", "case")}


def test_every_key_that_the_guide_names_is_in_the_windows_of_keys() -> None:
    """Those of single pages are tried in a browser."""
    section = GUIDES["moderators.md"].partition("## Keys")[2].partition("##")[0]
    told = set(re.findall(r"`([^`]+)`", section))
    parts = (DOCS.parent / "web/templates/review/parts.html").read_text("utf-8")
    assert told <= set(re.findall(r"<kbd>([^<]+)</kbd>", parts))
