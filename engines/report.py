"""The text of reports/engines.md."""

import datetime
import os
import platform
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ["llm-prevalence", "pyarrow", "duckdb", "polars", "ray", "pysail", "pyspark"]
# The corpus of the last paragraph.
ABSTRACTS = 1_000_000_000
CORES = 100
SAMPLE = 10_000_000
# Mean of the 12,000 abstracts of abstracts/arxiv-cs-2017-2019.jsonl.gz (docs/data.md), in UTF-8.
ABSTRACT_BYTES = 1_146


@dataclass
class Corpus:
    """A corpus in both forms, with what the command line tool says of it."""

    gigabytes: float
    parquet: Path
    json_lines: Path
    n_documents: int
    text_bytes: int
    estimate: bytes
    words: bytes
    seconds: float


@dataclass
class Run:
    """One job on one corpus."""

    engine: str
    gigabytes: float
    n_workers: int
    seconds: dict[str, float] = field(default_factory=dict)
    is_same: bool = False
    error: str = ""


@dataclass
class Map:
    """What the two functions make of a corpus: bytes of Arrow IPC, rows of words after summing in each of some parts, and processor seconds."""

    scores: int
    words: int
    n_word_rows: int
    n_parts: int
    score_seconds: float
    count_seconds: float


@dataclass
class Estimator:
    """What each further document costs the estimate: processor seconds, and bytes of memory."""

    seconds: float
    memory: float


def text(
    tool: str, corpora: list[Corpus], runs: list[Run], skipped: list[str], load: float, mapped: Map, estimator: Estimator
) -> str:
    """Returns the report."""
    parts = [_head(tool, corpora), _runs(corpora, runs, skipped, load), _map(corpora[0], mapped, estimator)]
    n_workers = max((run.n_workers for run in runs), default=1)
    finished = [found for found in runs if found.seconds and found.n_workers == n_workers]
    return "\n".join([*parts, _billion(corpora, finished, mapped, estimator)])


def _head(tool: str, corpora: list[Corpus]) -> str:
    seconds = ", ".join(f"{corpus.seconds:.0f} s for {corpus.gigabytes:g} GB" for corpus in corpora)
    return f"""# Engines

Printed by `engines/run` on {os.cpu_count()} cores. Date {datetime.date.today()}, Python {platform.python_version()}, {_versions()}.

Every job maps `score_batch` and `count_words` over invented reviews of about 120 words ({corpora[0].n_documents:,} documents for
{corpora[0].gigabytes:g} GB of text), and writes the share of each year and the course of two words as CSV. "Same bytes" compares both
files with what the command line tool ({tool}) prints for the same rows as JSON Lines; its estimate takes {seconds}.
"""


def _versions() -> str:
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def _runs(corpora: list[Corpus], runs: list[Run], skipped: list[str], load: float) -> str:
    sizes = {corpus.gigabytes: corpus for corpus in corpora}
    lines = [
        "## Results and speed\n",
        "| engine | GB | cores | same bytes | start, s | scores, s | words, s | estimate, s | scores, MB/s per core | words, MB/s per core | scores, gain over 1 core |",
        "| :-- | --: | --: | :-- | --: | --: | --: | --: | --: | --: | --: |",
    ]
    one = {(run.engine, run.gigabytes): run.seconds for run in runs if run.n_workers == 1}
    for run in runs:
        start = f"| {run.engine} | {run.gigabytes:g} | {run.n_workers} |"
        if not run.seconds:
            lines.append(f"{start} failed: {run.error} | | | | | | | |")
            continue
        seconds = " | ".join(f"{run.seconds[step]:.1f}" for step in ("start", "scores", "words", "estimate"))
        rates = " | ".join(f"{rate(run, sizes[run.gigabytes], step):.0f}" for step in ("scores", "words"))
        alone = one.get((run.engine, run.gigabytes), {})
        gain = f"{alone['scores'] / run.seconds['scores']:.1f}" if alone and run.n_workers > 1 else ""
        lines.append(f"{start} {'yes' if run.is_same else '**no**'} | {seconds} | {rates} | {gain} |")
    busy = (
        f" Up to {load:.0f} processes wanted the cores during the runs, so seconds are above and gains below those of an idle machine."
        if load > os.cpu_count()
        else ""
    )
    lines += [
        "",
        "Each run is kept to as many cores as it has workers, and is made once. `start` is the session, and for Spark, Sail and Ray a first",
        "batch, so that workers are up. `estimate` is both results from the two tables, in one process, whatever the engine. MB are",
        f"those of the text.{busy}",
        "",
    ]
    return "\n".join(lines + [line for reason in skipped for line in (f"`{reason}`", "")])


def rate(run: Run, corpus: Corpus, step: str) -> float:
    """Returns megabytes of text per second and core."""
    return corpus.text_bytes / 1e6 / run.seconds[step] / run.n_workers


def _map(corpus: Corpus, mapped: Map, estimator: Estimator) -> str:
    n = corpus.n_documents
    return f"""## What leaves the map

Measured on {corpus.gigabytes:g} GB, as Arrow IPC without compression. Rates are of processor time, without an engine, and do not depend on
what else runs.

| table | rows | bytes per document | of its text | made at, MB of text per second and core |
| :-- | --: | --: | --: | --: |
| text | {n:,} | {corpus.text_bytes / n:.0f} | | |
| scores | {n:,} | {mapped.scores / n:.0f} | {mapped.scores / corpus.text_bytes:.0%} | {corpus.text_bytes / 1e6 / mapped.score_seconds:.0f} |
| words, summed in {mapped.n_parts} partitions | {mapped.n_word_rows:,} | {mapped.words / n:.0f} | {mapped.words / corpus.text_bytes:.0%} | {corpus.text_bytes / 1e6 / mapped.count_seconds:.0f} |

Scores have ten numbers for each sentence with reference "reviews", and a row of about 1 kB for each batch. Nothing of them is
shuffled. Words have a row for each year and word, so larger partitions have fewer bytes per document.

Each further million documents costs the estimate {estimator.seconds * 1e6:.0f} seconds of a processor and {estimator.memory * 1e6 / 1e9:.2f} GB of memory.
"""


def _billion(corpora: list[Corpus], runs: list[Run], mapped: Map, estimator: Estimator) -> str:
    largest = max(corpora, key=lambda corpus: corpus.gigabytes)
    # The corpus measured has shorter documents: what it takes is scaled by bytes of text.
    longer = ABSTRACT_BYTES * corpora[0].n_documents / corpora[0].text_bytes
    total = ABSTRACTS * ABSTRACT_BYTES / 1e6
    alone = total * (mapped.score_seconds + mapped.count_seconds) / (corpora[0].text_bytes / 1e6) / CORES / 60
    minutes = {
        run.engine: sum(total / rate(run, largest, step) for step in ("scores", "words")) / CORES / 60 for run in runs if run.gigabytes == largest.gigabytes
    }
    engines = ", ".join(f"{time:,.0f} with {engine}" for engine, time in sorted(minutes.items(), key=lambda item: item[1]))
    scores = longer * mapped.scores / corpora[0].n_documents
    seconds, memory = longer * estimator.seconds, longer * estimator.memory
    return f"""## A billion abstracts on {CORES} cores

Abstracts of computer science have {ABSTRACT_BYTES:,} bytes on average (12,000 of arXiv, 2017 to 2019), so a billion of them are
{total / 1e3:,.0f} GB of text. What follows is measured on the invented reviews above, and scaled by bytes of text. To score them and to count their words takes {alone:.0f} minutes of {CORES} cores
by the processor time of the functions; by the seconds of the runs above, start of tasks included, it is {engines or "not known"}. That
supposes that storage keeps up and that rates hold on {CORES} cores, which was not measured. Their scores are
{ABSTRACTS * scores / 1e9:,.0f} GB, to be stored or sent. The estimate is made in one process: of all of them it would need up to {ABSTRACTS * memory / 1e9:,.0f} GB of memory
and {ABSTRACTS * seconds / 3600:,.0f} hours of a processor; of a random hundredth, {SAMPLE / 1e6:.0f} million documents, {SAMPLE * memory / 1e9:,.1f} GB and {SAMPLE * seconds / 60:,.0f} minutes. With so
many documents the interval is that of the reference's systematic error, so take the sample.
"""
