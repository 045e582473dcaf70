"""Measures every program as a process of its own, in turn, and writes reports/compare.md and reports/compare.svg.

benches/compare/run calls this and describes the options.
"""

import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

# A process starts with the peak memory of the one that started it, so nothing large is imported before all is measured.

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DATA = Path(os.environ["LLM_PREVALENCE_DATA"])
BIN = os.environ["BIN"]
REVIEWS = DATA / "reviews/neurips-2024.jsonl.gz"
HUMAN, LLM, TARGET = (
    DATA / f"arxiv-sentences/CS/{name}.parquet" for name in ("human_data", "ai_data", "ground_truth_alpha_0.1")
)
THREADS = {1: "1 thread", 2: "2 threads"}

# One thread for all but llm-prevalence, and the kernels that the numerical libraries choose themselves.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")} | {
    "LC_ALL": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "LOKY_MAX_CPU_COUNT": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@dataclass(frozen=True)
class Program:
    name: str
    does: str
    command: list[str]


@dataclass(frozen=True)
class Used:
    """What a process used, or the medians over runs.

    `scaled_from` is the size in MB of the smaller text that was measured instead, if any.
    """

    seconds: float
    cpu: float
    mebibytes: float
    output: str = ""
    scaled_from: float | None = None


def tool(threads: int, *arguments: object) -> list[str]:
    return [BIN, *map(str, arguments), "--threads", str(threads), "--quiet"]


def python(script: str, *arguments: object) -> list[str]:
    return [sys.executable, str(HERE / script), *map(str, arguments)]


def text_programs(text: Path, folder: Path) -> list[Program]:
    estimates = [
        Program(
            f"llm-prevalence estimate, {name}",
            "text to a share and interval",
            tool(threads, "estimate", text, "--output", "json"),
        )
        for threads, name in THREADS.items()
    ]
    scores = [
        Program(
            f"llm-prevalence score, {name}",
            "text to scores of sentences",
            tool(threads, "score", text, "-o", folder / "scores.parquet"),
        )
        for threads, name in THREADS.items()
    ]
    return [
        *estimates,
        *scores,
        Program("spaCy", "text to sentences and words", python("spacy_words.py", text)),
        Program("HF tokenizers", "text to words", python("hf_pretokenizer.py", text)),
        Program("wc -w", "bytes to a number of words", ["wc", "-w", str(text)]),
        Program("count of spaces", "bytes to a number of spaces", python("scan.py", "spaces", text)),
        Program("memchr", "bytes", python("scan.py", "memchr", text)),
    ]


def fit_programs(folder: Path) -> list[Program]:
    """Returns the programs that fit a model on the training sentences."""
    sources = ["--human", HUMAN, "--llm", f"gpt-3.5={LLM}"]
    fits = [
        Program(
            f"llm-prevalence, {name}",
            "weights by logistic regression, calibration by 5 folds",
            tool(threads, "fit", *sources, "-o", folder / "reference.json"),
        )
        for threads, name in THREADS.items()
    ]
    return [
        *fits,
        Program("published estimator", "shares of words", python("published.py", "fit", folder / "published")),
        Program("QuaPy EMQ", "logistic regression", python("quapy_emq.py", "fit", folder / "quapy")),
    ]


def estimate_programs(folder: Path) -> list[Program]:
    """Returns the programs that estimate the share with a fitted model."""
    arguments = ["estimate", TARGET, "--reference", folder / "reference.json", "--output", "json"]
    estimates = [
        Program(f"llm-prevalence, {name}", "calibrated scores, score interval", tool(threads, *arguments))
        for threads, name in THREADS.items()
    ]
    return [
        *estimates,
        Program(
            f"llm-prevalence --method liang, {THREADS[1]}",
            "likelihood by words, bootstrap of 1,000",
            tool(1, *arguments, "--method", "liang"),
        ),
        Program(
            "published estimator",
            "likelihood by words, bootstrap of 1,000",
            python("published.py", "estimate", folder / "published", TARGET),
        ),
        Program(
            "QuaPy EMQ",
            "posteriors and EM, bootstrap of 1,000",
            python("quapy_emq.py", "estimate", folder / "quapy", TARGET),
        ),
    ]


def run(command: list[str]) -> Used:
    """Runs a command to its end and returns what it used."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, env=ENVIRONMENT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
        output.seek(0)
        # Linux counts the memory in KiB.
        return Used(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output.read().decode())


def medians(runs: list[Used]) -> Used:
    def of(value: Callable[[Used], float]) -> float:
        return statistics.median(map(value, runs))

    return Used(of(lambda used: used.seconds), of(lambda used: used.cpu), of(lambda used: used.mebibytes), runs[-1].output)


def in_turn(programs: list[Program], n_runs: int) -> dict[str, Used]:
    """Runs every program once, then every program again, and so on; returns the medians of each by name."""
    runs = {program.name: [] for program in programs}
    for _ in range(n_runs):
        for program in programs:
            runs[program.name].append(run(program.command))
    return {name: medians(used) for name, used in runs.items()}


def write_text(path: Path, megabytes: float) -> None:
    """Writes the reviews, over and over, up to a size."""
    lines = gzip.decompress(REVIEWS.read_bytes()).splitlines(keepends=True)
    size = at = 0
    with open(path, "wb") as file:
        while size < megabytes * 1e6:
            size += file.write(lines[at % len(lines)])
            at += 1


def scaled(used: Used, before: float, size: float) -> Used:
    """Returns what a larger text would take, as expected from a smaller one; the memory is left as it was."""
    factor = size / before
    from_ = used.scaled_from or before
    return replace(used, seconds=used.seconds * factor, cpu=used.cpu * factor, scaled_from=from_)


def measure_texts(sizes: list[float], n_runs: int, max_seconds: float, folder: Path) -> dict[str, dict[float, Used]]:
    """Returns what each program used for each size of the text, by name and size."""
    text, before = folder / "text.jsonl", None
    programs = text_programs(text, folder)
    all_used = {program.name: {} for program in programs}
    for size in sizes:
        # In a process of its own, which leaves this one small.
        subprocess.run([sys.executable, __file__, str(text), str(size)], check=True)
        if before is None:
            in_turn(programs, 1)  # warms up
        measured = []
        for program in programs:
            used = all_used[program.name]
            if before is not None and used[before].seconds * size / before > max_seconds:
                used[size] = scaled(used[before], before, size)
            else:
                measured.append(program)
        for name, used in in_turn(measured, n_runs).items():
            all_used[name][size] = used
        print(f"measured {size:g} MB of text", file=sys.stderr)
        before = size
    return all_used


def does(programs: list[Program]) -> dict[str, str]:
    return {program.name: program.does for program in programs}


def main() -> None:
    sizes = [float(size) for size in os.environ["SIZES_MB"].split()]
    n_runs, max_seconds = int(os.environ["RUNS"]), float(os.environ["MAX_SECONDS"])
    load = os.getloadavg()[0]
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=ROOT / "target/compare"))
    try:
        floor = run(["true"]).mebibytes
        texts = measure_texts(sizes, n_runs, max_seconds, folder)
        fits = in_turn(fit_programs(folder), n_runs)
        estimates = in_turn(estimate_programs(folder), n_runs)
    finally:
        shutil.rmtree(folder)

    import plot
    import report

    parts = [
        report.head(n_runs, load, floor, [HUMAN, LLM, TARGET, REVIEWS], DATA, BIN),
        report.of_texts(texts, does(text_programs(folder, folder)), floor),
        report.of_sizes(texts, floor),
        report.of_threads(texts, fits, estimates),
        report.of_sentences(estimates, does(estimate_programs(folder)), fits, does(fit_programs(folder))),
    ]
    (ROOT / "reports/compare.md").write_text("\n".join(parts), encoding="utf-8")
    plot.draw(texts, ROOT / "reports/compare.svg")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        write_text(Path(sys.argv[1]), float(sys.argv[2]))
    else:
        main()
