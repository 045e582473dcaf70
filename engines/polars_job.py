"""The shares of a corpus with polars.

The streaming engine calls `map_batches` for each batch, on all its threads; without `streamable=True` it would call it once, for
the whole corpus.
"""

import os

# Polars reads it when it is loaded.
os.environ.setdefault("POLARS_MAX_THREADS", os.environ.get("WORKERS", "2"))

import polars as pl
import pyarrow as pa

import common

SCORES = pl.Schema(common.SCORES)
WORDS = pl.Schema(common.WORDS)


def _arrow(batch: pl.DataFrame) -> pa.Table:
    # pyarrow does not filter polars' own kind of strings.
    return batch.to_arrow(compat_level=pl.CompatLevel.oldest())


def score(batch: pl.DataFrame) -> pl.DataFrame:
    """Scores a batch."""
    return pl.DataFrame(common.score(_arrow(batch)), schema=SCORES)


def count(batch: pl.DataFrame) -> pl.DataFrame:
    """Counts words in a batch."""
    return pl.DataFrame(common.count(_arrow(batch)), schema=WORDS)


def scores_of(corpus: pl.LazyFrame) -> pl.DataFrame:
    """Returns the scores of a corpus."""
    return corpus.map_batches(score, schema=SCORES, streamable=True).collect(engine="streaming")


def words_of(corpus: pl.LazyFrame) -> pl.DataFrame:
    """Returns the occurrences of words, summed."""
    counted = corpus.map_batches(count, schema=WORDS, streamable=True)
    return counted.group_by(common.KEYS).agg(pl.col(common.NUMBERS).sum()).collect(engine="streaming")


def main() -> None:
    """Runs the job."""
    job = common.Job()
    corpus = pl.scan_parquet(job.corpus).select("id", "text", *common.BY)
    job.done("start")
    scores = scores_of(corpus)
    job.done("scores")
    words = words_of(corpus)
    job.done("words")
    job.finish(scores, words)


if __name__ == "__main__":
    main()
