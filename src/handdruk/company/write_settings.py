"""Settings as the text of `company.toml`: the opposite of `settings`."""

from typing import Any

from handdruk.company import write_toml as toml
from handdruk.company.hours import DAYS

ABOUT = {
    "top": "The first language is the default.",
    "order_number": "What an order number looks like, so that a customer's message is searched for it.",
    "hours": "When people are there: [opens, closes] pairs. At other times the chat says when a person will answer.",
    "holidays": "Days on which nobody is there.",
    "promise": "Of the automatic answers at most this share is wrong, with this confidence. Colleagues look at audits_a_day\n"
    "# decisions, drawn by lot, to see whether it holds.",
    "people": "A person answers within so many minutes. Of the customers who need one, at most this share is missed,\n"
    "# as far as at most this share of the others gets a person without need.\n"
    "# When we ask what a message is about, the right topic is among the buttons at least this often.",
    "teams": "Groups of colleagues; a topic may name one.",
    "chat": "Sites other than this one that may show the chat, such as https://www.example.com.",
}


def settings_text(settings: dict[str, Any]) -> str:
    """The file, with a word on each part."""
    blocks = [_top(settings), _hours(settings["hours"]), *_holidays(settings["holidays"])]
    blocks += [_numbers("promise", settings["promise"]), _numbers("people", settings["people"])]
    blocks += _teams(settings["teams"])
    blocks += [_about("chat") + f"[chat]\norigins = {toml.items(settings['chat']['origins'])}"]
    blocks += [_texts("chat.greeting", settings["chat"]["greeting"])]
    return "\n\n".join(blocks) + "\n"


def _about(part: str) -> str:
    return f"# {ABOUT[part]}\n"


def _top(settings: dict[str, Any]) -> str:
    order_number = settings["order_number"]
    lines = [
        f"name = {toml.text(settings['name'])}",
        _about("top") + f"languages = {toml.items(settings['languages'])}",
        f"timezone = {toml.text(settings['timezone'])}",
    ]
    if order_number:
        lines.append(_about("order_number") + f"order_number = {toml.text(order_number)}")
    return "\n".join(lines)


def _hours(hours: list[list[list[str]]]) -> str:
    days = [
        f"{day} = [{', '.join(toml.items(pair) for pair in pairs)}]" for day, pairs in zip(DAYS, hours, strict=True)
    ]
    return _about("hours") + "\n".join(["[hours]", *days])


def _holidays(holidays: dict[str, dict[str, str]]) -> list[str]:
    blocks = [f"[[holidays]]\ndate = {day}\nname = {toml.inline(holidays[day])}" for day in sorted(holidays)]
    return [_about("holidays") + blocks[0], *blocks[1:]] if blocks else []


def _numbers(part: str, numbers: dict[str, float]) -> str:
    return _about(part) + "\n".join([f"[{part}]", *(f"{key} = {toml.number(value)}" for key, value in numbers.items())])


def _teams(teams: dict[str, dict[str, str]]) -> list[str]:
    blocks = [_texts(f"teams.{toml.key(team)}", names) for team, names in teams.items()]
    return [_about("teams") + blocks[0], *blocks[1:]] if blocks else []


def _texts(name: str, texts: dict[str, str]) -> str:
    return "\n".join([f"[{name}]", *toml.lines(texts)])
