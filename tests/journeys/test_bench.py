"""What is measured is what is meant."""

from handdruk.cli.measure.turns import measure_turns


def test_that_every_turn_that_is_measured_has_a_reply_of_the_assistant():
    figures = measure_turns(customers=4, rate=0, seconds=5)
    assert figures["errors"] == 0, figures["first_error"]
    assert figures["turns"] > 20
