"""Limit what files and texts may hold, each limit with its reason.

Honest work meets none of them: a client with 10,000 people, 200 modules and 40 MB of pictures stays
below all. They are there so that a file of another kind, a slip or ill will costs a sentence and
not an hour or the machine's memory. `docs/limits.md` lists them for users.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limit", "all_limits"]

_KB, _MB = 1_000, 1_000_000


@dataclass(frozen=True)
class Limit:
    """Says how much there may be of something, in which unit, and why nobody needs more.

    `subject` is what is limited, as a sentence begins: "A roster may have at most 20 MB".
    """

    subject: str
    most: int
    unit: str
    reason: str

    def __str__(self) -> str:
        """Return the limit's size in words: "20 MB", "20,000 rows"."""
        return f"{amount(self.most)}" if self.unit == "bytes" else f"{self.most:,} {self.unit}"


def amount(size: int) -> str:
    """Return a number of bytes in words, rounded up: "1 MB" is never said of more than that."""
    for unit, letters in ((1_000 * _MB, "GB"), (_MB, "MB"), (_KB, "KB")):
        if size >= unit:
            tenths = -(-size * 10 // unit)
            return f"{tenths // 10:,}{f'.{tenths % 10}' if tenths % 10 else ''} {letters}"
    return f"{size} bytes"


# How large files may be. A larger file is told and not read.
SETTINGS_FILE = Limit(
    "A YAML file", _MB, "bytes", "500 cohorts in a `client.yaml` take a tenth of it."
)
TEXT_FILE = Limit(
    "A module or case", _MB, "bytes", "A book has as many letters; a long module has 12 KB."
)
ROSTER_FILE = Limit("A roster", 10 * _MB, "bytes", "10,000 people take 2 MB.")
TEMPLATE_FILE = Limit(
    "A template or style sheet",
    2 * _MB,
    "bytes",
    "The largest that comes with the program has 11 KB; pictures within it may take the rest.",
)
LOGO_FILE = Limit("A logo", 5 * _MB, "bytes", "It is printed on every page.")
PICTURE_FILE = Limit(
    "A picture or another file that a page asks for",
    50 * _MB,
    "bytes",
    "A photograph that fills an A3 page in print quality takes 20 MB.",
)
FONT_FILE = Limit(
    "A font file", 50 * _MB, "bytes", "The largest single files, Chinese ones, have 35 MB."
)
FONT_FILES = Limit(
    "All font files of a client and its workspace",
    200 * _MB,
    "bytes",
    "They are all kept in memory. An ordinary family is four files of 1 MB.",
)
ANY_FILE = Limit(
    "Any file of a client",
    50 * _MB,
    "bytes",
    "Larger files are refused unread.",
)

# How much files may hold.
YAML_ENTRIES = Limit(
    "A YAML file",
    20_000,
    "keys and values",
    "500 cohorts take 8,000; more take longer to read than a trainer waits.",
)
YAML_LINE = Limit(
    "A line of a YAML file",
    50_000,
    "characters",
    "That is twenty pages; some long lines take the parser minutes.",
)
YAML_DEPTH = Limit(
    "Lists and keys in a YAML file",
    32,
    "levels",
    "The deepest that any file needs is eight.",
)
BLOCK_DEPTH = Limit(
    "Blocks open within each other", 40, "levels", "A hint in a step of an exercise is three deep."
)
ROSTER_ROWS = Limit("A roster", 20_000, "rows", "A cohort may have 10,000 people.")
ROSTER_LINE = Limit(
    "A line of a roster", 100_000, "characters", "Seven cells of 200 take a hundredth of it."
)
ROSTER_UNPACKED = Limit(
    "A spreadsheet for a roster, unpacked",
    50 * _MB,
    "bytes",
    "10,000 people in forty columns take half of it.",
)
ROSTER_CELLS = Limit(
    "A sheet for a roster, from its first cell to its last",
    2_000_000,
    "cells",
    "10,000 people in forty columns take a fifth of it.",
)
ROSTER_LETTERS = Limit(
    "The texts in the cells of a sheet for a roster, together",
    50_000_000,
    "characters",
    "A text that many cells share counts for each; 10,000 people in forty columns have a sixth.",
)
ROSTER_MERGED = Limit(
    "A sheet for a roster",
    50_000,
    "merged cells",
    "10,000 people with five merged cells each have as many.",
)
ROSTER_COLUMNS = Limit("A roster", 200, "columns", "It needs seven; exports may have some dozens.")
FILE_FAULTS = Limit(
    "Faults told of a file", 1_000, "faults", "Correct these, then run the command again."
)

TEXT_BRACKETS = Limit(
    "Opening square brackets in a text",
    1_000,
    "brackets",
    "More take seconds, as a link is looked for behind each; parts of a text count apart.",
)

# How large values may be.
NAME_LENGTH = Limit("A name or a term in a YAML file", 200, "characters", "It stands on one line.")
CELL_LENGTH = Limit("A cell of a roster", 200, "characters", "It stands on one line, in a slot.")
FOLDER_LENGTH = Limit(
    "The name of a client’s folder or a cohort",
    80,
    "characters",
    "It is a folder’s name, in a path of several.",
)
HEADCOUNT = Limit(
    "A `headcount`", 10_000, "people", "One delivery; more are several, each with its day."
)
GROUP_SIZE = Limit("`group-size`", 6, "people", "Exercises give each of a group a turn to speak.")
SPARES = Limit("`spares`", 100, "copies", "They are for guests who were not announced.")
BREAK_MINUTES = Limit("A break", 240, "minutes", "That is half a day.")
MODULE_MINUTES = Limit("A module", 480, "minutes", "That is a whole day.")
PART_MINUTES = Limit(
    "`minutes` of a block", 600, "minutes", "No day is longer; steps add up to their exercise."
)
ROUNDS = Limit(
    "`rounds` of an exercise, `rows` of a space", 50, "pieces", "No page has room for more rows."
)
FEWER_THAN = Limit("`than` of `if-fewer`", 50, "people", "No exercise needs more at once.")
MATERIAL_COUNT = Limit(
    "`count` and `spare` of a material", 1_000, "pieces", "They are for one person or one group."
)
OUTCOMES = Limit("`outcomes` of a module", 3, "outcomes", "Nobody keeps more in mind.")
PLUS_DAYS = Limit("`plus_days`", 3_650, "days", "That is ten years.")
PROFILE_DOCUMENTS = Limit("`documents` of a profile", 200, "names", "There are 17.")
PROFILE_PARTS = Limit("`parts` and `leave-out` of a profile", 500, "names", "A workbook has 30.")
PROFILE_FINISHING = Limit("`finishing` of a profile", 10, "steps", "There are five.")
PROFILE_NOTES = Limit("`notes` of a profile", 40, "notes", "They stand on the one-page ticket.")
NOTE_LENGTH = Limit("A note of a profile", 300, "characters", "It stands in the ticket’s table.")
BLEED = Limit("`bleed` of a profile", 10, "millimetres", "Print shops ask for three to five.")
PAPER_THICKNESS = Limit(
    "`paper-thickness` of a profile", 1, "millimetre", "Thicker board cannot be folded."
)
LONGEST_LAYOUT = Limit("`layout-seconds`", 3_600, "seconds", "Nobody waits longer for a part.")
MAIL_RATE = Limit("`rate` of `email`", 600, "messages a minute", "Servers refuse more.")
MAIL_USER = Limit("`username` of `email`", 320, "characters", "No address is longer (RFC 5321).")

# How much is said.
MESSAGE_LINES = Limit(
    "Messages of a run", 150, "lines", "More is not read; `--all` shows the rest."
)
MESSAGES_OF_A_KIND = Limit(
    "Messages of one kind about one file",
    10,
    "messages",
    "The others are counted in one line; `--all` shows them.",
)

# How much texts and templates may do and make.
TEMPLATE_STEPS = Limit(
    "The run of a text or a template",
    2_000_000,
    "steps",
    "A step is a turn of a loop, a tenth of a call, or 64 letters; 10,000 people take a third.",
)
MADE_AT_ONCE = Limit(
    "A text that an expression makes",
    10_000_000,
    "characters",
    "An item of a row counts as eight; 10,000 people on a list take a third.",
)
PART_LENGTH = Limit(
    "The text of a part, with its tags",
    5_000_000,
    "characters",
    "A list of 10,000 people has 3,000,000, the longest part of the sample clients 27,000.",
)
LONGEST_WORD = Limit(
    "A word of a part",
    10_000,
    "characters",
    "No word has so many without a space; the width of one that is far longer cannot be told.",
)
SLOT_LENGTH = Limit(
    "A text in a slot", 10_000, "characters", "A whole page of small type has half as many."
)
TEMPLATE_DEPTH = Limit(
    "Brackets, filters and blocks inside each other in a text or a template",
    50,
    "levels",
    "The deepest in the templates that come with the program has 20.",
)
TEMPLATE_LOOPS = Limit(
    "Loops inside each other in a text or a template", 12, "loops", "Nobody reads more than three."
)
NUMBER_BITS = Limit("A whole number in a text or a template", 1_000, "bits", "That is 300 digits.")
TEXT_WIDTH = Limit(
    "A width or a count given to a filter", 10_000, "characters", "A page is 100 wide."
)
TEXT_WITH_TAGS = Limit(
    "A text that tags are taken out of", 100_000, "characters", "A long module has 12,000."
)
WORD_LENGTH = Limit(
    "A name given to a function of a template", 500, "characters", "It names a file or a part."
)
GIVEN_COUNT = Limit(
    "A count given to a function of a template",
    100_000,
    "things",
    "A cohort may have 10,000 people.",
)
LAYOUT_SECONDS = Limit(
    "The layout of a part",
    20,
    "seconds",
    "Computing time, plus as much for every 100,000 characters. A part usually takes one or two. "
    "`layout-seconds: 120` in `workshop.yaml` allows more.",
)
STUCK_LAYOUT = Limit(
    "A layout that does not come back",
    3,
    "times its seconds",
    "By the clock, as the machine may be busy with more. Then its process is ended: with "
    "`--jobs 1` the whole command is. One on a cluster ends if nothing comes back for so long.",
)
LAYOUT_MEGABYTES = Limit(
    "The layout of a part",
    800,
    "megabytes",
    "On top of what the program itself uses, plus as much for every 100,000 characters. A picture "
    "with 80 million pixels takes 600, the longest part of the sample clients less than a tenth.",
)
PICTURE_PIXELS = Limit(
    "A picture", 80_000_000, "pixels", "An A2 poster at 300 pixels an inch has 35 million."
)
DRAWING_ELEMENTS = Limit(
    "An SVG", 50_000, "elements", "A detailed map has 10,000; more take longer than a page."
)
DRAWING_DEPTH = Limit(
    "Elements inside each other in an SVG", 60, "levels", "Drawing programs write ten."
)
DRAWING_PATH = Limit(
    "A path or a row of points in an SVG",
    250_000,
    "characters",
    "A detailed coastline has 100,000; four times as many letters take sixteen times as long.",
)
DRAWING_TRANSFORM = Limit("A `transform` in an SVG", 2_000, "characters", "A matrix has 100.")
TEXT_DEPTH = Limit(
    "Quotations, lists and HTML elements inside each other in a text",
    30,
    "levels",
    "A list inside a list inside a list has three.",
)
TYPE_SCALE = Limit("`scale` of a look’s type", 2, "times the usual size", "No heading has room.")
TOKEN_LENGTH = Limit("A token of a look", 80, "characters", "The longest of the looks has 30.")
ROUNDNESS = Limit("`round` of a look", 10, "times as round", "At 10 most corners are half circles.")
COLUMN_WIDTH = Limit("`margin-column` of a look", 60, "mm", "A page is 210 mm wide, with margins.")
RULE_WIDTH = Limit("A rule of a look", 12, "pt", "The boldest of the looks has 4 pt.")
LOOKS_IN_A_ROW = Limit(
    "Looks of which each is `like` the next", 8, "looks", "Most are like a look of the library."
)


def all_limits() -> dict[str, Limit]:
    """Return every limit by the name it has here, in the order in which they stand here."""
    return {name: value for name, value in globals().items() if isinstance(value, Limit)}
