"""Write Markdown as people write it, not as a manual has it: from lists of habits, by chance."""

# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_STEMS = (
    "harbour", "Größe", "café", "naïve", "ночь", "ταξίδι", "שלום", "سلام", "港口", "ángel", "e\u0301tude",
    "Donaudampfschifffahrtsgesellschaft", "Incomprehensibilities", "l’avenir", "straße", "ﬁsh",
)  # fmt: skip
_BULLETS = ("-", "*", "+")
_PASTED = ("•", "·", "▪", "●", "◦", "\uf0b7", "–")
_EMOJI = ("🎉", "👍", "✅", "→", "☐", "½", "€", "™")
_TAGS = (
    "name",
    "Your Name",
    "date",
    "team",
    "first.last",
    "insert here",
    "command",
    "title",
    "3",
    "-",
)
_FORMATTING = (
    "b",
    "i",
    "u",
    "em",
    "strong",
    "small",
    "sub",
    "mark",
    "kbd",
    "center",
    "font",
    "span",
)


@dataclass(frozen=True)
class Typed:
    """Holds what somebody typed: the text, each word of it, and what must not print as typed."""

    text: str
    words: tuple[str, ...]
    marks: tuple[str, ...] = ()


class Hand:
    """Types words that come only once, so that each can be looked for."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.words: list[str] = []

    def word(self) -> str:
        """Return a new word."""
        stem = self.chance.choice(_STEMS) if self.chance.random() < 0.3 else "word"
        self.words.append(f"{stem}{self.chance.randrange(10**6)}x{len(self.words)}")
        return self.words[-1]

    def phrase(self, most: int = 4) -> str:
        """Return a few new words."""
        return " ".join(self.word() for _ in range(self.chance.randint(1, most)))

    def pick(self, *choices: str) -> str:
        """Return one of several texts."""
        return self.chance.choice(choices)

    def lines(self, mark: str, count: int = 3) -> str:
        """Return lines that begin with a mark."""
        return "\n".join(f"{mark}{self.phrase()}" for _ in range(count))


def type_text(chance: Random) -> Typed:
    """Return one to three pieces, each after a habit, with or without an empty line between."""
    hand = Hand(chance)
    pieces, marks = [], list[str]()
    for _ in range(chance.randint(1, 3)):
        text, *own = chance.choice(HABITS)(hand)
        pieces.append(text)
        marks += own
    text = chance.choice(("\n\n", "\n\n", "\n", "\n \n")).join(pieces)
    if chance.random() < 0.1:
        text = text.replace("\n", chance.choice(("  \n", " \n", "\t\n")))
    seen = _COMMENT.sub("", text)
    return Typed(text, tuple(word for word in hand.words if word in seen), tuple(marks))


def _list(hand: Hand) -> tuple[str, ...]:
    mark = hand.pick(*_BULLETS)
    lead = hand.pick("", f"{hand.phrase()}:\n", f"{hand.phrase()}.\n")
    return (f"{lead}{hand.lines(f'{mark} ')}",)


def _numbers(hand: Hand) -> tuple[str, ...]:
    first, end = hand.chance.choice((1, 1, 3, 7, 1986)), hand.pick(".", ")")
    lead = hand.pick("", f"{hand.phrase()}:\n", f"{hand.phrase()}\n")
    items = "\n".join(f"{first + at}{end} {hand.phrase()}" for at in range(3))
    return (f"{lead}{items}",)


def _nested(hand: Hand) -> tuple[str, ...]:
    mark = hand.pick("- ", "* ", "1. ", "1) ")
    indent = hand.pick("  ", "   ", "    ", "\t")
    inner = hand.pick("- ", "* ", "1. ", "a. ")
    return (f"{mark}{hand.phrase()}\n{indent}{inner}{hand.phrase()}\n{indent}{inner}{hand.phrase()}\n"
            f"{mark}{hand.phrase()}",)  # fmt: skip


def _loose(hand: Hand) -> tuple[str, ...]:
    indent = hand.pick(" ", "  ", "   ", "    ")
    return (
        f"1. {hand.phrase()}\n\n{indent}{hand.phrase()}\n\n2. {hand.phrase()}\n{hand.phrase()}",
    )


def _pasted(hand: Hand) -> tuple[str, ...]:
    mark = hand.pick(*_PASTED)
    return (hand.lines(mark + hand.pick("\t", " ", "   ")),)


def _table(hand: Hand) -> tuple[str, ...]:
    lead = hand.pick("", f"{hand.phrase()}\n", f"{hand.phrase()}:\n\n")
    rule = hand.pick("|---|---|", "| :-- | --: |", "|-|-|", "| --- | --- |")
    row = f"| {hand.phrase()} | {hand.phrase()} |"
    last = hand.pick(
        "",
        f"\n| {hand.phrase()} |",
        f"\n| {hand.word()} | {hand.word()} | {hand.word()} |",
        f"\n{hand.phrase()}",
    )
    return (f"{lead}| {hand.word()} | {hand.word()} |\n{rule}\n{row}{last}",)


def _bare_table(hand: Hand) -> tuple[str, ...]:
    head = f"{hand.word()} | {hand.word()}"
    return (f"{head}\n{hand.pick('--- | ---', '---|---', '-|-')}\n{hand.word()} | {hand.word()}",)


def _quote(hand: Hand) -> tuple[str, ...]:
    inner = hand.pick("> - ", "> ", ">> ", "> 1. ", ">", "")
    return (f"> {hand.phrase()}\n{inner}{hand.phrase()}\n> {hand.phrase()}",)


def _brackets(hand: Hand) -> tuple[str, ...]:
    kind = hand.pick("tag", "less", "arrow", "open", "words")
    if kind == "tag":
        return (f"{hand.phrase()} <{hand.pick(*_TAGS)}>, {hand.phrase()}",)
    if kind == "words":
        return (f"{hand.phrase()} <{hand.word()}> {hand.word()} <{hand.word()} {hand.word()}>",)
    if kind == "less":
        return (f"{hand.word()} <{hand.word()} and {hand.word()}> {hand.word()} & {hand.word()}",)
    return (f"{hand.word()} {'<-' if kind == 'arrow' else '<'} {hand.word()} -> {hand.word()}",)


def _formatting(hand: Hand) -> tuple[str, ...]:
    tag = hand.pick(*_FORMATTING)
    close = hand.pick(f"</{tag}>", "", f"</{tag.upper()}>", "<br/>")
    return (f"{hand.phrase()} <{tag}>{hand.phrase()}{close} {hand.phrase()}",)


def _html(hand: Hand) -> tuple[str, ...]:
    tag = hand.pick("div", "p align=center", "details", "section", "h2", "blockquote", "table")
    name = tag.split()[0]
    return (f"<{tag}>\n{hand.phrase()}\n{hand.pick('', chr(10))}{hand.phrase()}\n"
            f"{hand.pick(f'</{name}>', '')}",)  # fmt: skip


def _refused(hand: Hand) -> tuple[str, ...]:
    tag = hand.pick("script", "style", "template", "title", "textarea", "select", "iframe", "svg")
    return (f"{hand.word()} <{tag}>{hand.word()}</{tag}> {hand.word()}",)


def _address(hand: Hand) -> tuple[str, ...]:
    word = f"word{hand.chance.randrange(10**6)}"
    hand.words.append(word)
    return (
        f"{hand.word()} "
        + hand.pick(
            f"https://example.org/{word}/a--b/c...d",
            f"www.example.org/{word}",
            f"<https://example.org/{word}>",
            f"{word}@example.org",
            f"C:\\Users\\{word}\\x",
            f'https://example.org/?q="{word}"&b=_c_',
            f"example.org/{word}_(draft)",
        )
        + f" {hand.word()}.",
    )


def _code(hand: Hand) -> tuple[str, ...]:
    fence = hand.pick("```", "~~~", "````")
    info = hand.pick(
        "", "python", " text", f"python {hand.phrase()}", f" {{.python}} {hand.word()}"
    )
    inside = hand.pick(
        "# {} <{}>", "- {}\n  - {}", "{}\n\n{}", "<!-- {} {}", "::: {}\n{}", "{{{{ {} }}}} {}"
    )
    inside = inside.format(hand.word(), hand.word())
    lead = hand.pick("", f"{hand.phrase()}\n", f"- {hand.phrase()}\n\n")
    return (f"{lead}{fence}{info}\n{inside}\n{hand.pick(fence, fence, '')}", fence)


def _inline_code(hand: Hand) -> tuple[str, ...]:
    return (
        hand.pick(
            "`{} <{}>` {}", "``{} ` {}`` {}", "`{} {} {}", "`{}` `{}`{}", "`<!-- {} -->` {} {}"
        ).format(hand.word(), hand.word(), hand.word()),
    )


def _indented(hand: Hand) -> tuple[str, ...]:
    return (
        f"{hand.phrase()}\n{hand.pick('', chr(10))}{hand.pick('    ', chr(9), '   ')}{hand.phrase()}",
    )


def _footnote(hand: Hand) -> tuple[str, ...]:
    name = hand.pick("1", "a", "note")
    kind = hand.pick("whole", "whole", "no note", "no mark", "two lines", "inline")
    mark, note = f"{hand.word()}[^{name}] {hand.word()}", f"[^{name}]: "
    if kind == "no note":
        return (mark,)
    if kind == "no mark":
        return (f"{note}{hand.phrase()}",)
    if kind == "inline":
        return (f"{hand.word()}^[{hand.phrase()}] {hand.word()}",)
    more = f"\n    {hand.phrase()}\n\n    {hand.phrase()}" if kind == "two lines" else ""
    return (f"{mark}\n\n{note}{hand.phrase()}{more}",)


def _tasks(hand: Hand) -> tuple[str, ...]:
    return (hand.lines(hand.pick("- [ ] ", "- [x] ", "* [X] ", "[ ] ", "1. [ ] ", "- [] ")),)


def _comment(hand: Hand) -> tuple[str, ...]:
    inside = hand.pick("hidden", "hidden\n\nhidden", "- hidden\n-- hidden", "> hidden")
    return (
        f"{hand.word()}{hand.pick(' ', chr(10))}<!-- {inside} -->{hand.pick(' ', chr(10))}{hand.word()}",
        "hidden",
    )


def _open_comment(hand: Hand) -> tuple[str, ...]:
    return (f"{hand.word()} <!-- {hand.word()}\n{hand.word()}",)


def _emphasis(hand: Hand) -> tuple[str, ...]:
    form = hand.pick(
        "**{}** {}", "*{}* {}", "__{}__ {}", "***{} {}***", "** {} ** {}", "*{} {}", "{}_{}", "**{}:**{}", "~~{}~~ {}",
        "2*3*{} {}", "**{}**{}", "_{}_{}", "*{} *{}", "**{}\n\n{}**", "[**{}**] {}",
    )  # fmt: skip
    return (form.format(hand.word(), hand.word()),)


def _heading(hand: Hand) -> tuple[str, ...]:
    form = hand.pick(
        "# {}\n{}", "## {} ##\n{}", "#{}\n{}", "{}\n===\n{}", "{}\n---\n{}", "### {} {{#id}}\n{}", "####### {}\n{}",
        " # {}\n{}", "{}\n- - -\n{}", "{}\n***\n{}", "# \n{} {}",
    )  # fmt: skip
    return (form.format(hand.phrase(), hand.phrase()),)


def _breaks(hand: Hand) -> tuple[str, ...]:
    end = hand.pick("  ", "\\", "<br>", " \\", "\u00a0", "\t", "\u2028", "\x0b")
    return (f"{hand.phrase()}{end}\n{hand.phrase()}",)


def _signs(hand: Hand) -> tuple[str, ...]:
    form = hand.pick(
        "\\*{}\\* {}", "{}&amp;{}", "{}&nbsp;{}", "{} &unknown; {}", "AT&T {} {}", "5 < 6 {} & 7 > 3 {}",
        "{}--{}", "{} -- {}", "{}...{}", "\"{}\" '{}'", "{}'s {}'", "(c) {} {}", "{} --> {}", "{}/{}",
        "{}|{}", "{} | {}", "{}\u200b{}", "{}\u00ad {}", "\u202b{}\u202c {}", "$ {}$ {}", "{}^2^ {}", "H~2~O {} {}",
        "=={}== {}", ":smile: {} {}", "{}\t{}", "%{}% {}", "{}\\{}", "&#8203;{} {}", "{}&shy;{}", "\\[{}\\] {}",
    )  # fmt: skip
    return (form.format(hand.word(), hand.word()) + f" {hand.pick(*_EMOJI)}",)


def _reference(hand: Hand) -> tuple[str, ...]:
    form = hand.pick(
        "[{}]: {}", "[{}]: {} ({})", "[{}]: <{}>", "{}\n\n[{}]: {}", "[{}] {}", "[{}][{}]", "[{}](a.html)", "[{}] (a.html) {}",
        "[{}]( a.html ) {}", "[{}](https://example.org/a b {})", "![{}](missing.png) {}", "[[{}]] {}", "[{}]: {} \"{}\"",
        "[{}]\n{}", "[{}](<a b.html>) {}", "[x]: /y\n{} {}",
    )  # fmt: skip
    return (form.format(hand.word(), hand.word(), hand.word()),)


def _definition(hand: Hand) -> tuple[str, ...]:
    return (
        hand.pick("{}\n: {}", "{}\n:   {}\n:   {}", "{}: {}\n{}").format(
            hand.word(), hand.word(), hand.word()
        ),
    )


def _note(hand: Hand) -> tuple[str, ...]:
    form = hand.pick(
        "!!! note\n    {} {}", "> [!NOTE]\n> {} {}", "> [!HINT] {}\n> {}", "!!! tip \"{}\"\n    {}", "??? note\n    {} {}",
        "::: note\n{} {}\n:::", ":::tip {}\n{}\n:::", "!!! {} {}",
    )  # fmt: skip
    return (form.format(hand.word(), hand.word()),)


def _templates(hand: Hand) -> tuple[str, ...]:
    form = hand.pick(
        "{{{{ {} }}}} {}", "{{%  {} %}} {}", "{{{}}} {}", "{{# {} #}} {}", "{{{{ client.name }}}} {} {}",
        "{{{{{}}} {}", "{} }}}} {}", "{{5 min}} {} {}", "{}{{.red}} {}", "${{{}}} {}",
    )  # fmt: skip
    return (form.format(hand.word(), hand.word()),)


def _stuck(hand: Hand) -> tuple[str, ...]:
    form = hand.pick("-{}\n-{}", "1.{}\n2.{}", "*{}\n*{}", "•{}\n•{}", "+49 {}\n{}", "- {}\n-\n- {}", "-- {}\n-- {}", "a) {}\nb) {}",
                     "i. {}\nii. {}", "(1) {}\n(2) {}", "1\\. {}\n{}", "—{}\n{}", "* * *\n{}\n{}", "1.\t{}\n2.\t{}")  # fmt: skip
    return (form.format(hand.phrase(), hand.phrase()),)


def _cue(hand: Hand) -> tuple[str, ...]:
    form = hand.pick(
        "**Say** {}\n**Do** {}",
        "**Ask:** {}\n{}",
        "**Say:**\n{}\n\n{}",
        "Say: {}\n\n**Listen for**\n- {}",
    )
    return (form.format(hand.phrase(), hand.phrase()),)


def _plain(hand: Hand) -> tuple[str, ...]:
    return ("\n".join(hand.phrase(6) for _ in range(hand.chance.randint(1, 3))),)


def _titles(hand: Hand) -> tuple[str, ...]:
    form = hand.pick(
        '[{}](page.html "{} {}")',
        "[{}](https://example.org '{} {}')",
        '[{0}][a] {2}\n\n[a]: page.html "{1}"',
        "[{}]() {} {}",
        "[](page.html) {} {} {}",
    )
    return (form.format(hand.word(), hand.word(), hand.word()),)


def _side_comment(hand: Hand) -> tuple[str, ...]:
    form = hand.pick(
        "[//]: # (hidden)", "[//]: # 'hidden'", "[comment]: <> (hidden)", "%% hidden %%"
    )
    return (f"{hand.phrase()}\n\n{form}\n\n{hand.phrase()}", "hidden")


def _office_tags(hand: Hand) -> tuple[str, ...]:
    tag = hand.pick("o:p", "st1:place", "w:sdt", "v:shape id=x", "![if mso]", "?xml:namespace")
    name = tag.split()[0]
    return (f"{hand.word()} <{tag}>{hand.word()}</{name}> {hand.word()}", f"<{name}")


def _hidden(hand: Hand) -> tuple[str, ...]:
    word, sign = hand.word(), hand.pick("\u200b", "\u202e", "\u2066", "\ufeff", "\u2060", "\x07")
    return (f"{hand.word()} {word[:2]}{sign}{word[2:]} {hand.word()}",)


def _soft_ends(hand: Hand) -> tuple[str, ...]:
    return (
        f"{hand.pick('', '- ', '> ', '# ')}{hand.word()}{hand.pick(chr(11), chr(8232))}{hand.word()}",
    )


def _tex(hand: Hand) -> tuple[str, ...]:
    form, mark = hand.chance.choice(
        (("${}^2$ {}", "$"), ("\\frac{{{}}}{{{}}}", "\\frac"), ("$$\n{} = {}\n$$", "$$"), ("{} $n+1$ {}", "$n"),
         ("{} \\alpha {}", "\\alpha"), ("\\({} + n\\) {}", "+ n"), ("\\[\n{} = {}\n\\]", " = "))
    )  # fmt: skip
    return (form.format(hand.word(), hand.word()), mark)


def _other_marks(hand: Hand) -> tuple[str, ...]:
    form, mark = hand.chance.choice(
        (("++{}++ {}", "++"), ("=={}== {}", "=="), ("{} ~{}~", "~"), ("{} ^a{}^", "^"), ("{{++{}++}} {}", "{++"),
         ("{{>>{}<<}} {}", "{>>"), ("*[{}]: {}", "*["), ("{}\n{{: .{}}}", "{:"), ("[{}]{{.{}}}", "{."), ("{} [[{}]]", "[["),
         ("[@{}] {}", "[@"), ("{}^[{}]", "^["), ("#. {}\n#. {}", "#."), ("{} :smile: {}", ":smile:"), ("| {}\n| {}", "|"),
         ("{} >!{}!<", ">!"), ("{{{{< {} >}}}} {}", "{{<"), ("{{{{% {} %}}}} {}", "{{%"), ("{{% if client.name %}}{} {}", "{%"),
         ("{} {{% {} %}}", "{%"))
    )  # fmt: skip
    return (form.format(hand.word(), hand.word()), mark)


HABITS: tuple[Callable[[Hand], tuple[str, ...]], ...] = (
    _list, _numbers, _nested, _loose, _pasted, _table, _bare_table, _quote, _brackets, _formatting, _html, _refused,
    _address, _code, _inline_code, _indented, _footnote, _tasks, _comment, _open_comment, _emphasis, _heading, _breaks,
    _signs, _reference, _definition, _note, _templates, _stuck, _cue, _plain,
    _titles, _side_comment, _office_tags, _hidden, _soft_ends, _tex, _other_marks,
)  # fmt: skip
