"""Moderators' names in place of those of the lexicon."""

from types import MappingProxyType

from bot.overrides import Alias
from bot.substances.aliases import edited
from bot.substances.lexicon import Substance, substances


def meant(*edits: Alias) -> dict[str, Substance]:
    return dict(edited(substances(), edits))


def test_a_new_name_is_added_and_says_who_added_it() -> None:
    ketamine = meant(Alias("a", "月光粉", ("ketamine",)))["ketamine"]
    assert "月光粉" in ketamine.aliases
    assert ketamine.sources["月光粉"] == "moderators"


def test_a_name_means_what_the_latest_edit_says_however_it_is_written() -> None:
    found = meant(Alias("b", "Special-K", ("cocaine",)), Alias("a", "special k", ("lsd",)))
    assert "Special-K" in found["cocaine"].aliases
    assert not {"special k", "Special-K"} & {*found["ketamine"].aliases, *found["lsd"].aliases}


def test_an_ordinary_name_counts_in_company_only() -> None:
    assert "月光" in meant(Alias("a", "月光", ("ketamine",), ordinary=True))["ketamine"].context


def test_the_proper_names_of_a_substance_stay() -> None:
    ketamine = meant(Alias("a", "氯胺酮", ()))["ketamine"]
    assert (ketamine.zh, ketamine.en) == ("氯胺酮", "ketamine")


def test_without_edits_nothing_changes() -> None:
    known = MappingProxyType(dict(substances()))
    assert dict(edited(known, ())) == dict(known)
