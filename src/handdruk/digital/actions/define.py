"""What an action is, and what its parameters' types ask of the customer."""

import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from handdruk.core.words import Texts, in_language


class BadActions(ValueError):
    """An actions file that cannot be used; its text says what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class Call:
    """One use of an action: who it is for (an address they proved to be theirs, or ""), in which language, under which key."""

    email: str
    language: str
    key: str


@dataclass(frozen=True, slots=True, init=False)
class Done:
    """What happened or will happen, one text a language."""

    texts: Texts

    def __init__(self, **texts: str) -> None:
        object.__setattr__(self, "texts", texts)

    def said(self, language: str) -> str:
        """The text in `language`."""
        return in_language(self.texts, language)


class Refused(Exception):
    """The action cannot be done, for a reason the customer may know: `raise Refused(nl="...", en="...")`."""

    def __init__(self, **texts: str) -> None:
        super().__init__("refused")
        self.texts: Texts = texts


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a parameter may take, and how it is shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, init=False)
class Ask:
    """How a parameter is asked for.

    `detail` names a kind of detail that a message may already hold (order_number, postcode, date ...); `choices` lists
    the values this customer may pick from; `pattern` is a regular expression a free text must match as a whole.
    """

    texts: Texts
    detail: str | None
    choices: Callable[[Call], Sequence[Choice]] | None
    pattern: str | None

    def __init__(
        self,
        *,
        detail: str | None = None,
        choices: Callable[[Call], Sequence[Choice]] | None = None,
        pattern: str | None = None,
        **texts: str,
    ) -> None:
        for name, value in (("texts", texts), ("detail", detail), ("choices", choices), ("pattern", pattern)):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing an action needs to know."""

    name: str
    type: type
    ask: Ask

    def choices(self, call: Call) -> tuple[Choice, ...]:
        """What the customer may pick from; empty for a free answer. May raise Refused."""
        if self.ask.choices is not None:
            return tuple(self.ask.choices(call))
        if issubclass(self.type, Enum):
            return tuple(Choice(str(member.value), str(member.value)) for member in self.type)
        return ()

    def parse(self, text: str) -> str | None:
        """The stored form of a free answer, or None when it will not do."""
        text = text.strip()
        if (
            not text
            or len(text) > 200
            or (self.ask.pattern and not re.fullmatch(self.ask.pattern, text, re.IGNORECASE))
        ):
            return None
        try:
            value = self.value(text)
        except ValueError:
            return None
        return value.isoformat() if isinstance(value, date) else str(value)

    def value(self, stored: str) -> Any:
        """The typed value the action is called with."""
        if self.type is date:
            return date.fromisoformat(stored)
        return self.type(stored)


Step = Callable[..., Done]


@dataclass(slots=True)
class Action:
    """A self-service step of the company."""

    name: str
    titles: Texts
    verify: bool
    function: Step
    parameters: tuple[Parameter, ...]
    previewed: Step | None = field(default=None)

    def preview(self, function: Step) -> Step:
        """Decorates the function that says what will happen; it takes the same arguments and changes nothing."""
        self.previewed = function
        return function

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name."""
        return next(parameter for parameter in self.parameters if parameter.name == name)

    def arguments(self, values: dict[str, str]) -> dict[str, Any]:
        """The stored values, typed."""
        return {parameter.name: parameter.value(values[parameter.name]) for parameter in self.parameters}

    def __call__(self, call: Call, **arguments: Any) -> Done:
        return self.function(call, **arguments)


Lookup = Callable[[str], str | None]
ALLOWED = (str, int, date)


@dataclass(slots=True)
class Collected:
    """What the file that is being loaded has defined so far."""

    actions: dict[str, Action] = field(default_factory=dict)
    lookup: Lookup | None = None


collecting = Collected()


def action(*, title: Texts, verify: bool = True) -> Callable[[Step], Action]:
    """Makes a function an action. With `verify`, only for a customer who proved their e-mail address."""

    def define(function: Step) -> Action:
        name = function.__name__
        made = Action(name, title, verify, function, _parameters(function))
        collecting.actions[name] = made
        return made

    return define


def customer_lookup(function: Lookup) -> Lookup:
    """Decorates the function that tells the name of the customer behind an e-mail address, or None for a stranger.

    With it, codes are only mailed to addresses the company knows; the customer is told the same either way.
    """
    collecting.lookup = function
    return function


def _parameters(function: Step) -> tuple[Parameter, ...]:
    hints = get_type_hints(function, include_extras=True)
    names = list(inspect.signature(function).parameters)[1:]
    return tuple(_parameter(function.__name__, name, hints.get(name)) for name in names)


def _parameter(action_name: str, name: str, hint: Any) -> Parameter:
    if get_origin(hint) is not Annotated:
        raise BadActions(f"{action_name}: parameter {name} needs Annotated[type, Ask(nl=..., en=...)]")
    kind, *notes = get_args(hint)
    ask = next((note for note in notes if isinstance(note, Ask)), None)
    if ask is None or not ask.texts:
        raise BadActions(f"{action_name}: parameter {name} needs an Ask with a question in every language")
    if not (isinstance(kind, type) and (kind in ALLOWED or issubclass(kind, Enum))):
        raise BadActions(f"{action_name}: parameter {name} must be str, int, date or an Enum")
    return Parameter(name, kind, ask)
