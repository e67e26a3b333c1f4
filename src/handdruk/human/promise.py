"""The promise of a person, in words: what happens now, and when."""

from datetime import datetime, timedelta

from handdruk.core.clock import now
from handdruk.human.hours import Hours, deadline, is_open, next_opening
from handdruk.human.wording import clock_time, day_name, opening, say
from handdruk.relationship.company import CompanySettings, company


def hours_of(settings: CompanySettings) -> Hours:
    """The company's opening hours."""
    return Hours(settings.hours, frozenset(settings.holidays), settings.timezone)


def people_are_there(moment: datetime | None = None) -> bool:
    """Is it opening time?"""
    return is_open(hours_of(company()), moment or now())


def deadline_from(moment: datetime) -> datetime:
    """By when somebody who asks for a person now has an answer."""
    settings = company()
    return deadline(hours_of(settings), moment, timedelta(minutes=settings.answer_within_minutes))


def what_happens(reason: str, language: str, moment: datetime, until: datetime) -> str:
    """What the customer is told when a handover begins."""
    return f"{opening(reason, language)} {when(language, moment, until)}"


def when(language: str, moment: datetime, until: datetime) -> str:
    """When an answer comes: a time today, or the day and time people are back."""
    if until < moment:
        return say("overdue", language)
    settings = company()
    hours, zone = hours_of(settings), settings.timezone
    opens = next_opening(hours, moment)
    if opens is None or opens <= moment:
        if moment.astimezone(zone).date() != until.astimezone(zone).date():
            day = day_name(until, moment, zone, language)
            return say("another_day", language, day=day, time=clock_time(until, zone))
        return say("soon", language, time=clock_time(until, zone))
    day = day_name(opens, moment, zone, language)
    return say("later", language, day=day, opens=clock_time(opens, zone), time=clock_time(until, zone))


def hours_in_words(language: str) -> str:
    """Whether people are there now, or from when."""
    moment, settings = now(), company()
    hours, zone = hours_of(settings), settings.timezone
    opens = next_opening(hours, moment)
    if opens is None:
        return ""
    if opens <= moment:
        return say("open_now", language)
    return say("open_later", language, day=day_name(opens, moment, zone, language), opens=clock_time(opens, zone))
