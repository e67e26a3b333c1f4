"""Sending an order to another address: the orders it is still possible for, and the words."""

from handdruk.digital.actions import Done, Refused

from . import address, shop
from .wording import LANGUAGES, carrier, near, titled, written

QUESTION = {
    "nl": "Wat is het nieuwe adres? Zet straat, huisnummer, postcode en plaats in één bericht, "
    "bijvoorbeeld: Lindelaan 12, 3512 LK Utrecht.",
    "en": "What is the new address? Put street, house number, postcode and town in one message, for "
    "example: Lindelaan 12, 3512 LK Utrecht.",
}
PREVIEW = {
    "nl": "{order} gaat dan naar:\n\n**{new}**\n\nEn niet meer naar {old}. {belgium}{when}",
    "en": "{order} will then go to:\n\n**{new}**\n\nAnd no longer to {old}. {belgium}{when}",
}
BELGIUM = {
    "nl": "Let op: zonder letters achter de postcode lees ik dit als een adres in **België**. ",
    "en": "Please note: without letters after the postcode I read this as an address in **Belgium**. ",
}
WHEN = {"nl": "Verwachte dag: **{day}**.", "en": "Expected day: **{day}**."}
WHEN_MOWER = {"nl": "Afgesproken dag: **{day}**.", "en": "Agreed day: **{day}**."}
DONE = {
    "nl": "Gedaan. {order} gaat nu naar **{new}**. {when}\n\n"
    "Dit geldt voor deze bestelling; het adres in je account blijft zoals het is.",
    "en": "Done. {order} now goes to **{new}**. {when}\n\n"
    "This is for this order only; the address in your account stays as it is.",
}
UNDER_WAY = {
    "nl": "{order} is al meegegeven aan {carrier}; wij kunnen het adres niet meer veranderen. Open de "
    "link in je verzendmail: daar zie je wat de bezorger nog voor je kan doen, zoals een "
    "afhaalpunt.",
    "en": "{order} is already with {carrier}, so we can no longer change the address. Open the link in "
    "your dispatch e-mail: it shows what the carrier can still do for you, such as a pick-up "
    "point.",
}
NOTHING_OPEN = {
    "nl": "Er staat geen bestelling van je open, dus er valt geen adres te veranderen. "
    "Bedoel je het adres in je account, of heb je met een ander e-mailadres besteld? Een collega "
    "helpt je graag.",
    "en": "No order of yours is waiting to be delivered, so there is no address to change. Did you mean "
    "the address in your account, or did you order with another e-mail address? A colleague is "
    "happy to help.",
}
ELSEWHERE = {
    "nl": "We bezorgen in Nederland, België, Luxemburg en Duitsland, en dit adres lees ik anders, of de "
    "postcode past niet bij het land (in Nederland horen er twee letters bij). Vraag het gerust "
    "opnieuw met het hele adres; een collega kan ook meekijken.",
    "en": "We deliver in the Netherlands, Belgium, Luxembourg and Germany, and I read this address "
    "differently, or its postcode does not go with the country (a Dutch one has two letters). "
    "Feel free to ask again with the full address; a colleague can help too.",
}
SAME = {
    "nl": "{order} gaat al naar **{new}**. Ik heb niets veranderd; het zit goed.",
    "en": "{order} is already going to **{new}**. I have changed nothing; all is well.",
}


def changeable(email: str) -> list[shop.Order]:
    """The orders that can still go elsewhere. Raises Refused, with what the customer can do, when there are none."""
    orders = shop.orders_of(email)
    found = [order for order in orders if order.address_may_change]
    if not found:
        under_way = next((order for order in orders if order.is_open), None)
        raise refused_under_way(under_way) if under_way else Refused(**NOTHING_OPEN)
    return found


def refused_under_way(order: shop.Order) -> Refused:
    """The carrier has it."""
    return Refused(**{
        language: UNDER_WAY[language].format(order=titled(order, language), carrier=carrier(order, language))
        for language in LANGUAGES
    })  # fmt: skip


def typed(text: str) -> address.Typed:
    """The address in that text. Raises Refused when Thuis cannot deliver there."""
    try:
        return address.read(text)
    except ValueError as error:
        raise Refused(**ELSEWHERE) from error


def preview(order: shop.Order, text: str) -> Done:
    """What will happen. Raises Refused when it cannot, or when it goes there already."""
    new = typed(text)
    if not order.address_may_change:
        raise refused_under_way(order)
    if new.address == order.address:
        raise Refused(**{language: _filled(SAME, order, new, language) for language in LANGUAGES})
    return Done(**{language: _filled(PREVIEW, order, new, language) for language in LANGUAGES})


def done(order: shop.Order, text: str) -> Done:
    """What happened; `order` is as it is now."""
    return Done(**{language: _filled(DONE, order, typed(text), language) for language in LANGUAGES})


def _filled(texts: dict[str, str], order: shop.Order, new: address.Typed, language: str) -> str:
    promised = near(shop.day_at(order, new.address), language, shop.today())
    return texts[language].format(
        order=titled(order, language),
        new=written(new.address, language),
        old=written(order.address, language),
        belgium=BELGIUM[language] if new.assumed else "",
        when=(WHEN_MOWER if order.has_mower else WHEN)[language].format(day=promised),
    )
