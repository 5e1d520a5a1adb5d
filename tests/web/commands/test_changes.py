"""Commands for what moderators changed, and for taking records away."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.review.changes.payloads import BlockPayload, PassagePayload, PhrasePayload
from bot.review.changes.versions import history, propose
from bot.review.database.tables import Audit
from bot.review.log.query_log import QueryLog
from bot.review.storage import Records
from tests.bot.review.answers import answer, trace
from web import cli

BLOCK = BlockPayload(passage=PassagePayload(id="p", label="A page · A heading"))
PHRASE = PhrasePayload(language="en", key="greeting", text="Hello.", source="A. Editor")


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    made = Records(f"sqlite:///{tmp_path / 'records.sqlite'}")
    made.migrate()
    yield made
    made.close()


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["--data", str(data), *arguments])


def test_what_is_in_force_is_listed_and_written_as_toml(tmp_path: Path, records: Records) -> None:
    name = propose(records, "anna", BLOCK, "it is wrong")
    propose(records, "anna", PHRASE, source="A. Editor")
    [row] = json.loads(run(tmp_path, "overrides", "list", "--json").stdout)
    assert (row["id"], row["kind"], row["target"], row["who"]) == (
        name, "block", "A page · A heading", "anna",
    )  # fmt: skip
    everything = json.loads(run(tmp_path, "overrides", "list", "--all", "--json").stdout)
    assert [each["state"] for each in everything] == ["proposed", "active"]
    file = tmp_path / "out.toml"
    assert run(tmp_path, "overrides", "export", str(file), "--all").exit_code == 0
    found = tomllib.loads(file.read_text("utf-8"))
    assert found["block"][0]["passage"]["id"] == "p"
    assert found["phrase"][0]["text"] == "Hello."
    assert found["block"][0]["note"] == "it is wrong"


def test_a_change_is_withdrawn_once(tmp_path: Path, records: Records) -> None:
    name = propose(records, "anna", BLOCK)
    assert run(tmp_path, "overrides", "withdraw", name).exit_code == 0
    assert [each.who for each in history(records, name)] == ["(command line)", "anna"]
    again = run(tmp_path, "overrides", "withdraw", name)
    assert (again.exit_code, "already" in again.stderr) == (1, True)
    unknown = run(tmp_path, "overrides", "withdraw", "nothing")
    assert (unknown.exit_code, "no change nothing" in unknown.stderr) == (1, True)


@pytest.mark.parametrize(("form", "begins"), [("csv", "id,hour,"), ("jsonl", '{"id": "')])
def test_records_are_exported_and_it_is_noted(
    tmp_path: Path, records: Records, form: str, begins: str
) -> None:
    with QueryLog(
        records, mode="redacted", retention_days=30, spill=tmp_path / "spill.jsonl"
    ) as log:
        log.record("=氯胺酮", answer(), trace())
        assert log.flush()
    found = run(tmp_path, "export", "--format", form, "--since", "2020-01-01")
    assert found.stdout.startswith(begins)
    assert "氯胺酮" in found.stdout
    assert run(tmp_path, "export", "--until", "2020-01-01").stdout.count("\n") == 1
    with records.reading() as session:
        assert session.query(Audit).filter(Audit.action == "records exported").count() == 2
