"""The desk itself: the queue, the chosen conversation and what stands around it."""

from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from handdruk.core.clock import now
from handdruk.core.ids import public_id
from handdruk.core.words import Holder
from handdruk.human.forms import MOST_CHARACTERS
from handdruk.human.queries import around, queue, thread
from handdruk.human.queries.stuck import how_many_stuck
from handdruk.human.views.guard import Context, DeskRequest, at_the_desk, language_of
from handdruk.relationship.models import Conversation


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was not done, and the words that must not get lost."""

    why: str
    kept: str = ""
    status: int = 409


@at_the_desk
@require_GET
def desk(request: DeskRequest) -> HttpResponse:
    """The queue, and nothing chosen yet."""
    return render(request, "desk/frame.html", _queue(request) | {"standing": ""})


@at_the_desk
@require_GET
def conversation(request: DeskRequest, pk: int) -> HttpResponse:
    """The same frame with one conversation."""
    return frame(request, pk)


@at_the_desk
@require_GET
def queue_part(request: DeskRequest) -> HttpResponse:
    """The lists alone. `chosen` is the conversation on the screen."""
    return render(request, "desk/queue.html", _queue(request, number(request, "chosen", 0)))


@at_the_desk
@require_GET
def context_part(request: DeskRequest, pk: int) -> HttpResponse:
    """What stands around a conversation; nothing when it still reads as the screen has it (`print`)."""
    context = _around(request, found(pk))
    if request.GET.get("print") == context["print"]:
        return HttpResponse(status=204)
    return render(request, "desk/context.html", context)


def news(request: DeskRequest, pk: int) -> HttpResponse:
    """What was said after message `after`, and who has the turn when that is not what the screen shows (`state`)."""
    chosen = found(pk)
    context = _one(request, chosen)
    context["thread"] = thread.after(chosen, number(request, "after", 0), language_of(request.colleague))
    context["changed"] = request.GET.get("state") != context["state"]
    if not context["thread"] and not context["changed"]:
        return HttpResponse(status=204)
    return render(request, "desk/news.html", context)


def frame(request: DeskRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """The whole page around a conversation, with why something was refused if it was."""
    chosen = found(pk)
    before = number(request, "before", 0) or None
    said = thread.newest(chosen, language_of(request.colleague), before)
    context = _queue(request, pk) | _around(request, chosen) | _one(request, chosen, refusal)
    if request.GET.get("suggestion") and not context["kept"]:
        context["kept"] = around.suggested_text(chosen)
    context |= {"thread": said, "more": bool(said) and said[0].number > 1, "before": before}
    return render(request, "desk/frame.html", context, status=refusal.status if refusal else 200)


def composer(request: DeskRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """Only the place to write, after htmx sent something from it."""
    context = _one(request, found(pk), refusal)
    return render(request, "desk/after_sending.html", context, status=refusal.status if refusal else 200)


def found(pk: int) -> Conversation:
    """The conversation, or a 404."""
    return get_object_or_404(Conversation.objects.select_related("customer", "colleague"), pk=pk)


def standing(conversation: Conversation, user_id: int | None) -> str:
    """Who has it, seen from this colleague: mine, colleague, queue, assistant, or closed."""
    if conversation.holder == Holder.COLLEAGUE:
        return "mine" if conversation.colleague_id == user_id else "colleague"
    if not conversation.is_open:
        return "closed"
    return conversation.holder


def number(request: HttpRequest, name: str, default: int = 1) -> int:
    """A whole number from the address; anything else is the default."""
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else default


def _queue(request: DeskRequest, chosen: int = 0) -> Context:
    which = request.GET.get("list", "")
    place = {"list": which, "page": number(request, "page"), "waiting": number(request, "waiting")}
    query = urlencode({key: value for key, value in place.items() if value not in ("", 1)})
    waiting = queue.waiting(max(1, number(request, "waiting")))
    opened = queue.elsewhere(which, request.user, max(1, number(request, "page"))) if which in queue.LISTS else None
    return {
        "colleague": request.colleague,
        "waiting": waiting,
        "how_many": queue.how_many_wait(),
        "mine": queue.mine(request.user),
        "folded": [(key, name, opened if key == which else None) for key, name in _folded().items()],
        "chosen": chosen,
        "query": query,
        "now": now(),
        "stuck": how_many_stuck() if request.colleague.lead else 0,
    }


def _folded() -> dict[str, str]:
    return {"colleagues": _("With colleagues"), "assistant": _("With the assistant"), "closed": _("Closed lately")}


def _one(request: DeskRequest, chosen: Conversation, refusal: Refusal | None = None) -> Context:
    stands = standing(chosen, request.user.pk)
    holder = chosen.colleague
    return {
        "conversation": chosen,
        "customer_name": queue.name_of(chosen.pk, chosen.customer.name, chosen.verified_email),
        "standing": stands,
        "state": f"{stands}-{chosen.colleague_id or 0}",
        "holder": (holder.first_name or holder.username) if holder else "",
        "client_id": public_id(),
        "most_characters": MOST_CHARACTERS,
        "refused": refusal.why if refusal else "",
        "kept": refusal.kept if refusal else "",
    }


def _around(request: DeskRequest, chosen: Conversation) -> Context:
    known = around.around(chosen, language_of(request.colleague), max(1, number(request, "earlier")))
    stands = standing(chosen, request.user.pk)
    name = queue.name_of(chosen.pk, chosen.customer.name, chosen.verified_email)
    return {
        "conversation": chosen,
        "around": known,
        "customer_name": name,
        "standing": stands,
        "now": now(),
        "print": sha256(f"{known}{stands}{name}{chosen.language}{_moments(known)}".encode()).hexdigest()[:16],
    }


def _moments(known: around.Around) -> str:
    """Rows print as their number only; these are what changes about them."""
    proved = [row.verified_at for row in known.identities]
    others = [(row.holder, row.closed_at) for row in known.earlier]
    handover = known.handover
    return f"{proved}{others}" + (f"{handover.state}{handover.escalated_at}{handover.owner_id}" if handover else "")
