"""The examples in docstrings hold."""

import doctest

import pytest

import llm_prevalence
from llm_prevalence import _results


@pytest.mark.parametrize(("module", "at_least"), [(llm_prevalence, 16), (_results, 12)])
def test_docstrings(module, at_least):
    found = doctest.testmod(module)
    assert found.failed == 0 and found.attempted >= at_least
