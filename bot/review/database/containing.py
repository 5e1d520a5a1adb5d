"""What is looked for within a column, in the words of either database.

LIKE folds the case of every row that it reads, which `bot.review.queue.sameness` has done before;
the plain search of either database takes a third of the time.
"""

from typing import Any, cast

from sqlalchemy import Boolean, ColumnElement, Integer, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

__all__ = ["contains", "lists"]


class Place(FunctionElement[int]):
    """Where a text begins within another, counted from 1; 0 where it does not."""

    name = "place"
    inherit_cache = True
    type = Integer()


class Lists(FunctionElement[bool]):
    """Whether a JSON list of words has a word."""

    name = "lists"
    inherit_cache = True
    type = Boolean()


def contains(column: ColumnElement[str] | Any, words: str) -> ColumnElement[bool]:  # noqa: ANN401
    """Rows whose column has `words` in it, exactly as they are."""
    return Place(column, literal(words)) > 0


def lists(column: ColumnElement[Any] | Any, word: str) -> ColumnElement[bool]:  # noqa: ANN401
    """Rows whose column, a JSON list of words without quotation marks in them, has `word`."""
    return cast(ColumnElement[bool], Lists(column, literal(word)))


@compiles(Place, "sqlite")
def place_on_sqlite(element: Place, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    """SQLite calls it `instr`."""
    return f"instr({compiler.process(element.clauses, **options)})"


@compiles(Place, "postgresql")
def place_on_postgresql(element: Place, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    """PostgreSQL calls it `strpos`."""
    return f"strpos({compiler.process(element.clauses, **options)})"


@compiles(Lists, "sqlite")
def lists_on_sqlite(element: Lists, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    """In the text of the list, which an index holds; `json_each` would parse every row."""
    column, word = (compiler.process(each, **options) for each in element.clauses)
    return f"(instr({column}, '\"' || {word} || '\"') > 0)"


@compiles(Lists, "postgresql")
def lists_on_postgresql(element: Lists, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    """By containment, for which there is an index."""
    column, word = (compiler.process(each, **options) for each in element.clauses)
    return f"({column} @> jsonb_build_array(CAST({word} AS TEXT)))"
