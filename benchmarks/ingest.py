"""How fast documents are read, with and without the model's time.

    python -m benchmarks.ingest FOLDER [FOLDER ...]

Ingests into a temporary directory, on all processors and with the model as the command has it,
twice: the second time nothing is new. Beside the time on the clock stands the processor time of
all processes, which other programs on the machine lengthen less.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import keep, say
from bot.corpus.ingest import ingest
from bot.corpus.spreading import processors
from embeddings.encoder import Encoder, SentenceEncoder
from embeddings.snapshot import load


def used() -> float:
    """Return the processor seconds of this process and of those that it started and that ended."""
    each = (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in each)


class Timed:
    """An encoder that counts what it is given and how long it takes."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.name, self.fingerprint = encoder.name, encoder.fingerprint
        self.dimension = encoder.dimension
        self.cpu, self.clock, self.texts = 0.0, 0.0, 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode as the encoder does."""
        clock, started = perf_counter(), used()
        found = self.encoder.encode(texts)
        self.clock += perf_counter() - clock
        self.cpu += used() - started
        self.texts += len(texts)
        return found


def once(roots: Sequence[Path], data: Path, encoder: Encoder) -> dict[str, float]:
    """Ingest and return what it took."""
    timed = Timed(encoder)
    clock, started = perf_counter(), used()
    report = ingest(roots, data, timed, lambda done, of: say(f"  {done} of {of}"))
    total = used() - started
    return {
        "documents": report.documents,
        "passages": len(load(data).passages),
        "unreadable": len(report.unreadable),
        "cpu_seconds": total,
        "clock_seconds": perf_counter() - clock,
        "model_cpu_seconds": timed.cpu,
        "model_clock_seconds": timed.clock,
        "texts_encoded": timed.texts,
    }


def main() -> None:
    """Measure and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    options = parser.parse_args()
    encoder = SentenceEncoder(threads=processors())
    with TemporaryDirectory() as place:
        runs = {name: once(options.folders, Path(place), encoder) for name in ("first", "again")}
    keep("ingest", {"runs": runs, "model": encoder.name, "processors": processors()})


if __name__ == "__main__":
    main()
