"""Sending something back: what may still go back, and what is said about it."""

from handdruk.digital.actions import Choice, Done, Refused

from . import shop
from .returning_texts import (
    AGAIN,
    MENDED,
    MOWER,
    NOT_YET,
    OUR_FAULT,
    PARCEL,
    PREVIEW,
    REASONS,
    RULES,
    SEVERAL,
    TOO_LATE,
)
from .wording import LANGUAGES, NO_ORDERS, line_named, money, titled


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
    return Refused(**(TOO_LATE if orders else NO_ORDERS))
