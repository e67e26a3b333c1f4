"""A folder without mistakes says what its files say."""

import os
from datetime import date, time
from pathlib import Path

from handdruk.company.read import read_folder
from handdruk.company.values import ExampleLine
from handdruk.relationship.company import settings_from

THUIS = Path(__file__).parents[3] / "src" / "handdruk" / "thuis"


def test_that_the_settings_are_what_the_running_company_reads(folder: Path) -> None:
    settings = settings_from(read_folder(folder).settings, 3)
    assert (settings.name, settings.languages, settings.timezone.key) == ("Anders", ("nl", "en"), "Europe/Amsterdam")
    assert settings.hours[0] == ((time(8), time(12)), (time(13), time(20)))
    assert settings.hours[1:] == ((),) * 6
    assert settings.holidays[date(2027, 1, 1)] == {"nl": "Nieuwjaarsdag", "en": "New Year's Day"}
    assert (settings.at_most, settings.confidence) == (0.02, 0.95)
    assert (settings.answer_within_minutes, settings.miss_at_most, settings.ask_rate) == (10, 0.05, 0.9)
    assert [(team.key, team.names["nl"]) for team in settings.teams] == [("care", "Zorg")]
    assert settings.greeting == {"nl": "Hallo!", "en": "Hello!"}
    assert settings.origins == ("https://www.example.com",)
    assert settings.order_number == "TH-[0-9]{6}"


def test_that_a_topic_is_what_its_file_says(folder: Path) -> None:
    topic = read_folder(folder).topics["parcel"]
    assert (topic.phase, topic.resolution, topic.action) == ("receive", "act", "find_parcel")
    assert (topic.article, topic.team) == ("parcels", "care")
    assert topic.titles == {"nl": "Waar is mijn pakket", "en": "Where is my parcel"}
    assert topic.answers["en"] == "Look at [Parcels](article:parcels)."
    assert topic.examples[0] == ExampleLine("nl", "waar is mijn pakket")
    assert [example for example in topic.examples if not example.belongs] == [
        ExampleLine("nl", "waar is de winkel", belongs=False)
    ]


def test_that_an_article_is_what_its_file_says(folder: Path) -> None:
    article = read_folder(folder).articles["parcels", "nl"]
    assert (article.title, article.slug, article.phase) == ("Pakketten", "pakketten", "receive")
    assert article.summary == "Over pakketten."
    assert article.body == "Zie [deze pagina](article:parcels)."


def test_that_what_may_be_left_out_may_be_left_out(folder: Path) -> None:
    text = (folder / "company.toml").read_text()
    text = text.replace('order_number = "TH-[0-9]{6}"\n', "").replace('origins = ["https://www.example.com"]\n', "")
    head, rest = text.split("[[holidays]]", 1)
    (folder / "company.toml").write_text(head + rest[rest.index("[promise]") :])
    settings = read_folder(folder).settings
    assert (settings["order_number"], settings["holidays"], settings["chat"]["origins"]) == (None, {}, [])


def test_that_windows_line_ends_and_a_byte_order_mark_do_not_matter(folder: Path) -> None:
    before = read_folder(folder)
    for file in folder.rglob("*.[mt]*"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_folder(folder) == before


def test_that_hidden_files_and_editors_copies_are_no_content(folder: Path) -> None:
    before = read_folder(folder)
    for name in ("topics/.DS_Store", "topics/parcel.md~", "articles/nl/.parcels.md.swp", "README.txt"):
        (folder / name).write_text("nothing")
    assert read_folder(folder) == before


def test_that_links_within_the_folder_are_followed(folder: Path) -> None:
    before = read_folder(folder)
    (folder / "shared").mkdir()
    os.rename(folder / "topics" / "parcel.md", folder / "shared" / "parcel.md")
    (folder / "topics" / "parcel.md").symlink_to("../shared/parcel.md")
    assert read_folder(folder) == before


def test_that_the_folder_may_be_named_relative_to_where_one_is(folder: Path) -> None:
    before = read_folder(folder)
    here = Path.cwd()
    os.chdir(folder.parent)
    try:
        assert read_folder(Path("anders")) == before
    finally:
        os.chdir(here)


def test_that_the_sample_company_has_no_mistakes() -> None:
    sample = read_folder(THUIS)
    assert len(sample.topics) >= 60
    assert sample.settings["name"] == "Thuis"
