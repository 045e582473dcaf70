"""spaCy's sentences (blank English, sentencizer) and `\\w+` words in lower case, of the texts of a JSON Lines file.

    spacy_words.py FILE.jsonl
"""

import json
import re
import sys
from collections.abc import Iterator

import spacy

WORD = re.compile(r"\w+")


def texts(path: str) -> Iterator[str]:
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)["text"]


def main() -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    n_sentences = n_words = 0
    for document in pipeline.pipe(texts(sys.argv[1])):
        for sentence in document.sents:
            n_sentences += 1
            n_words += len(WORD.findall(sentence.text.lower()))
    print(n_sentences, n_words)


if __name__ == "__main__":
    main()
