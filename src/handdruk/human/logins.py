"""Logins for the desk once they are there: another password, shut, open again."""

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from handdruk.core.words import Holder
from handdruk.human import commands
from handdruk.human.login_rules import check_password
from handdruk.human.models import Colleague, Presence
from handdruk.relationship.models import Conversation
from handdruk.work.transactions import writing


def set_password(username: str, password: str) -> None:
    """Takes effect at once, and ends every session of this login. Raises ValueError for one that is too weak."""
    user = _user(username)
    check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])


def disable(username: str) -> int:
    """Shuts the login: its sessions end, and its conversations go back to the front of the queue.

    Returns how many conversations that were.
    """
    user = _user(username)
    with writing():
        User.objects.filter(pk=user.pk).update(is_active=False)
        Colleague.objects.filter(user=user).update(presence=Presence.AWAY)
        _end_sessions(user)
    held = Conversation.objects.filter(holder=Holder.COLLEAGUE.value, colleague=user).values_list("pk", flat=True)
    for conversation in list(held):
        commands.give_up(conversation)
    commands.queue_changed()
    return len(held)


def enable(username: str) -> None:
    """Opens the login again, with the password it had."""
    user = _user(username)
    with writing():
        User.objects.filter(pk=user.pk).update(is_active=True)
        Colleague.objects.filter(user=user).update(presence=Presence.AVAILABLE)


def _user(username: str) -> User:
    colleague = Colleague.objects.select_related("user").filter(user__username__iexact=username).first()
    if colleague is None:
        raise ValueError(f"there is no colleague called {username}; handdruk colleague --list shows who there are")
    return colleague.user


def _end_sessions(user: User) -> None:
    """A session does not say whose it is but inside; there are no more than colleagues opened in half a day."""
    for session in Session.objects.all().iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
