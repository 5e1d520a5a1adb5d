"""Write docs/benchmarks.md from the results and the template: python -m benchmarks.report"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.machine import RESULTS
from benchmarks.retrieval import FIGURES

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
NONE = "Not measured yet."

Result = Mapping[str, Any]


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def figure(value: Mapping[str, float] | None) -> str:
    """Return a mean and its interval."""
    if not value:
        return "–"
    return f"{value['value']:.3f} ({value['low']:.2f}–{value['high']:.2f})"


def lead(value: Mapping[str, float]) -> str:
    """Return a difference and its interval."""
    if not value:
        return "*"
    return f"{value['value']:+.3f} ({value['low']:+.2f} to {value['high']:+.2f})"


def machine_of(result: Result) -> str:
    """Return the machine in a sentence."""
    m = result["machine"]
    return (
        f"{m['date']}, {m['processor']}, {m['cores']} cores, {m['memory_gib']} GiB, load"
        f" {m['load']} when it ended, {m['system']}, Python {m['python']}."
    )


def retrieval(result: Result) -> str:
    """Return a table for each set and group."""
    versions = ", ".join(f"{name} {number}" for name, number in result["versions"].items())
    parts = [f"{machine_of(result)}\nVersions: {versions}."]
    for each in result["sets"]:
        for group in dict.fromkeys(row["group"] for row in each["rows"]):
            rows = [row for row in each["rows"] if row["group"] == group]
            counted = next((row["recall@5"]["count"] for row in rows if row["recall@5"]), 0)
            if counted < 5:
                continue
            rows.sort(key=lambda row: -row["recall@5"]["value"])
            lines = [
                [row["system"], *(figure(row[name]) for name in FIGURES), lead(row["lead"])]
                for row in rows
            ]
            parts.append(
                f"### {each['set']}, {group}: {counted} questions, {each['passages']} passages\n\n"
                + table(["system", *FIGURES, "lead"], lines)
            )
    return "\n\n".join(parts)


def worse(result: Result) -> str:
    """Say in which groups another system is ahead of the reference."""
    found = [
        f"- {each['set']}, {row['group']}: {row['system']}, by {-row['lead']['value']:.3f}"
        for each in result["sets"]
        for row in each["rows"]
        if row["lead"] and row["lead"]["value"] < 0 and row["recall@5"]
    ]
    if not found:
        return "No other system is ahead of the line marked * in recall@5 in any group."
    return "Ahead of the line marked * in recall@5, by the mean:\n\n" + "\n".join(found)


def abstention(result: Result) -> str:
    """Return how often the whole program answered, where it should and where not."""
    names = ("answered", "right if answered", "false answers")
    rows = [
        [each["set"], row["group"], *(counts(row[name]) for name in names)]
        for each in result["sets"]
        for row in each["rows"]
        if row["system"] == "SafePassage, full" and any(row[name] for name in names)
    ]
    return table(["set", "group", *names], rows)


def counts(value: Mapping[str, float] | None) -> str:
    """Return a share as counts with its interval."""
    if not value:
        return "–"
    hits = round(value["value"] * value["count"])
    return f"{hits} of {value['count']} ({value['low']:.2f}–{value['high']:.2f})"


def silence(result: Result) -> str:
    """Return a table for each set of questions and language."""
    names = ("answered", "right", "false answers")
    parts = []
    for each in result["sets"]:
        for group in dict.fromkeys(row["group"] for row in each["rows"]):
            found = [row for row in each["rows"] if row["group"] == group]
            asked = f"{found[0]['answerable']} answerable, {found[0]['unanswerable']} not"
            rows = [[row["rule"], *(row[name] for name in names)] for row in found]
            parts.append(f"{each['set']}, {group} ({asked}):\n\n" + table(["rule", *names], rows))
    return "\n\n".join([machine_of(result), *parts])


WAYS = {"over HTTP, first": "http", "over HTTP, rehearsed": "rehearsed", "inside": "bot"}


def latency(result: Result) -> str:
    """Return a table of times and one of memory and start."""
    sizes = result["sizes"]
    times = [
        [f"{size['passages']} passages", way, *spread(size[key])]
        for size in sizes
        for way, key in WAYS.items()
        if key in size
    ]
    starts = [
        [
            f"{size['passages']} passages",
            f"{size['first_emergency']['seconds']:.1f}",
            f"{size['first_emergency']['cpu_seconds']:.1f}",
            f"{size['first_answer']['seconds']:.1f}",
            f"{size['first_answer']['cpu_seconds']:.1f}",
            size["mib"]["now"],
            size["mib"]["most"],
        ]
        for size in sizes
    ]
    head = ["corpus", "way", "clock p50", "p95", "longest", "cpu mean, ms"]
    first = ["corpus", "first emergency, s", "cpu", "first answer, s", "cpu", "MiB", "at most"]
    return "\n\n".join(
        [
            f"{machine_of(result)} {result['questions']} questions; milliseconds.",
            table(head, times),
            table(first, starts),
        ]
    )


def spread(times: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Yield p50, p95 and the longest by the clock, and the mean of the processor's."""
    yield from (f"{times['clock'][name]:.0f}" for name in ("p50", "p95", "max"))
    yield f"{times['cpu_mean']['mean']:.0f}"


def ingestion(result: Result) -> str:
    """Return a table of both runs."""
    rows = []
    for name, run in result["runs"].items():
        rows.append(
            [
                name,
                run["documents"],
                run["passages"],
                f"{run['clock_seconds'] - run['model_clock_seconds']:.0f}",
                f"{run['cpu_seconds'] - run['model_cpu_seconds']:.0f}",
                f"{run['clock_seconds']:.0f}",
                f"{run['cpu_seconds']:.0f}",
                run["texts_encoded"],
                rate(run["texts_encoded"], run["model_clock_seconds"]),
            ]
        )
    head = ["run", "pages", "passages", "s without the model", "cpu", "s in all", "cpu"]
    told = table([*head, "texts encoded", "texts/s"], rows)
    return f"{machine_of(result)} {result['processors']} processors.\n\n{told}"


def rate(number: float, seconds: float) -> str:
    """Return a number a second, where any time went by."""
    return f"{number / seconds:.0f}" if seconds > 0 else "–"


def main() -> None:
    """Fill the template."""
    page = (HERE / "template.md").read_text(encoding="utf-8")
    parts = {
        "retrieval": [("retrieval", retrieval), ("worse", worse), ("abstention", abstention)],
        "silence": [("silence", silence)],
        "latency": [("latency", latency)],
        "ingest": [("ingest", ingestion)],
    }
    for file, places in parts.items():
        path = RESULTS / f"{file}.json"
        result = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
        for name, write in places:
            page = page.replace(f"@{name}@", write(result) if result else NONE)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
