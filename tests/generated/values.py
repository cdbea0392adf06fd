"""Write client files, rosters and drawings as people and their programs write them, by chance."""

# ruff: noqa: E501
from __future__ import annotations

from random import Random

from tests.generated.habits import Hand, Typed

_VALUES = (
    "{}", "{} {}", "{} #{}", "#{} {}", "{} # {}", "{}#{}", "{}: {}", "{} - {}", "{}’s {}", "{}'s {}", '"{} {}"',
    "'{} {}'", '"{}" {}', "{} \"{}\"", "@{} {}", "&{} {}", "*{} {}", "!{} {}", "%{} {}", "[{}] {}", "[{}, {}]",
    "{{{}}} {}", "{{{}: {}}}", "{}, {}", "{};{}", "{} | {}", "| {} {}", "> {} {}", "? {} {}", "- {} {}", "`{}` {}",
    "{}\t{}", "{}\n    {}", "|\n      {}\n      {}", ">\n      {}\n\n      {}", "'{}''s {}'", '"{}\\t{}"',
    "'{}\\{}'", "C:\\{}\\{}", "{}\u00a0{}", "🎉 {} {}", "{} = {}", "~{} {}", "“{}” {}", "{} & {}", "{} {} ",
    "'{} {}", '"{} {}', "{}:{}", "{} :{}", "{}:\n      {}", "{}\n    - {}", "{} -\n      {}", "--- {} {}", "{} ... {}",
)  # fmt: skip
_CELLS = (
    "{}", "{} {}", '"{}, {}"', '"{}; {}"', "{}, {}", "{}; {}", '"{} ""{}"""', '{} "{}"', "'{} {}'", '"{}\n{}"', " {} {} ",
    "{}\u00a0{}", "={}", "{}-{}", "O’{}", "{} ({})", "{}\t{}", '"{} {}', "{}|{}", "#{}",
)  # fmt: skip
_HEADERS = (
    "name{0}team{0}role",
    "Name{0}Team{0}Role",
    "name{0}role{0}team",
    "name {0} team {0} role",
    '"name"{0}"team"{0}"role"',
)
_DRAWN = (
    "<text x='5' y='20'>{}</text>", "<text x='5' y='20' class='a'>{} {}</text>", "<text transform='translate(5 20)'>{}</text>",
    "<text><tspan x='5' y='15'>{}</tspan><tspan x='5' y='30'>{}</tspan></text>", "<g><text x='5' y='20'>{}<tspan>{}</tspan></text></g>",
    "<text x='50' y='20' text-anchor='middle'>{}</text>", "<text x='95' y='20' text-anchor='end'>{}</text>",
    "<g transform='translate(300 0)'><text x='5' y='20'>{}</text></g>", "<text x='-400' y='20'>{}</text>", "<text x='5' y='90'>{}</text>",
    "<foreignObject width='90' height='40'><p xmlns='http://www.w3.org/1999/xhtml'>{}</p></foreignObject>",
    "<switch><foreignObject width='90' height='40'><p>{0}</p></foreignObject><text x='5' y='20'>{0}</text></switch>",
    "<a href='https://example.org'><text x='5' y='20'>{}</text></a>", "<text x='5' y='20' rotate='5'>{}</text>",
    "<defs><text id='t' x='5' y='20'>{}</text></defs><use href='#t'/>", "<text x='5' y='20' style='font-size:4px'>{} {}</text>",
    "<symbol id='s' viewBox='0 0 100 40'><text x='5' y='20'>{}</text></symbol><use href='#s'/>",
    "<path id='p' d='M5 20 H95'/><text><textPath href='#p'>{}</textPath></text>", "<text x='5' y='20' letter-spacing='1'>{}</text>",
    "<svg x='5' y='5' width='90' height='30' viewBox='0 0 90 30'><text y='15'>{}</text></svg>", "<text x='5' y='20'>&#233;{}</text>",
    "<text x='5' y='20' xml:space='preserve'>  {}  {}</text>", "<text x='5' y='20' textLength='60'>{}</text>",
    "<text x='5' y='20' transform='rotate(3) scale(.5)'>{}</text>", "<text x='80' y='20'>{}</text>", "<g>{}</g>",
)  # fmt: skip
_STYLE = "<style>text{font-size:9px} .a{fill:#036;font-weight:bold}</style>"
_OUTLINE = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 40' width='100' height='40' font-size='9'>"


class _Plain(Hand):
    """Types words of Latin letters alone."""

    def word(self) -> str:
        """Return a new word."""
        self.words.append(f"word{self.chance.randrange(10**6)}x{len(self.words)}")
        return self.words[-1]

    def fill(self, form: str) -> str:
        """Return a form with two new words in it, or with as many as it takes."""
        return form.format(self.word(), self.word())


def _typed(hand: Hand, text: str) -> Typed:
    return Typed(text, tuple(word for word in hand.words if word in text))


def type_client(chance: Random) -> Typed:
    """Return a client file with three values; the end of a line behind “ # ” is a comment."""
    hand = _Plain(chance)
    values = [hand.fill(chance.choice(_VALUES)) for _ in range(3)]
    text = "name: {}\ncohorts:\n  may:\n    venue: {}\n    trainer: {}\n".format(*values)
    text = text if chance.random() < 0.8 else text.replace("\n", "\r\n")
    seen = "\n".join(line if "'" in line else line.partition(" # ")[0] for line in text.split("\n"))
    return Typed(text, tuple(word for word in hand.words if word in seen))


def type_roster(chance: Random) -> Typed:
    """Return a roster of three people."""
    hand = _Plain(chance)
    delimiter = chance.choice((",", ",", ";", "\t"))
    rows = [chance.choice(_HEADERS).format(delimiter)]
    for _ in range(3):
        cells = [
            hand.fill(chance.choice(_CELLS if chance.random() < 0.5 else ("{}",))) for _ in range(3)
        ]
        rows.append(delimiter.join(cells) + chance.choice(("", "", "", delimiter)))
        rows += chance.choice(([], [], [""], [delimiter * 2]))
    text = chance.choice(("", "\ufeff")) + chance.choice(("\n", "\r\n", "\n", "\r")).join(rows)
    return _typed(hand, text)


def type_drawing(chance: Random) -> Typed:
    """Return an SVG with a text."""
    hand = _Plain(chance)
    inside = hand.fill(chance.choice(_DRAWN))
    # What stands in a group but in no text is drawn by no program.
    drawn = inside if "<g>word" not in inside else ""
    text = f"{_OUTLINE}{chance.choice(('', _STYLE))}{inside}</svg>"
    return Typed(text, _typed(hand, drawn).words)
