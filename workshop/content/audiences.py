"""Say what each audience may see, know and be given, and what sentences call it.

A document is made for one `Audience`. A block that only some may read is written for one
`BlockAudience`. The room is an audience of documents alone: what is shown on its screen or hangs
on its wall is seen by everybody in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

# In the order in which diagnostics and the JSON Schema list them.
Audience = Literal["participant", "room", "manager", "facilitator", "sponsor"]
BlockAudience = Literal["participant", "manager", "facilitator", "sponsor"]

AUDIENCES: tuple[Audience, ...] = get_args(Audience)
BLOCK_AUDIENCES: tuple[BlockAudience, ...] = get_args(BlockAudience)

# Which of the blocks that are not for everybody a document may print.
AUDIENCE_SEES: Mapping[Audience, frozenset[str]] = {
    "participant": frozenset({"participant"}),
    "room": frozenset({"participant", "slide"}),
    "manager": frozenset({"manager"}),
    "facilitator": frozenset({"facilitator", "participant", "slide"}),
    "sponsor": frozenset({"sponsor"}),
}
# The blocks that are not for everybody.
RESTRICTED = frozenset().union(*AUDIENCE_SEES.values())

# Who may read which segments the programme puts its participants in.
KNOWS_SEGMENTS: frozenset[Audience] = frozenset({"facilitator", "sponsor"})

# Whose papers are checked, word by word, for segments and for texts of `CONFIDENTIAL` blocks.
DISCREET: frozenset[Audience] = frozenset({"participant", "manager"})
CONFIDENTIAL: frozenset[BlockAudience] = frozenset({"facilitator", "sponsor"})

# Whose papers may be in a pack: in one that a participant takes home, in one that lies in the room.
IN_A_PERSONS_PACK: frozenset[Audience] = frozenset({"participant"})
IN_THE_ROOM: frozenset[Audience] = frozenset({"participant", "room", "facilitator"})

# Whose papers may name everybody in the roster: a manager reads of their own people only.
MAY_NAME_ALL: frozenset[Audience] = frozenset({"participant", "room", "facilitator", "sponsor"})
# Whose papers have a page of prompts for the reader's segment.
HAS_OWN_PAGES: frozenset[Audience] = frozenset({"participant"})
# Whose papers are e-mailed, one to each.
IS_WRITTEN_TO: frozenset[Audience] = frozenset({"manager"})

# The end of the sentence "this document is for …", in the order in which catalogues list them.
READERS: Mapping[Audience, str] = {
    "participant": "participants",
    "manager": "their managers",
    "room": "everybody in the room",
    "facilitator": "the trainer",
    "sponsor": "the sponsor",
}
