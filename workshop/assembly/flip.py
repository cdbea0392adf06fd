"""Decide on which edge a printer turns a sheet over, and say so in the words of PDF and of IPP.

All papers here are read like a book: the reader turns a sheet about its left edge, so that the top
of the back is where the top of the front is. The left edge of an upright sheet is a long edge, and
the left edge of a sheet on its side is a short edge. Both standards mean an edge of the sheet as it
is read: PDF in the viewer preferences (ISO 32000-1, 12.2, table 150), IPP in `sides` (RFC 8011,
5.2.8: "as if for binding on the long edge"). So the rule is the same for both, and for people:

- A pack of upright pages is turned over on the long edge, a pack of landscape pages on the short.
- A booklet and two pages side by side are on sheets that lie on their side: the short edge. The
  size of the sheet decides, not that of the pages on it.
- A pack with upright and landscape pages is turned over on the long edge. Printers turn the
  landscape pages to fit the upright paper, as wide tables are turned in a book.
- Only sheets that are printed on both sides count. A landscape handout on both sides is turned over
  on the short edge, although an upright agenda on one side comes before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pikepdf import Name

Flip = Literal["none", "long", "short"]
# Width and height, both in the same unit.
FaceSize = tuple[float, float]

# The values of /Duplex in a PDF's viewer preferences.
DUPLEX: Mapping[Flip, Name] = {
    "none": Name.Simplex,
    "long": Name.DuplexFlipLongEdge,
    "short": Name.DuplexFlipShortEdge,
}
# The values of IPP's `sides`, which `lp` takes as an option.
SIDES: Mapping[Flip, str] = {
    "none": "one-sided",
    "long": "two-sided-long-edge",
    "short": "two-sided-short-edge",
}


def flip_for(faces: Sequence[FaceSize | None], *, duplex: bool) -> Flip:
    """Return the edge on which sheets are turned over, or "none" where one side is printed.

    `faces` are the sizes of what is printed, in the printer's order: the front and the back of each
    sheet. None stands for an empty side. Where no sheet has both sides printed, all faces count.
    """
    if not duplex:
        return "none"
    sheets = zip(faces[::2], faces[1::2], strict=False)  # the last sheet may have no back
    backed = [size for front, back in sheets if front and back for size in (front, back)]
    sizes = backed or [size for size in faces if size]
    return "short" if all(width > height for width, height in sizes) else "long"
