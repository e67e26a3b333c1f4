"""What customers of Thuis can do by themselves: see where an order is, send it elsewhere, send something back."""

from typing import Annotated

from handdruk.digital.actions import Ask, Call, Choice, Done, Refused, action, customer_lookup

from . import moving, returning, shop, status
from .address import PATTERN
from .returning_texts import REASONS, TOO_LATE
from .wording import LANGUAGES, NO_ORDERS, label

MATTERS_FOR = 14  # days after an order has ended


@customer_lookup
def name_of(email: str) -> str | None:
    """The name of the customer behind an address."""
    found = shop.customer(email)
    return found.name if found else None


def orders_to_look_up(call: Call) -> list[Choice]:
    """The one order that matters now; else all of them, those that matter first, so that a number may be typed too."""
    orders = shop.orders_of(call.email)
    if not orders:
        raise Refused(**NO_ORDERS)
    first = [order for order in orders if _matters(order)]
    rest = [order for order in orders if not _matters(order)]
    shown = first if len(first) == 1 else [*sorted(first, key=lambda order: not order.is_open), *rest]
    return [Choice(order.number, label(order, call.language)) for order in shown]


def orders_to_move(call: Call) -> list[Choice]:
    """The orders that can still go to another address."""
    return [Choice(order.number, label(order, call.language)) for order in moving.changeable(call.email)]


def items_to_return(call: Call) -> list[Choice]:
    """What may go back: an order, or one item of it."""
    return returning.items(call.email, call.language)


def reasons(call: Call) -> list[Choice]:
    """Why something goes back."""
    return [Choice(key, texts[call.language]) for key, texts in REASONS.items()]


@action(title={"nl": "Waar is mijn bestelling?", "en": "Where is my order?"})
def order_status(
    call: Call,
    order: Annotated[
        str,
        Ask(
            nl="Om welke bestelling gaat het?",
            en="Which order is it?",
            detail="order_number",
            choices=orders_to_look_up,
        ),
    ],
) -> Done:
    """Only looks up: status, where the parcel is, the day and the tracking code; says so when it is late."""
    found = shop.order(order, call.email)
    return Done(**{language: status.said(found, language, shop.today()) for language in LANGUAGES})


@action(title={"nl": "Bezorgadres veranderen", "en": "Change the delivery address"})
def change_delivery_address(
    call: Call,
    order: Annotated[
        str,
        Ask(
            nl="Welke bestelling moet naar een ander adres?",
            en="Which order should go to another address?",
            detail="order_number",
            choices=orders_to_move,
        ),
    ],
    address: Annotated[str, Ask(**moving.QUESTION, pattern=PATTERN)],
) -> Done:
    """Sends an order elsewhere, as long as the carrier does not have it."""
    new = moving.typed(address).address
    try:
        shop.change_address(order, call.email, new, once=call.key)
    except shop.TooLate as error:
        raise moving.refused_under_way(shop.order(order, call.email)) from error
    return moving.done(shop.order(order, call.email), address)


@change_delivery_address.preview
def before_the_change(call: Call, order: str, address: str) -> Done:
    """The address as it was understood, and the day."""
    return moving.preview(shop.order(order, call.email), address)


@action(title={"nl": "Iets terugsturen", "en": "Send something back"})
def return_item(
    call: Call,
    item: Annotated[
        str,
        Ask(
            nl="Wat wil je terugsturen?",
            en="What would you like to send back?",
            detail="order_number",
            choices=items_to_return,
        ),
    ],
    reason: Annotated[
        str,
        Ask(
            nl="Waarom gaat het terug? Je hoeft geen reden te geven.",
            en="Why is it going back? You need not say.",
            choices=reasons,
        ),
    ],
) -> Done:
    """Registers a return and gives its code."""
    order, line = returning.chosen(item, call.email)
    try:
        code = shop.open_return(order.number, call.email, line.number, reason, once=call.key)
    except shop.AlreadyReturned as before:
        return returning.again(order, line, before.code)
    except shop.TooLate as error:
        raise Refused(**TOO_LATE) from error
    return returning.done(order, line, code)


@return_item.preview
def before_the_return(call: Call, item: str, reason: str) -> Done:
    """What will be registered, and the rules."""
    order, line = returning.chosen(item, call.email)
    return returning.preview(order, line, reason)


def _matters(order: shop.Order) -> bool:
    return order.ended_at is None or (shop.today() - order.ended_at.date()).days <= MATTERS_FOR
