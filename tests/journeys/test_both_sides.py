"""A customer and a colleague, each in a browser of their own, from the first question to the goodbye."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import newest_code


class Chat:
    """The chat as a customer uses it."""

    def __init__(self, page, person="Praat met een mens", box="Je bericht"):
        self.page = page
        self.log = page.get_by_role("log")
        self.box = page.get_by_role("textbox", name=box)
        self.person = page.get_by_role("button", name=person)
        expect(self.log).to_contain_text(re.compile("machine"))

    def say(self, text):
        self.box.fill(text)
        self.box.press("Enter")
        expect(self.log).to_contain_text(text)

    def sees(self, pattern):
        expect(self.log).to_contain_text(re.compile(pattern))

    def press(self, pattern):
        self.page.get_by_role("button", name=re.compile(pattern)).last.click()


@pytest.mark.parametrize("width", [360, 1280])
def test_that_two_clear_questions_in_one_message_are_answered_in_order(open_page, width):
    chat = Chat(open_page("/nl/chat/", width=width, height=900))
    chat.say("hoe lang heb ik garantie en hoe laat zijn jullie open")
    chat.sees(r"2 jaar garantie[\s\S]*[Oo]pen")
    expect(chat.log).not_to_contain_text("meer dan één vraag")
    assert chat.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", [360, 1280])
def test_that_two_less_clear_questions_are_asked_about_and_both_can_be_chosen(open_page, width):
    chat = Chat(open_page("/nl/chat/", width=width, height=900))
    chat.say("kan ik ruilen en krijg ik een factuur")
    chat.sees("meer dan één vraag")
    assert chat.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    chat.press("^Allebei$")
    chat.sees(r"meer dan één vraag[\s\S]*e-mailadres[\s\S]*Daarna ga ik verder met: Ik zoek mijn factuur")


def test_that_what_comes_after_a_step_waits_and_follows_by_itself(open_page, server):
    chat = Chat(open_page("/nl/chat/"))
    chat.say("waar is mijn pakket en hoe lang heb ik garantie")
    chat.sees(r"e-mailadres[\s\S]*Daarna ga ik verder met")
    chat.say("sanne@voorbeeld.example")
    chat.sees("code van zes cijfers")
    chat.page.wait_for_timeout(1500)
    chat.say(newest_code(server))
    chat.press(r"TH-\d{6}")
    chat.sees(r"TH-\d{6}.*(onderweg|bezorgd|ingepakt|besteld)[\s\S]*2 jaar garantie")


def test_that_a_customer_is_answered_verified_handed_over_and_helped_by_a_person(open_page, desk, server):
    chat = Chat(open_page("/nl/chat/"))

    chat.say("hoe lang heb ik garantie")
    chat.sees("2 jaar garantie")

    chat.say("waar is mijn pakket")
    chat.sees("e-mailadres")
    chat.say("sanne@voorbeeld.example")
    chat.sees("code van zes cijfers")
    chat.page.wait_for_timeout(1500)
    chat.say(newest_code(server))
    chat.press(r"TH-\d{6}")
    chat.sees(r"TH-\d{6}.*(onderweg|bezorgd|ingepakt|besteld)")

    chat.say("DIT IS BELACHELIJK, ik ben woedend! Wat een waardeloos bedrijf zijn jullie")
    chat.sees(r"collega bij.*uiterlijk om \d\d:\d\d|Onze mensen zijn er")

    waiting = desk.locator(".queue-item", has_text="BELACHELIJK").first
    waiting.click()
    desk.get_by_role("button", name="Take this conversation").click()
    chat.sees("Je spreekt nu met Sanne")
    expect(desk.locator("#context")).to_contain_text("angry")
    expect(desk.locator("#context")).to_contain_text("sanne@voorbeeld.example")

    answer = desk.get_by_label(re.compile("Your answer"))
    answer.fill("Hoi, wat vervelend. Ik kijk meteen voor je.")
    answer.press("Control+Enter")
    chat.sees("Ik kijk meteen voor je")
    chat.say("dank je wel")
    expect(desk.locator(".thread")).to_contain_text("dank je wel")

    desk.get_by_role("button", name="Hand back").click()
    chat.sees("geeft het gesprek terug")
    chat.say("hoe lang heb ik garantie op de thermostaat")
    chat.sees("jaar garantie")


def test_that_nothing_is_missing_after_the_connection_was_cut(open_page, desk):
    page = open_page("/en/chat/", locale="en-GB")
    chat = Chat(page, "Talk to a person", "Your message")
    chat.person.click()
    chat.sees("colleague")
    chat.say("my question before the tunnel")
    desk.locator(".queue-item", has_text="before the tunnel").first.click()
    desk.get_by_role("button", name="Take this conversation").click()
    chat.sees("You are talking to Sanne now")

    page.context.set_offline(True)
    answer = desk.get_by_label(re.compile("Your answer"))
    for number in range(3):
        answer.fill(f"answer {number} in the tunnel")
        answer.press("Control+Enter")
        expect(desk.locator(".thread")).to_contain_text(f"answer {number} in the tunnel")
    chat.say("written in the tunnel")
    page.context.set_offline(False)

    for number in range(3):
        chat.sees(f"answer {number} in the tunnel")
    expect(desk.locator(".thread")).to_contain_text("written in the tunnel", timeout=30_000)
    expect(desk.locator(".thread .from-customer", has_text="written in the tunnel")).to_have_count(1)


def test_that_a_reload_keeps_the_conversation(open_page):
    page = open_page("/nl/chat/")
    chat = Chat(page)
    chat.say("hoi daar, dit blijft staan")
    page.reload()
    Chat(page).sees("dit blijft staan")


def test_that_the_button_to_a_person_is_there_before_anything_was_said_and_afterwards(open_page):
    chat = Chat(open_page("/nl/chat/", width=320, height=640))
    expect(chat.person).to_be_visible()
    chat.say("hallo")
    expect(chat.person).to_be_visible()
    chat.person.click()
    chat.sees("collega")
    expect(chat.page.get_by_role("button", name="Terug naar de assistent")).to_be_visible()
    chat.page.get_by_role("button", name="Terug naar de assistent").click()
    chat.sees("digitale assistent")


def test_that_what_a_customer_writes_is_never_markup(open_page, desk):
    hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script> **vet** tekst'
    chat = Chat(open_page("/nl/chat/"))
    chat.say(hostile)
    chat.page.wait_for_timeout(2000)
    if chat.person.count():  # unless that already brought in a person
        chat.person.click()
    chat.sees("collega|colleague")
    desk.locator(".queue-item", has_text="onerror").first.click()
    expect(desk.locator(".thread")).to_contain_text("<script>document.title=2</script>")
    assert "Handdruk" in desk.title()
    assert desk.locator(".thread img, .thread script").count() == 0
