"""Every kind of data frame is the same corpus, and results go back into each."""

import datetime
import decimal
import html
import sys
import threading
import time
import types
import warnings

import pytest

import llm_prevalence as lp
from llm_prevalence import _call, _results


def test_frames_of_all_libraries_give_the_same(reviews):
    expected = lp.estimate(reviews, by="year").to_csv()
    polars, pandas = pytest.importorskip("polars"), pytest.importorskip("pandas")
    pyarrow, duckdb = pytest.importorskip("pyarrow"), pytest.importorskip("duckdb")
    table = pyarrow.table(reviews)
    frames = [polars.DataFrame(reviews), pandas.DataFrame(reviews), table, table.to_batches()[0], duckdb.from_arrow(table)]
    for frame in [*frames, polars.DataFrame(reviews).with_columns(polars.col("venue").cast(polars.Categorical))]:
        assert lp.estimate(frame, by="year").to_csv() == expected, type(frame)


def test_columns_of_text_are_texts(reviews):
    polars, pandas = pytest.importorskip("polars"), pytest.importorskip("pandas")
    expected = lp.estimate(reviews["review"]).to_csv()
    for texts in (polars.Series(reviews["review"]), pandas.Series(reviews["review"]), tuple(reviews["review"])):
        assert lp.estimate(texts).to_csv() == expected, type(texts)


def _every_kind_of_column(pandas, reviews):
    """A frame of pandas with what its columns can hold, and what is missing there."""
    n = len(reviews["id"])
    days = [datetime.date(2020 + at % 5, 3, 1) for at in range(n)]
    moments = pandas.Series(pandas.to_datetime(days)) + pandas.to_timedelta([0, 1, 1500] * (n // 3), unit="ms")
    columns = {
        "review": [None if at % 40 == 7 else text for at, text in enumerate(reviews["review"])],
        "year": [float("nan") if at % 5 == 4 else year for at, year in enumerate(reviews["year"])],
        "key": pandas.Series([2**64 - 1 - at % 3 for at in range(n)], dtype="uint64"),
        "nullable": pandas.Series([None, 1, 2] * (n // 3), dtype="Int64"),
        "string": pandas.Series(["a", "b", None] * (n // 3), dtype="string"),
        "categorical": pandas.Categorical(reviews["venue"]),
        "single": pandas.Series([0.1, 2.0, 3.25] * (n // 3), dtype="float32"),
        "truth": [True, False, None] * (n // 3),
        "decimal": [decimal.Decimal("1.50"), decimal.Decimal("2.25"), None] * (n // 3),
        "day": [None if at % 5 == 2 else day for at, day in enumerate(days)],
        "moment": moments.where(moments.dt.year != 2021),
        "zoned": moments.dt.tz_localize("Asia/Tokyo"),
        "period": moments.dt.to_period("M"),
        "blob": [b"x"] * n,
        "took": pandas.to_timedelta(range(n), unit="s"),
    }
    return pandas.DataFrame(columns).set_index(pandas.Index(reviews["id"], name="id"))


def test_pandas_without_pyarrow_gives_the_same(reviews, monkeypatch):
    pandas = pytest.importorskip("pandas")
    pyarrow = pytest.importorskip("pyarrow")
    frame = _every_kind_of_column(pandas, reviews)
    taken = [name for name in frame.columns if name not in ("review", "blob", "took")]

    def found() -> tuple[str, str, lp.Table]:
        share = lp.estimate(frame, by="year", control_before="2022-01-01", date_field="zoned")
        # The keys of the documents are hashes of all values.
        return share.to_json(), lp.trend(frame, date_field="moment").to_json(), lp.score(frame, by=taken).to_frame()

    *with_pyarrow, scores = found()
    with monkeypatch.context() as hidden:
        hidden.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(ImportError):
            frame.__arrow_c_stream__()
        *without, scores_without = found()
    assert without == with_pyarrow
    assert pyarrow.table(scores_without).equals(pyarrow.table(scores))


def test_periods_of_pandas_have_their_names(reviews):
    pandas = pytest.importorskip("pandas")
    months = pandas.PeriodIndex([f"{year}-03" for year in reviews["year"]], freq="M")
    frame = pandas.DataFrame({"review": reviews["review"], "month": months})
    names = [group["group"]["month"] for group in lp.estimate(frame, by="month").to_dict()["estimates"]]
    assert names == [f"{year}-03" for year in range(2020, 2025)]
    assert isinstance(frame["month"].dtype, pandas.PeriodDtype)


def test_pandas_without_pyarrow_says_what_it_cannot_take(reviews, monkeypatch):
    pandas = pytest.importorskip("pandas")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    frame = pandas.DataFrame({"review": reviews["review"], "scores": [[1, 2]] * 240})
    with pytest.raises(TypeError, match='column "scores": values of type list.*pip install pyarrow'):
        lp.estimate(frame)


def test_dictionaries_and_lists_have_dates_and_missing_values(reviews):
    days = [datetime.date(year, 3, 1) for year in reviews["year"]]
    expected = lp.trend({"review": reviews["review"], "date": [str(day) for day in days]}).to_csv()
    assert lp.trend({"review": reviews["review"], "date": days}).to_csv() == expected
    texts = lp.estimate([*reviews["review"], None]).to_csv()
    assert lp.estimate([*reviews["review"], float("nan")]).to_csv() == texts
    pandas = pytest.importorskip("pandas")
    assert lp.estimate(pandas.Series([*reviews["review"], None], dtype="string")).to_csv() == texts


def test_results_become_frames(reviews):
    polars, pandas, pyarrow = pytest.importorskip("polars"), pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    found = lp.estimate(reviews, by="year")
    frame = polars.DataFrame(found.to_frame())
    assert frame.height == len(found.to_frame()) == 5
    assert frame["alpha"].to_list() == [group.alpha for group in found.estimates]
    assert len(found.to_frame(sources=True)) > 5
    assert pyarrow.table(found.to_frame()).num_rows == 5
    assert len(pyarrow.table(found.to_frame()).to_pandas()) == len(pandas.DataFrame(reviews).groupby("year"))


def test_a_table_is_one_batch(reviews):
    pyarrow = pytest.importorskip("pyarrow")
    for table in (lp.score_batch(reviews, by="year"), lp.count_words(reviews, by="year"), lp.estimate(reviews).to_frame()):
        batch = pyarrow.record_batch(table)
        assert batch.num_rows == len(table) and batch.schema.names == table.column_names
        assert pyarrow.table(table).equals(pyarrow.Table.from_batches([batch]))


def test_dates_are_dates(reviews):
    polars = pytest.importorskip("polars")
    days = [datetime.date(year, 3, 1) for year in reviews["year"]]
    frame = polars.DataFrame({"review": reviews["review"], "date": days})
    assert lp.trend(frame).to_csv() == lp.trend(frame.with_columns(polars.col("date").cast(str))).to_csv()
    whole = lp.estimate(frame, control_before="2022-01-01")
    assert whole.estimates[-1].placebo


def test_errors_are_those_of_the_tool(reviews):
    with pytest.raises(lp.Error, match="too little text"):
        lp.estimate(["Short."] * 3)
    with pytest.raises(lp.Error, match="nowhere.jsonl"):
        lp.estimate("nowhere.jsonl")
    with pytest.raises(lp.Error, match='no column "field"|field'):
        lp.estimate(reviews, by="field")
    with pytest.raises(TypeError, match="neither a data frame"):
        lp.estimate([1, 2, 3])


@pytest.mark.parametrize("data", [None, 5, b"text"])
def test_what_is_no_text_is_told_what_is(reviews, data):
    for call in (lambda: lp.estimate(data), lambda: lp.estimate(reviews, control=data or 0), lambda: lp.fit(reviews, data)):
        with pytest.raises(TypeError, match="^(texts|control|llm): .* cannot be read .give a data frame of .* names of files"):
            call()
    with pytest.raises(ValueError, match="no column"):
        lp.estimate({})


def test_a_lazy_frame_is_to_be_collected(reviews):
    polars = pytest.importorskip("polars")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(TypeError, match=r"texts: a LazyFrame has no rows yet \[call .collect\(\) on it\]"):
            lp.estimate(polars.LazyFrame(reviews))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"bye": "year"}, "estimate() has no option bye; did you mean by?"),
        ({"control_befor": "2022"}, "estimate() has no option control_befor; did you mean control_before?"),
        ({"progess": True}, "estimate() has no option progess; did you mean progress?"),
        ({"x_y": 3}, "estimate() has no option x_y; `llm-prevalence estimate --help` has all options"),
        ({"band": 3}, "estimate(): unexpected value '3' for band found; no more were expected"),
        ({"level": "x"}, "estimate(): invalid value 'x' for level: not a number"),
    ],
)
def test_options_are_named_as_in_python(reviews, options, said):
    with pytest.raises(lp.Error) as raised:
        lp.estimate(reviews, **options)
    assert str(raised.value) == said


def test_errors_have_the_text_of_the_tool(file, finished):
    for call, typed in [
        (lambda: lp.estimate("nowhere.jsonl"), ["--", "nowhere.jsonl"]),
        (lambda: lp.estimate(file, by="field"), ["--by=field", "--", file]),
        (lambda: lp.estimate(file, reference="nothing"), ["--reference=nothing", "--", file]),
    ]:
        with pytest.raises(lp.Error) as raised:
            call()
        found = finished("estimate", *typed)
        assert found.returncode != 0
        assert str(raised.value) == found.stderr.partition("error: ")[2].rstrip("\n")


def test_results_have_attributes_and_print_as_tables(reviews):
    found = lp.estimate(reviews)
    assert "documents" in repr(found) and "<pre>" in found._repr_html_()
    assert found.interval[0] <= found.alpha <= found.interval[1]
    assert found.to_dict()["estimates"][0]["n_documents"] == found.estimates[0].n_documents == 240
    with pytest.raises(AttributeError, match="fields:"):
        found.nothing
    with pytest.raises(ValueError, match="5 groups"):
        lp.estimate(reviews, by="year").alpha
    assert "<svg" in lp.trend(reviews)._repr_html_()


def test_progress_is_reported(reviews):
    steps = []
    lp.estimate(reviews, progress=steps.append)
    assert any("documents" in step for step in steps)
    for run in (lp.estimate, lp.trend):
        steps.clear()
        run(reviews, progress=steps.append)
        assert "estimating" in steps


def test_progress_is_shown_in_a_terminal_and_erased(reviews, monkeypatch, capsys):
    def shown(**options) -> str:
        lp.score(reviews["review"], **options)
        return capsys.readouterr().err

    assert shown() == shown(progress=False) == ""
    asked = shown(progress=True)
    assert asked.startswith("\r") and "documents" in asked
    *_, blank, end = asked.split("\r")
    assert blank.strip() == "" and len(blank) == max(map(len, asked.split("\r"))) and end == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert "documents" in shown()


def test_progress_is_shown_in_a_notebook(reviews, monkeypatch, capsys):
    shells = {name: type(name, (), {})() for name in ("ZMQInteractiveShell", "TerminalInteractiveShell")}
    for name, shell in shells.items():
        monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))
        assert _call._in_notebook() == (name == "ZMQInteractiveShell")
        lp.score(reviews["review"])
        assert ("documents" in capsys.readouterr().err) == _call._in_notebook()


def test_shells_derived_from_that_of_notebooks_are_notebooks(monkeypatch):
    shell = type("Shell", (type("ZMQInteractiveShell", (), {}),), {})()
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))
    assert _call._in_notebook()


def test_other_threads_go_on(known):
    human, llm = known
    moments, is_done = [], threading.Event()

    def count():
        while not is_done.wait(0.001):
            moments.append(time.monotonic())

    counting = threading.Thread(target=count)
    counting.start()
    try:
        started = time.monotonic()
        lp.validate(human, {"toy": llm}, alphas="0,0.5", sizes="100", replicates=300)
        ended = time.monotonic()
    finally:
        is_done.set()
        counting.join()
    # With the lock held, the other thread would run before and after the call only.
    assert sum(started < moment < ended for moment in moments) > 10


def test_scores_and_references_are_shown(reviews):
    scores = lp.score(reviews, by=["year", "venue"])
    assert scores.to_dict()["columns"] == ["year", "venue"] and scores.to_dict()["n_documents"] == 240
    assert "<th>columns</th><td>year, venue</td>" in scores._repr_html_()
    odd = lp.score({"text": reviews["review"], "<b>": reviews["venue"]}, by="<b>")
    assert "&lt;b&gt;" in odd._repr_html_() and "<b>" not in odd._repr_html_()
    reference = lp.Reference("reviews")
    assert reference.name == "reviews" and "reviews" in repr(reference)
    assert reference._repr_html_() == f"<pre>{html.escape(repr(reference))}</pre>"
    assert reference.to_dict()["card"]["name"] == "reviews"
    with pytest.raises(lp.Error):
        lp.Reference("nothing")


@pytest.mark.parametrize(
    ("name", "written", "expected"),
    [
        ("year", ["2021", "2022", ""], [2021, 2022, None]),
        ("year", ["-1", "0"], [-1, 0]),
        ("batch", ["007", "008"], ["007", "008"]),
        ("batch", ["2023_01", "2023_02"], ["2023_01", "2023_02"]),
        ("batch", ["nan", "inf"], ["nan", "inf"]),
        ("batch", ["1.10", "1.20"], ["1.10", "1.20"]),
        ("batch", ["7", "1e5"], ["7", "1e5"]),
        ("batch", ["+7", " 7", "-0"], ["+7", " 7", "-0"]),
        ("batch", ["99999999999999999999"], ["99999999999999999999"]),
        ("batch", ["true", "false"], ["true", "false"]),
        ("batch", ["\u0667"], ["\u0667"]),
        ("upper", ["1", "1"], [1.0, 1.0]),
        ("coverage", ["0", ""], [0.0, None]),
        ("n_units", ["3", "40"], [3, 40]),
        ("unlike_text", ["true", "false", ""], [True, False, None]),
        ("word", ["2023", "true"], ["2023", "true"]),
        ("warnings", ["", ""], [None, None]),
    ],
)
def test_values_keep_the_type_that_they_are_written_in(name: str, written: list[str], expected: list[object]) -> None:
    found = _results._typed(_results._kinds({name: written})[name], written)
    assert found == expected
    assert [type(value) for value in found] == [type(value) for value in expected]


def test_types_of_columns_do_not_depend_on_their_values(reviews, known):
    pyarrow = pytest.importorskip("pyarrow")
    human, llm = known
    of_kind = {"float": pyarrow.float64(), "int": pyarrow.int64(), "bool": pyarrow.bool_(), "str": pyarrow.string()}
    by = {**reviews, "batch": [f"{at % 2:03}" for at in range(len(reviews["id"]))]}
    results = [
        (lp.estimate(by, by="batch"), {"batch"}),
        (lp.estimate(by, by="batch", control_before="2022-01-01"), {"batch"}),
        (lp.trend(by, by="venue"), {"venue", "period"}),
        (lp.words(reviews, words="delve,wind"), {"group", "period"}),
        (lp.validate(human, {"toy": llm}, alphas="0", sizes="100", replicates="1"), {"value"}),
    ]
    for found, others in results:
        columns = pyarrow.table(found.to_frame(sources=True))
        assert set(columns.column_names) - set(_results._KINDS) == others
        for name in columns.column_names:
            if name in _results._KINDS:
                assert columns[name].type == of_kind[_results._KINDS[name]], name
    assert pyarrow.table(results[0][0].to_frame())["batch"].to_pylist() == ["000", "001"]


def test_groups_may_have_names_of_columns_of_other_results(reviews):
    pyarrow = pytest.importorskip("pyarrow")
    by = {**reviews, "rate": ["low", "high"] * 120, "small": ["2"] * 240}
    columns = pyarrow.table(lp.estimate(by, by=["rate", "small"]).to_frame())
    assert (columns["rate"].to_pylist(), columns["small"].to_pylist()) == (["high", "low"], [2, 2])
    assert columns["alpha"].type == pyarrow.float64()


def test_columns_without_values_have_the_type_that_is_asked_for():
    pyarrow = pytest.importorskip("pyarrow")
    kinds = {"a": "float", "b": "int", "c": "bool", "d": "str"}
    table = pyarrow.table(lp.Table([(name, [None]) for name in kinds], kinds))
    assert [str(kind) for kind in table.schema.types] == ["double", "int64", "bool", "string"]
    assert str(pyarrow.table(lp.Table([("a", [1, None])], {"a": "float"})).schema.types[0]) == "double"
    with pytest.raises(ValueError, match="kind"):
        lp.Table([("a", [1])], {"a": "complex"})
