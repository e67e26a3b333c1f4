"""Handdruk's reader, by words or, with a folder in the job, with a sentence encoder."""

from importlib.metadata import PackageNotFoundError, version

from protocol import run

from handdruk.understand import Encoder, Lesson, Reader


def train(job, told):
    encoder = Encoder.load(job["encoder"]) if job["encoder"] else None
    reader = Reader.train([Lesson(text, topic, "en") for text, topic in job["learned"]], encoder=encoder)
    try:
        told["version"] = version("handdruk")
    except PackageNotFoundError:
        told["version"] = "this one"

    def read(text):
        topics = reader.read(text).topics
        topic, probability = topics[0] if topics else ("", 0.0)
        return topic, probability, None

    return read


run("handdruk", train)
