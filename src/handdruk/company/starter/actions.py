"""What customers can do for themselves. Every function here that is an `@action` can be named by a topic.

The types of the parameters are what the customer is asked for: `str`, `int`, `date` or an `Enum`, each with an `Ask`
that holds the question in every language of the company. A detail that the customer already mentioned is not asked
again (`detail="order_number"`, "postcode", "date", "amount", "email", "phone").

This one only looks something up, so it has no preview, and anybody may use it (`verify=False`). An action that shows
or changes what belongs to a customer keeps `verify` on: then the customer first proves that an e-mail address is
theirs, and `call.email` is that address. An action that changes something also has a preview, which the customer
confirms:

    @action(title={"nl": "Bestelling annuleren", "en": "Cancel an order"})
    def cancel_order(
        call: Call,
        order: Annotated[str, Ask(nl="Welke bestelling?", en="Which order?", detail="order_number")],
    ) -> Done:
        if not shop.belongs_to(order, call.email):
            raise Refused(nl="Die bestelling ken ik niet.", en="I do not know that order.")
        shop.cancel(order, once=call.key)  # the key is the same when the same use is tried again
        return Done(nl=f"Bestelling {order} is geannuleerd.", en=f"Order {order} has been cancelled.")

    @cancel_order.preview
    def what_will_happen(call: Call, order: str) -> Done:
        return Done(nl=f"Ik annuleer bestelling {order}.", en=f"I will cancel order {order}.")

Other .py files in this folder can be imported: `from handdruk_company import shop`.
"""

from datetime import date, timedelta
from typing import Annotated

from handdruk.digital.actions import Ask, Call, Done, Refused, action

WORKING_DAYS = 2  # how long a parcel takes
SATURDAY = 5


@action(title={"nl": "Uitrekenen wanneer je pakket komt", "en": "Work out when your parcel comes"}, verify=False)
def delivery_day(
    call: Call,
    ordered: Annotated[
        date,
        Ask(
            nl="Op welke dag heb je besteld? Bijvoorbeeld 2026-03-14.",
            en="On which day did you order? For example 2026-03-14.",
            detail="date",
        ),
    ],
) -> Done:
    """The day a parcel comes: so many working days after the order."""
    if ordered.year < 2000 or ordered.year > 9000:
        raise Refused(nl="Die datum kan niet kloppen.", en="That date cannot be right.")
    day = ordered
    for _ in range(WORKING_DAYS):
        day = next_working_day(day)
    return Done(
        nl=f"Wat je op {ordered:%d-%m-%Y} bestelde, komt uiterlijk op {day:%d-%m-%Y}.",
        en=f"What you ordered on {ordered:%Y-%m-%d} comes on {day:%Y-%m-%d} at the latest.",
    )


def next_working_day(day: date) -> date:
    """The first day after this one that is not in a weekend."""
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day
