"""What a module's text may use, and what it is told when it uses anything else."""

from __future__ import annotations

import re

import pytest

from tests.composing.conftest import EXERCISE, FIRST, HEAD, Desk, visible_text
from workshop.composing.language.references import notes_in
from workshop.content.grammar.typography import typographic


def test_a_text_says_the_clients_name_term_and_delivery(desk: Desk) -> None:
    desk.client(
        "name: Test Ltd\nterms: {customer: house guest}\ncohorts:\n"
        "  spring: {date: 2027-03-16, venue: Town Hall, trainer: Ruth, headcount: 9}\n"
    )
    desk.module(
        '{{ client.name }} · {{ term("customer") }} · {{ term("team") }} · {{ cohort.venue }} · '
        "{{ cohort.trainer }} · {{ cohort.headcount }} · {{ cohort.start | clock }}"
    )
    said = "Test Ltd · house guest · team · Town Hall · Ruth · 9 · 09:00"
    assert said in visible_text(desk.html())


@pytest.mark.parametrize(
    ("start", "part"),
    [
        ("00:30", "morning"), ("11:59", "morning"), ("12:00", "afternoon"),
        ("13:30", "afternoon"), ("17:00", "evening"), ("20:30", "evening"),
    ],
)  # fmt: skip
def test_a_text_says_the_part_of_the_day_in_which_it_starts(
    desk: Desk, start: str, part: str
) -> None:
    hours, minutes = map(int, start.split(":"))
    finish = f"{(hours + 1) % 24:02}:{minutes:02}"
    desk.client(f'name: Test Ltd\ntimes: {{start: "{start}", finish: "{finish}"}}\n')
    desk.module("This {{ cohort.part_of_day }}.")
    assert f"This {part}." in visible_text(desk.html())


@pytest.mark.parametrize(
    ("language", "date", "clock"),
    [
        ("en-GB", "Tuesday, 16 March 2027", "09:00"),
        ("en-US", "Tuesday, March 16, 2027", "9:00\u202fAM"),
        ("de", "Dienstag, 16. März 2027", "09:00"),
    ],
)
@pytest.mark.parametrize("written", ["{{ cohort.date }}", "{{ cohort.date | date }}"])
def test_dates_and_times_are_written_as_the_language_does(
    desk: Desk, language: str, date: str, clock: str, written: str
) -> None:
    desk.client(f"name: Test\nlanguage: {language}\ncohorts: {{one: {{date: 2027-03-16}}}}\n")
    desk.module(f"On {written} at {{{{ cohort.start | clock }}}}.")
    assert f"<p>On {date} at {clock}.</p>" in desk.html()
    desk.page("On " + written + " at {{ cohort.start | clock }}.")
    assert f"On {date} at {clock}." in desk.html()


def test_titles_labels_and_outcomes_are_filled_in_too(desk: Desk) -> None:
    desk.write(
        "modules/asking.md",
        """\
---
title: Ask {{ client.name }}
summary: With {{ term("customer") }}.
minutes: {min: 60, ideal: 60, max: 60}
outcomes: ['You know a {{ term("team") }}.']
suits: [keen]
---
::: exercise {#one title="At {{ client.name }}" kind=pairs minutes=60 min=60}
::: purpose
To ask.
:::
1. {60 min} Ask.
::: space {lines=2 label="Heard at {{ client.name }}"}
:::
:::
""",
    )
    text = visible_text(desk.html())
    for said in ("Ask Test Ltd", "With internal customer.", "You know a team.", "At Test Ltd"):
        assert said in text
    assert "Heard at Test Ltd" in text
    assert "{{" not in text


@pytest.mark.parametrize(
    "name",
    [
        "A & B",
        "*star* _line_ `code` [link](x)",
        "# heading",
        "<script>alert(1)</script>",
        '" onload="x',
        "\ue0000\ue001 \ue010page:one-question\ue011",
        "{{ cohort.venue }} {% raw %}",
        "1. {3 min} step",
        "&amp; &lt;",
        '<page-mark form="page" to="exercise-one-question"></page-mark>',
    ],
)
def test_a_value_is_printed_as_it_is_and_never_read_as_markup(desk: Desk, name: str) -> None:
    import json
    from html import escape

    desk.client(f"name: {json.dumps(name)}\n")
    desk.module(
        "{{ client.name }}\n\n*{{ client.name }}*\n\n"
        '<b title="{{ client.name }}">raw</b>\n\n{{ client.name | upper }}'
    )
    html = desk.html()
    safe = escape(name).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
    printed = escape(typographic(name))
    assert f"<p>{printed}</p>" in html
    assert f"<p><em>{printed}</em></p>" in html
    # An attribute may be an address.
    assert f'<b title="{safe}">raw</b>' in html
    assert f"<p>{escape(typographic(name.upper()))}</p>" in html


def test_a_value_in_code_and_in_an_address_stays_as_it_is_typed(desk: Desk) -> None:
    desk.client("name: O'Neil\n")
    desk.module(
        "{{ client.name }}'s `say {{ client.name }}`\n\n"
        "[to](https://x.org/?q={{ client.name }})\n\n~~~\n{{ client.name }}\n~~~\n"
    )
    html = desk.html()
    assert "O’Neil’s <code>say O&#39;Neil</code>" in html
    assert 'href="https://x.org/?q=O&#39;Neil"' in html
    assert "<pre><code>O&#39;Neil\n</code></pre>" in html


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Test", ':{{ "::" }} facilitator'),
        ("Test", "{% set x %}:::{% endset %}{{ x }} facilitator"),
        ("Test", "{% for x in [1, 2, 3] %}:{% endfor %} facilitator"),
        ("Test", '{{ "a\\n::: facilitator" }}'),
        ("Test", '1. Ask {{ client.name }}\n2. {{ ":::" }} facilitator'),
        ("Test", '<div class="{{ "facilitator" }}">'),
        ("Test", '!!{{ "!" }} faciltator'),
        ("Test", '{{ "```" }}{facilitator}'),
        (":::", "{{ client.name }}"),
        ("::: facilitator", "- {{ client.name }}"),
        ("៖៖៖", "{{ client.name }} facilitator"),
    ],
)
@pytest.mark.parametrize("place", ["{}", "::: participant\n{}\n:::"])
def test_nothing_that_is_filled_in_makes_a_line_look_like_a_fence(
    desk: Desk, name: str, written: str, place: str
) -> None:
    desk.client(f'name: "{name}"\n')
    desk.module("First line.\n\n" + place.format(written))
    line = FIRST + 2 + place.count("\n{}") + written.count("\n")
    fault, *_ = desk.faults()
    assert re.match(rf"modules/asking\.md:{line}(:\d+)?: This looks like a block’s fence", fault)


def test_code_around_a_fence_cannot_be_taken_away(desk: Desk) -> None:
    fence = "{% if false %}\n```\n{% endif %}"
    desk.module(f"{fence}\n::: facilitator\nSECRET\n:::\n{fence}")
    assert all("looks like a block’s fence once" in fault for fault in desk.faults())


@pytest.mark.parametrize(
    "written",
    [
        "At {{ client.name }}.",
        "```\n::: facilitator\n```\n\n{{ cohort.headcount }}",
        "&#58;:: {{ cohort.headcount }}",
    ],
)
def test_colons_elsewhere_are_text(desk: Desk, written: str) -> None:
    desk.client('name: "::: facilitator"\n')
    desk.module(written)
    assert ":::" in visible_text(desk.html())


def test_nor_does_a_title(desk: Desk) -> None:
    whole = HEAD + EXERCISE
    title = "title='{{ \":::\" }} facilitator'"
    assert "title: Asking" in whole
    desk.write("modules/asking.md", whole.replace("title: Asking", title.replace("=", ": ")))
    [fault] = desk.faults()
    assert fault.startswith("modules/asking.md:2: This looks like a block’s fence once")


def test_an_authors_own_private_use_characters_cannot_call_up_a_value(desk: Desk) -> None:
    desk.module("{{ client.name }} \ue0000\ue001 \ue0009\ue001")
    assert all("cannot be printed stands here (U+E00" in fault for fault in desk.faults())
    desk.module("{{ client.name }}, [a](http://a.org/&#xE000;9&#xE001;)")
    assert '<p>Test Ltd, <a href="http://a.org/">a</a></p>' in desk.html()


def test_all_faults_of_all_texts_are_told_at_once(desk: Desk) -> None:
    desk.module(
        'One {{ trem("team") }}, two {{ term("tema") }} and {{ term("team") }}.\n\n'
        "![A map](no.svg)\n\n"
        '::: participant\n{{ ref("nobody") }}\n{{ clint.name }}\n:::\n'
    )
    lines = [int(fault.split(":")[1]) for fault in desk.faults()]
    assert sorted(lines) == [FIRST + line for line in (0, 0, 2, 5, 6)]


def test_a_link_to_nowhere_is_told_where_it_is_typed(desk: Desk) -> None:
    desk.module("## Head {#there}\n\nSee [it](#there) and\n[that](#nope), or <a href='#no'>so</a>.")
    told = [fault.partition(": ")[0] for fault in desk.faults()]
    assert told == [f"modules/asking.md:{FIRST + 3}:8", f"modules/asking.md:{FIRST + 3}:28"]
    desk.module("## Head {#there}\n\nSee [it](#there).")
    assert '<a href="#there">' in desk.html()


KNOWN = "Known here: cards, client, cohort, doc, groups, groups_of, has, mark, ref, term, trainers."
NOT_SET = "Set it in client.yaml, or write {% if … %} and {% endif %} around this."


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{{ custmer }}", f"Nothing is called “custmer” here {KNOWN}"),
        ("{{ clint.name }}", "Nothing is called “clint” here Did you mean “client”?"),
        ("{{ client.nmae }}", "Nothing is called “nmae” here Did you mean “name”?"),
        (
            "{{ client.zzz }}",
            "Nothing is called “zzz” here Known here: logo, name, options.",
        ),
        ("{% if nope %}x{% endif %}", f"Nothing is called “nope” here {KNOWN}"),
        (
            '{{ term("custmer") }}',
            "The programme has no term “custmer” Did you mean “customer”? "
            "Known here: customer, customers, end customer,",
        ),
        (
            '{{ term("internal customers") }}',
            "The programme has no term “internal customers” “internal customers” is what is said "
            "for the term `customers`: write `customers`. Known here: customer, customers,",
        ),
        (
            "{{ term(5) }}",
            "The programme has no term “5” Known here: customer, customers, end customer,",
        ),
        ("{{ term(customer) }}", f"Nothing is called “customer” here {KNOWN}"),
        (
            '{{ ref("one-qestion") }}',
            "There is no exercise “one-qestion” Did you mean “one-question”?",
        ),
        ("{{ ref([1]) }}", "ref() takes a name in quotation marks, not rows of values"),
        ("{{ term() }}", "term() missing 1 required positional argument: 'word'"),
        (
            "{{ term }}",
            "This has to be called with its words, in brackets "
            'Write {{ term("team") }}, not {{ term }}.',
        ),
        ("{{ client }}", "Only text and numbers can be printed It has: name, logo, options."),
        ("{{ [1, 2] }}", "Only text and numbers can be printed Print its items one by one."),
        ("{{ cohort.date }}", f"Nothing is set that could be printed here {NOT_SET}"),
        ("{{ cohort.date | date }}", f"Nothing is set that could be printed here {NOT_SET}"),
        ('{{ "noon" | date }}', "“noon” is not a date"),
        ("{{ 4320 | clock }}", "“4320” is not a time of day, in minutes after midnight"),
        ('{{ "x" | upcase }}', "There is no filter “upcase”"),
        ('{{ "x" | uper }}', "There is no filter “uper” Did you mean “upper”?"),
        ("{{ [1, 2] | random }}", "There is no filter “random”"),
        ("{{ client.name", "Unexpected end of template, expected 'end of print statement'"),
        ("{% if %}{% endif %}", "Expected an expression, got 'end of statement block'"),
        ("{{ 1 / 0 }}", "Division by zero"),
        ('{{ "a" + 1 }}', 'Can only concatenate str (not "int") to str'),
        (
            "{% include 'agenda/document.html.j2' %}",
            "There is no template “agenda/document.html.j2” A text takes in no templates.",
        ),
        (
            "{% import 'x' as y %}",
            "There is no template “x” A text takes in no templates.",
        ),
    ],
)
def test_anything_else_is_an_error_at_its_line(desk: Desk, written: str, told: str) -> None:
    desk.module(f"First line.\n\nThird: {written}")
    [fault] = desk.faults()
    assert fault.startswith(f"modules/asking.md:{FIRST + 2}: {told}")


def test_what_never_ends_is_told_once_and_nothing_after_it(desk: Desk) -> None:
    loop = "{% for a in 'x' * 9999 %}"
    desk.module(f"{loop}{loop}y{'{% endfor %}' * 2}\n\n::: participant\n{{{{ client.name }}}}\n:::")
    [fault] = desk.faults()
    assert fault.startswith(f"modules/asking.md:{FIRST}: This takes more than")


def test_an_error_inside_a_block_is_at_its_line(desk: Desk) -> None:
    desk.module("::: participant\nFine.\n\n{{ nope }}\n:::")
    [fault] = desk.faults()
    assert fault.startswith(f"modules/asking.md:{FIRST + 3}: Nothing is called “nope”")


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [
        (2, "title: Asking", "title: Of {{ nope }}"),
        (3, "summary: Ask, and wait.", "summary: Of {{ nope }}"),
        (5, "outcomes: [You can ask.]", 'outcomes: ["Of {{ nope }}"]'),
        (9, 'title="One question"', 'title="Of {{ nope }}"'),
    ],
)
def test_a_wrong_word_in_a_title_is_told_at_the_title(
    desk: Desk, line: int, old: str, new: str
) -> None:
    whole = HEAD + EXERCISE
    assert old in whole
    desk.write("modules/asking.md", whole.replace(old, new))
    assert desk.faults() == [f"modules/asking.md:{line}: Nothing is called “nope” here {KNOWN}"]


def test_the_faults_of_all_modules_are_told_together_and_once(desk: Desk) -> None:
    desk.write(
        "modules/second.md",
        (HEAD + "{{ two }}\n" + EXERCISE).replace("one-question", "another-question"),
    )
    programme = desk.root / "modules/programme.yaml"
    both = programme.read_text("utf-8").replace("10:00", "10:30")
    programme.write_text(both.replace("{module: asking}", "{module: asking}, {module: second}"))
    desk.module("{{ one }}")
    told = desk.faults("page", "participant-workbook")
    assert [fault.split(": ")[0] for fault in told] == [
        f"modules/asking.md:{FIRST}",
        f"modules/second.md:{FIRST}",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ term.__self__ }}",
        "{{ term.__globals__ }}",
        "{{ client | attr('__class__') }}",
        "{{ ['x'] | map(attribute='__class__') | first }}",
        "{{ '{0.__class__}'.format(client) }}",
        "{{ client._name }}",
        "{{ range(1000000) | list }}",
    ],
)
def test_a_text_reaches_nothing_of_python(desk: Desk, written: str) -> None:
    desk.module(written)
    [fault] = desk.faults()
    assert fault.startswith(f"modules/asking.md:{FIRST}: ")


@pytest.mark.parametrize("name", ["open", "import_module", "environ", "__import__"])
def test_pythons_own_words_are_unknown(desk: Desk, name: str) -> None:
    desk.module("{{ " + name + "('x') }}")
    [fault] = desk.faults()
    assert f"Nothing is called “{name}” here" in fault


def test_an_image_is_looked_for_in_the_assets(desk: Desk) -> None:
    picture = desk.write("clients/test/assets/pumps/pump.svg", "<svg/>")
    desk.module("![A pump](pumps/pump.svg)")
    assert f'<img alt="A pump" src="{picture.as_uri()}">' in desk.html()


def test_of_a_reference_only_the_words_stand_in_an_attribute(desk: Desk) -> None:
    desk.write("clients/test/assets/pump.svg", "<svg/>")
    ref = '{{ ref("one-question") }}'
    desk.module(f"![See {ref}](pump.svg '{ref}') and `{ref}`")
    [picture] = re.findall("<img [^>]*pump.svg[^>]*>", desk.html())
    assert sorted(re.findall(' (alt|title)="([^"]*)"', picture)) == [
        ("alt", "See exercise 1.1"),
        ("title", "exercise 1.1"),
    ]
    assert '<code><span class="ref">' in desk.html()


def test_what_the_kit_lacks_is_told_of_an_attribute_too(desk: Desk) -> None:
    desk.write("clients/test/assets/pump.svg", "<svg/>")
    desk.client("name: Test Ltd\ndocuments: {only: [page]}\n")
    desk.module('![See {{ doc("evaluation") }}](pump.svg)')
    assert 'alt="See Evaluation"' in desk.html()
    assert [note.code for note in notes_in(desk.html())] == ["not-in-kit"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("pumps/pmup.svg", "Did you mean “pumps/pump.svg”?"),
        ("https://example.com/x.png", "Known here: pumps/pump.svg."),
        ("../client.yaml", "Known here: pumps/pump.svg."),
        ("/etc/hostname", "Known here: pumps/pump.svg."),
        ("data:image/png;base64,AAAA", "Known here: pumps/pump.svg."),
    ],
)
def test_an_image_that_is_no_asset_is_an_error_at_its_line(
    desk: Desk, name: str, hint: str
) -> None:
    desk.write("clients/test/assets/pumps/pump.svg", "<svg/>")
    desk.module(f"Text.\n\nMore ![x]({name}) text.")
    place = f"modules/asking.md:{FIRST + 2}"
    assert desk.faults() == [f"{place}: There is no file “{name}” in any assets folder {hint}"]


def test_the_programme_s_own_words_are_filled_in_too(desk: Desk) -> None:
    desk.client("name: Test Ltd\nterms: {manager: team lead}\n")
    programme = desk.root / "modules/programme.yaml"
    said = programme.read_text("utf-8").replace(
        "gains: [Better questions.]", "gains: ['Better talks with a {{ term(\"manager\") }}.']"
    )
    programme.write_text(said, encoding="utf-8")
    desk.page("{{ programme.promise }} {{ programme.gains | first }}")
    assert "Ask before you answer. Better talks with a team lead." in visible_text(desk.html())
    programme.write_text(said.replace('term("manager")', 'term("manger")'), encoding="utf-8")
    [fault] = desk.faults()
    assert fault.startswith("modules/programme.yaml:3: The programme has no term “manger”")


def put_in_segments(desk: Desk, row: str) -> None:
    """Give the client a roster of one person, with a segment or without."""
    desk.client("name: Test\ncohorts: {one: {roster: people.csv}}\n")
    desk.write("clients/test/people.csv", f"name,segment\n{row}\n")


@pytest.mark.parametrize("audience", ["facilitator", "sponsor"])
def test_trainer_and_sponsor_read_whom_the_programme_is_for(desk: Desk, audience: str) -> None:
    put_in_segments(desk, "Anna Berg,keen")
    desk.page('{{ programme.segments | join(", ") }}', audience)
    assert "asked to come" in visible_text(desk.html())
    assert "keen" not in visible_text(desk.html())


@pytest.mark.parametrize("audience", ["facilitator", "sponsor"])
@pytest.mark.parametrize("row", [None, "Anna Berg,"])
def test_where_nobody_is_put_in_a_segment_no_paper_begins_with_them(
    desk: Desk, audience: str, row: str | None
) -> None:
    if row is not None:
        put_in_segments(desk, row)
    desk.page('Segments: {{ programme.segments | join(", ") }}', audience)
    assert visible_text(desk.html()) == "Segments:"


@pytest.mark.parametrize("audience", ["participant", "manager"])
def test_nobody_else_does(desk: Desk, audience: str) -> None:
    desk.page("{{ programme.segments }}", audience)
    [fault] = desk.faults()
    assert "Nothing is called “segments” here" in fault


def test_an_exercise_s_spaces_can_be_printed_again_elsewhere(desk: Desk) -> None:
    space = '::: space {rating="0-10" columns="Before | After" label="Rate"}\n- I ask.\n:::\n:::\n'
    desk.module(
        "", EXERCISE.replace("2. {20 min} Change over.\n:::\n", "2. {20 min} Talk.\n" + space)
    )
    desk.page(
        '{% from "_shared/writing.html.j2" import rating %}'
        "{% for space in modules[0].exercises[0].spaces %}"
        '{{ rating(space, ["Then", "Now", "Later"]) }}{% endfor %}'
    )
    said = visible_text(desk.html())
    assert "From 0 to 10 Then Now Later I ask." in said
    assert "After" not in said
