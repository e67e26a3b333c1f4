"""Leads a customer through an action: who are you, what do I need to know, this will happen, shall I?

Nothing here writes. The company's own functions (`choices`, `preview`) are called here, so call this outside transactions.
"""

import re
from dataclasses import replace
from datetime import datetime

from handdruk.core.ids import same, slow_fingerprint
from handdruk.core.places import place_in
from handdruk.core.words import in_language
from handdruk.digital.actions.define import Action, Call, Choice, Parameter, Refused
from handdruk.digital.actions.progress import Heard, Next, Progress
from handdruk.digital.answers import Button, Reply, a_person
from handdruk.digital.models import RunState
from handdruk.digital.wording import say

MOST_TRIES = 5  # wrong codes before this way of proving who you are is closed
MOST_CODES = 3
MOST_BUTTONS = 6
STOP_WORDS = frozenset({"laat maar", "laat maar zitten", "stop", "never mind", "nevermind", "forget it", "cancel"})
CODE = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})(?!\d)")
NO_CODE = re.compile(  # the mail does not come
    r"\b(geen|niets|nog niks?|niet|no|not?|never|nothing|didn'?t|haven'?t|don'?t)\b.*\b(codes?|mail|e-mail|email|bericht)\b"
    r"|\b(codes?|mail|e-mail|email)\b.*\b(niet|never|not|nowhere|nergens|isn'?t|hasn'?t|doesn'?t|didn'?t)\b"
    r"|\b(niets|nog niks?|nothing|niet)\b.*\b(ontvangen|gekregen|binnen|received|arrived|come)\b",
    re.IGNORECASE,
)
NEW = re.compile(
    r"\b(nieuwe|andere|nog een|new|another) code\b|\b(stuur|send)\b.*\b(opnieuw|nog eens|again)\b", re.IGNORECASE
)
STOP, YES, NEW_CODE, OTHER_EMAIL = "act:stop", "act:yes", "act:new_code", "act:other_email"


def begin(action: Action, topic: str, key: str, email: str | None, heard: Heard, language: str) -> Next:
    """The first step. `email` is an address the customer proved to be theirs earlier in this conversation."""
    progress = Progress(action.name, topic, key, RunState.DETAIL, _known(action, heard), email=email or "",
                        proved=email is not None)  # fmt: skip
    given = heard.detail("email")
    if action.verify and email is None and given is not None:
        return _send_code(replace(progress, email=given.lower()), "ask_code", language)
    if action.verify and email is None:
        return Next(replace(progress, state=RunState.EMAIL), Reply(say("ask_email", language), (_stop(language),)))
    return _ask_or_confirm(action, progress, language)


def fits(action: Action, progress: Progress, heard: Heard) -> bool:
    """Does this message hold what was asked for (or stop it)?"""
    if heard.choice is not None:
        return heard.choice.startswith(("act:", "value:"))
    if _stops(heard):
        return True
    if progress.state == RunState.EMAIL:
        return heard.detail("email") is not None or bool(_known(action, heard))
    if progress.state == RunState.CODE:
        told = CODE.search(heard.text) or NO_CODE.search(heard.text) or NEW.search(heard.text)
        return told is not None or heard.detail("email") is not None
    if progress.state == RunState.CONFIRM:
        return heard.courtesy in ("yes", "no")
    ask = action.parameter(progress.asked).ask
    if ask.detail is not None and heard.detail(ask.detail) is not None:
        return True
    if ask.choices is not None and place_in(heard.text, MOST_BUTTONS) is not None:
        return True
    if ask.choices is not None or ask.pattern is None:
        return False  # any words would do; whether these are an answer or a new subject is for the topics to say
    return _answer(action.parameter(progress.asked), heard, ()) is not None


def advance(action: Action, progress: Progress, heard: Heard, language: str, moment: datetime) -> Next:
    """The next step, whatever the customer said."""
    if heard.choice == STOP or _stops(heard) or (progress.state == RunState.CONFIRM and heard.courtesy == "no"):
        return Next(replace(progress, state=RunState.STOPPED), Reply(say("stopped", language)))
    if progress.state == RunState.EMAIL or heard.choice == OTHER_EMAIL:
        return _take_email(action, progress, heard, language)
    if progress.state == RunState.CODE:
        return _take_code(action, progress, heard, language, moment)
    if progress.state == RunState.CONFIRM:
        return _take_confirmation(progress, heard, language)
    return _take_detail(action, progress, heard, language)


def says_nothing(heard: Heard) -> bool:
    """Is this a word beside the matter (a thumb, a greeting, "I have a question"), without what was asked for?"""
    return heard.choice is None and heard.courtesy is not None


def remind(action: Action, progress: Progress, language: str) -> Next:
    """Asks the same once more, kindly: nothing was wrong with what the customer said."""
    kindly = say("remind", language)
    if progress.state == RunState.EMAIL:
        return Next(progress, Reply(f"{kindly} {say('remind_email', language)}", (_stop(language),)))
    if progress.state == RunState.CODE:
        return Next(progress, Reply(f"{kindly} {say('remind_code', language)}", _code_buttons(language)))
    if progress.state == RunState.CONFIRM:
        return Next(progress, Reply(say("confirm_again", language), _confirm_buttons(language)))
    parameter = action.parameter(progress.asked)
    try:
        choices = parameter.choices(call_of(progress, language))
    except Refused as refused:
        return _refuse(progress, refused, language)
    question = f"{kindly} {in_language(parameter.ask.texts, language)}"
    return Next(progress, Reply(question, _choice_buttons(choices, language)))


def _take_email(action: Action, progress: Progress, heard: Heard, language: str) -> Next:
    email, told = heard.detail("email"), _known(action, heard)
    progress = replace(progress, state=RunState.EMAIL, values={**progress.values, **told})
    if email is not None:
        return _send_code(replace(progress, email=email.lower()), "ask_code", language)
    if told:
        text = f"{say('kept', language)} {say('remind_email', language)}"
    else:
        text = say("ask_email" if heard.choice == OTHER_EMAIL else "ask_email_again", language)
    return Next(progress, Reply(text, (_stop(language),)))


def _send_code(progress: Progress, sentence: str, language: str) -> Next:
    if progress.codes_sent >= MOST_CODES:
        return _cannot_prove(progress, language)
    progress = replace(progress, state=RunState.CODE, codes_sent=progress.codes_sent + 1, code_hash="")
    return Next(progress, Reply(say(sentence, language, email=progress.email), _code_buttons(language)), send_code=True)


def _take_code(action: Action, progress: Progress, heard: Heard, language: str, moment: datetime) -> Next:
    found = CODE.search(heard.text)
    if heard.choice == NEW_CODE or (found is None and NEW.search(heard.text)):
        return _send_code(progress, "new_code_sent", language)
    if heard.detail("email") is not None:
        return _take_email(action, progress, heard, language)
    if found is None:
        code = "no_code" if NO_CODE.search(heard.text) else "ask_six_digits"
        return Next(progress, Reply(say(code, language, email=progress.email), _code_buttons(language)))
    if _right_code(progress, found[1] + found[2], moment):
        email = progress.email
        step = _ask_or_confirm(action, replace(progress, proved=True, code_hash=""), language)
        return replace(step, proved_email=email)
    progress = replace(progress, code_tries=progress.code_tries + 1)
    if progress.code_tries >= MOST_TRIES:
        return _cannot_prove(progress, language)
    return Next(progress, Reply(say("ask_code_again", language), _code_buttons(language)))


def _right_code(progress: Progress, code: str, moment: datetime) -> bool:
    given = slow_fingerprint(code, progress.key)  # always, so that the time it takes tells nobody who is a customer
    if not progress.code_hash or progress.code_until is None or moment > progress.code_until:
        return False
    return same(given, progress.code_hash)


def _cannot_prove(progress: Progress, language: str) -> Next:
    refused = replace(progress, state=RunState.REFUSED)
    return Next(refused, Reply(say("too_many_codes", language)), needs_a_person=True)


def _take_detail(action: Action, progress: Progress, heard: Heard, language: str) -> Next:
    parameter = action.parameter(progress.asked)
    call = call_of(progress, language)
    try:
        choices = parameter.choices(call)
    except Refused as refused:
        return _refuse(progress, refused, language)
    answer = _answer(parameter, heard, choices)
    if answer is None:
        question = f"{say('which_again', language)} {in_language(parameter.ask.texts, language)}"
        return Next(progress, Reply(question, _choice_buttons(choices, language)))
    values = {**progress.values, parameter.name: answer}
    return _ask_or_confirm(action, replace(progress, values=values, asked=""), language)


def _take_confirmation(progress: Progress, heard: Heard, language: str) -> Next:
    if heard.choice == YES or heard.courtesy == "yes":
        return Next(replace(progress, state=RunState.READY), None)
    return Next(progress, Reply(say("confirm_again", language), _confirm_buttons(language)))


def _ask_or_confirm(action: Action, progress: Progress, language: str) -> Next:
    """Asks for the next thing missing; with everything there, shows what will happen, or goes ahead with a look-up."""
    call = call_of(progress, language)
    try:
        for parameter in action.parameters:
            choices = parameter.choices(call)
            given = progress.values.get(parameter.name)
            if given is not None and (not choices or any(choice.value == given for choice in choices)):
                continue
            if len(choices) == 1 and given is None:
                progress = replace(progress, values={**progress.values, parameter.name: choices[0].value})
                continue
            progress = replace(progress, state=RunState.DETAIL, asked=parameter.name)
            question = in_language(parameter.ask.texts, language)
            return Next(progress, Reply(question, _choice_buttons(choices, language)))
        if action.previewed is None:
            return Next(replace(progress, state=RunState.READY, asked=""), None)
        preview = action.previewed(call, **action.arguments(progress.values))
    except Refused as refused:
        return _refuse(progress, refused, language)
    confirming = replace(progress, state=RunState.CONFIRM, asked="")
    return Next(confirming, Reply(preview.said(language), _confirm_buttons(language)))


def _refuse(progress: Progress, refused: Refused, language: str) -> Next:
    reply = Reply(in_language(refused.texts, language), (a_person(language),))
    return Next(replace(progress, state=RunState.REFUSED), reply)


def _answer(parameter: Parameter, heard: Heard, choices: tuple[Choice, ...]) -> str | None:
    if heard.choice is not None and not heard.choice.startswith("value:"):
        return None  # a button of an earlier step, pressed late
    said = heard.choice.removeprefix("value:") if heard.choice else heard.text.strip()
    for choice in choices:
        if said.casefold() in (choice.value.casefold(), choice.label.casefold()):
            return choice.value
    if heard.choice is not None:
        return None  # a button that was not offered with this question
    found = heard.detail(parameter.ask.detail) if parameter.ask.detail else None
    if choices:
        place = place_in(heard.text, min(len(choices), MOST_BUTTONS))
        named = choices[place].value if place is not None else found
        return named if any(choice.value == named for choice in choices) else None
    return parameter.parse(found or said)


def _known(action: Action, heard: Heard) -> dict[str, str]:
    """What the first message already told."""
    told = ((p.name, p.ask.detail and heard.detail(p.ask.detail)) for p in action.parameters)
    return {name: value for name, value in told if value}


def call_of(progress: Progress, language: str) -> Call:
    """The call as the company's functions see it; an address that is not proved stays out of it."""
    return Call(progress.email if progress.proved else "", language, progress.key)


def _stops(heard: Heard) -> bool:
    return heard.choice is None and heard.text.strip(" .!").casefold() in STOP_WORDS


def _stop(language: str) -> Button:
    return Button(say("stop", language), STOP)


def _code_buttons(language: str) -> tuple[Button, ...]:
    return (
        Button(say("new_code", language), NEW_CODE),
        Button(say("other_email", language), OTHER_EMAIL),
        _stop(language),
    )


def _confirm_buttons(language: str) -> tuple[Button, ...]:
    return (Button(say("confirm", language), YES), _stop(language))


def _choice_buttons(choices: tuple[Choice, ...], language: str) -> tuple[Button, ...]:
    shown = tuple(Button(choice.label, f"value:{choice.value}") for choice in choices[:MOST_BUTTONS])
    return (*shown, _stop(language))
