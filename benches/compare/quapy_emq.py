"""QuaPy's EMQ (the EM algorithm of Saerens, Latinne and Decaestecker, 2002) on the features of published.py.

The classifier is scikit-learn's logistic regression on the presence of words; the interval is QuaPy's bootstrap of the
classified sentences, with 1,000 replicates.

    quapy_emq.py fit MODEL
    quapy_emq.py estimate MODEL SENTENCES.parquet
"""

import sys

import numpy as np
from quapy.method.aggregative import EMQ
from quapy.method.confidence import AggregativeBootstrap
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

import sentences

N_REPLICATES = 1_000


def main() -> None:
    step, model = sys.argv[1:3]
    if step == "fit":
        column_of, human, llm = sentences.training()
        labels = np.repeat([0, 1], [human.shape[0], llm.shape[0]])
        quantifier = AggregativeBootstrap(
            EMQ(LogisticRegression(max_iter=1_000)), n_test_samples=N_REPLICATES, random_state=0
        )
        sentences.save(model, (column_of, quantifier.fit(csr_matrix(vstack([human, llm])), labels)))
        return
    column_of, quantifier = sentences.load(model)
    presence = csr_matrix(sentences.target(sys.argv[3], column_of))
    prevalence, region = quantifier.predict_conf(presence)
    low, high = np.asarray(region.I_low), np.asarray(region.I_high)
    print(prevalence[1], low[1], high[1])


if __name__ == "__main__":
    main()
