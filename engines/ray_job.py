"""The shares of a corpus with Ray Data."""

from collections.abc import Callable

import pyarrow as pa
import ray
from ray.data import DataContext, Dataset
from ray.data.aggregate import Sum

import common


def mapped(corpus: Dataset, function: Callable) -> Dataset:
    """Maps the batches of a corpus."""
    return corpus.map_batches(function, batch_format="pyarrow", batch_size=common.BATCH)


def collected(rows: Dataset) -> pa.Table:
    """Returns the rows as one table."""
    return pa.concat_tables(ray.get(rows.to_arrow_refs()))


def scores_of(corpus: Dataset) -> pa.Table:
    """Returns the scores of a corpus: nothing is shuffled."""
    return collected(mapped(corpus, common.score))


def words_of(corpus: Dataset, n_partitions: int) -> pa.Table:
    """Returns the occurrences of words, summed in as many partitions (Ray's 200 take a minute to start on two cores)."""
    sums = [Sum(name, alias_name=name) for name in common.NUMBERS]
    return collected(mapped(corpus, common.count).groupby(common.KEYS, num_partitions=n_partitions).aggregate(*sums))


def main() -> None:
    """Runs the job."""
    job = common.Job()
    ray.init(num_cpus=job.n_workers, include_dashboard=False, log_to_driver=False)
    DataContext.get_current().enable_progress_bars = False
    corpus = ray.data.read_parquet(job.corpus).select_columns(["id", "text", *common.BY])
    # Workers start now, so that the seconds below are those of the work.
    scores_of(corpus.limit(100))
    job.done("start")
    scores = scores_of(corpus)
    job.done("scores")
    words = words_of(corpus, job.n_workers)
    job.done("words")
    job.finish(scores, words)


if __name__ == "__main__":
    main()
