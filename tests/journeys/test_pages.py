"""Every page: no accessibility violation, no sideways scrolling, in both languages, light and dark, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe

PUBLIC = ["/nl/", "/en/", "/nl/phase/receive/", "/en/search/?q=parcel", "/nl/search/?q=", "/nl/chat/", "/desk/login/"]
ARTICLES = {"/nl/": "nl", "/en/": "en"}


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{row['id']}: {row['nodes'][0]['html'][:160]}" for row in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", PUBLIC)
def test_that_a_page_is_accessible_and_fits(open_page, path, width, scheme):
    page = open_page(path, width=width, scheme=scheme)
    page.wait_for_timeout(400)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_that_the_desk_is_accessible_and_fits(desk, width, scheme):
    desk.set_viewport_size({"width": width, "height": 800})
    desk.emulate_media(color_scheme=scheme)
    desk.wait_for_timeout(400)
    assert violations(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/desk/audits/", "/desk/audits/done/", "/desk/promise/"])
def test_that_insight_is_accessible_and_fits(desk, path, width, scheme):
    desk.set_viewport_size({"width": width, "height": 800})
    desk.emulate_media(color_scheme=scheme)
    desk.goto(path)
    desk.wait_for_timeout(400)
    assert violations(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= width


def test_that_every_link_of_the_help_centre_leads_to_a_page(open_page, server):
    import httpx

    with httpx.Client(base_url=server.address) as http:
        for start in ARTICLES:
            page = open_page(start)
            links = set(page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))"))
            inside = sorted(link for link in links if link.startswith("/"))
            assert len(inside) > 15
            for link in inside:
                assert http.get(link, follow_redirects=True).status_code == 200, link


def test_that_search_finds_a_page_by_the_words_customers_use(open_page):
    page = open_page("/nl/search/?q=pakje+kwijt")
    assert page.get_by_role("main").get_by_role("link").count() > 2


def test_that_the_chat_stands_on_another_site_with_one_script_tag(browser, server, tmp_path):
    import functools
    import http.server
    import threading

    (tmp_path / "index.html").write_text(
        f'<!doctype html><title>Shop</title><script src="{server.address}/chat.js" data-language="nl" async></script>'
    )
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as shop:
        threading.Thread(target=shop.serve_forever, daemon=True).start()
        context = browser.new_context(locale="nl-NL")
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{shop.server_port}/")
        page.get_by_role("button", name="Stel je vraag").click()
        box = page.get_by_role("textbox", name="Je bericht")
        box.fill("hoi")
        box.press("Enter")
        page.get_by_role("log").get_by_text("Waarmee kan ik je helpen").wait_for()
        context.close()
        shop.shutdown()
