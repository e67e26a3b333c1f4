"""What is said about sending something back; `returning` fills in the names in braces."""

REASONS = {  # stored by key; at most six, since each is a button
    "not_needed": {"nl": "Toch niet nodig", "en": "No longer needed"},
    "disappointing": {"nl": "Het valt tegen", "en": "Not what I hoped for"},
    "wrong_item": {"nl": "Verkeerd artikel gekregen", "en": "Wrong item received"},
    "broken": {"nl": "Kapot of beschadigd", "en": "Broken or damaged"},
    "other": {"nl": "Iets anders", "en": "Something else"},
    "not_said": {"nl": "Zeg ik liever niet", "en": "I'd rather not say"},
}
OUR_FAULT = ("wrong_item", "broken")
PREVIEW = {
    "nl": "Ik meld deze retour voor je aan:\n\n"
    "- **{item}** uit bestelling {number}\n"
    "- Reden: {reason}\n"
    "- Je krijgt **{amount}** terug binnen 5 werkdagen nadat het bij ons is, op dezelfde manier "
    "als je betaalde",
    "en": "I will register this return for you:\n\n"
    "- **{item}** from order {number}\n"
    "- Reason: {reason}\n"
    "- You get **{amount}** back within 5 working days after it reaches us, the same way you paid",
}
SEVERAL = {
    "nl": "Stuur je er minder dan {quantity} terug, dan krijg je het geld van wat je terugstuurt.",
    "en": "If you send back fewer than {quantity}, you get the money for what you send.",
}
RULES = {
    "toothbrush": {
        "nl": "Proberen mag. Alleen de opzetborstels moeten om de hygiëne nog dicht in hun verpakking zitten.",
        "en": "Trying it is fine. Only the brush heads must still be sealed in their pack, for hygiene.",
    },
    "heads": {
        "nl": "Om de hygiëne nemen we opzetborstels alleen terug als de verpakking nog dicht is.",
        "en": "For hygiene we only take brush heads back when the pack is still sealed.",
    },
    "thermostat": {"nl": "Stuur ook de muurplaat mee.", "en": "Please send the wall plate as well."},
    "mower": {
        "nl": "Maak de maaier schoon en leg het laadstation erbij. Wij komen hem bij je halen.",
        "en": "Clean the mower and put the charging station with it. We collect it from your home.",
    },
}
MENDED = {
    "nl": "Wil je liever dat we het maken of het goede artikel sturen? Vraag dan hier om een mens.",
    "en": "Would you rather have it repaired, or the right item sent? Then ask for a person here.",
}
PARCEL = {
    "nl": "Je retour is aangemeld. Je retourcode is **{code}**.\n\n"
    "1. Doe **{item}** met alles wat erbij zat in een stevige doos.\n"
    "2. Laat de code zien bij een {carrier}-punt en geef het pakket gratis af. Printen is niet "
    "nodig.\n"
    "3. Bewaar het afgiftebewijs.\n\n"
    "Binnen 5 werkdagen nadat het bij ons is, heb je je geld terug.",
    "en": "Your return is registered. Your return code is **{code}**.\n\n"
    "1. Put **{item}** with everything that came with it in a sturdy box.\n"
    "2. Show the code at a {carrier} point and hand the parcel in, free of charge. No need to "
    "print anything.\n"
    "3. Keep the receipt.\n\n"
    "Your money is back within 5 working days after it reaches us.",
}
MOWER = {
    "nl": "Je retour is aangemeld. Je retourcode is **{code}**.\n\n"
    "1. Maak de **{item}** schoon en zet hem uit.\n"
    "2. Leg het laadstation erbij.\n"
    "3. We spreken een dag met je af en komen hem gratis halen.\n\n"
    "Binnen 5 werkdagen nadat hij bij ons is, heb je je geld terug.",
    "en": "Your return is registered. Your return code is **{code}**.\n\n"
    "1. Clean the **{item}** and switch it off.\n"
    "2. Put the charging station with it.\n"
    "3. We agree a day with you and collect it, free of charge.\n\n"
    "Your money is back within 5 working days after it reaches us.",
}
AGAIN = {
    "nl": "**{item}** had je al aangemeld om terug te sturen. Je retourcode is **{code}**.",
    "en": "You had already registered **{item}** to be sent back. Your return code is **{code}**.",
}
TOO_LATE = {
    "nl": "Ik vind geen bestelling die nog terug kan: dat kan tot 30 dagen nadat je hem kreeg. Is er "
    "iets kapot, dan geldt de garantie van 2 jaar; ben je net te laat, dan kijkt een collega "
    "graag wat er kan.",
    "en": "I find no order that can still go back: that is possible up to 30 days after you received "
    "it. If something is broken, there is a 2-year warranty; if you are only just too late, a "
    "colleague will gladly see what can be done.",
}
NOT_YET = {
    "nl": "{order} is nog niet bij je bezorgd. Zodra hij er is, kun je hem 30 dagen lang gratis "
    "terugsturen. Wil je hem nu al niet meer? Een collega kijkt of annuleren nog kan.",
    "en": "{order} has not been delivered yet. Once you have it, you can send it back free of charge "
    "for 30 days. Would you rather not have it at all? A colleague will see whether it can still "
    "be cancelled.",
}
