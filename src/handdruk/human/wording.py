"""What customers are told around a handover, and the names of reasons and feelings at the desk."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handdruk.core.words import Texts, in_language

WEEKDAYS: dict[str, tuple[str, ...]] = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}

OPENINGS: dict[str, Texts] = {
    "wants_human": {"nl": "Natuurlijk, ik haal er een collega bij.", "en": "Of course, I am getting a colleague."},
    "upset": {
        "nl": "Dit is vervelend, en je hebt er terecht genoeg van. Ik haal er een collega bij.",
        "en": "This is not good enough, and you should not have to deal with it alone. I am getting a colleague.",
    },
    "vulnerable": {
        "nl": "Dit is iets voor een mens, niet voor een computer; ik haal er een collega bij. Is er nu gevaar, bel dan 112.",
        "en": "This is something for a person, not for a computer; I am getting a colleague. If there is danger now, call "
        "112.",
    },
    "archive_says": {
        "nl": "Hier kan een collega je beter mee helpen dan ik; ik haal er iemand bij.",
        "en": "A colleague can help you with this better than I can; I am getting someone.",
    },
    "people_topic": {
        "nl": "Hier helpt een collega je persoonlijk mee.",
        "en": "A colleague will help you with this personally.",
    },
    "failed": {
        "nl": "Ik kom er zo niet uit, en dat wil ik je niet nog eens aandoen. Een collega neemt het over.",
        "en": "I am not getting you there, and I will not put you through that again. A colleague takes over.",
    },
    "action_failed": {
        "nl": "Dat lukte me nu niet; er is niets dubbel gedaan. Een collega maakt het voor je af.",
        "en": "I could not do that just now; nothing was done twice. A colleague will finish it for you.",
    },
    "not_proved": {
        "nl": "Een collega helpt je verder en kijkt samen met jou hoe we zeker weten dat jij het bent.",
        "en": "A colleague will help you on, and will work out with you how we can be sure that it is you.",
    },
    "gave_details": {
        "nl": "Dank je, dat is genoteerd. Een collega gaat ermee verder.",
        "en": "Thank you, that is noted. A colleague will go on with it.",
    },
    "colleague_away": {
        "nl": "Je collega bij ons is er even niet. Iemand anders neemt het over en leest alles terug.",
        "en": "The colleague you spoke to has had to step away. Someone else takes over and will read everything back.",
    },
    "unknown": {
        "nl": "Hier wil ik geen gok op doen. Een collega kijkt ernaar.",
        "en": "I would rather not guess at this. A colleague will look at it.",
    },
}
OPENING_OF = {
    "failed_twice": "failed",
    "none_of_these": "failed",
    "wrong_answer": "failed",
    "same_again": "failed",
    "no_known_topic": "unknown",
    "not_sure": "unknown",
    "no_proof_yet": "unknown",
    "answer_missing": "unknown",
}

SENTENCES: dict[str, Texts] = {
    "soon": {
        "nl": "Je krijgt uiterlijk om {time} antwoord, hier in de chat. Je hoeft niets te herhalen: je collega bij ons "
        "leest alles wat je al schreef.",
        "en": "You will have an answer by {time} at the latest, here in the chat. You need not repeat anything: our "
        "colleague reads all that you wrote.",
    },
    "another_day": {
        "nl": "Je krijgt {day} uiterlijk om {time} antwoord, hier in de chat. Je hoeft niets te herhalen.",
        "en": "You will have an answer {day} by {time} at the latest, here in the chat. You need not repeat anything.",
    },
    "later": {
        "nl": "Onze mensen zijn er {day} weer vanaf {opens}; je krijgt uiterlijk om {time} antwoord, hier in de chat. "
        "Word je liever gebeld? Stuur dan je telefoonnummer, dan bellen we je.",
        "en": "Our people are back {day} from {opens}; you will have an answer by {time} at the latest, here in the "
        "chat. Would you rather have a call? Send your phone number and we will ring you.",
    },
    "overdue": {
        "nl": "Het duurt langer dan beloofd, sorry. Je staat vooraan.",
        "en": "This is taking longer than promised, sorry. You are at the front.",
    },
    "open_now": {"nl": "Onze mensen zijn er nu.", "en": "Our people are here now."},
    "open_later": {
        "nl": "Onze mensen zijn er {day} weer vanaf {opens}.",
        "en": "Our people are back {day} from {opens}.",
    },
    "today": {"nl": "vandaag", "en": "today"},
    "tomorrow": {"nl": "morgen", "en": "tomorrow"},
    "joined": {"nl": "Je spreekt nu met {name}.", "en": "You are talking to {name} now."},
    "handed_back": {
        "nl": "{name} geeft het gesprek terug aan de digitale assistent. Een mens blijft één knop ver.",
        "en": "{name} hands the conversation back to the digital assistant. A person stays one button away.",
    },
    "closed": {
        "nl": "{name} heeft dit gesprek afgerond. Schrijf gerust opnieuw als er nog iets is.",
        "en": "{name} has wrapped up this conversation. Just write again if anything else comes up.",
    },
    "late": {
        "nl": "Het duurt langer dan ik je beloofde, sorry. Je staat nu vooraan en de teamleider is gewaarschuwd. Word je "
        "liever gebeld? Stuur dan je telefoonnummer.",
        "en": "This is taking longer than I promised, sorry. You are now at the front and the team lead has been told. "
        "Would you rather have a call? Send your phone number.",
    },
    "callback": {
        "nl": "Genoteerd: we bellen je op {phone}.",
        "en": "Noted: we will call you on {phone}.",
    },
    "withdrawn": {
        "nl": "Goed, dan helpt de digitale assistent je verder. Een mens blijft één knop ver.",
        "en": "All right, the digital assistant carries on. A person stays one button away.",
    },
    "already_waiting": {
        "nl": "Er is al een collega voor je gevraagd.",
        "en": "A colleague has already been asked for.",
    },
    "not_forgotten": {
        "nl": "Je staat nog steeds in de rij; we zijn je niet vergeten.",
        "en": "You are still in the queue; we have not forgotten you.",
    },
}


def say(code: str, language: str, /, **parts: str) -> str:
    """The sentence behind `code`, in `language`."""
    return in_language(SENTENCES[code], language).format(**parts)


def opening(reason: str, language: str) -> str:
    """How a handover for this reason is introduced."""
    return in_language(OPENINGS.get(OPENING_OF.get(reason, reason), OPENINGS["unknown"]), language)


def clock_time(moment: datetime, zone: ZoneInfo) -> str:
    """The time of day as both languages write it."""
    return moment.astimezone(zone).strftime("%H:%M")


def day_name(moment: datetime, today: datetime, zone: ZoneInfo, language: str) -> str:
    """ "today", "tomorrow" or the weekday, seen from `today`."""
    days = (moment.astimezone(zone).date() - today.astimezone(zone).date()).days
    if days < 2:
        return say("today" if days == 0 else "tomorrow", language)
    names = WEEKDAYS.get(language, WEEKDAYS["en"])
    return ("op " if language == "nl" else "on ") + names[moment.astimezone(zone).weekday()]
