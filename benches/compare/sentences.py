"""Presence of words in sentences that come split into words: what published.py and quapy_emq.py share."""

import os
import pickle

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from scipy.sparse import csr_array

# One thread each: pyarrow would otherwise use all cores for reading.
pa.set_cpu_count(1)
pa.set_io_thread_count(1)

MIN_HUMAN, MIN_LLM = 5, 3  # sentences that must contain a word, as in `llm-prevalence fit`


def folder() -> str:
    """Returns the folder of the sentences."""
    return os.path.join(os.environ["LLM_PREVALENCE_DATA"], "arxiv-sentences", "CS")


def read(path: str) -> tuple[pa.DictionaryArray, np.ndarray]:
    """Returns all words of a file of one column, one after the other, and the sentence that each is in."""
    (column,) = pq.read_table(path, use_threads=False).columns
    sentences = column.combine_chunks()
    lengths = np.diff(sentences.offsets.to_numpy())
    return sentences.flatten().dictionary_encode(), np.repeat(np.arange(len(sentences)), lengths)


def presence(words: pa.DictionaryArray, sentence_of: np.ndarray, column_of: dict[str, int], n_words: int) -> csr_array:
    """Returns a matrix of sentences by words: 1 where the sentence contains the word."""
    n_sentences = int(sentence_of[-1]) + 1 if len(sentence_of) else 0
    columns = np.array([column_of.get(word, -1) for word in words.dictionary.to_pylist()])[words.indices.to_numpy()]
    known = columns >= 0
    cells = np.unique(sentence_of[known] * n_words + columns[known])
    rows, columns = np.divmod(cells, n_words)
    return csr_array((np.ones(len(cells)), (rows, columns)), shape=(n_sentences, n_words))


def training() -> tuple[dict[str, int], csr_array, csr_array]:
    """Returns the vocabulary and the presence of its words in the human and in the LLM sentences."""
    sides = [read(os.path.join(folder(), name)) for name in ("human_data.parquet", "ai_data.parquet")]
    column_of = {}
    for words, _ in sides:
        for word in words.dictionary.to_pylist():
            column_of.setdefault(word, len(column_of))
    human, llm = (presence(*side, column_of, len(column_of)) for side in sides)
    kept = np.flatnonzero((human.sum(axis=0) >= MIN_HUMAN) & (llm.sum(axis=0) >= MIN_LLM))
    names = list(column_of)
    return {names[old]: new for new, old in enumerate(kept)}, human[:, kept], llm[:, kept]


def target(path: str, column_of: dict[str, int]) -> csr_array:
    """Returns the presence of the vocabulary's words in the sentences of a file."""
    return presence(*read(path), column_of, len(column_of))


def save(path: str, model: object) -> None:
    with open(path, "wb") as file:
        pickle.dump(model, file)


def load(path: str) -> object:
    with open(path, "rb") as file:
        return pickle.load(file)
