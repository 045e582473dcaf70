"""The shares of a corpus with PySpark: Spark itself, or whatever speaks Spark Connect, such as Sail.

`SPARK_REMOTE=sc://host:port` names a server; without it Spark runs here, on as many cores as `WORKERS` says. The package
has to be installed where the workers run.
"""

import os
import sys
from collections.abc import Iterator

import pyarrow as pa
from pyspark import cloudpickle
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

import common

# Workers get the functions below as a copy: they need the packages, but not these files.
cloudpickle.register_pickle_by_value(common)
cloudpickle.register_pickle_by_value(sys.modules[__name__])

# Spark has no uint64: whole numbers travel as bigint.
SCORES = "year string, document bigint, scores array<float>, pooled array<float>, summary string, word_counts array<bigint>"
WORDS = "year string, word string, n_documents bigint, n_units bigint, sum_squares bigint, sum_products bigint, unit string"


def session(n_workers: int) -> SparkSession:
    """Returns a session with a server, or one of its own."""
    remote = os.environ.get("SPARK_REMOTE")
    if remote:
        return SparkSession.builder.remote(remote).getOrCreate()
    # Workers run in this Python, too, instead of the first one on the path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # All scores are collected, and a local session works in its driver: both have small bounds otherwise.
    os.environ.setdefault("PYSPARK_SUBMIT_ARGS", "--driver-memory 6g --conf spark.driver.maxResultSize=0 pyspark-shell")
    return SparkSession.builder.master(os.environ.get("SPARK_MASTER", f"local[{n_workers}]")).getOrCreate()


def score(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Scores the batches of a partition."""
    for batch in batches:
        yield from common.reinterpreted(common.score(batch), pa.uint64(), pa.int64()).to_batches()


def count(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Counts words in the batches of a partition."""
    for batch in batches:
        yield from common.reinterpreted(common.count(batch), pa.uint64(), pa.int64()).to_batches()


def scores_of(corpus: DataFrame) -> pa.Table:
    """Returns the scores of a corpus: nothing is shuffled."""
    return common.reinterpreted(corpus.mapInArrow(score, SCORES).toArrow(), pa.int64(), pa.uint64())


def words_of(corpus: DataFrame) -> pa.Table:
    """Returns the occurrences of words: Spark sums them within each partition, and shuffles the sums."""
    counted = corpus.mapInArrow(count, WORDS)
    sums = [f.sum(name).alias(name) for name in common.NUMBERS]
    return counted.groupBy(*common.KEYS).agg(*sums).toArrow()


def main() -> None:
    """Runs the job."""
    job = common.Job()
    spark = session(job.n_workers)
    corpus = spark.read.parquet(job.corpus).select("id", "text", *common.BY)
    # Workers start now, so that the seconds below are those of the work.
    scores_of(corpus.limit(100))
    job.done("start")
    scores = scores_of(corpus)
    job.done("scores")
    words = words_of(corpus)
    job.done("words")
    job.finish(scores, words)
    spark.stop()


if __name__ == "__main__":
    main()
