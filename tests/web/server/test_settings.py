"""Every setting does what its line in the documentation says."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.places import DOCS
from web.server.assembly import sealing_of
from web.server.settings import Settings

PAGE = DOCS / "settings.md"


def variable(name: str) -> str:
    return "DATABASE_URL" if name == "database_url" else f"SAFEPASSAGE_{name.upper()}"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_has_a_line_in_the_documentation(name: str) -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    assert any(line.startswith(f"| `{variable(name)}` |") for line in lines)


def test_the_documentation_names_no_setting_that_does_not_exist() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:3] == "| `"]
    known = {variable(name) for name in Settings.model_fields}
    assert {row.split("`")[1] for row in rows} == known


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_a_list_is_read_with_commas_or_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFEPASSAGE_ORIGINS", "https://a.example, http://localhost:9000")
    monkeypatch.setenv("SAFEPASSAGE_TRUSTED_PROXIES", "10.0.0.0/8 ::1")
    settings = Settings()
    assert settings.origins == ("https://a.example", "http://localhost:9000")
    assert [str(each) for each in settings.trusted_proxies] == ["10.0.0.0/8", "::1/128"]


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFEPASSAGE_REGION", "")
    assert Settings().region is None


def test_the_database_is_a_file_in_the_data_directory_unless_told(tmp_path: Path) -> None:
    assert Settings(data=tmp_path).records_url == f"sqlite:///{tmp_path}/records.sqlite"


def test_the_database_is_read_from_its_usual_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/x")
    assert Settings().records_url == "postgresql://localhost/x"


def test_a_server_for_this_machine_alone_has_no_limit() -> None:
    assert Settings().questions_a_minute == 0


@pytest.mark.parametrize(
    "values", [{"host": "0.0.0.0"}, {"host": "::"}, {"trusted_proxies": "127.0.0.1"}]
)
def test_a_server_for_others_has_a_limit(values: dict[str, str]) -> None:
    assert Settings.model_validate(values).questions_a_minute > 0


def test_a_limit_that_is_set_holds_everywhere() -> None:
    assert Settings(rate_limit=7).questions_a_minute == 7
    assert Settings(rate_limit=0, host="0.0.0.0").questions_a_minute == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("origins", "https://a.example/path"),
        ("origins", "https://a.example; script-src *"),
        ("frame_ancestors", "javascript:alert(1)"),
        ("region", "China"),
        ("language", "fr"),
        ("log", "everything"),
        ("retention_days", "0"),
        ("trusted_proxies", "example.org"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({name: value})


def test_a_secret_is_not_shown_with_the_settings() -> None:
    assert "hunter2" not in repr(Settings.model_validate({"metrics_token": "hunter2"}))


def test_a_key_that_could_be_guessed_is_refused_and_two_may_stand_side_by_side() -> None:
    for short in ("hunter2", "a" * 40 + " short"):
        with pytest.raises(ValidationError, match="openssl rand -hex 32"):
            Settings.model_validate({"secret_key": short})
    two = Settings.model_validate({"secret_key": "a" * 40 + " " + "b" * 40})
    assert "a" * 40 not in repr(two)
    assert sealing_of(two).keys == ("a" * 40, "b" * 40)
