"""Trains the senses on the package's own lessons and stores them beside those: python -m handdruk.understand.make_senses"""

from pathlib import Path

from handdruk.understand.lessons import sense_lessons
from handdruk.understand.senses import train_senses
from handdruk.understand.shipped import FILE, packed

if __name__ == "__main__":
    Path(__file__).parent.joinpath("lessons", FILE).write_bytes(packed(*train_senses(sense_lessons())))
