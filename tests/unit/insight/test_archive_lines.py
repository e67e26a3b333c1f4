"""Archives of JSON lines: every shape, every mistake, and the sum of it all."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handdruk.insight.archive import BadArchive, Broken, Past, open_archive, opened
from handdruk.insight.archive import lines as the_lines


@pytest.fixture
def archive(tmp_path):
    """Writes an archive; a text is written as it is, anything else as JSON."""

    def write(*lines, end="\n"):
        path = tmp_path / "archive.jsonl"
        said = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        path.write_bytes((end.join(said) + end).encode())
        return path

    return write


def read(path):
    archive = open_archive(path)
    return [opened(piece, mail=archive.mail) for chunk in archive.chunks() for piece in chunk.pieces]


def counted(path):
    return sum(chunk.counted["entries"] for chunk in open_archive(path).chunks())


@pytest.mark.parametrize("row, texts", [
    ({"text": "hoi"}, ["hoi"]),
    ({"turns": ["a", "b"]}, ["a", "b"]),
    ({"messages": [{"author": "customer", "text": "a"}, {"author": "assistant", "text": "b"}]}, ["a"]),
    ({"messages": [{"who": "Klant", "body": "a"}, {"who": "medewerker"}, {"who": " KLANT ", "body": "c"}]}, ["a", "c"]),
    ({"turns": [{"role": "user", "content": "a"}, "b"], "id": 7}, ["a", "b"]),
    ({"turns": ["", "  ", "a"]}, ["a"]),
    ({"turns": []}, []),
])  # fmt: skip
def test_that_every_shape_gives_what_the_customer_said(archive, row, texts):
    assert read(archive(row)) == [Past(1, tuple(texts))]


@pytest.mark.parametrize("line, problem", [
    ("{", "not JSON"), ("[" * 100_000, "not JSON"), ("[]", "not a JSON object"), ("5", "not a JSON object"),
    ({}, 'needs one of "text", "turns" and "messages"'), ({"text": "a", "turns": []}, 'needs one of'),
    ({"turns": "a"}, '"turns" is not a list'), ({"turns": ["a", 5]}, "message 2 has no text"), ({"text": None}, "message 1"),
    ({"messages": [{"author": "customer"}]}, "message 1 has no text"),
    ({"messages": [{"text": "a"}]}, "message 1 does not say who wrote it"),
    ({"messages": [{"author": "Jan de Vries", "text": "a"}]}, "message 1 was written neither"),
    ('{"text": "\\ud800"}', "message 1 holds half a character"),
])  # fmt: skip
def test_that_a_broken_line_is_told_with_its_number_and_without_its_words(archive, line, problem):
    before, broken, after = read(archive({"text": "a"}, line, {"text": "b"}))
    assert (before, after) == (Past(1, ("a",)), Past(3, ("b",)))
    assert isinstance(broken, Broken)
    assert broken.line == 2
    assert broken.problem.startswith(problem)
    assert "Jan" not in broken.problem


def test_that_bytes_that_are_no_text_break_one_line_only(tmp_path):
    path = tmp_path / "archive.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "a"}\r\n{"text": "\xff"}\r\n\r\n{"text": "b"}')
    assert read(path) == [Past(1, ("a",)), Broken(2, "not UTF-8"), Past(4, ("b",))]
    assert counted(path) == 4


def test_that_a_line_without_end_is_passed_over(archive, monkeypatch):
    monkeypatch.setattr(the_lines, "LONGEST", 100)
    path = archive({"text": "a"}, {"text": "x" * 1000}, "", {"text": "b"})
    assert read(path) == [Past(1, ("a",)), Broken(2, "longer than 4 MB"), Past(4, ("b",))]
    assert counted(path) == 4


@given(sizes=st.lists(st.integers(0, 300), min_size=1, max_size=30), at_once=st.integers(1, 7), take=st.integers(0, 30))
def test_that_an_archive_goes_on_where_it_was_left(tmp_path_factory, sizes, at_once, take):
    path = tmp_path_factory.mktemp("archive") / "a.jsonl"
    path.write_text("".join((json.dumps({"text": "x" * size}) if size % 3 else "") + "\n" for size in sizes))
    archive = open_archive(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(the_lines, "AT_ONCE", at_once)
        every = list(archive.chunks())
        assert every[-1].until == archive.size
        assert sum(chunk.counted["entries"] for chunk in every) == len(path.read_text().splitlines())
        left = every[min(take, len(every) - 1)]
        assert list(open_archive(path).chunks(left.until, left.mark)) == every[every.index(left) + 1 :]


@pytest.mark.parametrize(
    "change", [lambda data: data.replace(b"aa", b"ab"), lambda data: data + b"{}", lambda data: data[:9]]
)
def test_that_a_changed_archive_is_not_gone_on_with(archive, change):
    path = archive(*[{"text": "aa"}] * 300)
    first = next(open_archive(path).chunks())
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(BadArchive, match="has changed"):
        next(open_archive(path).chunks(first.until, first.mark))


def test_that_what_is_no_archive_is_refused(tmp_path):
    (tmp_path / "empty").touch()
    for path, why in ((tmp_path, "not a file"), (tmp_path / "empty", "empty"), (tmp_path / "nowhere", "not a file")):
        with pytest.raises(BadArchive, match=why):
            open_archive(path)
