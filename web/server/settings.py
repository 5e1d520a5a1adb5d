"""Every setting of the program, in one class.

Each is an environment variable with the prefix `SAFEPASSAGE_` (but `DATABASE_URL`) and a line
of `docs/settings.md`. `bot` and `embeddings` never read the environment: they take arguments.
"""

import re
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, HttpUrl, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.answer import AnswerKind
from embeddings.documents import Language

__all__ = ["Settings"]

HERE = ("127.0.0.1", "localhost", "[::1]")
"""Hosts that are this machine."""

LEAST_KEY = 32
"""Characters of a key that nobody guesses."""

QUESTIONS_A_MINUTE = 30
"""The rate limit where none is set and people reach the server from other machines."""


def listed(value: object) -> object:
    """Read `a, b c` as three values: what people write into an environment variable."""
    return (
        tuple(part for part in re.split(r"[,\s]+", value) if part)
        if isinstance(value, str)
        else value
    )


Listed = BeforeValidator(listed)


def by_kind(value: object) -> object:
    """Read `emergency=90, greeting=7` as days by kind of answer."""
    if not isinstance(value, str):
        return value
    pairs = [part.partition("=") for part in re.split(r"[,\s]+", value) if part]
    return {kind: days for kind, _, days in pairs}


ByKind = BeforeValidator(by_kind)


class Settings(BaseSettings):
    """What the operator of a site decides. Wrong values raise pydantic's ValidationError."""

    model_config = SettingsConfigDict(
        env_prefix="SAFEPASSAGE_",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    data: Path = Field(
        default=Path("data"), description="directory of the snapshots and the SQLite file"
    )
    sources: Path = Field(
        default=Path("seeds"),
        description="folder of documents that `ingest` and `verify` read by default",
    )
    model: str | None = Field(
        default=None,
        description="name or path of a sentence-transformers model; unset: the shipped one",
    )
    threads: int = Field(default=1, ge=1, le=64, description="processor threads the model may use")
    database_url: str | None = Field(
        default=None,
        validation_alias="DATABASE_URL",
        description="SQLAlchemy address of the records; unset: `records.sqlite` in the data "
        "directory",
    )

    language: Language = Field(
        default="zh-Hans",
        description="language of the site, where neither visitor nor question tells one",
    )
    region: str | None = Field(
        default=None, description="ISO 3166-1 alpha-2 code of the country whose contacts come first"
    )
    talk_to_person_url: HttpUrl | None = Field(
        default=None, description="where a visitor can talk to a person; shown beside every answer"
    )
    exit_url: HttpUrl = Field(
        default=HttpUrl("https://www.bing.com/"),
        description="neutral page that the button for leaving quickly goes to",
    )

    log: Literal["redacted", "counts", "off"] = Field(
        default="redacted",
        description="what is kept of a question: its text without personal data, a count, nothing",
    )
    consent: bool = Field(
        default=False, description="keep a question only where the visitor said yes (`log: true`)"
    )
    retention_days: int = Field(
        default=30, ge=1, le=3650, description="days after which a logged question is deleted"
    )
    retention_days_by_kind: Annotated[Mapping[str, int], NoDecode, ByKind] = Field(
        default_factory=dict,
        description="days for single kinds of answer, such as emergency=90, greeting=7",
    )
    conversations: bool = Field(
        default=False,
        description="let moderators see which questions came from one tab, by a random id that "
        "dies with it",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="least level of what is written to standard error"
    )

    host: str = Field(default="127.0.0.1", description="address that `serve` listens on")
    port: int = Field(default=8000, ge=0, le=65535, description="port that `serve` listens on")
    https: bool = Field(
        default=False, description="visitors come over https: cookies are Secure and HSTS is sent"
    )
    origins: Annotated[tuple[str, ...], NoDecode, Listed] = Field(
        default=(),
        description="origins whose pages may call the API, such as https://example.org; * = any",
    )
    frame_ancestors: Annotated[tuple[str, ...], NoDecode, Listed] = Field(
        default=("'self'",), description="origins that may show the chat page in a frame"
    )
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, Listed] = Field(
        default=(), description="addresses or networks of proxies whose X-Forwarded-For is believed"
    )
    rate_limit: int | None = Field(
        default=None,
        ge=0,
        description="questions a minute for one client, 0 = none; unset: 30, or none where only "
        "this machine can reach the server",
    )
    session_hours: int = Field(
        default=12, ge=1, le=720, description="hours after which a moderator has to log in again"
    )
    second_factor: bool = Field(
        default=False, description="moderators see nothing until they have set up a second factor"
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="seals the secrets of second factors; unset: a key is made in the data "
        "directory",
    )
    webhook_url: HttpUrl | None = Field(
        default=None,
        description="where danger and failures of the gate are told, without any text of them",
    )
    webhook_secret: SecretStr | None = Field(
        default=None, description="signs what is told, so that the receiver knows whose it is"
    )
    metrics_token: SecretStr | None = Field(
        default=None, description="bearer token that opens /metrics to callers beyond loopback"
    )

    @field_validator("region")
    @classmethod
    def region_is_a_country_code(cls, value: str | None) -> str | None:
        """Fold to upper case; anything but two letters is refused."""
        if value is None or re.fullmatch(r"[A-Za-z]{2}", value):
            return value and value.upper()
        raise ValueError("must be an ISO 3166-1 alpha-2 code such as CN")

    @field_validator("origins", "frame_ancestors")
    @classmethod
    def origins_are_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse what a browser would never send, or what would break the header open."""
        for origin in value:
            if not re.fullmatch(r"\*|'self'|'none'|https?://[\w.*\[\]:-]+", origin):
                raise ValueError("must be origins such as https://example.org, without a path")
        return value

    @field_validator("retention_days_by_kind")
    @classmethod
    def kinds_are_kinds(cls, value: Mapping[str, int]) -> Mapping[str, int]:
        """Refuse a kind of answer that does not exist, and days out of bounds."""
        if unknown := sorted(value.keys() - set(get_args(AnswerKind))):
            raise ValueError(f"there is no kind of answer called {', '.join(unknown)}")
        if any(not 1 <= days <= 3650 for days in value.values()):
            raise ValueError("days must be between 1 and 3650")
        return value

    @field_validator("secret_key")
    @classmethod
    def keys_are_long(cls, value: SecretStr | None) -> SecretStr | None:
        """Refuse a key that could be guessed."""
        given = value.get_secret_value().split() if value else []
        if value is not None and min(map(len, given), default=0) < LEAST_KEY:
            raise ValueError(f"must have {LEAST_KEY} characters, as `openssl rand -hex 32` makes")
        return value

    @field_validator("webhook_url")
    @classmethod
    def webhook_is_encrypted(cls, value: HttpUrl | None) -> HttpUrl | None:
        """Refuse plain http, but to this machine."""
        if value is None or value.scheme == "https" or value.host in HERE:
            return value
        raise ValueError("must begin with https://, unless it leads to this machine")

    @property
    def records_url(self) -> str:
        """The SQLAlchemy address of the database of logged questions and accounts."""
        return self.database_url or f"sqlite:///{(self.data / 'records.sqlite').absolute()}"

    @property
    def spill(self) -> Path:
        """The file for what the database cannot take at once."""
        return self.data / "spill.jsonl"

    @property
    def key_file(self) -> Path:
        """The file for the key of second factors, where the owner sets none."""
        return self.data / "secret.key"

    @property
    def questions_a_minute(self) -> int:
        """The rate limit in force: 0 where there is none."""
        if self.rate_limit is not None:
            return self.rate_limit
        return 0 if self.local and not self.trusted_proxies else QUESTIONS_A_MINUTE

    @property
    def local(self) -> bool:
        """Whether `host` is an address that only this machine can reach."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"
