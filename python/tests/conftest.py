"""Invented texts: two ways of writing, so that shares differ between groups."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

PLAIN = [
    "I liked the part on kites in rain.", "The proof is wrong in step {n}, I think.", "Why not test more than {n} strings?",
    "I do not see why wind {n} matters here.", "Figure {n} is hard to read.", "This has been done before, in my view.",
]  # fmt: skip
FLOWERY = [
    "The paper presents a commendable exploration of kite dynamics.", "The authors meticulously delve into {n} intricate scenarios.",
    "Overall, this work showcases innovative and robust methodology.", "The comprehensive evaluation underscores its pivotal potential.",
    "Enhancing clarity in section {n} would further strengthen the manuscript.", "The proposed framework is both novel and impactful.",
]  # fmt: skip


def _text(numbers: random.Random, sentences: list[str]) -> str:
    return " ".join(sentence.format(n=numbers.randint(2, 99)) for sentence in numbers.sample(sentences, 5))


@pytest.fixture(scope="session")
def reviews() -> dict[str, list]:
    """240 reviews of four years; from 2023 on a part of them is flowery."""
    numbers = random.Random(1)
    rows = {"id": [], "review": [], "year": [], "venue": []}
    for at in range(240):
        year = 2020 + at % 5
        flowery = year >= 2023 and numbers.random() < 0.5
        rows["id"].append(f"r{at}")
        rows["review"].append(_text(numbers, FLOWERY if flowery else PLAIN))
        rows["year"].append(year)
        rows["venue"].append("Kites" if at % 2 else "Bats")
    return rows


@pytest.fixture(scope="session")
def known() -> tuple[list[str], list[str]]:
    """Texts of known source: people use an LLM's phrases now and then, and an LLM theirs."""
    numbers = random.Random(2)
    human = [_text(numbers, FLOWERY if at % 10 == 0 else PLAIN) for at in range(300)]
    llm = [_text(numbers, PLAIN if at % 10 == 0 else FLOWERY) for at in range(300)]
    return human, llm


@pytest.fixture(scope="session")
def file(reviews, tmp_path_factory) -> Path:
    """The reviews as JSON Lines, for the command line tool."""
    path = tmp_path_factory.mktemp("files") / "texts.jsonl"
    rows = [dict(zip(reviews, row)) for row in zip(*reviews.values())]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture(scope="session")
def finished():
    """Runs the command line tool in a process of its own: `$LLM_PREVALENCE`, the one that cargo builds, or else the wheel's."""
    binary = os.environ.get("LLM_PREVALENCE")
    command = [binary] if binary else [sys.executable, "-m", "llm_prevalence"]

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, *map(str, arguments)], capture_output=True, text=True)

    return run


@pytest.fixture(scope="session")
def tool(finished):
    """Runs the command line tool, and returns what it prints."""

    def run(*arguments: object) -> str:
        found = finished(*arguments)
        assert found.returncode == 0, found.stderr
        return found.stdout

    return run
