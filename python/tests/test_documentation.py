"""The examples in docstrings hold."""

import doctest
import inspect

import pytest

import llm_prevalence
from llm_prevalence import _results


@pytest.mark.parametrize(("module", "at_least"), [(llm_prevalence, 16), (_results, 12)])
def test_docstrings(module, at_least):
    found = doctest.testmod(module)
    assert found.failed == 0 and found.attempted >= at_least


def test_every_function_has_an_example():
    functions = [getattr(llm_prevalence, name) for name in llm_prevalence.__all__ if inspect.isfunction(getattr(llm_prevalence, name))]
    assert {"estimate", "score_batch"} <= {function.__name__ for function in functions}
    assert [function.__name__ for function in functions if ">>>" not in (function.__doc__ or "")] == []
