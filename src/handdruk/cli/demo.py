"""`handdruk demo`: the sample company, with a login whose password is random."""

import os
import secrets
from argparse import Namespace
from pathlib import Path

from django.conf import settings

from handdruk.cli.ready import migrate, only_one, sample_company, say, take_into_use, train_if_needed
from handdruk.cli.serve import listen, serve
from handdruk.human.commands import make_colleague
from handdruk.human.models import Colleague

USER = "sanne"


def run(options: Namespace) -> int:
    """Prepares whatever is missing, prints where everything is, and serves."""
    with only_one(settings.HOME), listen(options.host, options.port) as listener:
        say("Handdruk is getting ready...")
        migrate()
        take_into_use(sample_company())
        train_if_needed()
        password = _login(settings.HOME / "demo-login")
        _show(f"http://{options.host}:{options.port}", password)
        serve(listener)
    say("Handdruk has stopped.")
    return 0


def _login(kept: Path) -> str:
    """The demo's password: made once, kept in the home folder, readable by its owner only."""
    if kept.exists() and Colleague.objects.filter(user__username=USER).exists():
        return kept.read_text().strip()
    password = secrets.token_urlsafe(9)
    with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(password)
    colleague = Colleague.objects.filter(user__username=USER).first()
    if colleague is None:
        make_colleague(USER, "Sanne", password, lead=True, language="", teams=["service", "care"])
    else:
        colleague.user.set_password(password)
        colleague.user.save(update_fields=["password"])
    return password


def _show(address: str, password: str) -> None:
    print(f"""
  The company and its chat   {address}/
  The desk                   {address}/desk/    log in as {USER} with {password}
  Mail of this demo          {address}/demo/mail/

  Ask something as a customer, in Dutch or English. Ask for a person, and answer at the desk.
  Known to the shop: sanne@voorbeeld.example (Dutch), thomas@voorbeeld.example (English).
  Ctrl-C stops it; everything is kept in {settings.HOME}.
""", flush=True)  # fmt: skip
