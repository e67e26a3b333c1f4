"""The chat where browsers keep nothing, proxies answer in the server's place, and screens are small."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_both_sides import Chat

KEPT = "Object.entries(localStorage).filter(([key]) => key.startsWith('handdruk '))[0][1]"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"


def kept(page):
    return json.loads(page.evaluate(KEPT))


@pytest.mark.parametrize("wrong", [FULL, BLOCKED])
def test_that_a_message_arrives_when_the_browser_cannot_keep_anything(browser, server, wrong):
    context = browser.new_context(base_url=server.address, locale="nl-NL")
    page = context.new_page()
    page.add_init_script(wrong)
    page.goto("/nl/chat/")
    chat = Chat(page)
    chat.say("hoe lang heb ik garantie")
    chat.sees("2 jaar garantie")
    chat.say("en bij jullie thuis?")
    expect(chat.log.locator(".pending")).to_have_count(0)
    context.close()


def test_that_a_message_arrives_when_the_browser_became_full_later(open_page):
    page = open_page("/nl/chat/")
    chat = Chat(page)
    chat.say("hoe lang heb ik garantie")
    chat.sees("2 jaar garantie")
    page.evaluate(f"() => {{ {FULL} }}")
    chat.say("en op een tandenborstel?")
    expect(chat.log.locator(".pending")).to_have_count(0)
    expect(chat.log).to_contain_text("en op een tandenborstel?")


@pytest.mark.parametrize("status", [404, 403, 401])
def test_that_a_page_of_something_in_between_does_not_wipe_the_conversation(open_page, status):
    page = open_page("/nl/chat/")
    chat = Chat(page)
    chat.say("hoe lang heb ik garantie")
    chat.sees("2 jaar garantie")
    before = kept(page)["conversation"]
    page.route("**/messages*", lambda route: route.fulfill(status=status, content_type="text/html", body="<h1>no</h1>"))
    chat.say("waar is mijn pakket")
    expect(chat.log.locator(".pending")).to_contain_text("Nog niet verstuurd")
    page.reload()
    assert kept(page)["conversation"] == before
    page.unroute("**/messages*")
    chat.sees("waar is mijn pakket")
    chat.sees("e-mailadres")
    expect(chat.log).to_contain_text("2 jaar garantie")


def test_that_a_conversation_the_server_does_not_know_gives_way_to_a_new_one(open_page):
    page = open_page("/nl/chat/")
    chat = Chat(page)
    chat.say("hoe lang heb ik garantie")
    chat.sees("2 jaar garantie")
    before = kept(page)["conversation"]
    problem = json.dumps({"type": "about:blank", "title": "There is nothing here", "status": 404})
    page.route(f"**/{before}/messages*", lambda route: route.fulfill(
        status=404, content_type="application/problem+json", body=problem))  # fmt: skip
    chat.say("waar is mijn pakket")
    chat.sees("e-mailadres")
    assert kept(page)["conversation"] != before


def test_that_the_switch_of_language_reaches_the_server_too(open_page):
    page = open_page("/nl/chat/")
    chat = Chat(page)
    chat.person.click()
    expect(page.locator(".strip")).to_contain_text(re.compile("collega|Onze mensen"))
    page.get_by_role("button", name="switch to English").click()
    expect(page.locator(".strip")).to_contain_text(re.compile("colleague|Our people"))
    expect(page.locator(".strip")).not_to_contain_text(re.compile("collega |Onze mensen"))
    page.get_by_role("button", name="Back to the assistant").click()
    chat.sees("the digital assistant carries on")


def test_that_waiting_for_a_person_leaves_room_for_the_conversation_on_a_small_screen(open_page):
    page = open_page("/nl/chat/", width=320, height=568)
    chat = Chat(page)
    chat.person.click()
    expect(page.get_by_role("button", name="Terug naar de assistent")).to_be_visible()
    strip = page.locator(".strip").bounding_box()
    assert strip["height"] <= 100
    page.get_by_role("button", name="Er komt een mens").click()
    words = page.locator(".strip p")
    assert words.evaluate("node => node.scrollHeight <= node.clientHeight + 1"), "all of it can be read"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
