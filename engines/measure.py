"""Runs the jobs, compares their results with those of the command line tool, and writes the report."""

import argparse
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import common
import make_corpus
import report
from report import Corpus, Estimator, Run, Map

HERE = Path(__file__).parent
WORKERS = (1, 2)
# Seconds until a server has to answer.
PATIENCE = 60


def corpus_of(folder: Path, gigabytes: float) -> Corpus:
    """Makes a corpus, and runs the command line tool on it."""
    parquet, json_lines = folder / f"corpus-{gigabytes:g}.parquet", folder / f"corpus-{gigabytes:g}.jsonl"
    make_corpus.write(parquet, json_lines, gigabytes * 1e9)
    text_bytes = sum(batch["text"].nbytes for batch in pq.ParquetFile(parquet).iter_batches(columns=["text"]))
    started = time.perf_counter()
    estimate = _tool("estimate", json_lines, "--by", "year")
    seconds = time.perf_counter() - started
    words = _tool("words", json_lines, "--words", "delve,intricate")
    n_documents = pq.read_metadata(parquet).num_rows
    return Corpus(gigabytes, parquet, json_lines, n_documents, text_bytes, estimate, words, seconds)


def _tool(command: str, *arguments: object) -> bytes:
    return _printed(command, *arguments, "--output", "csv")


def _printed(*arguments: object) -> bytes:
    binary = os.environ.get("LLM_PREVALENCE")
    tool = [binary] if binary else [sys.executable, "-m", "llm_prevalence"]
    return subprocess.run([*tool, *map(str, arguments)], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def tool_name() -> str:
    """Returns the version of the command line tool that results are compared with, and which one it is."""
    origin = "named by `LLM_PREVALENCE`" if os.environ.get("LLM_PREVALENCE") else "of the wheel"
    return f"{_printed('--version').decode().strip()}, {origin}"


def run(engine: str, corpus: Corpus, n_workers: int, folder: Path) -> Run:
    """Runs the job of an engine on as many cores as it has workers."""
    estimate, words = folder / "estimate.csv", folder / "words.csv"
    estimate.unlink(missing_ok=True)
    words.unlink(missing_ok=True)
    found = Run(engine, corpus.gigabytes, n_workers)
    environment = {**os.environ, "WORKERS": str(n_workers), "SPARK_LOCAL_IP": "127.0.0.1", "RAY_USAGE_STATS_ENABLED": "0"}
    with _on_cores(n_workers), contextlib.ExitStack() as servers:
        if engine == "sail":
            environment["SPARK_REMOTE"] = servers.enter_context(_sail(n_workers, folder))
        job = HERE / f"{'spark' if engine == 'sail' else engine}_job.py"
        typed = [sys.executable, job, corpus.parquet, estimate, words]
        process = subprocess.run(typed, env=environment, capture_output=True, text=True)
    if process.returncode != 0:
        found.error = (process.stderr.strip().splitlines() or ["no message"])[-1]
        return found
    found.seconds = json.loads(process.stdout.strip().splitlines()[-1])
    found.is_same = estimate.read_bytes() == corpus.estimate and words.read_bytes() == corpus.words
    return found


@contextlib.contextmanager
def _on_cores(n_cores: int) -> Iterator[None]:
    """Keeps the processes that are started to some cores, where the system can do that."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    all_cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(all_cores)[:n_cores])
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_cores)


@contextlib.contextmanager
def _sail(n_workers: int, folder: Path) -> Iterator[str]:
    """Starts a Sail server, and returns its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "SAIL_EXECUTION__DEFAULT_PARALLELISM": str(n_workers)}
    typed = [Path(sys.executable).with_name("sail"), "spark", "server", "--port", str(port)]
    with (folder / "sail.log").open("w") as log:
        server = subprocess.Popen(typed, env=environment, stdout=log, stderr=log)
    try:
        _wait_for(port)
        yield f"sc://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def map_of(corpus: Corpus, folder: Path) -> Map:
    """Measures what leaves the map, as Arrow IPC: scores, and words after summing in the two halves of the corpus.

    Also the processor's seconds, which do not depend on what else runs.
    """
    batches = list(pq.ParquetFile(corpus.parquet).iter_batches(common.BATCH))
    clocks = [time.process_time()]
    scores = pa.concat_tables([common.score(batch) for batch in batches])
    clocks.append(time.process_time())
    words = [common.count(batch) for batch in batches]
    clocks.append(time.process_time())
    pq.write_table(scores, folder / "scores.parquet")
    half = len(batches) // 2 or 1
    halves = [pa.concat_tables(part) for part in (words[:half], words[half:]) if part]
    sums = [(name, "sum") for name in common.NUMBERS]
    summed = [table.group_by(common.KEYS).aggregate(sums) for table in halves]
    n_rows = sum(table.num_rows for table in summed)
    in_map = tuple(until - since for since, until in zip(clocks, clocks[1:]))
    return Map(_ipc_bytes(scores), sum(map(_ipc_bytes, summed)), n_rows, len(halves), *in_map)


def _ipc_bytes(table: pa.Table) -> int:
    sink = pa.MockOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.size()


# In a process of its own, whose peak memory is that of the estimate.
ESTIMATE = """
import json, resource, sys, time, llm_prevalence as lp, pyarrow.parquet as pq
scores = pq.read_table(sys.argv[1])
scores = scores.slice(scores.num_rows - round(scores.num_rows * float(sys.argv[2])))
lp.estimate(scores, by="year")
print(json.dumps([scores.num_rows, time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024]))
"""


def estimator_of(folder: Path) -> Estimator:
    """Measures what each further document costs the estimate: from a quarter of the scores, and from all of them."""
    typed = [sys.executable, "-c", ESTIMATE, str(folder / "scores.parquet")]
    few, many = (json.loads(subprocess.run([*typed, part], check=True, capture_output=True).stdout) for part in ("0.25", "1"))
    n, seconds, memory = (more - less for more, less in zip(many, few))
    return Estimator(seconds / n, memory / n)


def main() -> None:
    """Measures everything, and writes the report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--report", type=Path, required=True)
    parser.add_argument("--sizes", type=float, nargs="+", required=True)
    parser.add_argument("--engines", nargs="*", default=[])
    arguments = parser.parse_args()
    skipped = (arguments.folder / "skipped").read_text().splitlines()
    corpora, runs, loads = [], [], []
    for gigabytes in arguments.sizes:
        corpora.append(corpus_of(arguments.folder, gigabytes))
        for engine in arguments.engines:
            for n_workers in WORKERS:
                loads.append(os.getloadavg()[0] if hasattr(os, "getloadavg") else 0)
                runs.append(run(engine, corpora[-1], n_workers, arguments.folder))
                print(runs[-1], file=sys.stderr)
    mapped = map_of(corpora[0], arguments.folder)
    load, estimator = max(loads, default=0), estimator_of(arguments.folder)
    arguments.report.write_text(report.text(tool_name(), corpora, runs, skipped, load, mapped, estimator))
    if not all(found.is_same for found in runs):
        sys.exit('some engines gave other results: see the column "same bytes"')


if __name__ == "__main__":
    main()
