"""Text to meaning: language, topics, feelings and details of one message, as a `Reading`.

>>> reader = Reader.train([Lesson("where is my parcel", "where_is_my_parcel", "en"), ...])
>>> reader.read("wheres my parcel").topics
(("where_is_my_parcel", 0.87), ...)

A library of its own: no Django, no HTTP, no database. How it works, from the inside out:

* `text` tidies what was typed and splits it into words; `vocabulary` turns words and pieces of words into sparse rows.
* `kernel` compares rows and learns from lessons, with exact cross-validation in closed form.
* `encoder` turns a text into vectors, if there is one; `meaning` mixes their likeness with that of the words.
* `topics` and `topic_training` use it for what a message is about, `senses` for how it feels. `calibration` makes
  their scores probabilities that can be believed, from judgements of lessons the model had not seen.
* `parts` finds the messages that are about several matters.
* `language` and `details` stand on their own.
* `handover` learns from an archive at which turn a person takes over; it shares `kernel`, `calibration` and `storage`.
* `storage` and `model_parts` make a reader data and back.

`Reader.evidence` keeps every out-of-sample judgement, so that others can choose thresholds that hold.
"""

from handdruk.understand.details import DetailFinder
from handdruk.understand.encoder import Encoder, EncoderUnusable
from handdruk.understand.evidence import Evidence, SenseEvidence
from handdruk.understand.reader import Reader
from handdruk.understand.storage import ModelDamaged
from handdruk.understand.values import COURTESIES, EMOTIONS, UNKNOWN_LANGUAGE, Detail, Lesson, Part, Reading

__all__ = [
    "COURTESIES",
    "EMOTIONS",
    "UNKNOWN_LANGUAGE",
    "Detail",
    "DetailFinder",
    "Encoder",
    "EncoderUnusable",
    "Evidence",
    "Lesson",
    "ModelDamaged",
    "Part",
    "Reader",
    "Reading",
    "SenseEvidence",
]
