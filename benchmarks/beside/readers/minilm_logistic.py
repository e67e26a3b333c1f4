"""The base line: all-MiniLM-L6-v2 with scikit-learn's logistic regression, both as they come."""

from importlib.metadata import version

from protocol import NONE, best_known, run
from sentence_transformers import SentenceTransformer
from sklearn.linear_model import LogisticRegression


def train(job, told):
    encoder = SentenceTransformer(job["encoder"], device="cpu")
    vectors = encoder.encode([text for text, _ in job["learned"]], show_progress_bar=False)
    model = LogisticRegression(max_iter=1000).fit(vectors, [topic or NONE for _, topic in job["learned"]])
    told["version"] = (
        f"sentence-transformers {version('sentence-transformers')}, scikit-learn {version('scikit-learn')}"
    )

    def read(text):
        vector = encoder.encode([text], show_progress_bar=False)
        return best_known(model.classes_, model.predict_proba(vector)[0])

    return read


run("minilm_logistic", train)
