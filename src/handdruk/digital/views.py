"""The help centre: phases as the way in, articles, search, and the chat on every page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_request

from handdruk.core.words import Phase
from handdruk.digital.answers import with_links
from handdruk.digital.markdown import to_html
from handdruk.digital.models import Article
from handdruk.digital.phases import TEXTS, TITLES
from handdruk.digital.search import search
from handdruk.digital.topics import known
from handdruk.relationship.company import NoCompany, company

Context = dict[str, Any]
MOST_RELATED = 5


def front_door(request: HttpRequest) -> HttpResponseRedirect:
    """To the help centre in the visitor's language."""
    try:
        wanted = company().language_for(get_language_from_request(request))
    except NoCompany:
        wanted = "en"
    return redirect(f"/{wanted}/")


def home(request: HttpRequest) -> HttpResponse:
    """The journey: seven phases, each with its articles."""
    language = _language()
    return render(request, "help/home.html", _context(language))


def phase(request: HttpRequest, key: str) -> HttpResponse:
    """One phase with all its articles."""
    language = _language()
    if key not in {part.value for part in Phase}:
        raise Http404
    context = _context(language, f"phase/{key}/")
    chosen = next(row for row in context["phases"] if row["key"] == key)
    return render(request, "help/phase.html", {**context, "phase": chosen})


def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article. An address in another language leads to the same article in that language."""
    language = _language()
    found = Article.objects.filter(slug=slug, language=language).first()
    if found is None:
        elsewhere = Article.objects.filter(slug=slug).first()
        here = elsewhere and Article.objects.filter(key=elsewhere.key, language=language).first()
        if not here:
            raise Http404
        return redirect("help:article", slug=here.slug)
    context = _context(language, f"help/{slug}/")
    chosen = next(row for row in context["phases"] if row["key"] == found.phase)
    shown = {
        "title": found.title,
        "summary": found.summary,
        "html": to_html(with_links(found.body, language, known())),
        "phase": chosen,
        "updated": found.updated_at,
    }
    related = [row for row in chosen["articles"] if row["title"] != found.title][:MOST_RELATED]
    return render(request, "help/article.html", {**context, "article": shown, "phase": chosen, "related": related})


def search_page(request: HttpRequest) -> HttpResponse:
    """What was found."""
    language = _language()
    query = request.GET.get("q", "").strip()[:300]
    found = search(query, language) if query else []
    results = [{**_row(row), "phase": TITLES[Phase(row.phase)].get(language, "")} for row in found]
    return render(request, "help/search.html", {**_context(language, "search/"), "query": query, "results": results})


def chat(request: HttpRequest) -> HttpResponse:
    """The chat as a page of its own."""
    return render(request, "help/chat.html", _context(_language(), "chat/"))


def _language() -> str:
    """The language in the address, if the company speaks it."""
    language = (get_language() or "en").split("-")[0]
    if language not in company().languages:
        raise Http404
    return language


def _context(language: str, rest: str = "") -> Context:
    names = {"nl": "Nederlands", "en": "English"}
    settings = company()
    rows = Article.objects.filter(language=language).only("title", "slug", "summary", "phase", "language")
    articles = list(rows.order_by("title"))
    return {
        "company": settings.name,
        "language": language,
        "languages": [
            {"code": code, "name": names.get(code, code), "url": f"/{code}/{rest}"} for code in settings.languages
        ],
        "phases": [_phase(part, language, articles) for part in Phase],
        "chat_url": reverse("help:chat"),
    }


def _phase(part: Phase, language: str, articles: list[Article]) -> Context:
    return {
        "key": part.value,
        "title": TITLES[part].get(language, TITLES[part]["en"]),
        "text": TEXTS[part].get(language, TEXTS[part]["en"]),
        "url": reverse("help:phase", args=[part.value]),
        "articles": [_row(row) for row in articles if row.phase == part],
    }


def _row(row: Article) -> Context:
    return {"title": row.title, "url": f"/{row.language}/help/{row.slug}/", "summary": row.summary}
