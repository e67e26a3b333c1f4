"""Every reason in words, for customers and colleagues alike."""

from handdruk.core.words import in_language

REASONS: dict[str, dict[str, str]] = {
    "sure": {
        "nl": "Dit onderwerp is herkend met {figure} zekerheid, genoeg voor de belofte.",
        "en": "This topic was recognised with {figure} certainty, enough for the promise.",
    },
    "chosen": {"nl": "De klant koos dit onderwerp zelf.", "en": "The customer chose this topic."},
    "carrying_on": {
        "nl": "Dit hoort bij de stap waar de klant mee bezig is.",
        "en": "This belongs to the step the customer is taking.",
    },
    "courtesy": {"nl": "Een vriendelijk woord, geen vraag.", "en": "A kind word, not a question."},
    "several_plausible": {
        "nl": "Er passen meerdere onderwerpen; de klant mag kiezen.",
        "en": "More than one topic fits; the customer may choose.",
    },
    "one_plausible": {
        "nl": "Eén onderwerp lijkt te passen; de klant mag het zeggen.",
        "en": "One topic seems to fit; the customer may say so.",
    },
    "several_matters": {
        "nl": "De klant vraagt zo te zien meer dan één ding; die mag zeggen of dat klopt.",
        "en": "The customer seems to ask more than one thing, and may say whether that is right.",
    },
    "not_sure": {
        "nl": "Het onderwerp is niet zeker genoeg herkend ({figure}) voor een automatisch antwoord.",
        "en": "The topic was not recognised with enough certainty ({figure}) for an automatic answer.",
    },
    "no_known_topic": {
        "nl": "Dit past bij geen enkel onderwerp dat we kennen.",
        "en": "This fits none of the topics we know.",
    },
    "no_proof_yet": {
        "nl": "Er is nog te weinig bewijs om automatisch te antwoorden.",
        "en": "There is too little evidence yet to answer automatically.",
    },
    "wants_human": {"nl": "De klant wil een mens spreken.", "en": "The customer wants to talk to a person."},
    "vulnerable": {
        "nl": "De klant lijkt kwetsbaar; dat is werk voor mensen.",
        "en": "The customer seems vulnerable; that is work for people.",
    },
    "upset": {
        "nl": "De klant is boos of overstuur; dat is werk voor mensen.",
        "en": "The customer is angry or upset; that is work for people.",
    },
    "archive_says": {
        "nl": "In eerdere gesprekken die zo gingen, nam een mens het over ({figure} kans).",
        "en": "In earlier conversations that went like this, a person took over ({figure} probable).",
    },
    "people_topic": {"nl": "Dit onderwerp is werk voor mensen.", "en": "This topic is work for people."},
    "failed_twice": {
        "nl": "De assistent hielp al twee keer niet.",
        "en": "The assistant failed to help twice already.",
    },
    "none_of_these": {
        "nl": "Geen van de voorgestelde onderwerpen klopte.",
        "en": "None of the suggested topics was right.",
    },
    "same_again": {
        "nl": "Dezelfde vraag komt terug; het antwoord hielp dus niet genoeg.",
        "en": "The same question came back, so the answer did not help enough.",
    },
    "follow_up": {
        "nl": "Dit lijkt een vervolg op wat er net beantwoord of gedaan is.",
        "en": "This seems to go on from what was just answered or done.",
    },
    "gave_details": {
        "nl": "De klant gaf de gegevens waar het antwoord om vroeg; een collega kan ermee verder.",
        "en": "The customer gave the details that the answer asked for; a colleague can go on with them.",
    },
    "action_failed": {"nl": "De actie lukte niet.", "en": "The action could not be completed."},
    "with_a_person": {
        "nl": "Het gesprek is al bij een mens.",
        "en": "The conversation is already with a person.",
    },
    "answer_missing": {
        "nl": "Er is geen goedgekeurd antwoord in deze taal.",
        "en": "There is no approved answer in this language.",
    },
    "not_proved": {
        "nl": "Het lukte de klant niet om te bewijzen wie die is.",
        "en": "The customer could not prove who they are.",
    },
    "turn_failed": {
        "nl": "De assistent liep vast; dit is een storing en geen fout van de klant.",
        "en": "The assistant got stuck; this is a fault of ours and not of the customer.",
    },
    "colleague_away": {
        "nl": "De collega die het gesprek had, is weg terwijl de klant wacht.",
        "en": "The colleague who had the conversation is gone while the customer waits.",
    },
    "stepped_in": {"nl": "Een collega nam het gesprek zelf over.", "en": "A colleague stepped in."},
    "wrong_answer": {
        "nl": "De klant zei dat het antwoord niet hielp.",
        "en": "The customer said the answer did not help.",
    },
}


def sentence(code: str, language: str, figure: float | None = None) -> str:
    """The reason behind `code`, said in `language`; a share is rounded down, since nothing is quite certain."""
    shown = "" if figure is None else f"{int(figure * 100)} %"
    return in_language(REASONS[code], language).format(figure=shown)
