"""The shapes of the customer's API."""

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

ClientId = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9._:-]+$")]
Choice = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]
Language = Annotated[str, StringConstraints(max_length=8)]
HolderName = Literal["assistant", "queue", "colleague"]


class NewConversation(Schema):
    """How a conversation begins."""

    language: Language | None = None


class ChosenLanguage(Schema):
    """The language the customer chose."""

    language: Language


class NewMessage(Schema):
    """What the customer says. `client_id` is made by the sender; the same one again is the same message."""

    client_id: ClientId
    text: str
    choice: Choice | None = None


class Judgement(Schema):
    """The customer's word on an automatic answer."""

    number: int
    right: bool


class Button(Schema):
    """Something to press; send `value` as `choice`."""

    label: str
    value: str


class Article(Schema):
    """Where an answer comes from."""

    title: str
    url: str


class Message(Schema):
    """One thing said. `number` counts up from 1 within its conversation."""

    id: int
    number: int
    author: Literal["customer", "assistant", "colleague"]
    name: str | None
    kind: Literal["text", "notice"]
    text: str
    at: str
    buttons: list[Button]
    article: Article | None
    ask_outcome: bool
    client_id: str | None


class Waiting(Schema):
    """Until when a waiting customer has an answer from a person."""

    until: str
    text: str


class Colleague(Schema):
    """Who the customer is talking to."""

    name: str


class Hours(Schema):
    """Whether people are there now, in words."""

    open: bool
    text: str


class Standing(Schema):
    """Where a conversation stands. `last` is the number of its newest message."""

    conversation: str
    holder: HolderName
    language: str
    state: Literal["open", "closed"]
    last: int
    colleague: Colleague | None
    waiting: Waiting | None


class Opened(Standing):
    """A new conversation and the only key to it."""

    token: str
    company: str
    hours: Hours
    messages: list[Message]


class Decided(Schema):
    """What was decided on a message, and why. A message about several matters has several `topics`, `topic` the first."""

    kind: Literal["answer", "act", "ask", "hand_over"]
    topic: str | None
    topics: list[str]
    probability_right: float
    reasons: list[str]


class Said(Schema):
    """A stored message with what it led to. `decision` is missing only while the answer is still being made."""

    message: Message
    replies: list[Message]
    holder: HolderName
    decision: Decided | None


class News(Standing):
    """Where a conversation stands and what was said since."""

    messages: list[Message]


class ProblemDocument(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str | None = None
    errors: list[dict[str, Any]] = Field(default_factory=list)
