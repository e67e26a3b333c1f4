"""At which turn of a conversation a person takes over, learned from a company's own archive.

* `archive` reads a conversation; `values` is what was said in it.
* `moments` is what is known at a turn: words now and before, and facts such as a reply that was given twice.
* `rows` and `model` learn from moments; `learning` tries the result on conversations left out; `figures` measures.
"""

from handdruk.understand.handover.archive import BadConversation, talk_of
from handdruk.understand.handover.figures import Figures, Lived, always_or_never, best_threshold, figures, lived
from handdruk.understand.handover.learning import Learned, NothingToLearn, learn
from handdruk.understand.handover.model import HandoverModel, Judged
from handdruk.understand.handover.values import Said, Talk, talk_in

__all__ = [
    "BadConversation",
    "Figures",
    "HandoverModel",
    "Judged",
    "Learned",
    "Lived",
    "NothingToLearn",
    "Said",
    "Talk",
    "always_or_never",
    "best_threshold",
    "figures",
    "learn",
    "lived",
    "talk_in",
    "talk_of",
]
