"""From Python's data to what the extension module reads: Arrow streams, and lists of strings."""

from __future__ import annotations

import datetime
import decimal
import numbers
from collections.abc import Iterable, Mapping
from typing import Any

from . import _core

_TAKEN = "a data frame of polars, pandas, pyarrow or DuckDB, a dictionary of lists, a list of strings, scores, or names of files"
# What Arrow has types for, but no column of a corpus: such columns are passed over, as they are in an Arrow stream.
_PASSED_OVER = (bytes, bytearray, datetime.timedelta, datetime.time)


def with_arrow(data: Any, name: str) -> Any:
    """Returns data that has an Arrow stream, or a list of strings.

    Raises:
        TypeError: where the data are neither, nor can be made so; `name` says which they are.
    """
    if isinstance(data, Mapping):
        return _table((str(column), values) for column, values in data.items())
    _refuse_lazy(data, name)
    if hasattr(data, "iloc") and hasattr(data, "columns"):
        frame = _with_periods_as_text(data)
        return frame if _has_stream(frame) else _table(_columns_of_pandas(frame))
    if any(hasattr(data, attribute) for attribute in ("columns", "column_names", "schema")):
        return data
    # A column of texts: a list, a Series, an array, or whatever can be gone through.
    if not isinstance(data, Iterable) or isinstance(data, (bytes, bytearray)):
        raise TypeError(f"{name}: {_named(data)} cannot be read [give {_TAKEN}]")
    values = data.to_pylist() if hasattr(data, "to_pylist") else data
    return [None if _is_missing(value) else value for value in values]


def _named(data: Any) -> str:
    return "None" if data is None else f"a value of type {type(data).__name__}"


def _refuse_lazy(data: Any, name: str) -> None:
    """Says how frames without rows yet are to be passed. Of the type alone, as polars warns where a lazy frame is asked for its columns."""
    kind = type(data)
    if kind.__name__ == "LazyFrame":
        raise TypeError(f"{name}: a LazyFrame has no rows yet [call .collect() on it]")
    if hasattr(kind, "toArrow") and not hasattr(kind, "__arrow_c_stream__"):
        raise TypeError(f"{name}: the rows of a Spark DataFrame are elsewhere [call .toArrow() on it, or score_batch in .mapInArrow()]")


def _with_periods_as_text(frame: Any) -> Any:
    """Returns a frame of pandas whose periods, such as the month 2023-01, are texts: in an Arrow stream they are numbers, as of 1970."""
    periods = [name for name, kind in frame.dtypes.items() if type(kind).__name__ == "PeriodDtype"]
    if not periods:
        return frame
    frame = frame.copy(deep=False)
    for name in periods:
        frame[name] = [None if _is_missing(period) else str(period) for period in frame[name]]
    return frame


def _has_stream(frame: Any) -> bool:
    """Returns whether pandas gives an Arrow stream: for that it needs pyarrow. Asked of no rows, as a stream of all is a copy."""
    try:
        frame.iloc[:0].__arrow_c_stream__()
    except (AttributeError, ImportError):
        return False
    return True


def _columns_of_pandas(frame: Any) -> Iterable[tuple[str, Iterable[Any]]]:
    """Returns the columns that pandas would put into a stream: its own, and those of an index with a name."""
    for at, name in enumerate(frame.columns):
        yield str(name), frame.iloc[:, at].array
    if type(frame.index).__name__ != "RangeIndex":
        for at, name in enumerate(frame.index.names):
            if name is not None:
                yield str(name), frame.index.get_level_values(at).array


def _table(columns: Iterable[tuple[str, Iterable[Any]]]) -> _core.Table:
    cells = [(name, _cells(name, values)) for name, values in columns]
    if not cells:
        raise ValueError(f"there is no column [give {_TAKEN}]")
    return _core.Table([(name, values) for name, values in cells if values is not None])


def _cells(name: str, values: Iterable[Any]) -> list[Any] | None:
    """Returns the values of a column as a table takes them; None for a column that is passed over."""
    cells: list[Any] = []
    for value in values:
        if isinstance(value, _PASSED_OVER) and not _is_missing(value):
            return None
        cells.append(None if _is_missing(value) else _cell(name, value))
    has_text = any(isinstance(cell, str) for cell in cells)
    return [None if cell is None else str(cell) for cell in cells] if has_text else cells


def _is_missing(value: Any) -> bool:
    if isinstance(value, str):
        return False
    # The latter are pandas' marks for what is missing among numbers, strings and times.
    return value is None or (isinstance(value, numbers.Real) and value != value) or type(value).__name__ in ("NAType", "NaTType")


def _cell(name: str, value: Any) -> Any:
    """Returns a value as text, number or truth value, written as the extension module writes those of Arrow."""
    if hasattr(value, "dtype") and getattr(value, "ndim", None) == 0:
        # A scalar of numpy; of 32 bits, the shortest number that is read as the same.
        value = float(str(value)) if value.dtype.kind == "f" else value.item()
    if isinstance(value, (str, bool, float)):
        return value
    if isinstance(value, datetime.datetime):
        return _moment(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, int):
        # What a table has no type for is text, as are then the other numbers of the column.
        return value if -(2**63) <= value < 2**63 else str(value)
    raise TypeError(
        f'column "{name}": values of type {type(value).__name__} are read from Arrow only '
        "[leave the column out, or make a data frame of it; pandas needs `pip install pyarrow` for that]"
    )


def _moment(value: datetime.datetime) -> str:
    """Returns a time in ISO 8601: of UTC if it has a time zone, and without zeros at the end of its seconds."""
    zone = "" if value.tzinfo is None else "Z"
    if zone:
        value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    text = value.isoformat()
    return (text.rstrip("0") if "." in text else text) + zone
