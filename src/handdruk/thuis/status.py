"""Where an order is, in a few sentences: which situation it is in, and what belongs in the words for it."""

from datetime import date, timedelta

from . import shop
from .shop import Order
from .status_texts import AGREED, COMES_BACK, EXPECTED, LAST, SCANS, TEXTS
from .wording import carrier, clock, day, goods, money, near, on, titled

KEPT_FOR = timedelta(days=7)  # at a pick-up point
REFUND_WITHIN = 5  # working days after a return has arrived


def situation(order: Order, today: date) -> str:
    """The key of what there is to say about an order on that day."""
    if order.status == "returned":
        return "returned" if refund_by(order) >= today else "refunded"
    if order.status == "delivered":
        return "collected" if order.parcel and order.parcel.point else "delivered"
    if order.status == "cancelled":
        return "cancelled"
    if order.parcel is None:
        return "late_not_sent" if order.promised < today else order.status
    return _with_carrier(order, order.parcel, today)


def _with_carrier(order: Order, parcel: shop.Parcel, today: date) -> str:
    if parcel.status == "at_point":
        return "at_point" if kept_until(parcel) >= today else "point_over"
    if parcel.expected is None or parcel.expected < today:
        return "late_silent" if order.promised < today else "under_way"
    if parcel.status == "missed":
        return "missed"
    if parcel.events[-1].what == "out" and parcel.events[-1].at.date() == today:
        return "out"
    return "late_new_day" if order.promised < today else "under_way"


def said(order: Order, language: str, today: date) -> str:
    """Where this order is: what happened, what happens next and when."""
    lines = [TEXTS[situation(order, today)][language].format(**_parts(order, language, today))]
    for back in order.returns if order.status == "delivered" else ():
        line = order.line(back.line)
        item = line.product.named(language) if line else ""
        lines.append(COMES_BACK[language].format(item=item, code=back.code))
    return "\n\n".join(lines)


def refund_by(order: Order) -> date:
    """The last day on which the money of a returned order arrives."""
    return shop.working_day_after((order.ended_at or order.ordered_at).date(), REFUND_WITHIN)


def kept_until(parcel: shop.Parcel) -> date:
    """The last day a parcel waits at its pick-up point."""
    return (parcel.events[-1].at + KEPT_FOR).date()


def _parts(order: Order, language: str, today: date) -> dict[str, str]:
    ended = order.ended_at or order.ordered_at
    return {
        "order": titled(order, language),
        "number": order.number,
        "goods": goods(order, language),
        "carrier": carrier(order, language),
        "day": (AGREED if order.has_mower else EXPECTED)[language],
        "promised": near(order.promised, language, today),
        "due": on(order.promised, language, today),
        "ended": on(ended.date(), language, today),
        "ended_clock": clock(ended, language),
        "refund_by": near(refund_by(order), language, today),
        "total": money(order.total, language),
        **(_parcel_parts(order.parcel, order, language, today) if order.parcel else {}),
    }


def _parcel_parts(parcel: shop.Parcel, order: Order, language: str, today: date) -> dict[str, str]:
    event = parcel.events[-1]
    scan = SCANS[event.what][language].format(place=event.place)
    return {
        "expected": near(parcel.expected or order.promised, language, today),
        "last": LAST[language].format(scan=scan, day=day(event.at, language), clock=clock(event.at, language)),
        "track": parcel.track_code,
        "point": parcel.point,
        "kept_until": near(kept_until(parcel), language, today),
    }
