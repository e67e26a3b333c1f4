"""The folder as Handdruk loads it, and customers led through its actions."""

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.unit.thuis.demo_people import JAN, SANNE, THOMAS

from handdruk.core.clock import now
from handdruk.digital.actions import flow
from handdruk.digital.actions.define import Action
from handdruk.digital.actions.progress import Heard
from handdruk.digital.actions.registry import load
from handdruk.thuis import shop
from handdruk.thuis.shop.days import is_working_day

FOLDER = Path(shop.__file__).parents[1]
COMPANY = tomllib.loads((FOLDER / "company.toml").read_text(encoding="utf-8"))


class Told:
    """A detail in a message."""

    def __init__(self, kind: str, value: str) -> None:
        self.kind, self.value = kind, value


@pytest.fixture
def by_name() -> dict[str, Action]:
    return load(FOLDER).by_name


def begin(action: Action, email: str, said: str = "", language: str = "nl"):
    numbers = [Told("order_number", number) for number in re.findall(COMPANY["order_number"], said)]
    return flow.begin(action, "topic", "the-key", email, Heard(said, details=numbers), language)


def buttons(step) -> list[str]:
    return [button.value for button in step.reply.buttons]


def test_that_the_folder_defines_the_three_actions_and_knows_its_customers():
    loaded = load(FOLDER)
    assert set(loaded.by_name) == {"order_status", "change_delivery_address", "return_item"}
    assert all(action.verify for action in loaded.by_name.values())
    assert {name for name, action in loaded.by_name.items() if action.previewed} == {
        "change_delivery_address",
        "return_item",
    }
    assert loaded.lookup is not None and loaded.lookup(THOMAS) == "Thomas Baker"


def test_that_the_number_in_the_message_is_not_asked_for(by_name):
    assert begin(by_name["order_status"], SANNE, "waar is TH-104233?").progress.state == "ready"
    assert begin(by_name["order_status"], JAN, "waar is mijn pakje?").progress.state == "ready"


def test_that_another_customers_number_leads_to_a_question_about_ones_own(by_name):
    step = begin(by_name["order_status"], THOMAS, "where is TH-104233?", "en")
    assert step.progress.state == "detail" and step.reply.text == "Which order is it?"
    assert buttons(step)[:3] == ["value:TH-104305", "value:TH-104163", "value:TH-104148"]


def test_that_a_customer_is_led_through_an_address_change(by_name):
    action = by_name["change_delivery_address"]
    step = begin(action, SANNE, "kan het ergens anders heen")
    assert step.progress.asked == "address"
    heard = Heard("Dorpsstraat 9\n8011 VB Zwolle", details=[Told("postcode", "8011 VB")])
    assert flow.fits(action, step.progress, heard)
    assert not flow.fits(action, step.progress, Heard("Lindelaan 12"))
    step = flow.advance(action, step.progress, heard, "nl", now())
    assert step.progress.state == "confirm" and "Dorpsstraat 9, 8011 VB Zwolle" in step.reply.text


def test_that_a_customer_is_led_through_a_return(by_name):
    action = by_name["return_item"]
    step = begin(action, SANNE, "TH-104150 moet terug")
    assert buttons(step)[:2] == ["value:TH-104150/1", "value:TH-104150/2"]
    step = flow.advance(action, step.progress, Heard("", choice="value:TH-104150/2"), "nl", now())
    assert step.progress.asked == "reason"
    step = flow.advance(action, step.progress, Heard("Toch niet nodig"), "nl", now())
    assert step.progress.state == "confirm" and step.progress.values == {"item": "TH-104150/2", "reason": "not_needed"}


def test_that_the_company_is_closed_on_the_days_its_shop_does_not_deliver():
    closed = {holiday["date"] for holiday in COMPANY["holidays"]}
    assert len(closed) == len(COMPANY["holidays"])
    days = (date(2026, 1, 1) + timedelta(days=count) for count in range(3 * 365 + 1))
    weekdays = [day for day in days if day.weekday() < 5]
    assert {day for day in weekdays if not is_working_day(day)} == {day for day in closed if day.weekday() < 5}


def test_that_the_greeting_says_it_is_a_machine_and_that_a_person_is_near():
    assert "digitale assistent" in COMPANY["chat"]["greeting"]["nl"] and "mens" in COMPANY["chat"]["greeting"]["nl"]
    assert "digital assistant" in COMPANY["chat"]["greeting"]["en"] and "person" in COMPANY["chat"]["greeting"]["en"]


def test_that_order_numbers_of_the_shop_look_as_the_company_says():
    assert all(re.fullmatch(COMPANY["order_number"], order.number) for order in shop.orders_of(SANNE))


@pytest.mark.parametrize("name", ["book-a-repair", "complaints", "parcel-not-received"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_that_a_list_that_asks_for_a_picture_says_where_it_can_go_since_the_chat_takes_none(name, language):
    page = (FOLDER / "articles" / language / f"{name}.md").read_text(encoding="utf-8")
    picture = re.compile(r"\b(foto|schermafbeelding|photo|screenshot)")
    asked = [line for line in page.splitlines() if re.match(r"(-|\d\.) ", line) and picture.search(line.lower())]
    assert asked
    assert all("mail" in line or "@" in line for line in asked)
