"""Every reason can be said, in both languages, to a customer and a colleague alike."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import handdruk
from handdruk.core.words import LANGUAGES
from handdruk.decide import Reason
from handdruk.decide.wording import REASONS, sentence

SOURCE = Path(handdruk.__file__).parent
TAKE_A_CODE = {"Reason", "_hand_over", "_person", "_bring_in", "bring_in", "Unanswered"}


def codes_in(tree: ast.AST) -> Iterator[str]:
    """Every reason's code that a piece of source writes down."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in TAKE_A_CODE:
            yield from strings_of(*node.args[:2])
        if isinstance(node, ast.Dict) and {"code", "figure"} <= {getattr(key, "value", None) for key in node.keys}:
            yield from strings_of(*(value for key, value in zip(node.keys, node.values, strict=True)
                                    if getattr(key, "value", None) == "code"))  # fmt: skip
        if isinstance(node, ast.Assign) and [getattr(target, "id", "") for target in node.targets] == ["code"]:
            yield from strings_of(node.value)


def strings_of(*nodes: ast.AST) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if isinstance(node, ast.IfExp):
            yield from strings_of(node.body, node.orelse)


def used() -> dict[str, str]:
    """Each code used in the rooms that give reasons, with a file that uses it."""
    files = [path for room in ("decide", "reception", "human", "channels") for path in (SOURCE / room).rglob("*.py")]
    return {code: str(path.relative_to(SOURCE)) for path in files for code in codes_in(ast.parse(path.read_text()))}


def test_that_the_scan_of_the_source_finds_what_it_looks_for():
    assert {"sure", "not_sure", "no_proof_yet", "wrong_answer", "action_failed", "turn_failed", "stepped_in"} <= set(
        used()
    )


def test_that_every_reason_used_anywhere_has_a_sentence():
    assert {code: file for code, file in used().items() if code not in REASONS} == {}


def test_that_no_sentence_is_kept_for_a_reason_that_nobody_gives():
    assert set(REASONS) - set(used()) == set()


@pytest.mark.parametrize("code", sorted(REASONS))
def test_that_a_reason_is_a_sentence_in_every_language(code):
    assert set(REASONS[code]) == set(LANGUAGES)
    said = {Reason(code, 0.934).said(language) for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)
    for text in said:
        assert text[0].isupper()
        assert text.endswith(".")
        assert "{" not in text


def test_that_a_figure_is_said_as_a_percentage():
    assert "93 %" in sentence("sure", "en", 0.934)
    assert "100 %" in sentence("sure", "nl", 1.0)


def test_that_a_language_nobody_wrote_gets_english():
    assert sentence("wants_human", "fr") == REASONS["wants_human"]["en"]
