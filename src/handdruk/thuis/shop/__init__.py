"""The shop system of Thuis: customers, orders, parcels and returns, in `$HANDDRUK_HOME/shop.sqlite3`.

It stands for the systems a real company already has; nothing of Handdruk is in it. The file is made with its rows at
first use, with dates around that day, so that the demo looks fresh. Remove the file to start afresh.

Well-known customers, the same in every copy (the orders of the others differ with the day):

    sanne@voorbeeld.example    Dutch. TH-104233 under way; TH-104310 just placed; TH-104150 (two items) came 5 days ago
    thomas@voorbeeld.example   English, Antwerp. TH-104163 at a pick-up point; TH-104305 packed; TH-104148 (two Glans 2)
                               came 5 days ago
    fatima@voorbeeld.example   Dutch. TH-104171 is late and not moving; TH-104167 is late, with a new day
    pieter@voorbeeld.example   Dutch. TH-104301 a mower, by appointment; TH-104102 a mower that came 12 days ago
    jan@voorbeeld.example      Dutch. TH-103988 delivered long ago; TH-104020 sent back; TH-104295 cancelled
    lotte@voorbeeld.example    Dutch, in Belgium; a customer without orders

"Days ago" is the last working day on or before that day: nothing is delivered on Sundays and holidays.
"""

from .change import AlreadyReturned, TooLate, change_address, day_at, may_return, open_return
from .days import AMSTERDAM, now, today, working_day_after
from .products import PRODUCTS, Product
from .read import NoSuchOrder, customer, order, orders_of
from .values import Address, Customer, Event, Line, Order, Parcel, Return

__all__ = [
    "AMSTERDAM",
    "PRODUCTS",
    "Address",
    "AlreadyReturned",
    "Customer",
    "Event",
    "Line",
    "NoSuchOrder",
    "Order",
    "Parcel",
    "Product",
    "Return",
    "TooLate",
    "change_address",
    "customer",
    "day_at",
    "may_return",
    "now",
    "open_return",
    "order",
    "orders_of",
    "today",
    "working_day_after",
]
