"""From a piece of an archive to a conversation."""

from handdruk.insight.archive.mail import mail_text
from handdruk.insight.archive.shapes import Unusable, customer_texts
from handdruk.insight.archive.values import Broken, Past, Piece


def opened(piece: Piece, *, mail: bool) -> Past | Broken:
    """The customer's messages in the piece, or what is wrong with it."""
    if piece.problem:
        return Broken(piece.line, piece.problem)
    try:
        return _mails(piece) if mail else Past(piece.line, customer_texts(piece.parts[0]))
    except Unusable as problem:
        return Broken(piece.line, str(problem), len(piece.parts))


def _mails(piece: Piece) -> Past:
    try:
        texts = [mail_text(part, subject=number == 0) for number, part in enumerate(piece.parts)]
    except Exception as error:  # whatever a parser stumbles over, one mail must not stop the others
        raise Unusable("cannot be read as mail") from error
    said = tuple(filter(None, texts))
    return Past(piece.line, said, len(texts) - len(said))
