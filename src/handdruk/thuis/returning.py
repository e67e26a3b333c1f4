"""Sending something back: what may go back, why, and the words."""

from handdruk.digital.actions import Choice, Done, Refused

from . import shop
from .wording import LANGUAGES, carrier, line_named, money, titled

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
    "nl": "Ik meld deze retour voor je aan:\n\n- **{item}** uit bestelling {number}\n- Reden: {reason}\n- Je krijgt **{amount}** "
    "terug binnen 5 werkdagen nadat het bij ons is, op dezelfde manier als je betaalde",
    "en": "I will register this return for you:\n\n- **{item}** from order {number}\n- Reason: {reason}\n- You get **{amount}** "
    "back within 5 working days after it reaches us, the same way you paid",
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
    "nl": "Je retour is aangemeld. Je retourcode is **{code}**.\n\n1. Doe **{item}** met alles wat erbij zat in een stevige "
    "doos.\n2. Laat de code zien bij een {carrier}-punt en geef het pakket gratis af. Printen is niet nodig.\n3. Bewaar het "
    "afgiftebewijs.\n\nBinnen 5 werkdagen nadat het bij ons is, heb je je geld terug.",
    "en": "Your return is registered. Your return code is **{code}**.\n\n1. Put **{item}** with everything that came with it "
    "in a sturdy box.\n2. Show the code at a {carrier} point and hand the parcel in, free of charge. No need to print "
    "anything.\n3. Keep the receipt.\n\nYour money is back within 5 working days after it reaches us.",
}
MOWER = {
    "nl": "Je retour is aangemeld. Je retourcode is **{code}**.\n\n1. Maak de **{item}** schoon en zet hem uit.\n2. Leg het "
    "laadstation erbij.\n3. We spreken een dag met je af en komen hem gratis halen.\n\nBinnen 5 werkdagen nadat hij bij ons "
    "is, heb je je geld terug.",
    "en": "Your return is registered. Your return code is **{code}**.\n\n1. Clean the **{item}** and switch it off.\n2. Put "
    "the charging station with it.\n3. We agree a day with you and collect it, free of charge.\n\nYour money is back within "
    "5 working days after it reaches us.",
}
AGAIN = {
    "nl": "**{item}** had je al aangemeld om terug te sturen. Je retourcode is **{code}**.",
    "en": "You had already registered **{item}** to be sent back. Your return code is **{code}**.",
}
TOO_LATE = {
    "nl": "Ik vind geen bestelling die nog terug kan: dat kan tot 30 dagen nadat je hem kreeg. Is er iets kapot, dan geldt de "
    "garantie van 2 jaar; ben je net te laat, dan kijkt een collega graag wat er kan.",
    "en": "I find no order that can still go back: that is possible up to 30 days after you received it. If something is "
    "broken, there is a 2-year warranty; if you are only just too late, a colleague will gladly see what can be done.",
}
NOT_YET = {
    "nl": "{order} is nog niet bij je bezorgd. Zodra hij er is, kun je hem 30 dagen lang gratis terugsturen. Wil je hem nu al "
    "niet meer? Een collega kijkt of annuleren nog kan.",
    "en": "{order} has not been delivered yet. Once you have it, you can send it back free of charge for 30 days. Would you "
    "rather not have it at all? A colleague will see whether it can still be cancelled.",
}


def items(email: str, language: str) -> list[Choice]:
    """What this customer may still send back. Raises Refused, with what they can do, when there is nothing."""
    orders = shop.orders_of(email)
    eligible = [order for order in orders if shop.may_return(order, shop.today())]
    found = [(order, line) for order in eligible for line in goods(order) if _code(order, line) is None]
    if not found:
        raise _nothing(orders, eligible)
    return [Choice(_value(order, line), f"{order.number}, {line_named(line, language)}") for order, line in found]


def chosen(item: str, email: str) -> tuple[shop.Order, shop.Line]:
    """The order and line behind a choice: "TH-104150/2", or the number alone for an order of one article."""
    number, _, line = item.partition("/")
    order = shop.order(number, email)
    found = order.line(int(line)) if line else next(iter(goods(order)), None)
    if found is None:
        raise LookupError(f"nothing to send back: {item}")
    return order, found


def preview(order: shop.Order, line: shop.Line, reason: str) -> Done:
    """What will be registered, with the rules for this article."""
    return Done(**{language: _preview(order, line, reason, language) for language in LANGUAGES})


def done(order: shop.Order, line: shop.Line, code: str) -> Done:
    """The code and what to do with it."""
    texts = MOWER if line.product.kind == "mower" else PARCEL
    return _said(texts, order, line, code)


def again(order: shop.Order, line: shop.Line, code: str) -> Done:
    """It was registered before."""
    return _said(AGAIN, order, line, code)


def goods(order: shop.Order) -> list[shop.Line]:
    """The lines that can be sent back: an installation cannot."""
    return [line for line in order.lines if line.product.kind != "visit"]


def _said(texts: dict[str, str], order: shop.Order, line: shop.Line, code: str) -> Done:
    return Done(**{
        language: texts[language].format(
            code=code, item=line_named(line, language), carrier="bpost" if order.address.country == "BE" else "PostNL"
        )
        for language in LANGUAGES
    })  # fmt: skip


def _preview(order: shop.Order, line: shop.Line, reason: str, language: str) -> str:
    kind, said = line.product.kind, REASONS[reason][language]
    parts = [PREVIEW[language].format(
        item=line_named(line, language), number=order.number, reason=said, amount=money(line.amount, language)
    )]  # fmt: skip
    if kind in RULES and not (reason in OUR_FAULT and kind in ("toothbrush", "heads")):
        parts.append(RULES[kind][language])
    if line.quantity > 1:
        parts.append(SEVERAL[language].format(quantity=line.quantity))
    if reason in OUR_FAULT:
        parts.append(MENDED[language])
    return "\n\n".join(parts)


def _value(order: shop.Order, line: shop.Line) -> str:
    return order.number if len(goods(order)) == 1 else f"{order.number}/{line.number}"


def _code(order: shop.Order, line: shop.Line) -> str | None:
    return next((back.code for back in order.returns if back.line == line.number), None)


def _nothing(orders: tuple[shop.Order, ...], eligible: list[shop.Order]) -> Refused:
    announced = [(order, line, code) for order in eligible for line in goods(order) if (code := _code(order, line))]
    if announced:
        return Refused(**{
            language: "\n\n".join(
                AGAIN[language].format(item=line_named(line, language), code=code) for _, line, code in announced
            )
            for language in LANGUAGES
        })  # fmt: skip
    waiting = next((order for order in orders if order.is_open), None)
    if waiting:
        return Refused(
            **{language: NOT_YET[language].format(order=titled(waiting, language)) for language in LANGUAGES}
        )
    return Refused(**TOO_LATE)
