"""Make the shipped model: `python -m training.model --data DIR --out DIR`.

The graft, the training of its rows and the graph, one after the other.
"""

import argparse
import logging
from pathlib import Path
from tempfile import TemporaryDirectory

import torch

from training.model.adapt import adapt
from training.model.courses import COURSES, shortened
from training.model.graft import graft
from training.model.graph import write_graph

__all__ = ["main"]


def main() -> None:
    """Read the command line and make the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of pairs")
    parser.add_argument("--out", type=Path, required=True, help="the model's directory")
    parser.add_argument(
        "--cycles", type=int, default=None, help="no more than so many a stage, to try it out"
    )
    parser.add_argument("--threads", type=int, default=1, help="processor threads")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(arguments.threads)
    with TemporaryDirectory() as work:
        graft(arguments.data, Path(work) / "grafted")
        courses = shortened(COURSES, arguments.cycles)
        adapt(arguments.data, Path(work) / "grafted", arguments.out, courses)
    write_graph(arguments.out)


if __name__ == "__main__":
    main()
