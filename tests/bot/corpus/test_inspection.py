import shutil
from dataclasses import replace
from pathlib import Path

from bot.corpus.ingest import ingest
from bot.corpus.inspection import audit, outdated, summary, verify
from embeddings.snapshot import Snapshot, load
from tests.letters import LetterEncoder
from tests.places import SEEDS


def test_the_seeds_are_true(seeds: Snapshot) -> None:
    assert verify(seeds) == []


def test_a_snapshot_that_other_rules_have_screened_is_pointed_out(seeds: Snapshot) -> None:
    assert outdated(seeds) is None
    for screening in ({"screening": "0"}, {}):
        facts = {key: value for key, value in seeds.manifest.items() if key != "screening"}
        told = outdated(replace(seeds, manifest=facts | screening))
        assert told and "safepassage ingest" in told


def test_a_forged_passage_is_named(seeds: Snapshot) -> None:
    forged = replace(seeds.passages[0], text="something else")
    wrong = verify(replace(seeds, passages=(forged, *seeds.passages[1:])))
    assert any(forged.id in line for line in wrong)


def test_a_changed_and_a_lost_file_are_named(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    ingest([tmp_path / "seeds"], tmp_path / "data", LetterEncoder())
    changed, lost, _ = sorted((tmp_path / "seeds").glob("*.txt"))
    changed.write_text("other")
    lost.unlink()
    wrong = verify(load(tmp_path / "data"))
    assert [changed.name in wrong[0], lost.name in wrong[1], len(wrong)] == [True, True, 2]


def test_the_audit_shows_the_amounts_that_were_masked(seeds: Snapshot) -> None:
    hidden = list(audit(seeds))
    assert {h.fate for h in hidden} == {"masked"}
    assert "0.5 mg/kg" in " ".join(h.text for h in hidden)
    assert sum(summary(seeds).values()) == len(hidden)
