"""From Python's arguments to those of the command line tool, which checks them."""

from __future__ import annotations

import contextlib
import difflib
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from . import _core
from ._frames import with_arrow
from ._results import Reference, Scores

# Data frames, lists of texts, score tables, and names of files, folders or globs.
Data = Any


class Arguments:
    """The arguments of one call, with the tables in memory that they name."""

    def __init__(self, *command: str) -> None:
        self.typed: list[str] = ["llm-prevalence", *command]
        self.frames: list[tuple[str, Any]] = []
        self.stored: list[tuple[str, _core.Stored]] = []
        self.files = contextlib.ExitStack()

    def name(self, data: Data, wanted: str) -> list[str]:
        """Returns the names by which the tool refers to some data: paths as they are, tables in memory by a name like `wanted`."""
        if isinstance(data, (str, Path)):
            return [str(data)]
        if isinstance(data, (list, tuple)) and data and all(isinstance(item, Path) for item in data):
            return [str(item) for item in data]
        name = self._free(wanted)
        if isinstance(data, Scores):
            self.stored.append((name, data._stored))
            return [name]
        data = with_arrow(data, wanted)
        stored = _core.Stored.of_table(data) if _looks_stored(data) else None
        if stored is None:
            self.frames.append((name, data))
        else:
            self.stored.append((name, stored))
        return [name]

    def _free(self, wanted: str) -> str:
        taken = {name for name, _ in [*self.frames, *self.stored]}
        name, number = wanted, 2
        while name in taken or Path(name).exists():
            name, number = f"{wanted}-{number}", number + 1
        return name

    def reference(self, reference: Any) -> str:
        """Returns the name of an embedded reference, or the file of another."""
        return reference._typed_name(self.files) if isinstance(reference, Reference) else str(reference)

    def options(self, options: Mapping[str, Any]) -> None:
        """Adds options with the names of the flags: `control_before="2022-11-30"` is `--control-before 2022-11-30`."""
        for name, value in options.items():
            flag = "--" + name.strip("_").replace("_", "-")
            if value is None or value is False:
                continue
            if value is True:
                self.typed.append(flag)
                continue
            is_list = isinstance(value, (list, tuple, set, frozenset))
            for item in value if is_list else [value]:
                self.typed.append(f"{flag}={item}")

    def run(self, progress: bool | Callable[[str], object] | None) -> tuple[_core.Outcome, _core.Stored | None]:
        """Runs the command."""
        try:
            with self.files, _shown(progress) as report:
                return _core.run(self.typed, self.frames, self.stored, report)
        except _core.Error as error:
            raise _core.Error(_in_python(self.typed[1], str(error))) from None


# How the tool ends what it says of its arguments.
_SEE_HELP = "For more information, try '--help'."
# A flag, with the name of its value.
_FLAG = re.compile(r"'?--([a-z][a-z0-9-]*)(?:[ =]<[^>]*>)?(?:\.\.\.)?'?")


def _in_python(command: str, message: str) -> str:
    """Returns what the tool says of the arguments in words of Python, where flags are options of a function; other messages as they are."""
    if not message.endswith(_SEE_HELP):
        return message
    unknown = re.match(r"unexpected argument '--([^' ]*)' found", message)
    if unknown is None:
        # Without the last paragraphs: the usage of the command, and where its help is.
        said, _, _ = message.removesuffix(_SEE_HELP).rstrip("\n").partition("\n\nUsage: ")
        return f"{command}(): " + _FLAG.sub(lambda flag: _option(flag[1]), said)
    similar = re.search(r"a similar argument exists: '--([^' ]*)'", message)
    near = [similar[1]] if similar else difflib.get_close_matches(unknown[1], ["progress"])
    advice = f"did you mean {_option(near[0])}?" if near else f"`llm-prevalence {command} --help` has all options"
    return f"{command}() has no option {_option(unknown[1])}; {advice}"


def _option(flag: str) -> str:
    return flag.replace("-", "_")


def _looks_stored(data: Any) -> bool:
    names = getattr(data, "column_names", None)
    if names is None:
        names = getattr(getattr(data, "schema", None), "names", None)
    if names is None or callable(names):
        names = getattr(data, "columns", None)
    try:
        found = {str(name) for name in names} if names is not None else set()
    except TypeError:
        return False
    return {"document", "scores", "summary"} <= found or {"word", "sum_products", "unit"} <= found


@contextlib.contextmanager
def _shown(progress: bool | Callable[[str], object] | None) -> Iterator[Callable[[str], object] | None]:
    """Shows progress on standard error: asked for, or by default in a terminal or a notebook."""
    if callable(progress):
        yield progress
        return
    wanted = progress if progress is not None else sys.stderr is not None and (sys.stderr.isatty() or _in_notebook())
    if not wanted:
        yield None
        return
    width = 0

    def report(step: str) -> None:
        nonlocal width
        sys.stderr.write("\r" + step.ljust(width))
        sys.stderr.flush()
        width = max(width, len(step))

    try:
        yield report
    finally:
        if width:
            sys.stderr.write("\r" + " " * width + "\r")
            sys.stderr.flush()


def _in_notebook() -> bool:
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    # Other notebooks, such as Colab, have a class of their own below it.
    return shell is not None and "ZMQInteractiveShell" in [kind.__name__ for kind in type(shell).__mro__]


def columns(by: str | Sequence[str] | None) -> list[str]:
    """Returns the names of one or several columns as a list."""
    return [] if by is None else [by] if isinstance(by, str) else [str(name) for name in by]
