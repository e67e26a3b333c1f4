"""What customers change happens once, and only to what is theirs."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.unit.thuis.demo_people import JAN, LOTTE, SANNE, THOMAS

from handdruk.thuis import shop

GENT = shop.Address("Veldstraat 3", "9000", "Gent", "BE")
ZWOLLE = shop.Address("Dorpsstraat 9", "8011 VB", "Zwolle", "NL")


def test_that_capitals_in_an_address_do_not_matter():
    found = shop.customer("Sanne@Voorbeeld.Example")
    assert found is not None and found.name == "Sanne de Wit" and found.number == "K-20817"
    assert shop.customer("nobody@voorbeeld.example") is None


def test_that_another_customers_order_is_never_found():
    with pytest.raises(shop.NoSuchOrder):
        shop.order("TH-104233", THOMAS)
    assert "TH-104233" not in [order.number for order in shop.orders_of(THOMAS)]
    assert shop.orders_of(LOTTE) == shop.orders_of("nobody@voorbeeld.example") == ()


def test_that_another_customers_order_cannot_be_changed(sql):
    with pytest.raises(shop.NoSuchOrder):
        shop.change_address("TH-104310", THOMAS, GENT, once="a")
    with pytest.raises(shop.NoSuchOrder):
        shop.open_return("TH-104150", THOMAS, 1, "other", once="b")
    assert sql("SELECT * FROM once") == sql("SELECT * FROM address_changes") == []


def test_that_an_address_changes_once_under_one_key(sql):
    first = shop.change_address("TH-104310", SANNE, ZWOLLE, once="a")
    shop.change_address("TH-104310", SANNE, GENT, once="b")
    assert (
        shop.change_address("TH-104310", SANNE, ZWOLLE, once="a") == first
    )  # a late retry does not undo what followed
    assert shop.order("TH-104310", SANNE).address == GENT
    assert len(sql("SELECT * FROM address_changes")) == 2


def test_that_another_country_may_move_the_promised_day_but_never_forward():
    before = shop.order("TH-104310", SANNE).promised
    assert shop.change_address("TH-104310", SANNE, ZWOLLE, once="a") == before
    assert shop.change_address("TH-104310", SANNE, GENT, once="b") > before


def test_that_one_key_for_two_things_is_refused():
    shop.change_address("TH-104310", SANNE, ZWOLLE, once="a")
    with pytest.raises(ValueError, match="used for something else"):
        shop.change_address("TH-104310", SANNE, GENT, once="a")


def test_that_what_the_carrier_has_cannot_go_elsewhere(sql):
    with pytest.raises(shop.TooLate):
        shop.change_address("TH-104233", SANNE, GENT, once="a")
    assert sql("SELECT * FROM once") == []


def test_that_a_return_gets_one_code_under_one_key_and_none_under_another(sql):
    code = shop.open_return("TH-104150", SANNE, 1, "other", once="a")
    assert shop.open_return("TH-104150", SANNE, 1, "other", once="a") == code
    with pytest.raises(shop.AlreadyReturned) as before:
        shop.open_return("TH-104150", SANNE, 1, "broken", once="b")
    assert before.value.code == code
    assert shop.open_return("TH-104150", SANNE, 2, "other", once="c") != code
    assert shop.order("TH-104150", SANNE).returns[0].code == code


def test_that_only_what_came_at_most_30_days_ago_goes_back():
    for number, email in (("TH-103988", JAN), ("TH-104295", JAN), ("TH-104233", SANNE)):
        with pytest.raises(shop.TooLate):
            shop.open_return(number, email, 1, "other", once=number)
    with pytest.raises(LookupError):
        shop.open_return("TH-104150", SANNE, 7, "other", once="x")


@pytest.mark.parametrize("keys", [["same"] * 12, [f"key-{n}" for n in range(12)]], ids=["one key", "many keys"])
def test_that_threads_at_the_same_time_make_one_return(sql, keys):
    shop.customer(SANNE)
    together = threading.Barrier(len(keys))

    def ask(key: str) -> str:
        together.wait()
        try:
            return shop.open_return("TH-104150", SANNE, 1, "other", once=key)
        except shop.AlreadyReturned as before:
            return before.code

    with ThreadPoolExecutor(len(keys)) as pool:
        assert len(set(pool.map(ask, keys))) == 1
    assert len(sql("SELECT * FROM returns WHERE order_number = 'TH-104150'")) == 1


def test_that_threads_that_start_together_make_one_shop_and_lose_nothing(home):
    together = threading.Barrier(8)

    def buy(line: int) -> str:
        together.wait()
        return shop.open_return("TH-104150", SANNE, 1 + line % 2, "other", once=f"line-{line % 2}")

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(buy, range(8)))
    assert len(set(codes)) == 2
    assert {back.code for back in shop.order("TH-104150", SANNE).returns} == set(codes)
    assert [path.name for path in home.glob("shop-*")] == []


def test_that_processes_that_start_together_make_one_shop_and_lose_nothing(home):
    program = (
        "import sys; from handdruk.thuis import shop;"
        "print(shop.open_return('TH-104150', 'sanne@voorbeeld.example', 1, 'other', once='the-key'))"
    )
    started = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    codes = {process.communicate(timeout=60)[0].strip() for process in started}
    assert [process.returncode for process in started] == [0] * 4
    assert codes == {shop.order("TH-104150", SANNE).returns[0].code}
    assert [path.name for path in home.glob("shop-*")] == []


def test_that_where_there_are_no_links_the_shop_is_made_all_the_same(home, monkeypatch):
    def no_links(*_: object) -> None:
        raise PermissionError("this file system has no links")

    monkeypatch.setattr("os.link", no_links)
    assert shop.customer(SANNE) is not None
    assert [path.name for path in home.glob("shop-*")] == []
