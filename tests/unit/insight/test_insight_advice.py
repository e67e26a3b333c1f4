"""What would help a topic, and which topics hold a company back."""

from dataclasses import replace

import pytest

from handdruk.insight.advice import Help, Row, help_for, holding_back

GOOD = Row("warranty", examples=30, read=60, missed=30, false=0)


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (GOOD, Help.VARIED),
        (replace(GOOD, examples=14), Help.EXAMPLES),
        (replace(GOOD, taken_for="repair", confused=6), Help.APART),
        (replace(GOOD, taken_for="repair", confused=5), Help.VARIED),
        (replace(GOOD, ended=10, disappointing=4), Help.PEOPLE),
        (replace(GOOD, ended=10, disappointing=4, has_article=False), Help.ARTICLE),
        (replace(GOOD, ended=10, disappointing=3), Help.VARIED),
        (replace(GOOD, ended=9, disappointing=9), Help.VARIED),
    ],
)
def test_that_the_first_thing_to_do_follows_from_the_counts(row, wanted):
    assert help_for(row) is wanted


def test_that_what_is_asked_most_and_recognised_least_comes_first_and_what_loses_nothing_is_left_out():
    rare, asked = replace(GOOD, name="rare"), replace(GOOD, name="asked", asked=50)
    fine = replace(GOOD, name="fine", missed=0, asked=500)
    assert [row.name for row in holding_back([fine, rare, asked], 8)] == ["asked", "rare"]
    assert len(holding_back([rare, asked], 1)) == 1
