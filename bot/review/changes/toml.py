"""The changes in force as TOML: to read, to keep beside a site's files, to compare two sites."""

from collections.abc import Iterable, Mapping
from typing import Any

import tomli_w

from bot.review.changes.versions import Version

__all__ = ["as_toml"]


def as_toml(versions: Iterable[Version]) -> str:
    """Changes as TOML, one table each under the name of its kind, the earliest first."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for each in sorted(versions, key=lambda version: version.serial):
        facts = {
            "id": each.id,
            "version": each.version,
            "state": each.state,
            "who": each.who,
            "at": each.at,
            "note": each.note,
            "source": each.source,
        }
        tables.setdefault(each.kind, []).append(filled({**facts, **each.values}))
    return tomli_w.dumps(tables, multiline_strings=True)


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values without those that say nothing, which TOML has no way to write."""
    return {
        key: filled(value) if isinstance(value, Mapping) else value
        for key, value in values.items()
        if value is not None
    }
