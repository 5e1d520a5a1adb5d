"""Charts as files: images that stand alone, and a table."""

import csv
import io
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from bot.review.database.tables import Count
from web.server.program import Program


@pytest.mark.parametrize("name", ["chart_volume", "chart_not_found", "chart_hours"])
def test_a_chart_is_an_image_that_stands_alone(moderator: TestClient, name: str) -> None:
    image = moderator.get(f"/review/charts/{name}/image?days=7")
    assert image.headers["content-type"] == "image/svg+xml"
    assert f'filename="{name}.svg"' in image.headers["content-disposition"]
    root = ElementTree.fromstring(image.text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.find("{http://www.w3.org/2000/svg}style") is not None


def test_there_is_no_image_of_a_chart_that_does_not_exist(moderator: TestClient) -> None:
    assert moderator.get("/review/charts/nothing/image").status_code == 404


def test_the_charts_are_a_table_too_which_tells_no_small_number(
    program: Program, moderator: TestClient
) -> None:
    with program.records.writing() as session:
        today = datetime.now(UTC).date()
        for back, number in ((1, 3), (2, 1200)):
            day = today - timedelta(days=back)
            session.add(Count(day=day, event="answer", kind="answer", language="en", number=number))
    table = moderator.get("/review/charts/table?days=7")
    assert table.headers["content-type"].startswith("text/csv")
    assert "/review/charts/chart_volume/image?days=7" in moderator.get("/review/charts?days=7").text
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert len(rows) == 7
    assert [row["answers"] for row in rows[-3:-1]] == ["1200", ""]
