"""Days, money, orders and articles, in the customer's words."""

from datetime import date, datetime

from . import shop

LANGUAGES = ("nl", "en")
DAYS = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
COUNTRIES = {
    "NL": {"nl": "Nederland", "en": "the Netherlands"},
    "BE": {"nl": "België", "en": "Belgium"},
    "LU": {"nl": "Luxemburg", "en": "Luxembourg"},
    "DE": {"nl": "Duitsland", "en": "Germany"},
}
NEAR = {"nl": {-1: "gisteren", 0: "vandaag", 1: "morgen"}, "en": {-1: "yesterday", 0: "today", 1: "tomorrow"}}
NO_ORDERS = {
    "nl": "Bij dit e-mailadres vind ik geen bestellingen. Misschien bestelde je met een ander adres, of "
    "in een winkel? Een collega zoekt graag met je mee.",
    "en": "I find no orders under this e-mail address. Perhaps you used another address, or bought in a "
    "shop? A colleague is happy to help you look.",
}
OUR_VAN = {"nl": "onze bezorgdienst", "en": "our own delivery service"}


def day(moment: date, language: str) -> str:
    """ "maandag 3 november", "Monday 3 November"."""
    return f"{DAYS[language][moment.weekday()]} {moment.day} {MONTHS[language][moment.month - 1]}"


def near(moment: date, language: str, today: date) -> str:
    """The same, with "vandaag", "morgen" or "gisteren" before it when it is that close."""
    word = NEAR[language].get((moment - today).days)
    return f"{word} ({day(moment, language)})" if word else day(moment, language)


def on(moment: date, language: str, today: date) -> str:
    """The same within a sentence: "gisteren (maandag 2 november)", "on Monday 2 November"."""
    text = near(moment, language, today)
    return f"on {text}" if language == "en" and text == day(moment, language) else text


def short_day(moment: date, language: str) -> str:
    """ "3 nov", "3 Nov"; for a button."""
    name = MONTHS[language][moment.month - 1]
    return f"{moment.day} {'mrt' if name == 'maart' else name[:3]}"


def clock(moment: datetime, language: str) -> str:
    """ "14:05 uur", "14:05"."""
    return f"{moment:%H:%M} uur" if language == "nl" else f"{moment:%H:%M}"


def money(cents: int, language: str) -> str:
    """ "€ 1.299,00", "€1,299.00"."""
    amount = f"{cents / 100:,.2f}"
    return f"€ {amount.translate(str.maketrans(',.', '.,'))}" if language == "nl" else f"€{amount}"


def carrier(order: shop.Order, language: str) -> str:
    """Who brings it, or will."""
    if order.has_mower:
        return OUR_VAN[language]
    return "bpost" if order.address.country == "BE" else "PostNL"


def line_named(line: shop.Line, language: str) -> str:
    """ "Glans 2", "2 × Glans 2"."""
    name = line.product.named(language)
    return f"{line.quantity} × {name}" if line.quantity > 1 else name


def goods(order: shop.Order, language: str) -> str:
    """Everything in an order: "Glans 1, 2 × 4 opzetborstels"."""
    return ", ".join(line_named(line, language) for line in order.lines)


def titled(order: shop.Order, language: str) -> str:
    """An order at the start of a sentence: "Je bestelling **TH-104233** (Glans 2)"."""
    your = "Je bestelling" if language == "nl" else "Your order"
    return f"{your} **{order.number}** ({goods(order, language)})"


def label(order: shop.Order, language: str) -> str:
    """An order on a button: "TH-104233, Glans 2, 3 nov"."""
    more = {"nl": " en meer", "en": " and more"}[language] if len(order.lines) > 1 else ""
    first = line_named(order.lines[0], language)
    return f"{order.number}, {first}{more}, {short_day(order.ordered_at.date(), language)}"


def written(address: shop.Address, language: str) -> str:
    """An address in a sentence."""
    return f"{address.street}, {address.postcode} {address.city}, {COUNTRIES[address.country][language]}"
