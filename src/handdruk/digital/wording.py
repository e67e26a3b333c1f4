"""The assistant's own fixed sentences."""

from handdruk.core.words import Texts, in_language

SENTENCES: dict[str, Texts] = {
    "which_topic": {"nl": "Waar gaat het precies over?", "en": "What is it about, exactly?"},
    "this_topic": {"nl": "Bedoel je: {title}?", "en": "Do you mean: {title}?"},
    "this_one": {"nl": "Ja, dat bedoel ik", "en": "Yes, that is it"},
    "these_topics": {
        "nl": "Ik lees meer dan één vraag. Klopt dat, of gaat het om één hiervan?",
        "en": "I read more than one question. Is that right, or is it about one of these?",
    },
    "both": {"nl": "Allebei", "en": "Both"},
    "all": {"nl": "Allemaal", "en": "All of them"},
    "also_asked": {
        "nl": "Je vroeg ook nog iets anders. Zal ik daarmee verdergaan?",
        "en": "You asked something else, too. Shall I go on with that?",
    },
    "still_open": {"nl": "Ook gevraagd, nog open: {titles}", "en": "Also asked, still open: {titles}"},
    "then_the_rest": {
        "nl": "Daarna ga ik verder met: {titles}.",
        "en": "After that I will go on with: {titles}.",
    },
    "none_of_these": {"nl": "Geen van deze", "en": "None of these"},
    "a_person": {"nl": "Een mens spreken", "en": "Talk to a person"},
    "same_again": {
        "nl": "Mijn vorige antwoord hielp je blijkbaar niet genoeg.",
        "en": "My last answer was clearly not enough.",
    },
    "follow_up": {
        "nl": "Gaat dit nog over ‘{title}’? Stel je vraag dan gerust in een hele zin, dan begrijp ik je beter.",
        "en": "Is this still about ‘{title}’? Then please ask it as a whole sentence, so that I understand you better.",
    },
    "more_below": {"nl": "Op de pagina hieronder staat meer.", "en": "There is more on the page below."},
    "shall_i_get_somebody": {
        "nl": "Zal ik er een collega bij halen?",
        "en": "Shall I get a colleague?",
    },
    "courtesy_which": {"nl": "Welke bedoel je?", "en": "Which one do you mean?"},
    "courtesy_greeting": {
        "nl": "Hallo! Waarmee kan ik je helpen? Vertel het gerust in je eigen woorden.",
        "en": "Hello! How can I help? Just tell me in your own words.",
    },
    "courtesy_thanks": {"nl": "Graag gedaan! Is er nog iets?", "en": "You're welcome! Is there anything else?"},
    "courtesy_goodbye": {"nl": "Tot ziens! Fijne dag nog.", "en": "Goodbye! Have a nice day."},
    "courtesy_yes": {"nl": "Fijn. Waarmee kan ik je helpen?", "en": "Good. What can I help you with?"},
    "courtesy_no": {
        "nl": "Oké. Schrijf gerust als er nog iets is.",
        "en": "All right. Just write if anything else comes up.",
    },
    "courtesy_machine": {
        "nl": "Ja, ik ben de digitale assistent: een computerprogramma. Wil je liever een mens? Dat kan altijd, met de "
        "knop bovenaan.",
        "en": "Yes, I am the digital assistant: a computer program. Would you rather talk to a person? You always can, "
        "with the button at the top.",
    },
    "ask_email": {
        "nl": "Dat zoek ik voor je op. Met welk e-mailadres heb je besteld? Ik stuur je daar een code, zodat ik zeker weet "
        "dat jij het bent.",
        "en": "Let me look that up for you. Which e-mail address did you order with? I will send a code there, so that I "
        "know it is you.",
    },
    "ask_email_again": {
        "nl": "Dat herken ik niet als een e-mailadres. Wil je het nog eens typen, bijvoorbeeld naam@voorbeeld.nl?",
        "en": "I do not recognise that as an e-mail address. Could you type it again, for example name@example.com?",
    },
    "remind": {
        "nl": "Vertel het gerust. Om hiermee verder te gaan heb ik nog één ding van je nodig.",
        "en": "Please go ahead. To go on with this I need one more thing from you.",
    },
    "remind_email": {
        "nl": "Met welk e-mailadres heb je besteld?",
        "en": "Which e-mail address did you order with?",
    },
    "remind_code": {
        "nl": "Welke code van zes cijfers staat er in onze mail?",
        "en": "What is the six-digit code in our e-mail?",
    },
    "ask_code": {
        "nl": "Als {email} bij ons bekend is, heb je daar nu een mail met een code van zes cijfers. Typ de code hier; hij "
        "werkt tien minuten.",
        "en": "If we know {email}, you now have an e-mail there with a six-digit code. Type the code here; it works for "
        "ten minutes.",
    },
    "ask_code_again": {
        "nl": "Die code klopt niet, of hij is verlopen. Kijk nog eens in de laatste mail van ons, of vraag een nieuwe code.",
        "en": "That code is not right, or it has expired. Have another look at our latest e-mail, or ask for a new code.",
    },
    "ask_six_digits": {
        "nl": "Daar zie ik geen code in. De code bestaat uit zes cijfers en staat in de laatste mail van ons.",
        "en": "I see no code in that. The code has six digits and is in our latest e-mail.",
    },
    "no_code": {
        "nl": "Soms duurt het even, of staat de mail bij ongewenste mail. We mailen alleen naar een adres waarmee besteld is: "
        "klopt {email}? Anders typ je hier gewoon het goede adres.",
        "en": "Sometimes it takes a moment, or the e-mail is in your spam folder. We only write to an address that was used "
        "for an order: is {email} right? If not, just type the right address here.",
    },
    "kept": {"nl": "Dank je, dat heb ik.", "en": "Thank you, I have that."},
    "new_code": {"nl": "Stuur een nieuwe code", "en": "Send a new code"},
    "new_code_sent": {
        "nl": "Er is een nieuwe code onderweg. Typ hem hier.",
        "en": "A new code is on its way. Type it here.",
    },
    "too_many_codes": {
        "nl": "Het lukt zo niet om zeker te weten dat jij het bent.",
        "en": "I cannot make sure that it is you this way.",
    },
    "other_email": {"nl": "Ander e-mailadres", "en": "Another e-mail address"},
    "stop": {"nl": "Laat maar", "en": "Never mind"},
    "stopped": {
        "nl": "Goed, ik heb niets veranderd. Kan ik je met iets anders helpen?",
        "en": "All right, I have changed nothing. Is there anything else I can help with?",
    },
    "confirm": {"nl": "Ja, doe maar", "en": "Yes, go ahead"},
    "being_done": {
        "nl": "Daar ben ik nu mee bezig. Je hoort zo hoe het ging.",
        "en": "I am doing that right now. You will hear in a moment how it went.",
    },
    "confirm_again": {
        "nl": "Zal ik dit doen? Kies ja, of laat maar.",
        "en": "Shall I do this? Choose yes, or never mind.",
    },
    "which_again": {"nl": "Dat herken ik niet.", "en": "I do not recognise that."},
    "code_subject": {"nl": "Je code voor {company}: {code}", "en": "Your code for {company}: {code}"},
    "code_body": {
        "nl": "Hallo,\n\nJe code is {code}. Typ hem in de chat; hij werkt tien minuten.\n\nHeb je geen code gevraagd? Dan "
        "kun je deze mail weggooien; er is niets veranderd.\n\nGroet,\n{company}",
        "en": "Hello,\n\nYour code is {code}. Type it in the chat; it works for ten minutes.\n\nDid you not ask for a "
        "code? Then you can throw this e-mail away; nothing has changed.\n\nKind regards,\n{company}",
    },
}


def say(code: str, language: str, /, **parts: str) -> str:
    """The sentence behind `code`, in `language`."""
    return in_language(SENTENCES[code], language).format(**parts)
