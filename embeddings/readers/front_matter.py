"""The front matter of a page, in YAML, TOML or JSON, and whether it keeps the page back."""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import yaml

__all__ = ["dated", "front_matter", "kept_back"]

_YAML = re.compile(r"\A\ufeff?\s*-{3}[ \t]*\n(.{0,100000}?)^(?:-{3,}|\.{3})[ \t]*$", re.M | re.S)
_TOML = re.compile(r"\A\ufeff?\s*\+{3}[ \t]*\n(.{0,100000}?)^\+{3}[ \t]*$", re.M | re.S)
_JSON = re.compile(r"\A\ufeff?\s*(?=\{\s*[\"}])")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

_KEPT_BACK = {"draft", "unlisted", "private", "hidden"}
_SHOWN = {"published", "publish", "public"}
_STATES = {
    "draft",
    "private",
    "pending",
    "unpublished",
    "trash",
    "archived",
    "草稿",
    "未发布",
    "私密",
}


def front_matter(text: str) -> tuple[Mapping[str, Any], int, list[str]]:
    """Return the front matter, where the page begins, and what is wrong with it.

    Between rules that hold no table there is no front matter: the page begins with a rule.
    """
    readers: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
        (_YAML, yaml.safe_load),
        (_TOML, tomllib.loads),
    )
    for pattern, read in readers:
        if not (found := pattern.match(text)):
            continue
        try:
            front = read(found[1])
        except (yaml.YAMLError, ValueError) as error:
            return {}, found.end(), [f"front matter cannot be read: {str(error).splitlines()[0]}"]
        if isinstance(front, dict):
            return front, found.end(), []
        return {}, found.end() if front is None else 0, []
    return _json(text)


def _json(text: str) -> tuple[Mapping[str, Any], int, list[str]]:
    """Hugo takes an object at the top of a page for its front matter."""
    if not (opening := _JSON.match(text)):
        return {}, 0, []
    try:
        front, end = json.JSONDecoder().raw_decode(text, opening.end())
    except (ValueError, RecursionError):
        return {}, 0, []
    return front, end, []


def kept_back(front: Mapping[str, Any]) -> str:
    """Return what in the front matter says that the page is not for the public, or ""."""
    for key, value in front.items():
        name, said = str(key).casefold(), _said(value)
        if (name in _KEPT_BACK and said in ("true", "yes", "1")) or (
            name in _SHOWN and said in ("false", "no", "0")
        ):
            return f"not published: its front matter says {name}: {said}"
        if name in ("status", "state", "visibility") and said in _STATES:
            return f"not published: its front matter says {name}: {said}"
    return ""


def _said(value: object) -> str:
    return str(value).strip().casefold()


def dated(front: Mapping[str, Any]) -> str | None:
    """Return the day on which the page was last changed, ISO 8601."""
    for key in ("date", "updated", "lastmod", "last_updated", "dateCreated"):
        value = front.get(key)
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str) and (found := _DATE.search(value)):
            return found[0]
    return None
