"""The shares of a corpus with DuckDB.

Batches come out as Arrow and go back in as Arrow, because a Python UDF of DuckDB returns one value per row and these tables have
rows of their own. SQL selects the documents and sums the words.
"""

from collections.abc import Callable

import duckdb
import pyarrow as pa

import common

ROWS = f"SELECT id, text, {', '.join(common.BY)} FROM read_parquet(?)"
SUMS = ", ".join(f"sum({name})::UBIGINT AS {name}" for name in common.NUMBERS)
SUMMED = f"SELECT {', '.join(common.KEYS)}, {SUMS} FROM batches GROUP BY ALL"


def mapped(connection: duckdb.DuckDBPyConnection, corpus: str, function: Callable, schema: pa.Schema, n_threads: int, sql: str) -> pa.Table:
    """Maps the batches of a corpus, and returns what a query makes of the rows that come of it, the view `batches`."""
    rows = connection.cursor().sql(ROWS, params=[corpus]).to_arrow_reader(common.BATCH)
    results = common.in_threads(function, rows, n_threads)
    batches = pa.RecordBatchReader.from_batches(schema, results)
    return connection.from_arrow(batches).query("batches", sql).to_arrow_table()


def main() -> None:
    """Runs the job."""
    job = common.Job()
    connection = duckdb.connect(config={"threads": job.n_workers})
    job.done("start")
    scores = mapped(connection, job.corpus, common.score, common.SCORES, job.n_workers, "FROM batches")
    job.done("scores")
    words = mapped(connection, job.corpus, common.count, common.WORDS, job.n_workers, SUMMED)
    job.done("words")
    job.finish(scores, words)


if __name__ == "__main__":
    main()
