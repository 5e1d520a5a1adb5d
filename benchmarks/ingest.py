"""How fast documents are read, with and without the model's time.

    python -m benchmarks.ingest FOLDER [FOLDER ...]

Ingests into a temporary directory, twice: the second time nothing is new. Processor seconds, which
other programs on the machine do not lengthen.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import keep, say
from bot.ingest import ingest
from embeddings.encoder import Encoder
from embeddings.snapshot import load
from web.model import Model


class Timed:
    """An encoder that counts what it is given and how long it takes."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.name, self.fingerprint = encoder.name, encoder.fingerprint
        self.dimension = encoder.dimension
        self.seconds, self.texts = 0.0, 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode as the encoder does."""
        started = process_time()
        found = self.encoder.encode(texts)
        self.seconds += process_time() - started
        self.texts += len(texts)
        return found


def once(roots: Sequence[Path], data: Path, encoder: Encoder) -> dict[str, float]:
    """Ingest and return what it took."""
    timed = Timed(encoder)
    clock, started = perf_counter(), process_time()
    report = ingest(roots, data, timed, lambda done, of: say(f"  {done} of {of} passages"))
    total = process_time() - started
    return {
        "documents": report.documents,
        "passages": len(load(data).passages),
        "unreadable": len(report.unreadable),
        "cpu_seconds": total,
        "clock_seconds": perf_counter() - clock,
        "model_cpu_seconds": timed.seconds,
        "texts_encoded": timed.texts,
    }


def main() -> None:
    """Measure and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    options = parser.parse_args()
    encoder = Model()()
    encoder.encode(["ready"])
    with TemporaryDirectory() as place:
        runs = {name: once(options.folders, Path(place), encoder) for name in ("first", "again")}
    keep("ingest", {"runs": runs, "model": encoder.name})


if __name__ == "__main__":
    main()
