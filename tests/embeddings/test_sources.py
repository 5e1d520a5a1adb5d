import os
import unicodedata
from pathlib import Path

import pytest

from embeddings.errors import SourcesInvalid
from embeddings.sources import Corpus


def folder(root: Path, *names: str, toml: str = "") -> Corpus:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    if toml:
        (root / "sources.toml").write_text(toml, encoding="utf-8")
    return Corpus(root)


def ids(corpus: Corpus) -> list[str]:
    return [name for _, name, _ in corpus.files()]


def test_a_folder_without_a_description_is_a_wiki(tmp_path: Path) -> None:
    corpus = folder(tmp_path, "b.md", "a/c.txt", "观点/d.md", "e.png", ".git/f.md")
    assert ids(corpus) == ["a/c.txt", "b.md", "观点/d.md"]
    assert [source.kind for _, _, source in corpus.files()] == ["wiki", "wiki", "opinion"]
    assert list(corpus.left_out()) == [("e.png", "not of a format that is read (.png)")]


def test_trip_reports_and_files_about_the_folder_are_left_out(tmp_path: Path) -> None:
    corpus = folder(
        tmp_path, "报告/x/Experience:_2C-E.md", "trip-reports/a.md", "药物/体验报告-甲.md",
        "README.md", "药物/license.md", "LICENSE.md", "药物/甲.md", "年度报告.md",
    )  # fmt: skip
    assert ids(corpus) == ["年度报告.md", "药物/甲.md"]
    assert len(list(corpus.left_out())) == 6


def test_no_page_is_judged_by_a_name_that_many_pages_may_have(tmp_path: Path) -> None:
    names = ["drugs/README.md", "ghb/index.html", "index.md", "reports/2024.md", "security.md",
             "sources.md", "summary.md"]  # fmt: skip
    assert ids(folder(tmp_path, *names)) == names


def test_what_a_builder_of_sites_adds_is_left_out_and_named(tmp_path: Path) -> None:
    corpus = folder(
        tmp_path, "a.html", "_sources/a.rst.txt", "genindex.html", "search.html", "_static/x.css"
    )
    assert ids(corpus) == ["a.html"]
    assert dict(corpus.left_out())["_sources/a.rst.txt"] == "the source of a page that is read"
    assert dict(corpus.left_out())["search.html"] == "a page of the site's builder"
    assert ids(folder(tmp_path / "b", "search.html")) == ["search.html"]


def test_a_site_beside_its_sources_is_read_once(tmp_path: Path) -> None:
    corpus = folder(tmp_path, "mkdocs.yml", "docs/a.md", "site/a/index.html", "site/404.html")
    assert ids(corpus) == ["docs/a.md"]
    assert ids(folder(tmp_path / "only", "site/a/index.html")) == ["site/a/index.html"]


def test_what_cannot_be_opened_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    root = tmp_path / "corpus"
    (root / "sub").mkdir(parents=True)
    (root / "a.md").symlink_to("b.md")
    (root / "b.md").symlink_to("a.md")
    (root / "gone.md").symlink_to("nowhere.md")
    (root / "out.md").symlink_to(tmp_path / "secret.md")
    (root / "round").symlink_to(root)
    os.mkfifo(root / "pipe.md")
    (root / os.fsdecode("大麻.md".encode("gbk"))).write_text("x", encoding="utf-8")
    corpus = folder(root, "good.md")
    assert ids(corpus) == ["good.md"]
    said = dict(corpus.left_out())
    assert set(said) == {
        "a.md", "b.md", "gone.md", "out.md", "round/", "pipe.md", "\\xb4\\xf3\\xc2\\xe9.md",
    }  # fmt: skip
    assert "circle" in said["a.md"]
    assert "pipe" in said["pipe.md"]
    assert "not UTF-8" in said["\\xb4\\xf3\\xc2\\xe9.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open every folder")
def test_a_folder_that_is_locked_is_named(tmp_path: Path) -> None:
    corpus = folder(tmp_path, "a.md", "locked/b.md")
    (tmp_path / "locked").chmod(0)
    assert dict(corpus.left_out()).keys() == {"locked/"}
    (tmp_path / "locked").chmod(0o700)


def test_a_source_of_reports_takes_reports_in(tmp_path: Path) -> None:
    toml = '[[source]]\nname = "r"\ninclude = ["报告/*"]\nkind = "report"\n'
    assert ids(folder(tmp_path, "报告/a.md", "b.md", toml=toml)) == ["b.md", "报告/a.md"]


def test_a_file_that_is_named_is_taken_whatever_its_name(tmp_path: Path) -> None:
    toml = '[[source]]\nname = "r"\ninclude = ["README.md"]\n'
    assert ids(folder(tmp_path, "README.md", toml=toml)) == ["README.md"]


def test_globs_and_the_first_source_decide(tmp_path: Path) -> None:
    toml = """
[[source]]
name = "review"
include = ["a/*.md"]
exclude = ["a/no*.md"]
kind = "review"
authors = ["A", "B"]
titles = { en = "T", zh-Hans = "题" }
[[source]]
name = "rest"
include = ["a/**/*.md"]
"""
    corpus = folder(tmp_path, "a/x.md", "a/no1.md", "a/b/y.md", "z.md", toml=toml)
    assert [(name, s.name) for _, name, s in corpus.files()] == [
        ("a/b/y.md", "rest"), ("a/no1.md", "rest"), ("a/x.md", "review"), ("z.md", tmp_path.name),
    ]  # fmt: skip
    assert corpus.sources[0].authors == ("A", "B")
    assert corpus.sources[0].titles == {"en": "T", "zh-Hans": "题"}


def test_what_a_source_excludes_is_left_out_unless_another_takes_it(tmp_path: Path) -> None:
    toml = '[[source]]\nname = "wiki"\nexclude = ["drafts/**/*"]\n'
    corpus = folder(tmp_path, "x.md", "drafts/y.md", toml=toml)
    assert ids(corpus) == ["x.md"]
    assert list(corpus.left_out()) == [("drafts/y.md", "excluded by sources.toml")]


def test_ids_are_in_one_form_of_unicode(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "é.md")
    assert ids(folder(tmp_path, name)) == [unicodedata.normalize("NFC", "é.md")]


def test_one_file_can_be_given(tmp_path: Path) -> None:
    folder(tmp_path, "a.md", "README.md")
    assert ids(Corpus(tmp_path / "README.md")) == ["README.md"]


def test_a_licence_file_is_honoured(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text(
        "Attribution-NoDerivatives 4.0 International", encoding="utf-8"
    )
    (_, _, source), *_ = folder(tmp_path, "a.md").files()
    assert (source.licence, source.changes) == ("CC BY-ND 4.0", "withhold")


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    root = tmp_path / "corpus"
    root.mkdir()
    (root / "link.md").symlink_to(tmp_path / "secret.md")
    assert ids(folder(root, "a.md")) == ["a.md"]


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        (
            '[[source]]\nname = "a"\nlicense = "x"',
            "'license' is not known; allowed are name, include",
        ),
        ("[[source]]\ninclude = []", "'name'"),
        ('[[source]]\nname = "a"\nkind = "rumour"', "'kind'"),
        ('[[source]]\nname = "a"\nyear = "2024"', "'year'"),
        ('[[source]]\nname = "a"\ninclude = "*.md"', "'include'"),
        ('[[source]]\nname = "a"\ndoi = "https://doi.org/10.1/2"', "'doi'"),
        ('[[source]]\nname = "a"\n[[source]]\nname = "a"', "same name"),
        ('[source]\nname = "a"', "tables"),
        ("name = ", "cannot be read"),
    ],
)
def test_a_wrong_description_says_what_is_wrong(tmp_path: Path, toml: str, says: str) -> None:
    with pytest.raises(SourcesInvalid) as caught:
        folder(tmp_path, toml=toml)
    assert says in str(caught.value)
    assert "sources.toml" in str(caught.value)


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourcesInvalid, match="nowhere does not exist"):
        Corpus(tmp_path / "nowhere")
