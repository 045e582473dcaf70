"""Which fraction of a corpus was written by large language models, with a calibrated interval.

    >>> import llm_prevalence as lp
    >>> texts = [f"Theorem {n} is proved by induction. We thank referee {n} for a shorter proof, and use it." for n in range(60)]
    >>> share = lp.estimate(texts, reference="abstracts")
    >>> 0 <= share.interval[0] <= share.alpha <= share.interval[1] <= 1
    True

Texts are a list of strings, or a data frame of polars, pandas, pyarrow or DuckDB with a column of text; names of files are read as
by the command line tool. Functions are called like its commands, options like its flags (`--control-before` is
`control_before`), and numbers are the same to the bit. Nothing is said of a single text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ._call import Arguments, Data, columns
from ._core import Error, SCHEMA_VERSION, Table, __version__
from ._results import Check, Estimate, Record, Reference, Result, Scores, Trend, Validation, Words

__all__ = [
    "SCHEMA_VERSION", "Check", "Error", "Estimate", "Record", "Reference", "Result", "Scores", "Table", "Trend", "Validation",
    "Words", "__version__", "check", "count_words", "estimate", "fit", "score", "score_batch", "trend", "validate", "words",
]  # fmt: skip

Progress = bool | Callable[[str], object] | None


def _target(
    command: str, texts: Data, by: str | Sequence[str] | None, control: Data | None, reference: Any, options: Mapping[str, Any]
) -> Arguments:
    arguments = Arguments(command)
    names = arguments.name(texts, "texts")
    if control is not None:
        arguments.options({"control": arguments.name(control, "control")})
    if reference is not None:
        arguments.options({"reference": arguments.reference(reference)})
    arguments.options({"by": columns(by), **options})
    arguments.typed += ["--", *names]
    return arguments


def estimate(
    texts: Data,
    *,
    by: str | Sequence[str] | None = None,
    control: Data | None = None,
    reference: str | Reference | None = None,
    progress: Progress = None,
    **options: Any,
) -> Estimate:
    """Estimates the LLM share of a corpus, or of each group in it, with its interval.

    Args:
        texts: a data frame with a column of text, a list of strings, `Scores`, or names of files.
        by: columns to group by.
        control: human text of the same kind, from before LLMs; or `control_before="2022-11-30"` for older rows of `texts`.
        reference: "reviews" (the default), "abstracts", a file, or a `Reference`.
        progress: whether to show what is being done, or what to call with it; by default in terminals and notebooks.
        options: other flags of `llm-prevalence estimate`, such as `level=0.9`, `unit="document"`, `text_field="body"`, `band=True`.

    Returns:
        The estimate: `alpha` (0 to 1), `interval`, and `estimates` with a record for each group.

    Raises:
        Error: what the command line tool says where it cannot do it.

    Examples:
        >>> import llm_prevalence as lp
        >>> texts = {"text": ["We prove it. It is new, and it holds for all cases that we know."] * 80, "year": [2023, 2024] * 40}
        >>> share = lp.estimate(texts, by="year", reference="abstracts")
        >>> [group.n_documents for group in share.estimates]
        [40, 40]
    """
    return Estimate(_target("estimate", texts, by, control, reference, options).run(progress)[0])


def trend(
    texts: Data,
    *,
    period: str = "year",
    by: str | Sequence[str] | None = None,
    control: Data | None = None,
    reference: str | Reference | None = None,
    progress: Progress = None,
    **options: Any,
) -> Trend:
    """Estimates the LLM share over time, its changes and its trend.

    Args:
        texts: as for `estimate`, with a column of dates or years (`date_field` names it).
        period: "year", "quarter", "month" or "week".
        by, control, reference, progress: as for `estimate`.
        options: other flags of `llm-prevalence trend`, such as `event="2023-03-14=GPT-4"`, `change="2023..2024"`.

    Returns:
        The trend, with a figure (`to_svg`). `series` has a record for each group, its `periods` one for each period: `alpha`
        and `interval` are shares of units (sentences, or documents with `unit="document"`), 0 to 1; `changes` has differences of
        two periods, -1 to 1. `to_frame()` has a row for each group and period.

    Raises:
        Error: what the command line tool says where it cannot do it.

    Examples:
        >>> import llm_prevalence as lp
        >>> texts = {"text": ["We prove it. It is new, and it holds for all cases that we know."] * 80, "year": [2023, 2024] * 40}
        >>> lp.trend(texts, reference="abstracts").to_svg().startswith("<svg")
        True
    """
    options = {"period": period, **options}
    return Trend(_target("trend", texts, by, control, reference, options).run(progress)[0])


def check(
    texts: Data,
    *,
    max: float | None = None,
    by: str | Sequence[str] | None = None,
    control: Data | None = None,
    reference: str | Reference | None = None,
    progress: Progress = None,
    **options: Any,
) -> Check:
    """Checks whether the LLM share of a batch is above what is allowed; the interval decides, not the point.

    Args:
        texts: as for `estimate`.
        max: the largest share that is allowed, 0 to 1.
        by, control, reference, progress: as for `estimate`.
        options: other flags of `llm-prevalence check`, such as `power=True`, `inconclusive="fail"`.

    Returns:
        The check: `verdict` ("pass", "fail" or "inconclusive") and `passed`.

    Raises:
        Error: what the command line tool says where it cannot do it.

    Examples:
        >>> import llm_prevalence as lp
        >>> texts = [f"Theorem {n} is proved by induction. We thank referee {n} for a shorter proof." for n in range(60)]
        >>> lp.check(texts, max=0.99, reference="abstracts", no_policy=True).verdict in ("pass", "inconclusive", "fail")
        True
    """
    options = {"max": max, **options}
    return Check(_target("check", texts, by, control, reference, options).run(progress)[0])


def words(
    texts: Data,
    *,
    period: str = "year",
    by: str | Sequence[str] | None = None,
    reference: str | Reference | None = None,
    progress: Progress = None,
    **options: Any,
) -> Words:
    """Finds words used more often than their trend from before LLMs predicts.

    Args:
        texts: as for `trend`, or `Scores` with occurrences of words, or a table of `count_words`.
        period, by, progress: as for `trend`.
        reference: whose LLM words are marked; "none" for none.
        options: other flags of `llm-prevalence words`, such as `words="delve,intricate"`, `baseline_before="2022-11-30"`, `top=50`.

    Returns:
        The words, with a figure (`to_svg`). `groups` has a record for each group, its `words` one for each word: `rates` has one
        for each period, with `rate` and `interval` as the share of units that have the word, 0 to 1; `excess.difference` is in the
        same unit, `excess.ratio` is observed by expected. `to_frame()` has a row for each group, word and period.

    Raises:
        Error: what the command line tool says where it cannot do it.

    Examples:
        >>> import llm_prevalence as lp
        >>> texts = {"text": ["We prove it. It is new and it holds."] * 90, "year": [2020, 2021, 2024] * 30}
        >>> [word.word for word in lp.words(texts, words="new", reference="none").groups[0].words]
        ['new']
    """
    options = {"period": period, **options}
    return Words(_target("words", texts, by, None, reference, options).run(progress)[0])


def score(
    texts: Data,
    *,
    by: str | Sequence[str] | None = None,
    reference: str | Reference | None = None,
    count_words: bool = False,
    progress: Progress = None,
    **options: Any,
) -> Scores:
    """Scores texts: a table without text, which `estimate`, `trend`, `check` and `words` take in place of texts.

    Args:
        texts: as for `estimate`.
        by: columns to keep.
        reference, progress: as for `estimate`.
        count_words: whether to count the occurrences of every word, too.
        options: other flags of `llm-prevalence score`, such as `salt="secret"`, `sample=1000`.

    Returns:
        The scores; `to_frame()` is a table that can be stored. It has a row for each document, without text: the columns of `by`,
        `document` (a key, 64 bits), `scores` (for each sentence a natural log ratio of LLM to human text per LLM of the reference,
        sentence after sentence), `pooled` (one for each sentence, if the reference has strata) and `word_counts` (its words, those
        that the reference knows, its sentences of more than 100 words, and the words in these); a last row has only `summary`, what
        all have in common.

    Raises:
        Error: what the command line tool says where it cannot do it.

    Examples:
        >>> import llm_prevalence as lp
        >>> scores = lp.score(["We prove it. It is new, and it holds for all cases."] * 60, reference="abstracts")
        >>> scores.n_documents
        60
    """
    # The command needs names of files; a call writes none.
    words = "words.parquet" if count_words else None
    arguments = _target("score", texts, by, None, reference, {**options, "words": words})
    arguments.typed[2:2] = ["-o", "scores.parquet"]
    _, stored = arguments.run(progress)
    assert stored is not None
    return Scores(stored)


def score_batch(
    batch: Data, *, by: str | Sequence[str] | None = None, reference: str | Reference | None = None, **options: Any
) -> Table:
    """Scores a part of a corpus, for engines that hold the rest: a table of scores, to be concatenated with those of other parts.

    A function of the batch alone, without state. `estimate`, `trend` and `check` take the concatenated tables; the numbers are
    those of the whole corpus, whatever the parts.

    Args:
        batch: a data frame with a column of text, such as a RecordBatch, or a list of strings.
        by: columns to keep.
        reference: as for `estimate`.
        options: other flags of `llm-prevalence score`.

    Returns:
        A table of one batch, with the rows and columns of `score(...).to_frame()`: n + 1 rows for n documents that have sentences.

    Raises:
        Error: what the command line tool says where it cannot do it.
        TypeError: where `batch` is no texts.

    Examples:
        >>> import llm_prevalence as lp
        >>> parts = [lp.score_batch([f"We prove it. It is new, and {n} cases hold." for n in range(60)], reference="abstracts") for _ in range(2)]
        >>> [len(part) for part in parts]
        [61, 61]
    """
    return score(batch, by=by, reference=reference, progress=False, **options).to_frame()


def count_words(batch: Data, *, by: str | Sequence[str] | None = None, **options: Any) -> Table:
    """Counts the occurrences of words in a part of a corpus, for engines that hold the rest: a row per group and word.

    Tables of several parts are concatenated, or summed by all columns but the four numbers. `words` takes the result; its
    date column has to be among `by`.

    Args:
        batch: as for `score_batch`.
        by: columns to group by.
        options: other flags of `llm-prevalence score`.

    Returns:
        A table of one batch: the columns of `by`, `word` (null for the group as a whole), the four numbers and `unit` (of text:
        "sentence" or "document"). `n_documents` and `n_units` count the documents and units that have the word; over documents,
        `sum_squares` adds up the square of a document's units with the word, `sum_products` these times all its units.

    Raises:
        Error: what the command line tool says where it cannot do it.
        TypeError: where `batch` is no texts.

    Examples:
        >>> import llm_prevalence as lp
        >>> part = lp.count_words({"text": ["We prove it. It is new and it holds."] * 60, "year": [2024] * 60}, by="year")
        >>> part.column_names[:2]
        ['year', 'word']
    """
    return score(batch, by=by, count_words=True, progress=False, **options).words_frame()


def _known(command: str, human: Data | None, llm: Mapping[str, Data] | Data, options: Mapping[str, Any]) -> Arguments:
    arguments = Arguments(command)
    if human is not None:
        arguments.options({"human": arguments.name(human, "human")})
    sources = llm if isinstance(llm, Mapping) and "source_field" not in options else None
    if sources is None:
        arguments.options({"llm": arguments.name(llm, "llm")})
    else:
        for source, texts in sources.items():
            arguments.options({"llm": [f"{source}={name}" for name in arguments.name(texts, f"llm-{source}")]})
    arguments.options(options)
    return arguments


def fit(
    human: Data | None,
    llm: Mapping[str, Data] | Data,
    *,
    name: str = "reference",
    progress: Progress = None,
    **options: Any,
) -> Reference:
    """Makes a reference from texts of known source.

    Args:
        human: human texts, as for `estimate`; a column `forum`, `paper` or that of `split_by` keeps documents together.
        llm: a mapping from the name of each LLM to its texts; or texts of several with `source_field` naming the column of their names.
        name: what to call it.
        progress: as for `estimate`.
        options: other flags of `llm-prevalence fit`, such as `stratum="venue,year"`, `unit="document"`.

    Returns:
        The reference; `save` writes it to a file.

    Raises:
        Error: what the command line tool says where it cannot do it.

    Examples:
        >>> import llm_prevalence as lp
        >>> human = [f"I liked part {n}. The proof is wrong in step {n}, I think." for n in range(300)]
        >>> llm = [f"Part {n} is commendable, I think. The authors delve into step {n}." for n in range(300)]
        >>> lp.fit(human, {"toy": llm}, name="toy-reviews").name
        'toy-reviews'
    """
    arguments = _known("fit", human, llm, {"name": name, **options})
    arguments.typed += ["-o", "reference.json"]
    outcome, _ = arguments.run(progress)
    assert outcome.reference is not None
    return Reference._of(outcome.reference)


def validate(
    human: Data | None,
    llm: Mapping[str, Data] | Data,
    *,
    reference: str | Reference | None = None,
    progress: Progress = None,
    **options: Any,
) -> Validation:
    """Examines on mixtures of known share whether the number holds, and learns the systematic error.

    Args:
        human, llm: as for `fit`.
        reference: the reference to examine; none: one is fitted in turn for each part of the texts.
        progress: as for `estimate`.
        options: other flags of `llm-prevalence validate`, such as `leave_out="component"`, `alphas="0,0.2"`, `replicates=20`.

    Returns:
        The validation, with a figure (`to_svg`); `learnt` is the reference with its systematic error. `cells` has a record for each
        true share (`alpha`, 0 to 1) and size of mixture (`n_units`, in units), its `methods` one for each method: `bias`,
        `mean_absolute_error`, `rmse` and `mean_width` are shares of units, `coverage` and `flagged` shares of the mixtures. `to_frame()`
        has a row for each of these.

    Raises:
        Error: what the command line tool says where it cannot do it.

    Examples:
        >>> import llm_prevalence as lp
        >>> human = [f"I liked part {n}. The proof is wrong in step {n}, I think." for n in range(300)]
        >>> llm = [f"Part {n} is commendable, I think. The authors delve into step {n}." for n in range(300)]
        >>> found = lp.validate(human, {"toy": llm}, alphas="0,0.5", sizes=100, replicates=2)
        >>> len(found.to_frame()) > 0
        True
    """
    chosen = {} if reference is None else {"reference": None}
    arguments = _known("validate", human, llm, {**options, **chosen})
    if reference is not None:
        arguments.options({"reference": arguments.reference(reference)})
    return Validation(arguments.run(progress)[0])
