"""The seven phases, as the help centre names them."""

from handdruk.core.words import Phase, Texts

TITLES: dict[Phase, Texts] = {
    Phase.ORIENTATE: {"nl": "Rondkijken", "en": "Looking around"},
    Phase.CHOOSE: {"nl": "Kiezen", "en": "Choosing"},
    Phase.BUY: {"nl": "Kopen en betalen", "en": "Buying and paying"},
    Phase.RECEIVE: {"nl": "Bezorgen en ontvangen", "en": "Delivery"},
    Phase.USE: {"nl": "Gebruiken", "en": "Using it"},
    Phase.GET_HELP: {"nl": "Hulp, retour en reparatie", "en": "Help, returns and repair"},
    Phase.RENEW_OR_LEAVE: {"nl": "Vernieuwen of stoppen", "en": "Renewing or leaving"},
}
TEXTS: dict[Phase, Texts] = {
    Phase.ORIENTATE: {"nl": "Wie we zijn, waar je ons vindt en wat je van ons mag verwachten.",
                      "en": "Who we are, where to find us and what to expect of us."},
    Phase.CHOOSE: {"nl": "Wat past bij jou, je tuin en je huis.", "en": "What suits you, your garden and your home."},
    Phase.BUY: {"nl": "Bestellen, betalen, kortingen en facturen.", "en": "Ordering, paying, discounts and invoices."},
    Phase.RECEIVE: {"nl": "Waar je pakket is, en wat je nog kunt veranderen.",
                    "en": "Where your parcel is, and what you can still change."},
    Phase.USE: {"nl": "Aan de slag, en wat je doet als het hapert.", "en": "Getting started, and what to do when it falters."},
    Phase.GET_HELP: {"nl": "Garantie, reparatie, terugsturen en klachten.",
                     "en": "Warranty, repair, returns and complaints."},
    Phase.RENEW_OR_LEAVE: {"nl": "Inruilen, opzeggen en je gegevens.", "en": "Trading in, cancelling and your data."},
}  # fmt: skip
