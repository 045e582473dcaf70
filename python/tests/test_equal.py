"""Every function gives what the command line tool gives for the same texts in a file, byte for byte."""

import json
import os
import pickle

import pytest

import llm_prevalence as lp


def without_files(record: str) -> dict:
    """A record without what says where its texts came from."""
    found = json.loads(record)
    for part in (found, found.get("input") or {}, *found.get("inputs", ())):
        for name in ("files", "text_fields", "formats", "command"):
            part.pop(name, None)
    return found


def test_estimate(reviews, file, tool):
    found = lp.estimate(reviews, by="year")
    assert found.to_csv() == tool("estimate", file, "--by", "year", "--output", "csv")
    assert without_files(found.to_json()) == without_files(tool("estimate", file, "--by", "year", "--output", "json"))


@pytest.mark.parametrize("options", [{"level": 0.9}, {"unit": "document"}, {"band": True}, {"scorer": "naive-bayes"}, {"control_before": "2022-01-01"}])
def test_estimate_with_options(reviews, file, tool, options):
    flags = [item for name, value in options.items() for item in (["--" + name.replace("_", "-")] + ([] if value is True else [str(value)]))]
    assert lp.estimate(reviews, **options).to_csv() == tool("estimate", file, *flags, "--output", "csv")


def test_control(reviews, file, tool):
    assert lp.estimate(reviews, control=reviews["review"][:200]).estimates[1].placebo
    found = lp.estimate(reviews, by=["venue"], control_before="2022-01-01")
    assert found.to_csv() == tool("estimate", file, "--by", "venue", "--control-before", "2022-01-01", "--output", "csv")


def test_trend(reviews, file, tool):
    found = lp.trend(reviews, change="2022..2023")
    typed = ["trend", file, "--change", "2022..2023", "--output"]
    assert found.to_csv() == tool(*typed, "csv")
    assert without_files(found.to_json()) == without_files(tool(*typed, "json"))
    assert found.to_svg().startswith("<svg")


def test_words(reviews, file, tool):
    found = lp.words(reviews, words="delve,wind")
    typed = ["words", file, "--words", "delve,wind", "--output"]
    assert found.to_csv() == tool(*typed, "csv")
    assert without_files(found.to_json()) == without_files(tool(*typed, "json"))


def test_check(reviews, file, tool):
    found = lp.check(reviews, max=0.9, no_policy=True)
    assert without_files(found.to_json()) == without_files(tool("check", file, "--max", 0.9, "--no-policy", "--output", "json"))
    assert found.passed == (found.verdict == "pass")


def test_fit_and_validate(known, tmp_path, tool):
    human, llm = known
    (tmp_path / "human.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in human))
    (tmp_path / "llm.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in llm))
    files = ["--human", tmp_path / "human.jsonl", "--llm", f"toy={tmp_path / 'llm.jsonl'}"]
    reference = lp.fit(human, {"toy": llm}, name="toy")
    tool("fit", *files, "--name", "toy", "-o", tmp_path / "toy.json")
    made, by_tool = reference.to_dict(), json.loads((tmp_path / "toy.json").read_text())
    for record in (made, by_tool):
        [corpus.pop("files") for source in record["sources"] for corpus in source["corpora"]]
    assert made == by_tool
    options = {"alphas": "0,0.5", "sizes": "100", "replicates": "2"}
    flags = [item for name, value in options.items() for item in (f"--{name}", value)]
    found = lp.validate(human, {"toy": llm}, **options)
    assert found.to_csv() == tool("validate", *files, *flags, "--output", "csv")
    assert without_files(found.to_json()) == without_files(tool("validate", *files, *flags, "--output", "json"))
    share = lp.estimate(llm, reference=reference)
    reference.save(tmp_path / "saved.json")
    assert share.to_csv() == tool("estimate", tmp_path / "llm.jsonl", "--reference", tmp_path / "saved.json", "--output", "csv")


def test_scores_give_what_texts_give(reviews):
    scores = lp.score(reviews, by=["year", "venue"])
    of_texts = lp.estimate(reviews, by="year").to_csv()
    assert lp.estimate(scores, by="year").to_csv() == of_texts
    assert lp.estimate(scores.to_frame(), by="year").to_csv() == of_texts
    assert lp.trend(scores).to_csv() == lp.trend(reviews).to_csv()


@pytest.mark.skipif("LLM_PREVALENCE" not in os.environ, reason="the wheel's command writes no parquet")
def test_scores_and_occurrences(reviews, file, tool, tmp_path):
    scores, words = tmp_path / "scores.parquet", tmp_path / "words.parquet"
    tool("score", file, "--by", "year", "-o", scores, "--words", words)
    share = tool("estimate", scores, "--by", "year", "--output", "csv")
    course = tool("words", words, "--words", "delve,wind", "--output", "csv")
    assert lp.estimate(lp.score(reviews, by="year"), by="year").to_csv() == share
    assert lp.estimate(lp.score_batch(reviews, by="year"), by="year").to_csv() == share
    assert lp.words(lp.score(reviews, by="year", count_words=True), words="delve,wind").to_csv() == course
    assert lp.words(lp.count_words(reviews, by="year"), words="delve,wind").to_csv() == course


@pytest.mark.parametrize("name", ["reviews", "abstracts"])
def test_references(name, tool, tmp_path):
    embedded = lp.Reference(name)
    assert embedded.card == tool("reference", "show", name)
    embedded.save(tmp_path / "mine.json")
    read = lp.Reference(tmp_path / "mine.json")
    assert read.card == tool("reference", "show", tmp_path / "mine.json")
    assert (read.to_bytes(), read.name, read.embedded) == (embedded.to_bytes(), name, False)


def test_versions_are_one(reviews):
    record = lp.estimate(reviews).to_dict()
    assert record["schema_version"] == lp.SCHEMA_VERSION
    assert record["tool"]["version"] == lp.__version__


def test_results_are_pickled(reviews):
    found = lp.trend(reviews)
    again = pickle.loads(pickle.dumps(found))
    assert (again.to_json(), again.to_svg(), again.to_html()) == (found.to_json(), found.to_svg(), found.to_html())
    assert repr(again) == repr(found) and again.series[0].periods[0].alpha == found.series[0].periods[0].alpha


def test_every_result_is_a_page(reviews, known):
    human, llm = known
    validation = lp.validate(human, {"toy": llm}, alphas="0", sizes="100", replicates="1")
    for found in (lp.estimate(reviews), lp.trend(reviews), lp.words(reviews, words="delve"), lp.check(reviews, max=0.9, no_policy=True), validation):
        assert found.to_html().startswith("<!DOCTYPE html>") and "<table>" in found.to_html()


def test_a_batch_without_text_has_no_documents():
    assert lp.score({"text": ["Short.", ""], "year": [2020, 2020]}, by="year", text_field="text").n_documents == 0


def test_parts_give_what_the_whole_gives(reviews):
    pyarrow = pytest.importorskip("pyarrow")
    parts = [{name: values[at : at + 80] for name, values in reviews.items()} for at in range(0, 240, 80)]
    scores = pyarrow.concat_tables([pyarrow.table(lp.score_batch(part, by="year")) for part in parts])
    assert lp.estimate(scores, by="year").to_csv() == lp.estimate(reviews, by="year").to_csv()
    words = pyarrow.concat_tables([pyarrow.table(lp.count_words(part, by="year")) for part in parts])
    whole = lp.words(reviews, words="delve,wind").to_csv()
    assert lp.words(words, words="delve,wind").to_csv() == whole
    numbers = ["n_documents", "n_units", "sum_squares", "sum_products"]
    summed = words.group_by(["year", "word", "unit"]).aggregate([(name, "sum") for name in numbers])
    summed = summed.rename_columns(["year", "word", "unit", *numbers])
    assert lp.words(summed, words="delve,wind").to_csv() == whole


def test_signed_keys_are_read_by_their_bits_and_missing_ones_refused(reviews):
    pyarrow = pytest.importorskip("pyarrow")
    scores = pyarrow.table(lp.score_batch(reviews, by="year"))
    at = scores.column_names.index("document")
    signed = scores.set_column(at, "document", scores["document"].combine_chunks().view(pyarrow.int64()))
    assert lp.estimate(signed, by="year").to_csv() == lp.estimate(reviews, by="year").to_csv()
    without = scores.set_column(at, "document", pyarrow.nulls(len(scores), pyarrow.uint64()))
    with pytest.raises(ValueError, match="without a key"):
        lp.estimate(without, by="year")
