import numpy as np
from tests.unit.understand.company import LESSONS, NEAR_MISSES

from handdruk.understand import Reader


def test_that_every_lesson_is_judged_once_and_some_again_without_their_topic(reader: Reader) -> None:
    evidence = reader.evidence
    with_topic = (evidence.truth != "") & ~evidence.held_out
    assert with_topic.sum() == len(LESSONS)
    assert evidence.held_out.sum() == 4
    assert set(evidence.truth[evidence.held_out]) <= set(reader.topics)


def test_that_only_a_lesson_whose_topic_was_predicted_counts_as_right(reader: Reader) -> None:
    evidence = reader.evidence
    assert np.array_equal(evidence.was_right, (evidence.predicted == evidence.truth) & ~evidence.held_out)
    assert not evidence.was_right[evidence.truth == ""].any()
    assert not (evidence.held_out & (evidence.predicted == evidence.truth)).any()


def test_that_a_near_miss_taken_for_the_topic_it_is_not_counts_as_wrong(reader: Reader) -> None:
    evidence, without = reader.evidence, Reader.train(LESSONS).evidence
    assert len(evidence.was_right) - len(without.was_right) == len(NEAR_MISSES)
    assert evidence.was_right.sum() == without.was_right.sum()
    fits_none = evidence.truth == ""
    assert (evidence.predicted[fits_none] == "parcel").sum() == (
        without.predicted[without.truth == ""] == "parcel"
    ).sum() + 2


def test_that_the_true_topic_was_given_what_the_best_was_given_where_it_was_right(reader: Reader) -> None:
    evidence = reader.evidence
    right = evidence.was_right
    assert np.array_equal(evidence.probability_of_truth[right], evidence.probability_right[right])
    assert (evidence.probability_of_truth <= evidence.probability_right + 1e-12).all()
    assert (evidence.probability_of_truth[(evidence.truth == "") | evidence.held_out] == 0).all()


def test_that_out_of_sample_probabilities_are_calibrated(reader: Reader) -> None:
    evidence = reader.evidence
    assert abs(evidence.probability_right.mean() - evidence.was_right.mean()) < 0.02
    for sense in (evidence.wants_human, evidence.vulnerable, evidence.upset):
        assert abs(sense.probability.mean() - sense.label.mean()) < 0.02


def test_that_the_senses_tell_those_who_want_a_person_from_those_who_do_not(reader: Reader) -> None:
    sense = reader.evidence.wants_human
    asked, others = sense.probability[sense.label], sense.probability[~sense.label]
    better = (asked[:, None] > others[None, :]).mean()
    assert better > 0.93


def test_that_out_of_sample_scores_are_those_of_a_model_trained_without_the_lesson() -> None:
    from handdruk.understand import kernel
    from handdruk.understand.text import words
    from handdruk.understand.vocabulary import Vocabulary

    found = [words(lesson.text) for lesson in LESSONS]
    vocabulary = Vocabulary.learn(found)
    rows = vocabulary.matrix([vocabulary.row(text) for text in found])
    topics = sorted({lesson.topic or "" for lesson in LESSONS})
    targets = np.array([[lesson.topic == topic for topic in topics] for lesson in LESSONS], dtype=np.float32)
    likeness = kernel.likenesses_of(rows).astype(np.float64)
    group = slice(14, 28)
    fitted = kernel.fit(kernel.likenesses_of(rows), targets, [group])

    def without(left_out: list[int]) -> np.ndarray:
        rest = [number for number in range(len(LESSONS)) if number not in left_out]
        ridge = kernel.RIDGE * np.eye(len(rest))
        weights = np.linalg.solve(likeness[np.ix_(rest, rest)] + ridge, targets[rest])
        result: np.ndarray = likeness[np.ix_(left_out, rest)] @ weights
        return result

    assert np.allclose(fitted.without_itself[5], without([5])[0], atol=1e-4)
    assert np.allclose(fitted.without_its_group[group], without(list(range(14, 28))), atol=1e-4)
