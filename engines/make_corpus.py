"""Makes the corpus of the measurements: invented reviews of 2020 to 2025 as parquet and as JSON Lines, the same in every run.

All sentences below are written for this project, and nothing in them is taken from a real text. Documents have about 120 words in one
of two ways of writing; from 2023 on a growing part of them is flowery. Names of things are made of syllables, so that there
are about as many different words as in a corpus of papers.
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

PLAIN = [
    "I liked the part on kites in rain, and I would have liked more of it.",
    "The proof is wrong in step {n}, I think, because the bound does not hold for short strings.",
    "Why did the authors not test more than {n} kites, when the first ones broke so soon?",
    "I do not see why wind {n} matters here, since the shed was closed all day.",
    "Figure {n} is hard to read, and the axis on the left has no unit.",
    "This has been done before, in my view, by the people who built the {name} tower.",
    "The second half is a list of what went wrong, and it is the best part of the paper.",
    "Table {n} and table {m} do not agree, and the text does not say which one is right.",
    "I tried the code on my own bats, and it stopped after {n} minutes with no message.",
    "The name {name} is used for two things, which made me read the page three times.",
    "My main worry is that all {n} goats came from one farm.",
    "If the rope is wet the numbers in line {n} change, so please say how wet it was.",
    "The claim about {name} is too strong for what was measured.",
    "There is no word on how long a run takes, or what it costs.",
    "I could not find where {name} comes from, and the reference given is to a talk.",
    "Half of the {n} samples were thrown away, and I want to know why.",
    "The related work is fine, but it forgets the old paper on tin whistles.",
    "Please drop section {n}, since nobody will read it.",
    "It is not clear to me what happens when two bats meet.",
    "The authors say that sand is cheap, which is not true where I live.",
    "I would take this if the {n} missing runs were done.",
    "The method looks like {name} with another name, and the gain over it is small.",
    "On page {n} a sign is wrong, but it does not change the end.",
    "A plot of the raw data would tell me more than all the tests.",
    "The writing is easy to follow, apart from the part about {name}.",
    "Was the jury told which kite was which, or could they guess it from the tail?",
    "I doubt that {n} days are enough to see snow melt.",
    "The baseline is weak, and a tuned {name} would beat it by a lot.",
    "They count a crash as a landing, so the rate of {m} in a hundred is too good.",
    "I am not an expert in {name}, so my score may be off.",
    "The appendix helps a lot, and some of it should go in the main part.",
    "What is new here is the way the {name} is tied to the post.",
    "The error bars in figure {m} seem to leave out the drift of the clock.",
    "Most of the gain comes from one village, as the authors admit.",
    "I read the reply and still think that {n} is the wrong number.",
    "The data will not be shared, so nobody can check it.",
    "This is a nice little idea, and I hope someone builds it.",
    "The test in section {m} only looks at kites that came back.",
    "I have seen {name} fail in worse weather than this.",
    "The title says all kites, but only the red ones were flown.",
]  # fmt: skip
FLOWERY = [
    "The paper presents a commendable exploration of kite dynamics across diverse conditions.",
    "The authors meticulously delve into {n} intricate scenarios, offering valuable insights into {name}.",
    "Overall, this work showcases an innovative and robust methodology for understanding {name}.",
    "The comprehensive evaluation underscores the pivotal potential of the proposed approach.",
    "Enhancing clarity in section {n} would further strengthen the overall impact of the manuscript.",
    "The proposed framework is both novel and impactful, seamlessly integrating {name} with established practice.",
    "By leveraging {n} diverse datasets, the study effectively demonstrates notable improvements.",
    "The intricate interplay between wind and fabric is elucidated with remarkable precision.",
    "Additionally, a nuanced discussion of {name} could significantly enrich the presentation.",
    "The experimental results in table {n} are compelling and highlight the versatility of the method.",
    "This meticulous analysis not only bridges crucial gaps but also fosters a deeper understanding of {name}.",
    "While the contributions are commendable, the scalability beyond {n} units warrants further exploration.",
    "The authors adeptly navigate the complexities of {name}, ensuring a coherent narrative throughout.",
    "Notably, the ablation study in section {m} provides invaluable insights into each component.",
    "The manuscript is well-structured and articulates its pivotal contributions with clarity.",
    "Furthermore, the innovative use of {name} paves the way for future advancements.",
    "A more comprehensive comparison with existing approaches would bolster the credibility of the findings.",
    "The study underscores the importance of careful calibration in dynamic environments.",
    "Delving into the limitations of {name} would offer a more balanced perspective.",
    "The visualizations in figure {n} are exceptionally informative and enhance readability.",
    "This research represents a significant stride toward robust and sustainable kite design.",
    "The theoretical underpinnings are rigorous, showcasing a profound grasp of {name}.",
    "Addressing these {n} concerns would undoubtedly elevate the quality of the submission.",
    "The paper delves into crucial aspects of {name} that have been largely overlooked.",
    "Moreover, the proposed strategy exhibits remarkable adaptability across {m} challenging settings.",
    "The clarity of the exposition is commendable, fostering accessibility for a broad audience.",
    "The authors present a compelling case for the integration of {name} into real-world applications.",
    "It is imperative to explore the broader implications of these intriguing observations.",
    "The thorough examination of {n} intricate cases underscores the robustness of the conclusions.",
    "Expanding the discussion of {name} would provide readers with a more holistic view.",
    "The innovative architecture effectively harnesses {name} to achieve superior performance.",
    "These findings hold significant promise for advancing the field in meaningful ways.",
    "The work is particularly noteworthy for its seamless fusion of theory and practice.",
    "Incorporating additional metrics beyond the {n} reported would yield a more nuanced assessment.",
    "The meticulous attention to detail in section {m} is truly commendable.",
    "Such an endeavor necessitates a comprehensive understanding of the underlying mechanisms.",
    "The submission showcases a thoughtful synthesis of {name} and contemporary techniques.",
    "In summary, this pivotal contribution enriches the evolving landscape of {name}.",
    "The potential limitations are acknowledged transparently, which enhances the credibility of the work.",
    "Future research could delve deeper into the intricate relationship between tension and altitude.",
]  # fmt: skip
SYLLABLES = "ba de fi go hu ka le mi no pu ra se ti vo zu bren dal fen gor hilt jun kor lam mird nas pell quor rist tam wend".split()
FLOWERY_SHARE = {2020: 0.0, 2021: 0.0, 2022: 0.0, 2023: 0.15, 2024: 0.3, 2025: 0.4}
# Every so often a sentence is of the other kind, as people use an LLM's phrases, too.
OTHER_SENTENCES = 0.04
SENTENCES = 9
ROWS_PER_GROUP = 10_000


def documents(seed: int = 0) -> Iterator[dict]:
    """Goes through documents without end."""
    numbers = random.Random(seed)
    years = list(FLOWERY_SHARE)
    at = 0
    while True:
        year = numbers.choice(years)
        is_flowery = numbers.random() < FLOWERY_SHARE[year]
        own, other = (FLOWERY, PLAIN) if is_flowery else (PLAIN, FLOWERY)
        sentences = [numbers.choice(other if numbers.random() < OTHER_SENTENCES else own) for _ in range(SENTENCES)]
        text = " ".join(_filled(numbers, sentence) for sentence in sentences)
        yield {"id": f"d{at}", "text": text, "year": year}
        at += 1


def _filled(numbers: random.Random, sentence: str) -> str:
    name = "".join(numbers.choices(SYLLABLES, k=3)).capitalize() if "{name}" in sentence else ""
    return sentence.format(n=numbers.randint(2, 99), m=numbers.randint(2, 99), name=name)


def table(n_documents: int, seed: int = 0) -> pa.Table:
    """Returns the first documents."""
    return pa.Table.from_pylist([row for row, _ in zip(documents(seed), range(n_documents))])


def write(parquet: Path, json_lines: Path, n_bytes: float) -> None:
    """Writes documents with as many bytes of text as wanted, a row group at a time."""
    schema = pa.schema([("id", pa.string()), ("text", pa.string()), ("year", pa.int64())])
    rows, written = [], 0
    with pq.ParquetWriter(parquet, schema) as writer, json_lines.open("w") as lines:
        for row in documents():
            rows.append(row)
            written += len(row["text"])
            if len(rows) == ROWS_PER_GROUP or written >= n_bytes:
                writer.write_table(pa.Table.from_pylist(rows, schema))
                lines.writelines(json.dumps(row) + "\n" for row in rows)
                rows = []
            if written >= n_bytes:
                return


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]) * 1e9)
