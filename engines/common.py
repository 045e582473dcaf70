"""What all jobs share: arguments, the schemas of the two tables, what is done to a batch, and the results.

Every job has the same shape. The engine maps `score` and `count` over batches of rows, sums the words, and hands two small tables to
`finish`. Text never leaves the map.
"""

import argparse
import json
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import llm_prevalence as lp
import pyarrow as pa

BY = ["year"]
NUMBERS = ["n_documents", "n_units", "sum_squares", "sum_products"]
# What the rows of words are summed by: all columns but the numbers.
KEYS = [*BY, "word", "unit"]
# Every call reads the reference, which takes as long as scoring a thousand documents: batches should have ten times that.
BATCH = 10_000

_GROUPS = [(name, pa.string()) for name in BY]
_FLOATS = pa.list_(pa.float32())
_COUNTS = pa.list_(pa.int64())
_SCORES = [("document", pa.uint64()), ("scores", _FLOATS), ("pooled", _FLOATS), ("summary", pa.string()), ("word_counts", _COUNTS)]
SCORES = pa.schema([*_GROUPS, *_SCORES])
WORDS = pa.schema([*_GROUPS, ("word", pa.string()), *((name, pa.uint64()) for name in NUMBERS), ("unit", pa.string())])


def score(batch: pa.RecordBatch | pa.Table) -> pa.Table:
    """Returns the scores of a batch: a row per document, and one with what they have in common."""
    return _mapped(lp.score_batch, batch, SCORES)


def count(batch: pa.RecordBatch | pa.Table) -> pa.Table:
    """Returns the occurrences of words in a batch: a row per group and word."""
    return _mapped(lp.count_words, batch, WORDS)


def _mapped(function: Callable, batch: pa.RecordBatch | pa.Table, schema: pa.Schema) -> pa.Table:
    batch = batch.filter(batch["text"].is_valid())
    if batch.num_rows == 0:
        return schema.empty_table()
    found = pa.table(function(batch, by=BY)).cast(schema)
    # A small batch may hold nothing but texts that are too short: then there is only the row of what documents have in common.
    is_empty = "document" in schema.names and found["document"].null_count == found.num_rows
    return schema.empty_table() if is_empty else found


def reinterpreted(table: pa.Table, of: pa.DataType, to: pa.DataType) -> pa.Table:
    """Returns a table with the 64 bits of its whole numbers read as another type: engines without uint64 carry them as int64.

    Document keys are hashes, so half of them are negative then. A cast would lose these.
    """
    for at, field in enumerate(table.schema):
        if field.type == of:
            column = table.column(at).combine_chunks()
            table = table.set_column(at, field.name, column.view(to))
    return table


def in_threads(function: Callable, batches: Iterable, n_threads: int) -> Iterator[pa.RecordBatch]:
    """Maps batches in threads, in order, with few batches in memory: calls release Python's lock for most of their work."""
    with ThreadPoolExecutor(n_threads) as threads:
        waiting: deque = deque()
        for batch in batches:
            waiting.append(threads.submit(function, batch))
            if len(waiting) > n_threads:
                yield from waiting.popleft().result().to_batches()
        for result in waiting:
            yield from result.result().to_batches()


class Job:
    """The arguments of a job, the number of its workers, and the seconds of its steps."""

    def __init__(self) -> None:
        parser = argparse.ArgumentParser()
        parser.add_argument("corpus", help="parquet with the columns id, text and year")
        parser.add_argument("estimate", type=Path, help="the CSV to write with the LLM share of each year")
        parser.add_argument("words", type=Path, help="the CSV to write with the course of chosen words")
        self.arguments = parser.parse_args()
        self.corpus: str = self.arguments.corpus
        self.n_workers = int(os.environ.get("WORKERS", "2"))
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def done(self, step: str) -> None:
        """Notes that a step is done: `start`, `scores` or `words`."""
        now = time.perf_counter()
        self.seconds[step] = now - self._since
        self._since = now

    def finish(self, scores: pa.Table, words: pa.Table) -> None:
        """Estimates from the tables of all batches, writes both results, and prints the seconds of each step."""
        self.arguments.estimate.write_text(lp.estimate(scores, by=BY).to_csv())
        self.arguments.words.write_text(lp.words(words, words="delve,intricate").to_csv())
        self.done("estimate")
        print(json.dumps(self.seconds))
