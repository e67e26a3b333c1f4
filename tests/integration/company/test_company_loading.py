"""Loading makes the database say what the folder says: all of it, once, or nothing."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handdruk.company import load as loading
from handdruk.company.load import load
from handdruk.company.mistakes import BadFolder
from handdruk.company.start import new
from handdruk.digital.models import Article, Example, Topic
from handdruk.relationship.company import company
from handdruk.relationship.models import Company

pytestmark = pytest.mark.django_db
Content = Callable[[], list[Any]]


def spoil(file: Path, old: str, new_text: str) -> None:
    """Changes one piece of text of a file."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new_text, 1))


def test_that_a_first_load_stores_everything(folder: Path) -> None:
    changes = load(folder)
    assert changes
    assert (changes.version, changes.applied) == (1, True)
    assert company().name == "Anders"
    assert Company.objects.get().folder == str(folder)
    topic = Topic.objects.get(name="when_will_it_arrive")
    assert (topic.phase, topic.resolution, topic.action, topic.article) == (
        "receive",
        "act",
        "delivery_day",
        "delivery",
    )
    assert topic.titles == {"nl": "Wanneer komt mijn pakket", "en": "When does my parcel come"}
    assert topic.answers["nl"].startswith("Een bestelling is binnen 2 werkdagen bij je.")
    assert topic.examples.filter(language="nl", belongs=True).count() == 10
    assert topic.examples.filter(language="en", belongs=False).count() == 2
    assert topic.examples.order_by("pk").first().text == "wanneer komt mijn pakket"
    article = Article.objects.get(key="delivery", language="en")
    assert (article.title, article.slug, article.phase) == ("Delivery", "delivery", "receive")


def test_that_a_second_load_changes_nothing(folder: Path, content: Content) -> None:
    load(folder)
    before = content()
    changes = load(folder)
    assert not changes
    assert changes.version == 1
    assert changes.describe() == ["Nothing changes: the database already says what the folder says."]
    assert content() == before


def test_that_a_dry_run_tells_and_does_nothing(folder: Path, content: Content) -> None:
    changes = load(folder, dry_run=True)
    assert "+ topic complaint" in changes.describe()
    assert changes.describe()[-1].startswith("Would load: 35 added, 0 changed, 0 removed")
    assert content() == [[], [], [], []]
    load(folder)
    before = content()
    spoil(folder / "company.toml", "at_most = 0.02", "at_most = 0.05")
    assert load(folder, dry_run=True).describe() == [
        "~ setting promise.at_most",
        "    0.02 -> 0.05",
        "Would load: 0 added, 1 changed, 0 removed.",
    ]
    assert content() == before


def test_that_each_change_is_stored_told_and_raises_the_version(folder: Path) -> None:
    load(folder)
    kept = Example.objects.get(text="ik heb een klacht").pk
    spoil(folder / "topics/complaint.md", "- klacht indienen", "- een klacht indienen bij jullie")
    spoil(folder / "topics/complaint.md", 'en = "A complaint"', 'en = "Complaint"')
    spoil(folder / "articles/en/delivery.md", 'title = "Delivery"', 'title = "How we deliver"')
    (folder / "topics/not_working.md").unlink()
    (folder / "topics/broken.md").write_text(
        re.sub("(?m)^- ", "- really: ", (folder / "topics/opening_hours.md").read_text())
    )
    changes = load(folder)
    assert changes.describe() == [
        "+ topic broken",
        "~ topic complaint",
        '    titles (en): "A complaint" -> "Complaint"',
        "    - example (nl): klacht indienen",
        "    + example (nl): een klacht indienen bij jullie",
        "- topic not_working",
        "~ article en/delivery",
        '    title: "Delivery" -> "How we deliver"',
        "Loaded: 1 added, 2 changed, 1 removed.",
    ]
    assert changes.version == company().version == 2
    assert set(Topic.objects.values_list("name", flat=True)) >= {"broken", "complaint"}
    assert not Topic.objects.filter(name="not_working").exists()
    assert Topic.objects.get(name="complaint").titles["en"] == "Complaint"
    assert Example.objects.filter(topic__name="complaint", text="een klacht indienen bij jullie").exists()
    assert not Example.objects.filter(text="klacht indienen").exists()
    assert Example.objects.get(text="ik heb een klacht").pk == kept
    assert Article.objects.get(key="delivery", language="en").title == "How we deliver"
    assert not load(folder)


def test_that_what_was_loaded_counts_at_once(folder: Path) -> None:
    load(folder)
    assert company().at_most == 0.02
    spoil(folder / "company.toml", "at_most = 0.02", "at_most = 0.05")
    load(folder)
    assert company().at_most == 0.05


def test_that_what_colleagues_wrote_is_told_before_it_is_removed(folder: Path) -> None:
    load(folder)
    topic = Topic.objects.get(name="complaint")
    Example.objects.create(topic=topic, language="nl", text="schande")
    Topic.objects.create(name="extra", phase="buy", resolution="answer")
    assert load(folder, dry_run=True).describe()[:-1] == [
        "~ topic complaint",
        "    - example (nl): schande",
        "- topic extra",
    ]
    load(folder)
    assert not Topic.objects.filter(name="extra").exists()
    assert not Example.objects.filter(text="schande").exists()


def test_that_spaces_no_file_can_hold_are_no_difference(folder: Path) -> None:
    load(folder)
    Example.objects.filter(text="ik heb een klacht").update(text="  ik heb\neen  klacht ")
    Topic.objects.filter(name="complaint").update(answers={
        language: f"\n\n{answer}\r\n" for language, answer in Topic.objects.get(name="complaint").answers.items()
    })  # fmt: skip
    assert not load(folder)


def test_that_a_folder_with_a_mistake_loads_nothing(folder: Path, content: Content) -> None:
    load(folder)
    before = content()
    spoil(folder / "company.toml", "at_most = 0.02", "at_most = 0.05")
    spoil(folder / "topics/complaint.md", '"people"', '"poeple"')
    with pytest.raises(BadFolder, match=r"complaint\.md:3: there is no resolve called"):
        load(folder)
    assert content() == before


@pytest.mark.django_db(transaction=True)
def test_that_a_load_that_fails_halfway_leaves_nothing_behind(
    folder: Path, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(folder)
    before = content()
    spoil(folder / "company.toml", "at_most = 0.02", "at_most = 0.05")
    (folder / "topics/not_working.md").unlink()
    spoil(folder / "articles/en/delivery.md", 'title = "Delivery"', 'title = "How we deliver"')

    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(loading, "_fill_article", fail)
    with pytest.raises(RuntimeError):
        load(folder)
    assert content() == before
    monkeypatch.undo()
    assert load(folder).version == 2


def test_that_two_articles_can_swap_their_addresses(folder: Path) -> None:
    load(folder)
    spoil(folder / "articles/nl/delivery.md", '"bezorgen"', '"betalen"')
    spoil(folder / "articles/nl/paying.md", '"betalen"', '"bezorgen"')
    load(folder)
    assert dict(Article.objects.filter(language="nl").values_list("key", "slug")) == {
        "delivery": "betalen",
        "paying": "bezorgen",
        "returns": "terugsturen",
    }


def test_that_an_address_can_pass_from_a_removed_article_to_a_new_one(folder: Path) -> None:
    load(folder)
    for language in ("nl", "en"):
        page = folder / f"articles/{language}/paying.md"
        page.rename(page.with_name("payments.md"))
    for file in folder.rglob("*.md"):
        file.write_text(file.read_text().replace("article:paying", "article:payments"))
    spoil(folder / "topics/payment_methods.md", 'article = "paying"', 'article = "payments"')
    load(folder)
    assert Article.objects.get(slug="betalen").key == "payments"


def test_that_another_folder_with_the_same_content_is_no_change_but_is_remembered(folder: Path, tmp_path: Path) -> None:
    load(folder)
    folder.rename(tmp_path / "elsewhere")
    dry = load(tmp_path / "elsewhere", dry_run=True)
    assert dry.describe()[0] == f"The company's folder is now {tmp_path / 'elsewhere'}."
    assert Company.objects.get().folder == str(folder)
    changes = load(tmp_path / "elsewhere")
    assert not changes
    assert changes.version == 1
    assert Company.objects.get().folder == str(tmp_path / "elsewhere")


def test_that_the_folder_is_stored_as_an_absolute_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    load("anders")
    assert Company.objects.get().folder == str(folder)


def large(tmp_path: Path) -> Path:
    """60 topics of 50 examples and 100 articles."""
    new(tmp_path / "large", "Groot", ["nl", "en"])
    hours = (tmp_path / "large/topics/opening_hours.md").read_text()
    for number in range(54):
        text = hours
        for language in ("nl", "en"):
            more = "".join(f"- {language} question {number} about {each}\n" for each in range(25))
            text = re.sub(rf"(?s)(# {language}\n.*?## examples\n).*?(\n## not)", rf"\1{more}\2", text, count=1)
        (tmp_path / f"large/topics/topic_{number}.md").write_text(text)
    for language in ("nl", "en"):
        page = (tmp_path / f"large/articles/{language}/delivery.md").read_text()
        for number in range(47):
            text = re.sub('slug = ".*"', f'slug = "page-{number}"', page)
            (tmp_path / f"large/articles/{language}/page-{number}.md").write_text(text)
    return tmp_path / "large"


def test_that_a_large_company_loads_in_few_statements(tmp_path: Path, django_assert_max_num_queries: Any) -> None:
    folder = large(tmp_path)
    with django_assert_max_num_queries(60):
        load(folder)
    assert (Topic.objects.count(), Article.objects.count()) == (60, 100)
    assert Example.objects.count() >= 54 * 50
    for file in folder.glob("articles/*/*.md"):
        file.write_text(file.read_text() + "\nOne more line.\n")
    with django_assert_max_num_queries(40):
        changes = load(folder)
    assert len(changes.articles) == 100
