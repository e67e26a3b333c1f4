"""semantic-router: an IndexedRouter with its defaults, a route a topic, over the same encoder; not calibrated."""

from importlib.metadata import version

from protocol import NONE, run
from semantic_router import IndexedRouter, Route
from semantic_router.encoders import HuggingFaceEncoder


def train(job, told):
    utterances = {}
    for text, topic in job["learned"]:
        utterances.setdefault(topic or NONE, []).append(text)
    encoder = HuggingFaceEncoder(name=job["encoder"])
    router = IndexedRouter(
        encoder=encoder, routes=[Route(name=name, utterances=some) for name, some in utterances.items()]
    )
    told["version"] = version("semantic-router")

    def read(text):
        first, second = router(text, limit=2)
        known = second if first.name == NONE else first
        return known.name, known.confidence, first.name == NONE

    return read


run("semantic_router", train)
