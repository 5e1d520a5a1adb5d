"""How long a question takes, how much memory is used, and how soon after the start it answers.

    python -m benchmarks.latency --data DIR --gold QUESTIONS.jsonl [--passages 20000]

Runs `safepassage serve` on one thread and asks every question over HTTP, one after the other:
right after the start, and again once the server has rehearsed its passages, which it does while
nobody asks; then the same inside a process of its own. Beside the time on the clock stands the
processor time, which other programs on the machine lengthen less.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from time import perf_counter, process_time, sleep
from urllib.request import Request, urlopen

import numpy as np

from benchmarks.corpus import enlarged
from benchmarks.machine import keep, say
from bot.evaluation import read_rows
from bot.evaluation.rows import turns
from bot.pipeline import Bot, Question
from embeddings.library import Library
from embeddings.snapshot import load
from web.server.model import Model

EMERGENCY, PLAIN = "我朋友叫不醒了，嘴唇发紫", "氯胺酮会让人上瘾吗？"
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 600
"""Seconds until an answer is given up, on a machine that does other things too."""


class Server:
    """A running `safepassage serve`, with what the system says about its process."""

    def __init__(
        self, process: subprocess.Popen[bytes], address: str, started: float, log: Path
    ) -> None:
        self.process, self.address, self.started, self.log = process, address, started, log

    def ask(self, question: str, history: Sequence[str] = ()) -> dict[str, object]:
        """Return the answer to a question over HTTP."""
        body = json.dumps({"question": question, "history": list(history), "log": False})
        with urlopen(
            Request(self.address + "api/v1/ask", body.encode()), timeout=PATIENCE
        ) as answer:
            found: dict[str, object] = json.load(answer)
        return found

    def until(self, question: str) -> dict[str, float]:
        """Ask until it is answered; return the seconds since the start and the processor's."""
        while True:
            try:
                self.ask(question)
                return {"seconds": perf_counter() - self.started, "cpu_seconds": self.cpu()}
            except OSError:
                sleep(0.05)

    def rehearsed(self) -> dict[str, float]:
        """Wait until every passage was rehearsed; return what `until` returns."""
        while '"rehearsed"' not in self.log.read_text(encoding="utf-8"):
            sleep(0.5)
        return {"seconds": perf_counter() - self.started, "cpu_seconds": self.cpu()}

    def cpu(self) -> float:
        """Return the processor seconds used so far, user and system."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self, name: str) -> int:
        """Return VmRSS (now) or VmHWM (at most) in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        [line] = [line for line in status if line.startswith(name + ":")]
        return int(line.split()[1]) // 1024


@contextmanager
def serving(data: Path) -> Iterator[Server]:
    """Run the server on a free port, and stop it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    started = perf_counter()
    with NamedTemporaryFile(suffix=".log") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "web.cli", "--data", str(data), "serve", "--port", str(port)],
            stderr=log,
            env={**os.environ, "OMP_NUM_THREADS": "1", "SAFEPASSAGE_RATE_LIMIT": "0"},
        )
        try:
            yield Server(process, f"http://127.0.0.1:{port}/", started, Path(log.name))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def spread(milliseconds: Sequence[float]) -> dict[str, float]:
    """Return p50, p95 and the longest."""
    low, high, most = np.percentile(milliseconds, [50, 95, 100])
    return {"p50": float(low), "p95": float(high), "max": float(most)}


def each(
    questions: Sequence[Question], ask: Callable[[Question], object], cpu: Callable[[], float]
) -> dict[str, dict[str, float]]:
    """Ask every question once, after a round to warm up on the first ten."""
    for question in questions[:10]:
        ask(question)
    clock, used = [], []
    for question in questions:
        started, before = perf_counter(), cpu()
        ask(question)
        clock.append(1000 * (perf_counter() - started))
        used.append(1000 * (cpu() - before))
    return {"clock": spread(clock), "cpu": spread(used), "cpu_mean": {"mean": float(np.mean(used))}}


def over_http(data: Path, questions: Sequence[Question]) -> dict[str, object]:
    """Start a server, time its start and every question, and weigh it."""
    with serving(data) as server:
        found: dict[str, object] = {
            "first_emergency": server.until(EMERGENCY),
            "first_answer": server.until(PLAIN),
        }
        found["http"] = each(questions, lambda q: server.ask(q.text, q.history), server.cpu)
        found["rehearsal"] = server.rehearsed()
        found["rehearsed"] = each(questions, lambda q: server.ask(q.text, q.history), server.cpu)
        found["mib"] = {"now": server.memory("VmRSS"), "most": server.memory("VmHWM")}
    return found


def inside(data: Path, questions: Sequence[Question]) -> dict[str, object]:
    """Time every question in this process, without a web server."""
    bot = Bot(Library(data), Model())
    bot.ready()
    return {"bot": each(questions, bot.ask, process_time)}


def main() -> None:
    """Measure and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="directory of an index")
    parser.add_argument("--gold", type=Path, required=True, help="JSON lines with questions")
    parser.add_argument("--passages", type=int, default=20_000, help="how large to make it")
    options = parser.parse_args()
    rows = read_rows(options.gold)
    questions = [Question(row["query"], turns(row.get("history", ()))) for row in rows]
    snapshot = load(options.data)
    found = []
    with TemporaryDirectory() as place:
        enlarged(snapshot, options.passages, Path(place))
        for name, data in (("as it is", options.data), ("copied", Path(place))):
            passages = len(load(data).passages)
            say(f"{passages} passages")
            measured = {**over_http(data, questions), **inside(data, questions)}
            found.append({"corpus": name, "passages": passages, **measured})
    keep("latency", {"questions": len(questions), "sizes": found})


if __name__ == "__main__":
    main()
