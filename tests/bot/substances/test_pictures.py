import pytest

from bot.substances.pictures import pictured

TABLE = "# Title\n\n| x | |\n| --- | --- |\n| ![](/files/{name}) | |\n\n## Next\n"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Ibotenic_acid.png", "Ibotenic acid"),
        ("N-methylcyclazodone.svg", "N-methylcyclazodone"),
        ("Fluclotizolam_Structure.png", "Fluclotizolam"),
        ("Agmatine_%28colored%29.png", "Agmatine"),
    ],
)
def test_the_structure_in_the_table_of_facts_is_called_like_the_subject(
    file: str, name: str
) -> None:
    assert list(pictured(TABLE.format(name=file))) == [name]


@pytest.mark.parametrize("file", ["Yellow_warning_sign.png", "Child.png", "G90oNkuaoAE6a93.png"])
def test_signs_and_codes_are_no_names(file: str) -> None:
    assert list(pictured(TABLE.format(name=file))) == []


def test_a_picture_further_down_shows_something_else() -> None:
    assert list(pictured("# T\n\n## Lookalikes\n\n| ![](/files/Galerina.png) | |\n")) == []


def test_a_picture_that_the_page_often_speaks_of_is_its_subject() -> None:
    text = "![](/files/Tizanidine.png)" + " tizanidine" * 5
    assert list(pictured(text)) == ["Tizanidine"]
