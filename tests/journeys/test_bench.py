"""What is measured is what is meant."""

import json
import subprocess
import sys

from tests.command import CLEAN

QUICKLY = ("--customers", "4", "--rate", "0", "--seconds", "5")


def test_that_every_turn_that_is_measured_has_a_reply_of_the_assistant():
    command = [sys.executable, "-m", "handdruk.cli", "bench", "turns", *QUICKLY]
    ran = subprocess.run(command, env=CLEAN, timeout=120, check=True, capture_output=True, text=True)
    figures = json.loads(ran.stdout)
    assert figures["errors"] == 0, figures["first_error"]
    assert figures["turns"] > 20
