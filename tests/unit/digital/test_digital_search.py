"""What is found in the help centre, and what is left out."""

from collections import Counter

from handdruk.digital.search import Index, words_of

PAGES = [
    "where is the parcel parcel parcel", "the warranty of the mower", "the mower and the rain where it stops",
    "the invoice", "where the shops are", "the brush and the charger", "the discount", "the gift card", "the repair",
    "the parcel where the neighbours took the parcel",
]  # fmt: skip


def index(pages: list[str]) -> Index:
    postings: dict[str, dict[int, float]] = {}
    for key, page in enumerate(pages):
        for word, count in Counter(words_of(page)).items():
            postings.setdefault(word, {})[key] = count
    lengths = {key: float(len(words_of(page))) for key, page in enumerate(pages)}
    return Index(1, postings, lengths, sum(lengths.values()) / len(lengths), tuple(sorted(postings)))


def test_that_a_word_in_nearly_every_article_finds_none():
    assert index(PAGES).search("the") == []
    assert index(PAGES).search("the warranty") == [1]


def test_that_what_fits_far_worse_than_the_best_is_left_out():
    assert index(PAGES).search("where is the parcel") == [0, 9]


def test_that_among_a_few_articles_every_word_counts():
    assert index(PAGES[:3]).search("the warranty")[0] == 1
    assert index(PAGES[:3]).search("the") != []


def test_that_no_more_are_found_than_were_asked_for():
    assert len(index([f"page mower {number}" for number in range(5)] + PAGES * 3).search("page", most=3)) == 3
