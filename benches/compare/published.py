"""The estimator of Liang et al. (2024), written anew from the formulas of the paper and not from anyone's code.

Liang W. et al., Monitoring AI-modified content at scale, ICML 2024, arXiv:2403.07183. With p(t) and q(t) the shares of
human and of LLM sentences that contain word t,

    log P(x) = sum over t in x of log p(t) + sum over t not in x of log(1 - p(t)), and Q likewise,
    alpha = argmax over 0 <= a <= 1 of sum over sentences x of log((1 - a) P(x) + a Q(x)),

and the interval is that of 1,000 bootstrap replicates over sentences. All words that both sides use often enough are
taken; the paper also has variants with adjectives, adverbs or verbs alone.

    published.py fit MODEL
    published.py estimate MODEL SENTENCES.parquet
"""

import sys

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_array

import sentences

N_REPLICATES = 1_000


def log_occurrence(presence: csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Returns log p(t) and log(1 - p(t)) for every word."""
    share = presence.sum(axis=0) / presence.shape[0]
    return np.log(share), np.log1p(-share)


def log_likelihood(presence: csr_array, log_in: np.ndarray, log_out: np.ndarray) -> np.ndarray:
    """Returns log P(x) for every sentence."""
    return log_out.sum() + presence @ (log_in - log_out)


def maximum_likelihood(p: np.ndarray, q: np.ndarray) -> float:
    def loss(alpha: float) -> float:
        return -np.log((1 - alpha) * p + alpha * q).sum()

    return minimize_scalar(loss, bounds=(0, 1), method="bounded", options={"xatol": 1e-6}).x


def estimate(log_p: np.ndarray, log_q: np.ndarray) -> tuple[float, float, float]:
    """Returns the share and its 95 % interval."""
    # A factor common to P(x) and Q(x) does not move the maximum, and without it both would be 0 in long sentences.
    largest = np.maximum(log_p, log_q)
    p, q = np.exp(log_p - largest), np.exp(log_q - largest)
    generator = np.random.default_rng(0)
    replicates = []
    for _ in range(N_REPLICATES):
        drawn = generator.integers(len(p), size=len(p))
        replicates.append(maximum_likelihood(p[drawn], q[drawn]))
    return maximum_likelihood(p, q), *np.quantile(replicates, [0.025, 0.975])


def main() -> None:
    step, model = sys.argv[1:3]
    if step == "fit":
        column_of, human, llm = sentences.training()
        sentences.save(model, (column_of, log_occurrence(human), log_occurrence(llm)))
        return
    column_of, human, llm = sentences.load(model)
    presence = sentences.target(sys.argv[3], column_of)
    print(*estimate(log_likelihood(presence, *human), log_likelihood(presence, *llm)))


if __name__ == "__main__":
    main()
