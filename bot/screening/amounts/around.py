"""The words around a number, as expressions built from `[around]` of `doses.toml`.

Which of them decides about which number is in the modules that use them.
"""

import re
from functools import cache

from bot.answer import MARK
from bot.screening.amounts.lexicon import lexicon

__all__ = [
    "about",
    "after_drug",
    "alone",
    "among",
    "bare_gap",
    "carried",
    "filler",
    "label_gap",
    "listed",
    "manner",
    "measure",
    "of_body",
    "pause",
    "persons",
    "pills",
    "place",
    "plateau",
    "rate",
    "spilt",
    "stop",
    "strengths",
    "strong_gap",
    "then",
    "told",
    "trailing",
    "weigher",
    "words",
]


def listed(name: str) -> list[str]:
    """One list of `[around]`."""
    found: list[str] = lexicon().data["around"][name]
    return found


def words(name: str) -> str:
    """A group for the words of one list, a part of an expression."""
    return lexicon().around[name]


@cache
def trailing() -> re.Pattern[str]:
    """What behind an amount belongs to it: `以上`, `or more`, `+`."""
    return re.compile(
        rf"[ ]?(?:\+(?!\d)|{words('trailing')}|{words('trailing_english')}\b"
        r"|and an? (?:half|quarter|third)|[*×x][ ]?\d{1,2}(?!\d))"
    )


@cache
def bare_gap() -> re.Pattern[str]:
    """What may stand between a cue and the bare number that it makes an amount."""
    return re.compile(
        rf"(?:\([^()\d\n]{{1,8}}\))?(?:[ :<>≥≤=~()]|{words('bare_filler')}){{0,6}}"
        rf"(?:{words('bare_filler_english')} )?"
    )


@cache
def about() -> re.Pattern[str]:
    """What makes a number a rough one."""
    return re.compile(rf"[ ]?{words('about')}")


@cache
def pause() -> re.Pattern[str]:
    """What follows a Chinese numeral that stands for an amount by itself."""
    return re.compile(rf"[ ]?(?:[,，;。!?)、+]|\.(?!\d)|\n|$|{words('pause')})")


@cache
def stop() -> re.Pattern[str]:
    """What follows an English number that stands for an amount by itself."""
    return re.compile(
        rf"[ ]?(?:[.,;:!?)\n]|$|[^\x00-\x7f]|- |{words('stop_before_space')} |{words('stop')}"
        rf"|{words('stop_word')}\b)"
    )


@cache
def told() -> re.Pattern[str]:
    """A unit told by itself: in brackets, or behind a word for a unit."""
    unit = rf"(?<![a-z]){words('told_units')}(?:/{words('told_below')})?"
    word = rf"{words('unit')}[:为是都]{{0,2}}"
    return re.compile(rf"[(\[][^()\[\]\d\n]{{0,8}}?{unit}[)\]]|{word}{unit}")


@cache
def measure() -> re.Pattern[str]:
    """What an amount that is told already ends in, masked or not."""
    return re.compile(rf"(?:{words('measures')}|{MARK})[ ]?\Z")


@cache
def after_drug() -> re.Pattern[str]:
    """What stands between a substance and a bare number."""
    return re.compile(rf"(?:[ :]|{words('after_drug')}){{0,3}}")


@cache
def then() -> re.Pattern[str]:
    """What follows a bare number that is an amount of the substance before it."""
    return re.compile(
        rf"[ ]?(?:[-~]\d|[x×*][ ]?\d|[,，、;。+!?)]|{words('then')}|\n|$|- |\+ ?[a-z一-鿿])"
    )


@cache
def pills() -> re.Pattern[str]:
    """What follows a substance that is counted itself: `three xanax with`."""
    return re.compile(rf"s?(?=[.,;!)]|$| {words('then_english')} )")


@cache
def filler() -> re.Pattern[str]:
    """What stands between a word for a limit and its number."""
    return re.compile(rf"(?:[ :]|{words('filler')}){{0,2}}")


@cache
def alone() -> re.Pattern[str]:
    """What follows a limit that has no unit."""
    return re.compile(rf"[ ]?(?:[,，;。!?)、]|\.(?!\d)|\n|$|{words('after_limit')})")


@cache
def strengths() -> re.Pattern[str]:
    """Strengths of two substances, several in a row."""
    pair = r"\d{1,3}/\d{1,3}"
    return re.compile(rf"(?<![\d/]){pair}(?:[ ]?{words('joins')}[ ]?{pair})+(?![\d/])")


@cache
def rate() -> re.Pattern[str]:
    """`a day`, `每晚`: what makes a count a rate."""
    per = rf"(?:/|{words('per')} )[ ]?(?:{words('per_time')}|d\b)"
    return re.compile(rf"[ ]?{per}|每{words('per_time_chinese')}")


@cache
def among() -> re.Pattern[str]:
    """`每五片药中`: of so many, not so many taken."""
    return re.compile(rf"[^,，。;\n]{{0,6}}{words('among')}")


@cache
def carried() -> re.Pattern[str]:
    """`带了两盒`: somebody has them, and takes none."""
    return re.compile(rf"{words('carried')}{words('carried_already')}?\Z")


@cache
def spilt() -> re.Pattern[str]:
    """`一瓶红酒被打翻`: what becomes of a drink that nobody drinks."""
    drink = rf"{words('sorts_of_drink')}?{words('drinks')}"
    return re.compile(rf"[ 的]?{drink}(?={words('spilt')})")


@cache
def place() -> re.Pattern[str]:
    """What begins the name of a place."""
    return re.compile(rf" {words('places')} ")


@cache
def manner() -> re.Pattern[str]:
    """`一口气`, `一把抓`, `一杯接一杯`: a manner of doing something, and no count."""
    counter = words("chained")
    chained = "|".join(rf"(?<={re.escape(each)}接)" for each in listed("chained"))
    return re.compile(rf"一{words('manner')}(?={words('manner_goes_on')})|(?:{chained})一{counter}")


@cache
def weigher() -> re.Pattern[str]:
    """`体重约`: a body weighs so much; but not `mg/kg体重`."""
    weight = words("body_weight")
    return re.compile(rf"(?<![克斤g按每/]){weight}(?:[ :(]|{words('weighs')}){{0,3}}\Z")


@cache
def of_body() -> re.Pattern[str]:
    """Blood and urine that are measured out."""
    return re.compile(rf"[ 的]?(?:of )?{words('body_fluids')}")


@cache
def persons() -> re.Pattern[str]:
    """Somebody whose weight it is."""
    return re.compile(rf"[ 的]{{0,2}}(?:{words('persons')}|{words('persons_english')}\b)")


@cache
def label_gap() -> re.Pattern[str]:
    """What may stand between the name of a strength and its number: a link, cells, filler."""
    return re.compile(
        r"(?:\(?(?:#?[^()\[\]|\n]{0,12})?\]\([^()\n]{0,160}\))?"
        rf"(?:[ |:*~<>≈≥≤\-(\[\]]|{words('label_filler')}){{0,10}}"
    )


@cache
def strong_gap() -> re.Pattern[str]:
    """What says by itself that a number belongs to the name before it."""
    return re.compile(rf"[|:\]]|-|{words('doses')}")


@cache
def plateau() -> re.Pattern[str]:
    """Names of strengths that are names of nothing else."""
    return re.compile(words("plateaus"))
