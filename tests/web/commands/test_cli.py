"""The command, as somebody types it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from typer.testing import CliRunner, Result

from tests.places import SEEDS
from web.cli import app

EMERGENCY = "我朋友叫不醒了，嘴唇发紫"

Ran = subprocess.CompletedProcess[str]
Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `safepassage` in a process of its own, with an empty data directory unless told."""

    def command(*arguments: str, data: Path = tmp_path / "data", **variables: str) -> Ran:
        environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200", **variables}
        return subprocess.run(
            [sys.executable, "-m", "web.cli", "--data", str(data), *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return command


def invoke(*arguments: str) -> Result:
    """Runs the command in this process, where the model is imported already."""
    return CliRunner(env={"NO_COLOR": "1", "COLUMNS": "200"}).invoke(app, arguments)


def test_help_comes_fast_and_names_every_command(run: Run) -> None:
    shown = run("--help", PYTHONPROFILEIMPORTTIME="1")
    for name in ("ingest", "ask", "serve", "eval", "audit", "verify", "user", "purge", "doctor"):
        assert name in shown.stdout
    imported = {line.split("|")[-1].strip() for line in shown.stderr.splitlines()}
    assert "typer" in imported
    heavy = {"torch", "faiss", "sentence_transformers", "fastapi", "sqlalchemy", "numpy"}
    assert not imported & heavy


def test_a_command_that_does_not_exist_is_a_mistake_in_usage(run: Run) -> None:
    assert run("dance").returncode == 2


def test_a_setting_that_cannot_be_used_is_named(run: Run) -> None:
    told = run("doctor", SAFEPASSAGE_RETENTION_DAYS="soon", SAFEPASSAGE_METRICS_TOKEN="hunter2")
    assert told.returncode == 2
    assert "SAFEPASSAGE_RETENTION_DAYS" in told.stderr
    assert "hunter2" not in told.stderr
    assert "Traceback" not in told.stderr


def test_asking_without_a_snapshot_says_what_to_do(run: Run) -> None:
    told = run("ask", "艾司氯胺酮的不良反应有哪些？")
    assert told.returncode == 1
    assert "safepassage ingest" in told.stderr
    assert "Traceback" not in told.stderr


def test_an_emergency_is_answered_without_a_snapshot(run: Run) -> None:
    told = run("ask", EMERGENCY, "--json")
    assert told.returncode == 0
    assert json.loads(told.stdout)["kind"] == "emergency"


def test_a_port_that_is_taken_is_named(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = run("serve", "--port", port)
    assert told.returncode == 1
    assert port in told.stderr
    assert "--port" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_folder_that_is_not_there_is_a_mistake_in_usage(run: Run, tmp_path: Path) -> None:
    assert run("ingest", str(tmp_path / "nowhere")).returncode == 2


def test_the_answer_is_shown_with_its_source(snapshot_dir: Path) -> None:
    told = invoke("--data", str(snapshot_dir), "ask", "艾司氯胺酮的不良反应有哪些？")
    assert told.exit_code == 0, told.stderr
    assert "[1]" in told.stdout
    assert "\x1b" not in told.stdout


def test_a_setting_with_a_misspelt_name_is_pointed_out(run: Run) -> None:
    told = run("doctor", "--json", SAFEPASSAGE_LANGAUGE="en", SAFEPASSAGE_MODEL="none")
    findings = {each["what"]: each for each in json.loads(told.stdout)}
    assert "SAFEPASSAGE_LANGAUGE" in findings["settings"]["words"]
    assert findings["snapshot"]["state"] == "problem"
    assert told.returncode == 1


def test_the_doctor_finds_nothing_wrong_where_nothing_is(
    snapshot_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/records.sqlite")
    told = invoke("--data", str(snapshot_dir), "doctor", "--json")
    states = {each["what"]: each["state"] for each in json.loads(told.stdout)}
    assert "problem" not in states.values(), told.stdout
    assert told.exit_code == 0


def test_the_doctor_points_out_an_index_older_than_the_rules_of_screening(
    snapshot_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.corpus.inspection.version", lambda: "newer")
    told = invoke("--data", str(snapshot_dir), "doctor", "--json")
    found = {each["what"]: each for each in json.loads(told.stdout)}["snapshot"]
    assert found["state"] == "problem" and "safepassage ingest" in found["words"]
    assert told.exit_code == 1


def test_an_account_is_made_with_a_password_from_standard_input(tmp_path: Path) -> None:
    def user(*arguments: str, typed: str = "") -> Ran:
        return subprocess.run(
            [sys.executable, "-m", "web.cli", "--data", str(tmp_path), "user", *arguments],
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert user("add", "mo", typed="correct horse battery\n").returncode == 0
    again = user("add", "mo", typed="correct horse battery\n")
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert user("passwd", "mo", typed="short\n").returncode == 1
    assert user("passwd", "mo", typed="another horse battery\n").returncode == 0
    assert user("disable", "mo").returncode == 0
    assert user("disable", "nobody").returncode == 1


def test_deleting_everything_needs_a_yes(run: Run) -> None:
    assert run("purge", "--all").returncode == 1
    told = run("purge", "--all", "--yes", "--json")
    assert told.returncode == 0
    assert json.loads(told.stdout)["records"] == 0


def test_ingesting_reports_and_the_result_can_be_verified_and_audited(tmp_path: Path) -> None:
    seeds = SEEDS
    here = ("--data", str(tmp_path))
    report = json.loads(invoke(*here, "ingest", str(seeds), "--json").stdout)
    assert report["documents"] == 3
    verified = invoke(*here, "verify", "--json")
    assert (verified.exit_code, json.loads(verified.stdout)["wrong"]) == (0, [])
    hidden = json.loads(invoke(*here, "audit", "--json").stdout)
    assert {each["document"] for each in hidden} == {"002_4496df4819806e38.txt"}
    assert "amount" in invoke(*here, "audit", "--counts").stdout


def test_the_report_names_every_file_that_is_left_out_and_counts_them(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    (tmp_path / "seeds" / "draft.md").write_text("---\ndraft: true\n---\n\nText.\n")
    (tmp_path / "seeds" / "picture.png").write_bytes(b"png")
    (tmp_path / "seeds" / "round.md").symlink_to("round.md")
    said = invoke("--data", str(tmp_path / "data"), "ingest", str(tmp_path / "seeds")).stdout
    for line in (
        "left out: picture.png: not of a format that is read (.png)",
        "left out: draft.md: not published: its front matter says draft: true",
        "left out: round.md: a link that cannot be followed",
        "files left out because",
    ):
        assert line in said


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a server that has nothing: no index, no model, no database."""
    (tmp_path / "data").write_text("a file where a directory should be")
    environment = {**os.environ, "SAFEPASSAGE_MODEL": "none"}
    with subprocess.Popen(
        [sys.executable, "-m", "web.cli", "--data", str(tmp_path / "data"), "serve", "--port", "0"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        yield process.stderr.readline().split()[-1]
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(30) in (0, 130)
        assert "Traceback" not in rest


def test_a_server_with_nothing_still_answers_an_emergency(served: str) -> None:
    request = Request(served + "api/v1/ask", data=json.dumps({"question": EMERGENCY}).encode())
    with urlopen(request, timeout=60) as response:
        assert json.load(response)["kind"] == "emergency"
        assert "server" not in response.headers
