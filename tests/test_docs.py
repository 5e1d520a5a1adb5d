"""The documents hang together: every link leads somewhere, every page and guide is named."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.places import ROOT
from web.public import chat, sources, topics
from web.widget import routes as widget

DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)|!\[[^\]\n]*\]\(([^)\s]+)\)")


def prose(path: Path) -> str:
    """A document without its code."""
    return re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.S)


def anchors(path: Path) -> set[str]:
    """The anchors that a reader of Markdown makes out of headings."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.M)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    for link, picture in LINK.findall(prose(path)):
        target, _, anchor = unquote(link or picture).partition("#")
        if re.match(r"\w+:", target):
            continue
        found = (path.parent / target).resolve() if target else path
        assert found.exists(), target
        assert not anchor or anchor in anchors(found), f"{target}#{anchor}"


def test_every_document_is_in_the_index_of_its_folder() -> None:
    for folder in (ROOT / "docs", ROOT / "docs" / "guides"):
        index = (folder / "README.md").read_text("utf-8")
        for path in folder.glob("*.md"):
            assert path.name == "README.md" or f"({path.name})" in index, path.name


def test_every_page_for_visitors_is_documented() -> None:
    listed = (ROOT / "docs" / "pages.md").read_text("utf-8")
    routes = [route for module in (chat, topics, sources, widget) for route in module.router.routes]
    paths = {getattr(route, "path", "").replace(":path", "") for route in routes}
    assert len(paths) > 5
    assert all(f"`{path}`" in listed for path in paths if not path.startswith("/widget"))


def test_every_guide_says_whether_it_was_tried() -> None:
    for path in (ROOT / "docs" / "guides").glob("*.md"):
        assert re.search(r"\bTried (with|on)\b|\*\*Not tried|tried\?", path.read_text("utf-8"))


def test_every_picture_is_shown_somewhere_and_all_are_small() -> None:
    folder = ROOT / "docs" / "images"
    pictures = [picture for path in DOCS for _, picture in LINK.findall(prose(path)) if picture]
    files = {path.name: path.stat().st_size for path in folder.iterdir()}
    assert set(files) == {picture.rpartition("/")[2] for picture in pictures}
    assert sum(files.values()) < 2_500_000
