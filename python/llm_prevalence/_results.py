"""Results: objects with attributes, which print as the terminal's tables do."""

from __future__ import annotations

import contextlib
import csv
import html
import io
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from . import _core


class Record(SimpleNamespace):
    """A part of a result, with its fields as attributes."""


def _attributes(value: Any) -> Any:
    if isinstance(value, dict):
        return Record(**{str(name).replace("-", "_"): _attributes(item) for name, item in value.items()})
    if isinstance(value, list):
        return [_attributes(item) for item in value]
    return value


class Result:
    """A result of the tool: the fields of its JSON record as attributes.

    `print(result)` is the table of the terminal; in a notebook it is shown as a table with the figure, where there is one.

    Examples:
        >>> import llm_prevalence as lp
        >>> texts = {"text": ["We prove it. It is new, and it holds for all cases that we know."] * 80, "year": [2023, 2024] * 40}
        >>> share = lp.estimate(texts, by="year", reference="abstracts")
        >>> share.to_frame().column_names[:5]
        ['year', 'unit', 'n_documents', 'n_units', 'alpha']
        >>> [group["n_units"] for group in share.to_dict()["estimates"]]
        [80, 80]
        >>> share.to_json().startswith("{") and share.to_csv().startswith("year,") and "2023" in repr(share)
        True
    """

    def __init__(self, outcome: _core.Outcome) -> None:
        self._outcome = outcome
        self._record: dict[str, Any] = json.loads(outcome.json)
        self._fields = _attributes(self._record)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return getattr(self._fields, name)
        except AttributeError:
            known = ", ".join(sorted(vars(self._fields)))
            raise AttributeError(f"{type(self).__name__} has no {name!r} [fields: {known}]") from None

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *vars(self._fields)})

    def __repr__(self) -> str:
        return self._outcome.table.rstrip("\n")

    def to_dict(self) -> dict[str, Any]:
        """Returns the record as plain dictionaries and lists, as the tool writes it with `--output json`."""
        record: dict[str, Any] = json.loads(self._outcome.json)
        return record

    def to_json(self) -> str:
        """Returns the record as JSON, byte for byte what the tool writes with `--output json`."""
        return self._outcome.json

    def to_csv(self) -> str:
        """Returns the rows as CSV, byte for byte what the tool writes with `--output csv`."""
        return self._outcome.csv

    def to_markdown(self) -> str:
        """Returns the table for a document."""
        return self._outcome.markdown

    def to_html(self) -> str:
        """Returns the result as one page that opens without a network: tables, figure, methods and downloads.

        Raises:
            ValueError: where there is nothing to draw.
        """
        if self._outcome.html is None:
            raise ValueError(f"{type(self).__name__} has nothing to draw")
        return self._outcome.html

    def to_svg(self) -> str:
        """Returns the figure as SVG.

        Raises:
            ValueError: where the result has no figure.
        """
        if self._outcome.svg is None:
            raise ValueError(f"{type(self).__name__} has no figure")
        return self._outcome.svg

    def to_frame(self, sources: bool = False) -> _core.Table:
        """Returns the rows as a table that polars, pandas, pyarrow and DuckDB take: `polars.DataFrame(result.to_frame())`.

        A row is a group, or a group and period. With `sources` there is also one for each source of each, and the column `source`:
        the CSV of the command line tool. Shares are 0 to 1; what has no value is null.
        """
        table = columns_of_csv(self._outcome.csv)
        kinds = _kinds(table)
        if not sources and ALL_LLMS in table.get("source", ()):
            kept = [at for at, source in enumerate(table["source"]) if source == ALL_LLMS]
            table = {name: [values[at] for at in kept] for name, values in table.items() if name not in ("source", "identified")}
        return _core.Table([(name, _typed(kinds[name], values)) for name, values in table.items()], kinds)

    def _repr_html_(self) -> str:
        table = f"<pre>{html.escape(repr(self))}</pre>"
        return table if self._outcome.svg is None else f"{table}\n<div>{self._outcome.svg}</div>"


# What rows of a group as a whole have in the column `source`.
ALL_LLMS = "all_llms"


def columns_of_csv(text: str) -> dict[str, list[str]]:
    """Returns the columns of CSV, as they are written."""
    names, *rows = csv.reader(io.StringIO(text))
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


# What the tool's own columns hold, whatever values there are.
_KINDS = {
    name: kind
    for kind, names in {
        "float": """
            alpha standard_error lower upper level sampling_lower sampling_upper band_lower band_upper systematic_error
            mixed_share mixed_lower mixed_upper bound_documents bound_upper_generated bound_upper_rewritten bound_breakdown
            design_effect p_zero misfit_distance misfit_tolerance misfit_p_value
            llm_log_ratio rate expected excess_difference excess_difference_lower excess_difference_upper
            excess_ratio excess_ratio_lower excess_ratio_upper p_value p_adjusted
            mean_estimate bias mean_absolute_error worst_error rmse coverage mean_width flagged
        """,
        "int": "n_documents n_units n_units_with n_mixtures",
        "bool": "identified misfit_flagged unlike_text small is_llm_word is_baseline is_excess_period",
        "str": """
            source unit human_text text reference reference_sha256 warnings period_first period_last artefact word left_out method
        """,
    }.items()
    for name in names.split()
}
_READ: dict[str, Callable[[str], Any]] = {"float": float, "int": int, "bool": {"true": True, "false": False}.__getitem__, "str": str}


def _kinds(table: dict[str, list[str]]) -> dict[str, str]:
    """Returns the types of the columns: of the tool's own always the same, of others `int` if all values are whole numbers, else `str`.

    So a group such as "007", "2023_01" or "1.10" stays a text.
    """
    names = list(table)
    # Columns of groups stand before this one, and may have any other name.
    n_groups = names.index("source") if "source" in names else 0
    own = {name: _KINDS[name] for name in names[n_groups:] if name in _KINDS}
    return {name: own.get(name) or _kind(values) for name, values in table.items()}


def _kind(values: list[str]) -> str:
    return "int" if any(values) and all(_is_whole(value) for value in values if value) else "str"


def _is_whole(value: str) -> bool:
    """Returns whether a value is a number of 64 bits, in the only way to write it."""
    return re.fullmatch("0|-?[1-9][0-9]{0,18}", value) is not None and abs(int(value)) < 2**63


def _typed(kind: str, values: list[str]) -> list[Any]:
    """Returns the values of a column; what is empty is missing."""
    return [_READ[kind](value) if value else None for value in values]


class Estimate(Result):
    """The LLM share of a corpus, or of each of its groups: `estimates` has one record for each.

    `alpha` and `interval` are those of the only group; of several groups `to_frame()` has a row each.
    """

    @property
    def alpha(self) -> float | None:
        """LLM share of units, 0 to 1; None where there is too little text."""
        alpha: float | None = getattr(self._only(), "alpha", None)
        return alpha

    @property
    def interval(self) -> tuple[float, float] | None:
        """Ends of the interval, 0 to 1; None where there is too little text."""
        interval = getattr(self._only(), "interval", None)
        return None if interval is None else (interval.lower, interval.upper)

    def _only(self) -> Record:
        targets = [group for group in self._fields.estimates if not getattr(group, "placebo", False)]
        if len(targets) != 1:
            raise ValueError(f"{len(targets)} groups have a share each [use .estimates or .to_frame()]")
        only: Record = targets[0]
        return only


class Trend(Result):
    """The LLM share over time, with its changes and its trend."""


class Words(Result):
    """Words used more often than their trend from before LLMs predicts."""


class Check(Result):
    """The verdict on a batch."""

    @property
    def passed(self) -> bool:
        """Whether the share is surely not above what is allowed."""
        return bool(self._fields.verdict == "pass")

    def to_frame(self, sources: bool = False) -> _core.Table:
        """Returns a row for each group: its share, interval and verdict."""
        rows = [_flat(group) for group in self._record["groups"]]
        names = list(dict.fromkeys(name for row in rows for name in row))
        return _core.Table([(name, _of_one_type([row.get(name) for row in rows])) for name in names])

    def to_csv(self) -> str:
        """Check has no CSV; `to_frame()` has a row for each group."""
        raise ValueError("check has no CSV [use to_frame()]")


def _flat(record: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            flat.update(_flat(value, f"{prefix}{name}_"))
        else:
            flat[prefix + name] = json.dumps(value) if isinstance(value, list) else value
    return flat


def _of_one_type(values: list[Any]) -> list[Any]:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int, float}:
        return [None if value is None else float(value) for value in values]
    return values if len(kinds) <= 1 else [None if value is None else str(value) for value in values]


class Validation(Result):
    """How estimates of mixtures of known share come out; `reference` has learnt its systematic error."""

    @property
    def learnt(self) -> Reference | None:
        """The reference with its systematic error, ready for `save`; None where it was fitted for each fold."""
        return None if self._outcome.reference is None else Reference._of(self._outcome.reference)


class Scores:
    """Scores of units, and occurrences of words where they were counted: what estimates are made from, without text.

    Pass it to `estimate`, `trend` and `check` (scores) or to `words` (occurrences) in place of texts.

    Examples:
        >>> import llm_prevalence as lp
        >>> scores = lp.score(["We prove it. It is new, and it holds for all cases."] * 60, reference="abstracts", count_words=True)
        >>> scores.to_dict()
        {'reference': 'abstracts', 'columns': [], 'n_documents': 60, 'n_units': 120}
        >>> scores.to_frame().column_names, len(scores.to_frame())
        (['document', 'scores', 'pooled', 'summary', 'word_counts'], 61)
        >>> scores.words_frame().column_names[:3]
        ['word', 'n_documents', 'n_units']
    """

    def __init__(self, stored: _core.Stored) -> None:
        self._stored = stored

    @property
    def n_documents(self) -> int:
        """Number of documents with scores."""
        return self._stored.n_documents

    @property
    def n_units(self) -> int:
        """Number of their units."""
        return self._stored.n_units

    def to_frame(self) -> _core.Table:
        """Returns the scores, a row per document, and a last row with what all have in common; tables of parts of a corpus are concatenated."""
        return self._stored.scores()

    def words_frame(self) -> _core.Table:
        """Returns the occurrences of words, a row per group and word; tables of parts of a corpus are concatenated, or summed.

        Raises:
            ValueError: where no words were counted.
        """
        return self._stored.words()

    def to_dict(self) -> dict[str, Any]:
        """Returns what they are of: the reference, the columns to group by, the numbers of documents and of units."""
        stored = self._stored
        return {
            "reference": stored.reference, "columns": stored.columns, "n_documents": stored.n_documents, "n_units": stored.n_units,
        }  # fmt: skip

    def __repr__(self) -> str:
        return f"Scores({self.n_documents} documents, {self.n_units} units, reference {self._stored.reference!r})"

    def _repr_html_(self) -> str:
        named = self.to_dict() | {"columns": ", ".join(self._stored.columns)}
        cells = (f"<tr><th>{html.escape(name)}</th><td>{html.escape(str(value))}</td></tr>" for name, value in named.items())
        return f"<table>{''.join(cells)}</table>"


class Reference:
    """What is known of human and LLM text: embedded (`Reference("reviews")`), from a file, or made by `fit`.

    Examples:
        >>> import llm_prevalence as lp
        >>> reference = lp.Reference("abstracts")
        >>> reference.name, reference.embedded, reference.to_dict()["card"]["name"]
        ('abstracts', True, 'abstracts')
        >>> reference.card.startswith("abstracts: ")
        True
    """

    def __init__(self, name: str | Path) -> None:
        """Finds an embedded reference by name, or reads a file.

        Raises:
            Error: where there is no such reference.
        """
        outcome, _ = _core.run(["llm-prevalence", "reference", "show", str(name)], [], [], None)
        assert outcome.reference is not None
        self._read(outcome.reference, outcome.table, embedded=str(name) in ("reviews", "abstracts"))

    @classmethod
    def _of(cls, file: bytes) -> Reference:
        reference = cls.__new__(cls)
        reference._read(file, None, embedded=False)
        return reference

    def _read(self, file: bytes, card: str | None, embedded: bool) -> None:
        self._file, self._card, self.embedded = file, card, embedded
        self.name: str = json.loads(file)["card"]["name"]

    def _typed_name(self, files: contextlib.ExitStack) -> str:
        """Returns the name by which the tool finds it: its own if it is embedded, else that of a file that goes with `files`."""
        if self.embedded:
            return self.name
        folder = files.enter_context(tempfile.TemporaryDirectory(prefix="llm-prevalence-"))
        path = Path(folder) / f"{Path(self.name).name or 'reference'}.reference.json"
        path.write_bytes(self._file)
        return str(path)

    @property
    def card(self) -> str:
        """The card: what it was made of, and what was measured of it."""
        if self._card is None:
            with contextlib.ExitStack() as files:
                outcome, _ = _core.run(["llm-prevalence", "reference", "show", self._typed_name(files)], [], [], None)
            self._card = outcome.table
        return self._card

    def to_bytes(self) -> bytes:
        """Returns its file's content."""
        return self._file

    def to_dict(self) -> dict[str, Any]:
        """Returns its file's content as plain dictionaries and lists."""
        content: dict[str, Any] = json.loads(self._file)
        return content

    def save(self, path: str | Path) -> None:
        """Writes it to a file, which the command line tool reads as well."""
        Path(path).write_bytes(self._file)

    def __repr__(self) -> str:
        return self.card.rstrip("\n")

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(repr(self))}</pre>"
