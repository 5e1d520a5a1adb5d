"""Names of persons, which only the words around them tell."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from bot.review.personal.spans import Span, any_of, cues, group
from bot.substances.lexicon import substances

__all__ = ["names"]

HAN: Final = r"[\u4e00-\u9fff]"
FIRST: Final = r"[A-Z][a-z][A-Za-z'’-]{0,23}"


def names(text: str) -> Iterator[Span]:
    """Find names of persons after the words that introduce one."""
    for pattern in (introduced(), somebodys(), standing_alone(), *short_names()):
        for match in pattern.finditer(text):
            yield Span(match.start("name"), match.end("name"), "name")
    for match in english_pattern().finditer(text):
        group = match.lastgroup
        assert group is not None
        if match[group].lower() not in drugs():
            yield Span(match.start(group), match.end(group), "name")


@cache
def drugs() -> frozenset[str]:
    """What substances are called, in small letters: none of these is taken for a person."""
    called = (name for one in substances().values() for name in (one.id, *one.aliases))
    return frozenset(name.lower() for name in called)


def words(name: str) -> str:
    """A group for the words of one list of `[names]`."""
    return group("names", name)


def end() -> str:
    """What ends a Chinese name where no verb is known to: 我是李明，我是李明的妈妈."""
    return rf"(?=[\s,.。、;:!?~()]|{words('sexes')}|的(?!话)|$)"


def little() -> str:
    """A pet name: 小明."""
    return rf"(?!{words('not_little')})小{HAN}"


def surname() -> str:
    """A class of the characters that are surnames."""
    return f"[{''.join(sorted(set(cues()['names']['surnames']) - set(chr(10))))}]"


@cache
def full() -> str:
    """A pattern for a surname with one or two characters that may be a given name."""
    lists = cues()["names"]
    stop = any_of(lists["after"])
    given = rf"(?!{stop}){HAN}(?:(?!{stop}){HAN})?"
    double = any_of(lists["double_surnames"])
    return rf"(?!{any_of(lists['not_names'])})(?:(?:{double}){given}|{surname()}{given})"


@cache
def introduced() -> re.Pattern[str]:
    """A word such as 我叫, then a surname with its name, a pet name, or a Latin name."""
    lists = cues()["names"]
    called = rf"(?:{any_of(lists['chinese_people'])})(?:的名字)?叫做?"
    latin = r"[A-Z][A-Za-z'’-]{0,24}"
    return re.compile(
        rf"(?:{any_of(lists['chinese_cues'])}|{called})[:\s是]{{0,3}}"
        rf"(?P<name>{full()}|(?:{little()}|阿{HAN})|{latin}(?:\s{latin})?)"
    )


@cache
def somebodys() -> re.Pattern[str]:
    """A word for somebody near, then a name, then what somebody does: 我室友刘洋吃了."""
    lists = cues()["names"]
    after = rf"(?:(?={any_of(lists['after'])})|{end()})"
    twice = rf"(?!{any_of(lists['not_names'])})(?P<once>{HAN})(?P=once)"
    return re.compile(
        rf"(?:{any_of(lists['chinese_people'])})(?P<name>(?:{full()}|{little()}|{twice})){after}"
    )


@cache
def standing_alone() -> re.Pattern[str]:
    """A word such as 我是 or 本人, then a name and nothing more, or what is theirs."""
    fields = any_of(cues()["names"]["chinese_fields"])
    return re.compile(rf"(?:{fields})[:\s是]{{0,3}}(?P<name>{full()}){end()}")


@cache
def short_names() -> tuple[re.Pattern[str], ...]:
    """What one wants to be called, a surname by itself, a given name, a name with 男 or 女."""
    return tuple(
        map(
            re.compile,
            (
                rf"叫我(?P<name>阿{HAN}|{little()}|{HAN}{{2,3}}(?={words('call_me_after')}))",
                rf"{words('before_surname')}姓(?P<name>{surname()})",
                rf"{words('before_given')}(?P<name>{HAN})",
                rf"(?:^|[\s,。])(?P<name>{full()})[\s,]{{1,2}}{words('sexes')}(?=[\s,\d]|$)",
            ),
        )
    )


@cache
def english_pattern() -> re.Pattern[str]:
    """A cue and up to three words; all but the first, or all, begin with a capital."""
    lists = cues()["names"]
    no = rf"(?!(?i:{words('english_not')})(?![A-Za-z'’-]))"
    more = rf"(?:\s{no}{FIRST}){{0,2}}"
    capital = rf"{no}{FIRST}{more}"
    two = rf"{no}{FIRST}(?:\s{no}{FIRST}){{1,2}}"
    alone = [cue for cue in lists["english_cues"] if cue.endswith(":")]
    inside = [cue for cue in lists["english_cues"] if not cue.endswith(":")]
    kin = rf"my\s{words('english_people')}"
    # A capital in the middle of a line tells a name only where the words after it have none.
    quiet = r"(?=\s[a-z(]|[,.!?;:)'’]|$)"
    begin = r"(?<![A-Za-z0-9'’])"
    return re.compile(
        rf"(?:(?i:{any_of(lists['english_sure'])})\s(?P<sure>{no}[A-Za-z][A-Za-z'’-]{{0,24}}{more})"
        rf"|(?i:{any_of(inside)})\s(?P<name>{capital})"
        rf"|{begin}(?i:(?:{kin}|{words('english_they')})(?:['’]s|\sis|\swas)?\s{words('english_called')})\s(?P<called>{capital})"
        rf"|{begin}(?i:{kin}),?\s(?P<kin>{capital}){quiet}"
        rf"|{begin}(?i:i['’]?m|i\sam)\s(?:(?P<am>{capital})(?=[,.;!]|\s{words('english_after_am')}\b|$)"
        rf"|(?P<both>{two})(?=\s[a-z]))"
        rf"|{begin}(?i:this\sis)\s(?:(?P<this>{two})|(?P<here>{no}{FIRST})(?=,|\s{words('english_after_this')}\b))"
        rf"|{begin}(?i:it['’]?s)\s(?P<again>{capital})(?=\s{words('english_after_it')}\b)"
        rf"|{begin}(?i:patient)\s(?P<patient>{two})"
        rf"|(?i:{words('english_closing')}),?\s(?P<bye>{capital})\s{{0,3}}$"
        rf"|(?:^|[.,;\n(])\s{{0,3}}(?i:{any_of(alone)})\s{{0,3}}(?P<field>{capital}))"
    )
