"""What the whole suite shares: the real model, and the three seed documents ingested once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")

from bot.corpus.ingest import IngestReport, ingest
from bot.pipeline import Bot
from embeddings.encoder import SentenceEncoder
from embeddings.library import Library
from embeddings.snapshot import Snapshot, load
from tests.places import SEEDS


@pytest.fixture(scope="session")
def model() -> SentenceEncoder:
    """The model that ships; loading it takes seconds, so it is loaded once."""
    return SentenceEncoder()


@pytest.fixture(scope="session")
def ingested(
    tmp_path_factory: pytest.TempPathFactory, model: SentenceEncoder
) -> tuple[Path, IngestReport]:
    """A data directory with the seeds in it, and the report of ingesting them."""
    data = tmp_path_factory.mktemp("seeds")
    return data, ingest([SEEDS], data, model)


@pytest.fixture(scope="session")
def snapshot_dir(ingested: tuple[Path, IngestReport]) -> Path:
    """A data directory with the seeds in it; not to be written to."""
    return ingested[0]


@pytest.fixture(scope="session")
def report(ingested: tuple[Path, IngestReport]) -> IngestReport:
    """What ingesting the seeds reported."""
    return ingested[1]


@pytest.fixture(scope="session")
def seeds(snapshot_dir: Path) -> Snapshot:
    """The snapshot of the seeds, opened."""
    return load(snapshot_dir)


@pytest.fixture(scope="session")
def bot(snapshot_dir: Path, model: SentenceEncoder) -> Iterator[Bot]:
    """The whole program over the seeds."""
    yield Bot(Library(snapshot_dir), lambda: model)
