import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handdruk.understand import DetailFinder

ANY, OURS = DetailFinder(), DetailFinder(r"TH-\d{6}")


def found(text: str, finder: DetailFinder = ANY) -> list[tuple[str, str]]:
    return [(detail.kind, detail.value) for detail in finder.find(text)]


@pytest.mark.parametrize("typed", ["TH-104233", "th-104233", "TH 104233", "th104233", "TH–104233"])
def test_that_our_order_number_is_found_however_it_is_typed(typed: str) -> None:
    assert found(f"bestelling {typed}, waar is die", OURS) == [("order_number", "TH-104233")]


@pytest.mark.parametrize("pattern", ["([A-Z]+-?)+[0-9]+", "(A|AA)+[0-9]", "(A?){40}A{40}[0-9]", "A*A*A*A*A*A*[0-9]"])
def test_that_no_pattern_makes_what_a_stranger_types_take_for_ever(pattern: str) -> None:
    finder = DetailFinder(pattern)
    for text in ("A" * 10_000 + "!", "AA-" * 3_000 + "!", "A " * 5_000):
        begun = time.process_time()
        found(text, finder)
        assert time.process_time() - begun < 2
    assert found("bestelling AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA7", finder)[0][0] == "order_number"


def test_that_our_order_number_counts_as_a_whole_word_among_any_signs() -> None:
    text = "xTH-104233 TH-104233 TH-104234, (TH104235) 🙂TH-104236 TH-1042371 TH-104238-9 \ud800 TH-104239"
    assert [value for _, value in found(text, OURS)] == [f"TH-10423{last}" for last in (3, 4, 5, 6, 9)]
    assert all(text[detail.start : detail.end].startswith("TH") for detail in OURS.find(text))


def test_that_without_a_pattern_anything_like_an_order_number_counts() -> None:
    assert found("AB-12345 en bestelnummer: 99887766") == [("order_number", "AB-12345"), ("order_number", "99887766")]
    assert found("I have 12345 questions") == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("mail naar Jan.Jansen+x@Voorbeeld.NL.", "email", "Jan.Jansen+x@voorbeeld.nl"),
        ("bel 06 12345678", "phone", "+31612345678"),
        ("bel (030) 555 01 23 ", "phone", "+31305550123"),
        ("mijn nummer is 0612345678", "phone", "+31612345678"),
        ("bel +32 470 12 34 56", "phone", "+32470123456"),
        ("ik woon op 3511ab", "postcode", "3511 AB"),
        ("3511 AB Utrecht", "postcode", "3511 AB"),
        ("postcode 2000 in Antwerpen", "postcode", "2000"),
        ("B-2018 Antwerpen", "postcode", "2018"),
        ("op 12 maart", "date", "--03-12"),
        ("op 12 mrt. 2026", "date", "2026-03-12"),
        ("on March 12th, 2026", "date", "2026-03-12"),
        ("the 3rd of May", "date", "--05-03"),
        ("12-03-2026", "date", "2026-03-12"),
        ("12/3/26", "date", "2026-03-12"),
        ("2026-03-12", "date", "2026-03-12"),
        ("het kostte € 1.299,00", "amount", "1299.00 EUR"),
        ("it was £1,299", "amount", "1299.00 GBP"),
        ("12,50 euro", "amount", "12.50 EUR"),
        ("20 pounds", "amount", "20.00 GBP"),
        ("$5.5", "amount", "5.50 USD"),
        ("12,- euro", "amount", "12.00 EUR"),
    ],
)
def test_that_a_detail_is_found_and_written_as_a_system_wants_it(text: str, kind: str, value: str) -> None:
    assert found(text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "in 2024 is het kapot gegaan",
        "31 februari",
        "de 2000 meter",
        "1234 en 5678",
        "morgen om 12.30",
        "maat 42",
        "13-13-2026",
    ],
)
def test_that_what_is_no_detail_is_left_alone(text: str) -> None:
    assert found(text) == []


@given(text=st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789@.-/ €+THapril")), max_size=200))
@settings(max_examples=300, deadline=None)
def test_that_finding_never_fails_and_details_stand_where_they_say(text: str) -> None:
    for finder in (ANY, OURS):
        end = 0
        for detail in finder.find(text):
            assert end <= detail.start < detail.end <= len(text)
            assert detail.value
            end = detail.end


@given(before=st.text(max_size=40), number=st.integers(0, 999_999))
def test_that_an_order_number_is_found_after_any_text(before: str, number: int) -> None:
    details = OURS.find(f"{before} TH-{number:06} ")
    assert details[-1].value == f"TH-{number:06}"


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "a@",
        "a.a.",
        "a",
        "1.1,",
        "+1(",
        "0612345678 ",
        "order ",
        "€",
        "01-",
        "jan ",
        "aa-1234",
        "postcode",
        "a@b.",
        "1234 ",
        "th-104233 ",
        " ",
        "+31612345678",
        "order\t",
        "1/1/",
        "(",
        "a-",
        "@",
        "0-0",
    ],
)
def test_that_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    start = time.process_time()
    OURS.find(text)
    ANY.find(text)
    assert time.process_time() - start < 0.5
