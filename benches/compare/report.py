"""Writes the parts of reports/compare.md."""

import datetime
import hashlib
import json
import os
import platform
import subprocess
import textwrap
from importlib.metadata import version
from pathlib import Path

YARDSTICK = "llm-prevalence estimate, 1 thread"
YARDSTICK_OF_SENTENCES = "llm-prevalence, 1 thread"
PACKAGES = ["numpy", "scipy", "pyarrow", "quapy", "scikit-learn", "spacy", "tokenizers"]
RATIOS = ["x wall", "x CPU", "x memory"]


def number(value: float) -> str:
    """Returns a number with about three figures."""
    if value >= 100:
        return f"{value:,.0f}"
    if value < 0.01:
        return f"{value:.2g}"
    return f"{value:.{1 if value >= 10 else 2 if value >= 1 else 3}f}"


def above(floor: float, mebibytes: float, unit: float = 1) -> str:
    """Returns memory in some unit, or what it is less than where it cannot be told from the floor."""
    seen = mebibytes > 1.05 * floor
    return ("" if seen else "< ") + number((mebibytes if seen else 1.05 * floor) / unit)


def table(head: list[str], rows: list[list[str]], n_left: int = 1) -> str:
    """Returns a Markdown table; its first columns are set to the left, the others to the right."""
    rule = [":--" if at < n_left else "--:" for at in range(len(head))]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, rule, *rows]) + "\n"


def prose(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), 118, break_on_hyphens=False) + "\n"


def first_line(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]


def processor() -> str:
    """Returns the model of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()


def head(n_runs: int, load: float, floor: float, files: list[Path], data: Path, tool: str) -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    hashes = "\n".join(
        f"- `{file.relative_to(data)}` {hashlib.sha256(file.read_bytes()).hexdigest()[:16]}" for file in sorted(files)
    )
    return "\n".join(
        [
            "# Beside other programs\n",
            prose(
                f"""Printed by `benches/compare/run`. Every run is a process of its own, start included. The programs take
                turns. Figures are {f"medians of {n_runs} runs" if n_runs > 1 else "of one run"}. CPU seconds are user and
                system time. Peak memory is the resident set; less than {number(1.05 * floor)} MiB cannot be seen. Seconds
                depend on the machine and on what else it does; ratios do so less."""
            ),
            prose(
                f"""Date {datetime.datetime.now(datetime.UTC):%Y-%m-%d}, {first_line(tool, "--version")}. Machine:
                {processor()}, {os.cpu_count()} cores, {platform.system()}, load {load:.1f} at the start. Python
                {platform.python_version()}, {versions}, {first_line("wc", "--version")}. Data:"""
            ),
            f"{hashes}\n",
        ]
    )


def ratios(used, yardstick, floor: float = 0) -> list[str]:
    """Returns how many times the yardstick's seconds, CPU seconds and memory a program used."""
    times = [number(used.seconds / yardstick.seconds), number(used.cpu / yardstick.cpu)]
    return [*times, above(floor, used.mebibytes, yardstick.mebibytes)]


def of_texts(texts: dict, does: dict[str, str], floor: float) -> str:
    size = max(texts[YARDSTICK])
    rows, n_scaled = [], 0
    for name, by_size in texts.items():
        used = by_size[size]
        n_scaled += used.scaled_from is not None
        shown = f"{name} (scaled from {used.scaled_from:g} MB)" if used.scaled_from else name
        rates = [number(size / used.seconds), number(size / used.cpu), above(floor, used.mebibytes)]
        rows.append([shown, does[name], *rates, *ratios(used, texts[YARDSTICK][size], floor)])
    of_scaled = """A program that would have taken too long read a smaller text, and its seconds are scaled in
        proportion; its memory is that of the smaller text."""
    return "\n".join(
        [
            f"## {size:,g} MB of reviews\n",
            prose(
                f"""The text is JSON Lines: the reviews, over and over up to {size:,g} MB. MB are of the whole file. `estimate` and
                `score` also cut what is not prose and look at the language. `estimate` fits its model to a part of a large
                corpus, so part of its time does not grow with the text. spaCy (blank English, sentencizer, `\\w+` in lower case)
                and HF tokenizers (BertPreTokenizer, lower case) only split the text; Python calls them and reads the JSON. The
                last three are floors: they see bytes and read no JSON. All but `llm-prevalence` run on one thread. The columns
                with x are ratios to `{YARDSTICK}`; more than 1 is more seconds or memory than that.
                {of_scaled if n_scaled else ""}"""
            ),
            table(["program", "from what to what", "MB/s", "MB per CPU-second", "peak MiB", *RATIOS], rows, 2),
        ]
    )


def of_sizes(texts: dict, floor: float) -> str:
    sizes = list(texts[YARDSTICK])
    seconds, memory = [], []
    for name, by_size in texts.items():
        used = [by_size[size] for size in sizes]
        seconds.append([name, *(number(one.seconds) + (" (scaled)" if one.scaled_from else "") for one in used)])
        memory.append([name, *("-" if one.scaled_from else above(floor, one.mebibytes) for one in used)])
    titles = ["program", *(f"{size:,g} MB" for size in sizes)]
    any_scaled = any(used.scaled_from for by_size in texts.values() for used in by_size.values())
    return "\n".join(
        [
            "## From small to large\n",
            "![Seconds by size of the text](compare.svg)\n",
            "Hollow markers are scaled. Seconds:\n" if any_scaled else "Seconds:\n",
            table(titles, seconds),
            "Peak memory, MiB:\n",
            table(titles, memory),
        ]
    )


def of_threads(texts: dict, fits: dict, estimates: dict) -> str:
    rows = []
    for command in ("estimate", "score"):
        one, two = (texts[f"llm-prevalence {command}, {threads}"] for threads in ("1 thread", "2 threads"))
        rows += [(f"`{command}`, {size:,g} MB of reviews", one[size], two[size]) for size in one]
    for step, used in (("fit", fits), ("estimate", estimates)):
        one, two = (used[f"llm-prevalence, {threads}"] for threads in ("1 thread", "2 threads"))
        rows.append((f"`{step}`, sentences", one, two))
    cells = [
        [what, number(one.seconds), number(two.seconds), number(one.seconds / two.seconds), number(two.cpu / one.cpu)]
        for what, one, two in rows
    ]
    titles = ["llm-prevalence", "seconds, 1 thread", "seconds, 2 threads", "times as fast", "times the CPU seconds"]
    return "\n".join(["## From one thread to two\n", table(titles, cells)])


def share(output: str) -> str:
    """Returns the share and the interval that a program printed, in percent."""
    if output.startswith("{"):
        (estimate,) = json.loads(output)["estimates"]
        numbers = [estimate["alpha"], estimate["interval"]["lower"], estimate["interval"]["upper"]]
    else:
        numbers = [float(word) for word in output.split()]
    alpha, lower, upper = (100 * value for value in numbers)
    return f"{alpha:.2f} ({lower:.2f} to {upper:.2f})"


def of_sentences(estimates: dict, does: dict[str, str], fits: dict, does_in_fits: dict[str, str]) -> str:
    def cells(name: str, what: str, used, yardstick) -> list[str]:
        figures = [number(used.seconds), number(used.cpu), number(used.mebibytes)]
        return [name, what, *figures, *ratios(used, yardstick)]

    of_estimates = [
        [*cells(name, does[name], used, estimates[YARDSTICK_OF_SENTENCES]), share(used.output)]
        for name, used in estimates.items()
    ]
    of_fits = [cells(name, does_in_fits[name], used, fits[YARDSTICK_OF_SENTENCES]) for name, used in fits.items()]
    titles = ["program", "what it does", "seconds", "CPU seconds", "peak MiB", *RATIOS]
    return "\n".join(
        [
            "## 30,000 sentences to a share and an interval\n",
            prose(
                f"""Computer science sentences of Liang et al. (2024), split into words; an LLM wrote 10 % of them. All programs fit
                on the same human and LLM sentences first. The published estimator is written anew with numpy and scipy from the
                formulas of the paper, not from its code; `--method liang` is the same estimator in `llm-prevalence`. QuaPy's EMQ
                takes the same words as features. Both take the words of at least 5 human and 3 LLM sentences, as
                `llm-prevalence fit` does, and run on one thread; QuaPy would use all. The intervals differ in
                meaning: that of `llm-prevalence` also allows for the reference, a bootstrap of sentences does not. The columns
                with x are ratios to `{YARDSTICK_OF_SENTENCES}`."""
            ),
            table([*titles, "share, % (95 % interval)"], of_estimates, 2),
            "The fit before, made once for a reference:\n",
            table(titles, of_fits, 2),
        ]
    )
