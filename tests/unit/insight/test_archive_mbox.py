"""Archives of mail: whose words, in which conversation, and without what is not theirs."""

from collections import Counter
from textwrap import dedent

import pytest

from handdruk.insight.archive import BadArchive, Broken, Past, open_archive, opened
from handdruk.insight.archive.own_words import own_words


def mail(sender, body, subject="Re: x", **heads):
    lines = [f"From: {sender}"] if sender else []
    lines += [f"Subject: {subject}", *(f"{name.replace('_', '-')}: {value}" for name, value in heads.items())]
    return "From someone Mon Nov 23 2026\n" + "\n".join(lines) + f"\n\n{body}\n\n"


@pytest.fixture
def archive(tmp_path):
    def write(*mails, ours=()):
        path = tmp_path / "archive.mbox"
        path.write_bytes("".join(mails).encode())
        return open_archive(path, ours)

    return write


def read(archive):
    return [opened(piece, mail=True) for chunk in archive.chunks() for piece in chunk.pieces]


def passed(archive):
    return sum((chunk.counted for chunk in archive.chunks()), Counter())


def test_that_mails_of_one_thread_are_one_conversation_in_the_order_they_were_sent(archive):
    late = mail("Jan <jan@a.example>", "tweede", Message_ID="<2@a>", In_Reply_To="<k@us>", References="<1@a> <k@us>",
                Date="Tue, 24 Nov 2026 10:00:00 +0100")  # fmt: skip
    early = mail("jan@A.example", "eerste", "Vraag", Message_ID="<1@a>", Date="Mon, 23 Nov 2026 10:00:00 +0100")
    other = mail("piet@b.example", "iets anders", Message_ID="<9@b>")
    first_line = (late + other).count("\n") + 1
    thread = Past(first_line, ("Vraag\neerste", "tweede"))
    assert read(archive(late, other, early)) == [thread, Past(late.count("\n") + 1, ("iets anders",))]


def test_that_nobodys_mail_lands_in_another_customers_conversation(archive):
    first = mail("jan@a.example", "van jan", Message_ID="<1@a>")
    stranger = mail("eva@b.example", "van eva", Message_ID="<2@b>", References="<1@a>")
    assert [past.texts for past in read(archive(first, stranger))] == [("van jan",), ("van eva",)]


def test_that_mails_of_the_company_and_of_machines_are_nobodys_words_but_tie_threads(archive):
    asked = mail("jan@a.example", "vraag", Message_ID="<1@a>")
    answer = mail("Sanne <sanne@Shop.example>", "antwoord", Message_ID="<2@us>", In_Reply_To="<1@a>")
    thanks = mail("jan@a.example", "dank", Message_ID="<3@a>", In_Reply_To="<2@us>")
    away = mail("jan@a.example", "ik ben er niet", Auto_Submitted="auto-replied", Message_ID="<4@a>")
    found = archive(asked, answer, thanks, away, ours=["@shop.example"])
    assert [past.texts for past in read(found)] == [("vraag", "dank")]
    assert passed(found) == {"entries": 4, "ours": 1, "automatic": 1}


def test_that_counts_add_up_when_nothing_is_left(archive):
    assert passed(archive(mail("us@shop.example", "x"), ours=["us@shop.example"])) == {"entries": 1, "ours": 1}


def test_that_a_mail_of_nobody_is_broken_and_one_without_words_is_counted(archive):
    broken, wordless = read(archive(mail("", "hallo"), mail("jan@a.example", "> alles\n> geciteerd")))
    assert broken == Broken(1, "no sender")
    assert wordless == Past(6, (), wordless=1)


def test_that_a_sentence_that_begins_with_from_does_not_end_a_mail(archive):
    [past] = read(archive(mail("jan@a.example", "From here\n>From there\nFrom a 2026 b")))
    assert past.texts == ("From here\nFrom there\nFrom a 2026 b",)


def test_that_html_is_read_without_its_tags_and_without_what_it_quotes(archive):
    html = "<html><style>p {}</style><body><p>Waar blijft<br>mijn pakje &amp; kaart?</p><blockquote>oud</blockquote></body>"
    heads = {"Content_Type": 'text/html; charset="utf-8"'}
    [past] = read(archive(mail("jan@a.example", html, **heads)))
    assert past.texts[0].split() == ["Waar", "blijft", "mijn", "pakje", "&", "kaart?"]


def test_that_an_unknown_alphabet_or_a_broken_head_stops_nothing(archive):
    odd = mail("jan@a.example", "hallo", "=?nonsense?Q?x?=", Content_Type="text/plain; charset=nonsense", Date="nooit",
               References="<" * 500)  # fmt: skip
    assert "hallo" in read(archive(odd))[0].texts[0]


def test_that_a_mail_made_to_break_a_parser_stops_no_other(archive):
    deep = "\n".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}" for n in range(2000))
    nested = f"From x 2026\nFrom: a@a.example\n{deep}\n\n"
    unclosed = mail("b@b.example", "<style" * 50_000 + "<br" * 50_000, Content_Type="text/html")
    again = nested.replace("From: a@", "References: <1@a>\nFrom: a@")
    found = read(archive(again, again, unclosed, mail("jan@a.example", "hallo")))
    assert len(found) == 3
    assert found[0] == Broken(1, "cannot be read as mail", entries=2)
    assert found[2].texts == ("hallo",)


def test_that_a_conversation_of_more_mails_than_are_read_still_adds_up(archive):
    found = archive(*[mail("jan@a.example", f"bericht {n}", References="<1@a>") for n in range(130)])
    [past] = read(found)
    assert len(past.texts) == 100
    assert passed(found) == {"entries": 130, "beyond": 30}


def test_that_an_archive_of_mail_goes_on_where_it_was_left_and_not_when_it_changed(archive, tmp_path):
    mails = [mail("jan@a.example", f"bericht {n}", Message_ID=f"<{n}@a>") for n in range(100)]
    every = list(archive(*mails).chunks())
    assert len(every) > 2
    assert list(archive(*mails).chunks(every[1].until, every[1].mark)) == every[2:]
    assert every[-1].until == archive(*mails).size == 100
    with pytest.raises(BadArchive, match="has changed"):
        list(archive(*mails[:-1]).chunks(every[1].until, every[1].mark))


@pytest.mark.parametrize("text, kept", [
    ("Hoi\n\nOp ma 23 nov. 2026 om 10:00 schreef Shop <a@b.example>:\n> Dag Jan\n> groet", "Hoi"),
    ("On Mon, Nov 23, 2026 at 10:00 AM Shop <a@b.example>\nwrote:\n\n> Dear Jan\n\nthanks, but no", "thanks, but no"),
    ("Hoi\n\nVan: Shop <a@b.example>\nVerzonden: maandag\nAan: Jan\nOnderwerp: x\n\nDag Jan", "Hoi"),
    ("Hi\n-----Original Message-----\nold", "Hi"),
    ("Waar is het?\n\nMet vriendelijke groet,\nJan Jansen\n06 12345678", "Waar is het?"),
    ("Where is it?\nKind regards, Jan", "Where is it?"),
    ("Waar is het?\n-- \nJan", "Waar is het?"),
    ("Waar is het?\n\nVerzonden vanaf mijn iPhone", "Waar is het?"),
    ("Groetjes", "Groetjes"),
    ("> mijn eigen teken\nen meer", "en meer"),
])  # fmt: skip
def test_that_only_the_customers_own_words_are_kept(text, kept):
    assert own_words(dedent(text)) == kept
