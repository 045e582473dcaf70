"""The examples in docstrings hold."""

import doctest

import llm_prevalence


def test_docstrings():
    found = doctest.testmod(llm_prevalence)
    assert found.failed == 0 and found.attempted > 15
