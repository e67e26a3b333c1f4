"""Past conversations in a file, read piece by piece: JSON lines, or mail as an mbox.

`open_archive` tells which it is. `chunks` hands out pieces small enough to keep many in memory; `opened` turns a piece
into the customer's messages, which is the slow part and needs nothing but the piece.
"""

from handdruk.insight.archive.opened import opened
from handdruk.insight.archive.sniff import open_archive
from handdruk.insight.archive.values import Archive, BadArchive, Broken, Chunk, Past, Piece

__all__ = ["Archive", "BadArchive", "Broken", "Chunk", "Past", "Piece", "open_archive", "opened"]
