"""The jobs in `engines/` give the bytes of an estimate of the whole corpus, whatever the engine does with its parts."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import llm_prevalence as lp

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

ENGINES = Path(__file__).parents[2] / "engines"
if not ENGINES.is_dir():
    pytest.skip("the jobs are in a checkout only", allow_module_level=True)
sys.path.append(str(ENGINES))

import common
import make_corpus

N_DOCUMENTS, N_FILES = 600, 4


@pytest.fixture(scope="module")
def whole():
    return make_corpus.table(N_DOCUMENTS)


@pytest.fixture(scope="module")
def expected(whole) -> tuple[str, str]:
    return lp.estimate(whole, by="year").to_csv(), lp.words(whole, words="delve,intricate").to_csv()


@pytest.fixture(scope="module")
def parts(whole, tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("corpus")
    for at in range(N_FILES):
        part = whole.slice(at * N_DOCUMENTS // N_FILES, N_DOCUMENTS // N_FILES)
        pq.write_table(part, folder / f"{at}.parquet", row_group_size=50)
    return f"{folder}/*.parquet"


@contextlib.contextmanager
def _sail() -> Iterator[dict[str, str]]:
    server = pytest.importorskip("pysail.spark").SparkConnectServer()
    server.start(background=True)
    _, port = server.listening_address
    try:
        yield {"SPARK_REMOTE": f"sc://127.0.0.1:{port}"}
    finally:
        server.stop()


def _results(job: str, corpus: str, folder: Path, **environment: str) -> tuple[str, str]:
    estimate, words = folder / "estimate.csv", folder / "words.csv"
    typed = [sys.executable, ENGINES / job, corpus, estimate, words]
    finished = subprocess.run(typed, env={**os.environ, **environment}, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr
    return estimate.read_text(), words.read_text()


def test_duckdb_gives_the_same(parts, expected, tmp_path):
    pytest.importorskip("duckdb")
    assert _results("duckdb_job.py", parts, tmp_path) == expected


def test_polars_gives_the_same(parts, expected, tmp_path):
    pytest.importorskip("polars")
    assert _results("polars_job.py", parts, tmp_path) == expected


def test_sail_gives_the_same(parts, expected, tmp_path):
    pytest.importorskip("pyspark")
    pytest.importorskip("grpc_status")
    with _sail() as environment:
        assert _results("spark_job.py", parts, tmp_path, **environment) == expected


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs java")
def test_spark_gives_the_same(parts, expected, tmp_path):
    spark = pytest.importorskip("pyspark")
    if not (Path(spark.__file__).parent / "jars").exists():
        pytest.skip("only the client of Spark is here")
    small = "--conf spark.sql.execution.arrow.maxRecordsPerBatch=100 pyspark-shell"
    found = _results("spark_job.py", parts, tmp_path, PYSPARK_SUBMIT_ARGS=small, SPARK_LOCAL_IP="127.0.0.1")
    assert found == expected


def test_batches_without_text_have_no_rows():
    for texts in ([None, None], ["Short."], []):
        batch = pa.table({"id": ["a"] * len(texts), "text": pa.array(texts, pa.string()), "year": pa.array([2020] * len(texts), pa.int64())})
        assert common.score(batch) == common.SCORES.empty_table()
        assert common.count(batch) == common.WORDS.empty_table()


def test_keys_survive_engines_without_unsigned_numbers(whole):
    scores = common.score(whole)
    signed = common.reinterpreted(scores, pa.uint64(), pa.int64())
    assert min(key for key in signed["document"].to_pylist() if key is not None) < 0
    assert common.reinterpreted(signed, pa.int64(), pa.uint64()) == scores
