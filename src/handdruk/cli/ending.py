"""How a command ends when it cannot do what was asked."""


class Ending(Exception):
    """Says what was wrong and what to do. Exit code 2 for bad input, 1 for anything else."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code
