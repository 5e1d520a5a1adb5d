"""Rows as lines of JSON or as CSV, safe to open in a spreadsheet.

A cell that begins like a formula is one to a spreadsheet, whoever typed it: OWASP, "CSV
Injection" (https://owasp.org/www-community/attacks/CSV_Injection). Such cells get a quotation
mark in front.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.review.exports.rows import COLUMNS

__all__ = ["as_csv", "as_json_lines", "safe"]

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) or cell.startswith("'") else cell


def as_json_lines(found: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    """Rows as lines of JSON."""
    for row in found:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def as_csv(found: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    """Rows as CSV with a heading; lists are joined, each verdict is written as `who: what`."""
    yield line(COLUMNS)
    for row in found:
        yield line([flat(row[column]) for column in COLUMNS])


def line(cells: Sequence[str]) -> str:
    """One line of CSV, every cell of it safe."""
    file = io.StringIO()
    csv.writer(file).writerow([safe(cell) for cell in cells])
    return file.getvalue()


def flat(value: object) -> str:
    """A value as the text of one cell."""
    if isinstance(value, list):
        return "; ".join(flat(each) for each in value)
    if isinstance(value, dict):
        return f"{value['by']}: {value['verdict']}"
    return "" if value is None else str(value)
