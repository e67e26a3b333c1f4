"""Self-service steps: what a company writes in its `actions.py`, and how a customer is led through one.

    from typing import Annotated
    from handdruk.digital.actions import Ask, Call, Choice, Done, Refused, action

    @action(title={"nl": "Bestelling annuleren", "en": "Cancel an order"})
    def cancel_order(call: Call, order: Annotated[str, Ask(nl="Welke?", en="Which one?", choices=open_orders)]) -> Done:
        shop.cancel(order, once=call.key)
        return Done(nl="Geannuleerd.", en="Cancelled.")

    @cancel_order.preview
    def what_will_happen(call: Call, order: str) -> Done:
        return Done(nl=f"Ik annuleer {order}.", en=f"I will cancel {order}.")

An action with a preview changes something: the customer sees the preview and confirms. Without one it only looks things
up. `call.key` is the same however often the same use of the action is tried; pass it on, so that it happens once.
"""

from handdruk.digital.actions.define import (
    Action,
    Ask,
    BadActions,
    Call,
    Choice,
    Done,
    Refused,
    action,
    customer_lookup,
)

__all__ = ["Action", "Ask", "BadActions", "Call", "Choice", "Done", "Refused", "action", "customer_lookup"]
