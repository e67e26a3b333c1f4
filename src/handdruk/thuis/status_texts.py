"""What is said about an order, by situation; `status` fills in the names in braces."""

TEXTS = {
    "ordered": {
        "nl": "{order} is bij ons binnen; we gaan hem inpakken.\n\n"
        "- {day}: **{promised}**\n\n"
        "Zodra hij weggaat, krijg je een mail met een link om je pakket te volgen.",
        "en": "{order} has reached us and is about to be packed.\n\n"
        "- {day}: **{promised}**\n\n"
        "As soon as it leaves you get an e-mail with a link to follow it.",
    },
    "packed": {
        "nl": "{order} is ingepakt en staat klaar voor {carrier}.\n\n"
        "- {day}: **{promised}**\n\n"
        "Zodra hij weggaat, krijg je een mail met een link om je pakket te volgen.",
        "en": "{order} is packed and ready for {carrier}.\n\n"
        "- {day}: **{promised}**\n\n"
        "As soon as it leaves you get an e-mail with a link to follow it.",
    },
    "under_way": {
        "nl": "{order} is onderweg met {carrier}.\n\n- {day}: **{expected}**\n- {last}\n- Volgcode: **{track}**",
        "en": "{order} is on its way with {carrier}.\n\n- {day}: **{expected}**\n- {last}\n- Tracking code: **{track}**",
    },
    "out": {
        "nl": "{order} komt **vandaag**: de bezorger heeft hem bij zich.\n\n"
        "- {last}\n"
        "- Volgcode: **{track}** ({carrier})",
        "en": "{order} arrives **today**: the driver has it on board.\n\n"
        "- {last}\n"
        "- Tracking code: **{track}** ({carrier})",
    },
    "missed": {
        "nl": "De bezorger was aan de deur met je bestelling **{number}** ({goods}) en trof niemand "
        "thuis. Hij komt nog één keer: **{expected}**.\n\n"
        "- {last}\n"
        "- Volgcode: **{track}** ({carrier})\n\n"
        "Lukt het dan ook niet, dan ligt je pakket 7 dagen voor je klaar bij een afhaalpunt.",
        "en": "The driver called with your order **{number}** ({goods}) and found nobody at home. There "
        "will be one more try: **{expected}**.\n\n"
        "- {last}\n"
        "- Tracking code: **{track}** ({carrier})\n\n"
        "If that fails too, your parcel waits 7 days for you at a pick-up point.",
    },
    "at_point": {
        "nl": "{order} ligt voor je klaar bij het afhaalpunt.\n\n"
        "- Waar: **{point}**\n"
        "- Tot en met: **{kept_until}**\n"
        "- Volgcode: **{track}** ({carrier})\n\n"
        "Neem het bericht van de bezorger en een identiteitsbewijs mee.",
        "en": "{order} is waiting for you at the pick-up point.\n\n"
        "- Where: **{point}**\n"
        "- Until: **{kept_until}**\n"
        "- Tracking code: **{track}** ({carrier})\n\n"
        "Bring the carrier's message and proof of identity.",
    },
    "point_over": {
        "nl": "{order} lag tot en met {kept_until} bij het afhaalpunt en gaat daarna terug naar ons. "
        "Wil je hem alsnog hebben? Vraag hier om een mens, dan spreekt een collega met je af hoe "
        "hij bij je komt.",
        "en": "{order} was at the pick-up point until {kept_until}, and then goes back to us. Would you "
        "still like to have it? Ask for a person here, and a colleague will agree with you how to "
        "get it to you.",
    },
    "late_not_sent": {
        "nl": "{order} had er **{due}** moeten zijn en is nog niet weg. Dat is te laat; sorry "
        "daarvoor.\n\n"
        "Vraag hier om een mens: een collega zoekt uit waar het op wacht en spreekt een nieuwe "
        "dag met je af.",
        "en": "{order} should have been with you **{due}** and has not left yet. That is late, and "
        "we are sorry.\n\n"
        "Ask for a person here: a colleague will find out what it is waiting for and agree a new "
        "day with you.",
    },
    "late_new_day": {
        "nl": "{order} had er **{due}** moeten zijn. Dat is niet gelukt; sorry daarvoor.\n\n"
        "- Nieuwe dag: **{expected}**, zegt {carrier}\n"
        "- {last}\n"
        "- Volgcode: **{track}**\n\n"
        "Komt hij dan weer niet, vraag hier om een mens: een collega zoekt het uit met {carrier}. "
        "Is je pakket echt weg, dan sturen we het opnieuw of krijg je je geld terug.",
        "en": "{order} should have been with you **{due}**. That did not happen, and we are "
        "sorry.\n\n"
        "- New day: **{expected}**, says {carrier}\n"
        "- {last}\n"
        "- Tracking code: **{track}**\n\n"
        "If it fails to come again, ask for a person here: a colleague will look into it with "
        "{carrier}. If your parcel is lost, we send it again or you get your money back.",
    },
    "late_silent": {
        "nl": "{order} had er **{due}** moeten zijn. Dat is te laat; sorry daarvoor. Een nieuwe "
        "dag heb ik nog niet van {carrier}.\n\n"
        "- {last}\n"
        "- Volgcode: **{track}**\n\n"
        "Je hoeft dit niet af te wachten: vraag hier om een mens, dan zoekt een collega het uit "
        "met {carrier}. Is je pakket echt weg, dan sturen we het opnieuw of krijg je je geld "
        "terug.",
        "en": "{order} should have been with you **{due}**. That is late, and we are sorry. I have "
        "no new day from {carrier} yet.\n\n"
        "- {last}\n"
        "- Tracking code: **{track}**\n\n"
        "There is no need to sit and wait: ask for a person here, and a colleague will look into "
        "it with {carrier}. If your parcel is lost, we send it again or you get your money back.",
    },
    "delivered": {
        "nl": "{order} is **{ended}** om {ended_clock} bezorgd.\n\n"
        "Niet gevonden? Kijk in de brievenbus, bij de achterdeur en bij de buren. Is hij er dan "
        "nog niet, vraag hier om een mens: een collega zoekt het uit met {carrier}.",
        "en": "{order} was delivered **{ended}** at {ended_clock}.\n\n"
        "Cannot find it? Look in the letterbox, by the back door and with your neighbours. Still "
        "nothing? Ask for a person here: a colleague will look into it with {carrier}.",
    },
    "collected": {
        "nl": "{order} is **{ended}** om {ended_clock} opgehaald bij {point}.\n\n"
        "Weet je daar niets van? Vraag hier om een mens: een collega zoekt het uit met {carrier}.",
        "en": "{order} was collected **{ended}** at {ended_clock} from {point}.\n\n"
        "Was that not you? Ask for a person here: a colleague will look into it with {carrier}.",
    },
    "returned": {
        "nl": "{order} is {ended} bij ons teruggekomen. Je krijgt {total} uiterlijk **{refund_by}** "
        "terug, op dezelfde manier als je betaalde.",
        "en": "{order} came back to us {ended}. You get {total} back by **{refund_by}**, the same way you paid.",
    },
    "refunded": {
        "nl": "{order} is {ended} bij ons teruggekomen. Je geld ({total}) had er uiterlijk {refund_by} "
        "moeten zijn, op dezelfde manier als je betaalde. Zie je het niet? Vraag hier om een "
        "mens, dan zoekt een collega het uit.",
        "en": "{order} came back to us {ended}. Your money ({total}) should have reached you by "
        "{refund_by}, the same way you paid. Cannot see it? Ask for a person here, and a "
        "colleague will look into it.",
    },
    "cancelled": {
        "nl": "{order} is {ended} geannuleerd en komt dus niet. Had je al betaald, dan krijg je {total} "
        "terug op dezelfde manier.",
        "en": "{order} was cancelled {ended}, so it will not come. If you had already paid, you get "
        "{total} back the same way.",
    },
}
SCANS = {
    "collected": {"nl": "meegenomen uit ons magazijn", "en": "collected from our warehouse"},
    "sorted": {"nl": "gesorteerd in {place}", "en": "sorted in {place}"},
    "delayed": {"nl": "vertraagd in {place}", "en": "delayed in {place}"},
    "out": {"nl": "op weg met de bezorger in {place}", "en": "out for delivery in {place}"},
    "missed": {"nl": "niemand thuis", "en": "nobody at home"},
    "at_point": {"nl": "aangekomen bij het afhaalpunt", "en": "arrived at the pick-up point"},
    "delivered": {"nl": "bezorgd", "en": "delivered"},
}
LAST = {"nl": "Laatste melding: {scan} ({day}, {clock})", "en": "Latest scan: {scan} ({day}, {clock})"}
EXPECTED = {"nl": "Verwachte dag", "en": "Expected day"}
AGREED = {"nl": "Afgesproken dag", "en": "Agreed day"}
COMES_BACK = {
    "nl": "Retour aangemeld: {item}, retourcode **{code}**.",
    "en": "Return registered: {item}, code **{code}**.",
}
