"""A client or a cohort sets its breaks, its lunch and the order of its day by itself."""

from __future__ import annotations

import pytest

import workshop
from tests.conftest import READINGS, Workspace
from tests.tailoring.conftest import PROGRAMME, Small, module_text, running_order
from workshop.content.clock import clock
from workshop.diagnostics import ContentError
from workshop.tailoring.order.ordered_items import BreakItem

TWICE = """\
  twice:
    title: Two coffees
    start: "10:00"
    finish: "13:00"
    items:
      - module: open
      - {break: Coffee, minutes: 10}
      - module: ask
      - {break: Coffee, minutes: 20}
      - module: offer
"""


@pytest.fixture
def small(workspace: Workspace) -> Small:
    """A workspace with a morning, an evening, and a day with two breaks of one title."""
    workspace.write("modules/programme.yaml", PROGRAMME + TWICE)
    for name in ("open", "ask", "offer", "swap"):
        workspace.write(f"modules/{name}.md", module_text(name, f"{name}-it"))
    workspace.write("modules/lean.md", module_text("lean", "lean-it", "after: ask\n"))
    return Small(workspace.root, workspace)


def under_a_cohort(text: str) -> str:
    lines = "\n".join(f"    {line}" for line in text.splitlines())
    return f"name: Test\ncohorts:\n  a:\n{lines}\n"


def pins(items: tuple[object, ...]) -> dict[str, str]:
    breaks = [item for item in items if isinstance(item, BreakItem)]
    return {item.title: clock(item.at) for item in breaks if item.at is not None}


@pytest.mark.parametrize("place", ["client", "cohort"])
@pytest.mark.parametrize(
    ("text", "order"),
    [
        pytest.param("breaks: {Coffee: 0}", "open ask Lunch.30 offer", id="no break"),
        pytest.param(
            "breaks: {Stretch: {minutes: 5, after: offer}}",
            "open Coffee.10 ask Lunch.30 offer Stretch.5",
            id="a new break",
        ),
        pytest.param(
            "breaks: {Coffee: {after: ask}}", "open ask Coffee.10 Lunch.30 offer", id="one moves"
        ),
        pytest.param(
            "breaks: {Coffee: {after: ask, minutes: 25}}",
            "open ask Coffee.25 Lunch.30 offer",
            id="and lasts longer",
        ),
        pytest.param(
            "breaks: {Tea: {minutes: 5, after: lean}}\nmodules: {include: [lean]}",
            "open Coffee.10 ask lean Tea.5 Lunch.30 offer",
            id="behind an included module",
        ),
        pytest.param(
            "breaks: {Tea: {minutes: 5, after: ask}}\nmodules: {include: [lean]}",
            "open Coffee.10 ask Tea.5 lean Lunch.30 offer",
            id="before a module that follows the same one",
        ),
        pytest.param(
            "breaks: {Tea: {minutes: 5, after: ask}}\n"
            "modules: {include: [{module: lean, after: Tea}], replace: {ask: swap}}",
            "open Coffee.10 swap Tea.5 lean Lunch.30 offer",
            id="behind one that is replaced, and followed",
        ),
        pytest.param(
            "variant: twice\nbreaks: {Coffee: 15}",
            "open Coffee.15 ask Coffee.15 offer",
            id="all of one title",
        ),
        pytest.param(
            "order: [ask, open, Lunch, offer, Coffee]",
            "ask open Lunch.30 offer Coffee.10",
            id="an order",
        ),
        pytest.param(
            "order: [lean, open, ask, Coffee, {break: Tea, minutes: 5}, Lunch, offer]",
            "lean open ask Coffee.10 Tea.5 Lunch.30 offer",
            id="an order brings modules and breaks in",
        ),
        pytest.param(
            'breaks: {Tea: 5, Cake: {at: "11:00"}, Talk: {minutes: 20, back: false}}\n'
            "order: [open, Tea, ask, {break: Cake, minutes: 8}, Coffee, Lunch, Talk, offer]",
            "open Tea.5 ask Cake.8 Coffee.10 Lunch.30 Talk.20 offer",
            id="an order gives new breaks their places",
        ),
        pytest.param(
            "breaks: {Tea: 5, Lunch: 0, Cake: 8}\norder: [open, Tea, ask, Cake, Coffee, offer]",
            "open Tea.5 ask Cake.8 Coffee.10 offer",
            id="an order gives two new breaks their places where another one is taken out",
        ),
        pytest.param(
            "variant: twice\norder: [Coffee, open, ask, Coffee, offer, Coffee]",
            "Coffee.10 open ask Coffee.20 offer Coffee.20",
            id="breaks of one title, in their order",
        ),
        pytest.param(
            "variant: twice\nbreaks: {Coffee 2: 25}\norder: [Coffee 2, open, ask, Coffee, offer]",
            "Coffee.25 open ask Coffee.10 offer",
            id="breaks of one title, by their numbers",
        ),
        pytest.param(
            "variant: twice\nbreaks: {Coffee 1: 0}\n"
            "order: [open, ask, offer, {break: Coffee 2, minutes: 5}]",
            "open ask offer Coffee.5",
            id="the second one where the first is taken out",
        ),
        pytest.param(
            "order: [swap, ask, offer, Lunch, Coffee]\nmodules: {replace: {open: swap}}\n"
            "breaks: {Coffee: 5}",
            "swap ask offer Lunch.30 Coffee.5",
            id="an order of what is replaced, by its new name",
        ),
        pytest.param(
            "order: [offer, open, ask, Lunch, Coffee]\nmodules: {replace: {open: swap}}",
            "offer swap ask Lunch.30 Coffee.10",
            id="or by its old name",
        ),
        pytest.param(
            "order: [ask, open, {break: Lunch, minutes: 60}]\n"
            "modules: {exclude: [offer]}\nbreaks: {Coffee: 0}",
            "ask open Lunch.60",
            id="an order of what is left",
        ),
    ],
)
@pytest.mark.slow
def test_a_day_has_the_breaks_and_the_order_it_is_given(
    small: Small, place: str, text: str, order: str
) -> None:
    client = f"name: Test\n{text}\n" if place == "client" else under_a_cohort(text)
    tailored = small.load(client)
    [cohort] = tailored.cohorts
    assert [item.replace(" ", ".") for item in running_order(cohort)] == order.split()
    assert not tailored.warnings


TALK = "{minutes: 10, after: open, back: false}"


@pytest.mark.parametrize(
    ("text", "talks"),
    [
        (f"breaks: {{Talk: {TALK}}}", {"Talk"}),
        ("breaks: {Coffee: {back: false}}", {"Coffee"}),
        ("breaks: {Lunch: {minutes: 40, back: true}}", set()),
        ("order: [open, {break: Talk, minutes: 5, back: false}, ask, Lunch, offer]", {"Talk"}),
        (f"breaks: {{Talk: {TALK}}}\norder: [Talk, open, ask, Lunch, offer, Coffee]", {"Talk"}),
        ("order: [open, ask, {break: Lunch, back: false}, offer, Coffee]", {"Lunch"}),
        ("breaks: {Lunch: {back: false}}\norder: [open, ask, {break: Lunch, minutes: 20}, offer]",
         {"Lunch"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["client", "cohort"])
def test_nobody_comes_back_from_an_item_that_is_no_break(
    small: Small, text: str, talks: set[str], place: str
) -> None:
    [cohort] = small.load(
        f"name: Test\n{text}\n" if place == "client" else under_a_cohort(text)
    ).cohorts
    breaks = [item for item in cohort.items if isinstance(item, BreakItem)]
    assert {item.title for item in breaks if not item.back} == talks


def test_a_programme_may_have_such_an_item_too(small: Small) -> None:
    programme = PROGRAMME.replace(
        "{break: Coffee, minutes: 10}", "{break: Talk, minutes: 10, back: false}"
    )
    small.write("modules/programme.yaml", programme)
    [cohort] = small.load("name: Test\n").cohorts
    breaks = [item for item in cohort.items if isinstance(item, BreakItem)]
    assert [(item.title, item.back) for item in breaks] == [("Talk", False), ("Lunch", True)]


@pytest.mark.parametrize(
    ("text", "pinned"),
    [
        ('breaks: {Coffee: {at: "10:40"}}', {"Coffee": "10:40", "Lunch": "12:00"}),
        ('breaks: {Lunch: {at: "12:20"}}', {"Lunch": "12:20"}),
        ('breaks: {Lunch: {at: "11:20", after: open}}', {"Lunch": "11:20"}),
        ('times: {lunch: "11:50"}\nbreaks: {Coffee: {at: "10:40"}}',
         {"Coffee": "10:40", "Lunch": "11:50"}),
        ('order: [open, Coffee, ask, {break: Lunch, at: "12:30"}, offer]', {"Lunch": "12:30"}),
        ('order: [open, Coffee, ask, Lunch, offer]', {"Lunch": "12:00"}),
        ('variant: evening\nbreaks: {Lunch: {minutes: 30, after: open, at: "18:30"}}',
         {"Lunch": "18:30"}),
    ],
)  # fmt: skip
def test_any_break_may_have_its_time(small: Small, text: str, pinned: dict[str, str]) -> None:
    for client in (f"name: Test\n{text}\n", under_a_cohort(text)):
        assert pins(small.cohort(client).items) == pinned


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ('breaks: {Coffee 1: {minutes: 15, at: "10:20"}}', "Coffee.15@10:20 Coffee.20"),
        ("breaks: {Coffee 2: 15}", "Coffee.10 Coffee.15"),
        ("breaks: {Coffee 1: 0, Coffee: 5}", "Coffee.5"),
        ('breaks: {Coffee: 5, Coffee 2: {at: "12:40"}}', "Coffee.5 Coffee.5@12:40"),
        ("breaks: {Coffee 1: {after: offer}}", "Coffee.20 Coffee.10"),
    ],
)
def test_breaks_of_one_title_go_by_their_numbers(small: Small, text: str, order: str) -> None:
    for client in (f"name: T\nvariant: twice\n{text}\n", under_a_cohort(f"variant: twice\n{text}")):
        items = [item for item in small.cohort(client).items if isinstance(item, BreakItem)]
        told = [
            f"{item.title}.{item.minutes}" + (f"@{clock(item.at)}" if item.at else "")
            for item in items
        ]
        assert told == order.split()


def test_a_number_that_no_break_has_is_told(small: Small) -> None:
    [fault] = small.faults("name: T\nvariant: twice\nbreaks: {Coffee 3: {minutes: 5}}\n")
    assert "There is no break “Coffee 3” [unknown-break]" in fault
    [fault] = small.faults("name: T\ncohorts: {a: {breaks: {Coffee 1: 5}}}\n")
    assert "This day has no break called “Coffee 1” [unknown-break]" in fault


def test_the_nearest_time_of_lunch_counts(small: Small) -> None:
    of_cohort = 'name: T\ntimes: {lunch: "12:10"}\ncohorts: {a: {breaks: {Lunch: {at: "12:20"}}}}'
    assert pins(small.cohort(of_cohort).items) == {"Lunch": "12:20"}
    of_client = 'name: T\nbreaks: {Lunch: {at: "12:20"}}\ncohorts: {a: {times: {lunch: "12:10"}}}'
    assert pins(small.cohort(of_client).items) == {"Lunch": "12:10"}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param("breaks: {Tea: {after: ask}}", [
            "2:10: The break “Tea” has no minutes [break-minutes] "
            "Write how many: `Tea: {minutes: 15, after: ask}`.",
        ], id="no minutes"),
        pytest.param("breaks: {Tea: {minutes: 5, after: swap}}", [
            "2:10: “Tea” is to follow “swap”, which the day of “session” does not have "
            "[break-after] Known here: ask, offer, open.",
        ], id="behind a module that is not there"),
        pytest.param("variant: twice\nbreaks: {Coffee: {after: offer}}", [
            "3:10: This day has 2 breaks called “Coffee”, and `after` and `at` are for one "
            "[break-twice] Write `Coffee 1` or `Coffee 2` for the one you mean, as the day has "
            "them without your changes; give a new one a title of its own.",
        ], id="which of two breaks"),
        pytest.param("variant: twice\nmodules: {include: [{module: lean, after: Coffee}]}", [
            "3:21: “lean” is to follow “Coffee”, of which the day has more than one "
            "[include-after] Name the module before it, or write the whole day under `order`.",
        ], id="behind which of two breaks"),
        pytest.param('times: {lunch: "12:10"}\nbreaks: {Lunch: {at: "12:20"}}', [
            "2:16: “Lunch” begins at 12:10 by `times`, at 12:20 by its own `at` [lunch-twice] "
            "Take one of them out.",
        ], id="lunch at two times"),
        pytest.param("order: [open, aks, ask, Coffee, Lunch, offer]", [
            "2:15: There is no module or break “aks” [unknown-module] Did you mean “ask”?",
        ], id="an order of what is not there"),
        pytest.param("order: [open, ask, Coffee, Tea, Lunch, offer]", [
            "2:28: This day has no break called “Tea” [unknown-break] "
            "Say how long it lasts: `{break: Tea, minutes: 15}`.",
        ], id="an order of another day's break"),
        pytest.param(
            'breaks: {Tea: {at: "10:30"}}\norder: [open, Tea, ask, Coffee, Lunch, offer]', [
            "2:10: The break “Tea” has no minutes [break-minutes] Write how many: `Tea: 15`.",
            "3:15: This day has no break called “Tea” [unknown-break] "
            "Say how long it lasts: `{break: Tea, minutes: 15}`.",
        ], id="a new break of an order without minutes"),
        pytest.param("breaks: {Coffee: 0}\norder: [open, Coffee, ask, Lunch, offer]", [
            "3:15: This day has no break called “Coffee” [unknown-break] `breaks` takes it out: "
            "write `Coffee: 15` there, or take it out of `order`.",
        ], id="an order of a break that is taken out"),
        pytest.param("breaks: {Cake: 0}\norder: [open, Cake, ask, Coffee, Lunch, offer]", [
            "3:15: This day has no break called “Cake” [unknown-break] `breaks` takes it out: "
            "write `Cake: 15` there, or take it out of `order`.",
        ], id="an order of a break that no day has"),
        pytest.param("order: [open, Coffee 2, ask, Coffee, Lunch, offer]", [
            "2:15: This day has no break called “Coffee 2” [unknown-break] Say how long it lasts: "
            "`{break: Coffee 2, minutes: 15}`.",
        ], id="an order of the second of one break"),
        pytest.param("order: [open, ask, open, Coffee, Lunch, offer]", [
            "2:1: The day of “session” has the module “open” more than once [module-twice] "
            "Name it once.",
        ], id="an order that names one twice"),
        pytest.param("order: [open, ask, Coffee, Lunch, offer]\nmodules: {exclude: [ask]}", [
            "2:15: “ask” stands in `order` and is excluded from the day of “session” "
            "[order-excluded] Take it out of `order`, or out of `exclude`.",
        ], id="an order of what is excluded"),
        pytest.param("order: []", ["2:8: “order” must not be empty [wrong-length]"], id="empty"),
        pytest.param("breaks: {Coffee: {minute: 5}}", [
            "2:19: Unknown key “minute” in “Coffee” [unknown-key] Did you mean “minutes”?",
        ], id="a misspelt key"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_with_its_place(small: Small, text: str, faults: list[str]) -> None:
    assert small.faults(f"name: Test\n{text}\n") == faults


def test_what_an_order_leaves_out_is_told(small: Small) -> None:
    tailored = small.load("name: Test\norder: [offer, open]\nmodules: {exclude: []}\n")
    assert running_order(tailored.cohorts[0]) == ["offer", "open"]
    [warning] = tailored.warnings
    assert (warning.code, warning.location and warning.location.line) == ("order-leaves-out", 2)
    assert warning.message == (
        "`order` does not name “ask”, “Coffee” and “Lunch”, so the day of “session” goes without"
    )
    assert warning.hint == (
        "Where that is meant, write `modules: {exclude: [ask]}` and "
        "`breaks: {Coffee: 0, Lunch: 0}`."
    )
    said = "modules: {exclude: [ask]}\nbreaks: {Coffee: 0, Lunch: 0}\n"
    assert not small.load(f"name: Test\norder: [offer, open]\n{said}").warnings


def test_of_two_breaks_of_one_title_that_is_told_which_an_order_leaves_out(small: Small) -> None:
    client = "name: Test\nvariant: twice\norder: [open, Coffee, ask, offer]\n"
    tailored = small.load(client)
    assert running_order(tailored.cohorts[0]) == ["open", "Coffee 10", "ask", "offer"]
    [warning] = tailored.warnings
    assert warning.message.startswith("`order` does not name “Coffee 2”, so the day")
    assert warning.hint == "Where that is meant, write `breaks: {Coffee 2: 0}`."
    assert not small.load(f"{client}breaks: {{Coffee 2: 0}}\n").warnings
    [both] = small.load("name: Test\nvariant: twice\norder: [open, ask, offer]\n").warnings
    assert both.hint == "Where that is meant, write `breaks: {Coffee: 0}`."


def test_what_an_order_leaves_out_is_confirmed_where_the_file_brings_it_in(small: Small) -> None:
    client = (
        "name: Test\nmodules: {include: [lean], replace: {ask: swap}}\norder: [offer, Coffee]\n"
    )
    [warning] = small.load(f"{client}breaks: {{Lunch: 0}}\n").warnings
    assert warning.hint == (
        "Where that is meant, write `modules: {exclude: [open, ask]}` and take “lean” out of "
        "`include`."
    )
    said = "modules: {exclude: [open, ask], replace: {ask: swap}}\nbreaks: {Lunch: 0}\n"
    assert not small.load(f"name: Test\norder: [offer, Coffee]\n{said}").warnings


def test_an_evening_may_go_over_midnight(small: Small) -> None:
    cohort = small.cohort(
        'name: T\nvariant: evening\ntimes: {start: "23:00", finish: "01:00"}\n'
        'breaks: {Tea: {at: "00:15"}}\n'
    )
    assert (cohort.start, cohort.finish) == (23 * 60, 25 * 60)
    assert [item.at for item in cohort.items if isinstance(item, BreakItem)] == [24 * 60 + 15]
    [planned] = workshop.plan(
        workshop.load(small.root, "test", READINGS), documents=["agenda"]
    ).cohorts
    entries = planned.day.schedule.entries
    assert [(clock(entry.start), entry.title) for entry in entries] == [
        ("23:00", "Open"), ("00:15", "Tea"), ("00:25", "Ask"),
    ]  # fmt: skip
    assert clock(planned.day.schedule.finish) == "01:00"


def test_a_time_before_the_evening_is_no_time_of_the_night(small: Small) -> None:
    client = (
        'name: T\nvariant: evening\ntimes: {start: "18:00", finish: "00:00"}\n'
        'breaks: {Tea: {at: "17:00"}}\n'
    )
    with pytest.raises(ContentError, match="Tea” is fixed from 17:00 to 17:10, but the day starts"):
        workshop.plan(small.load(client), documents=["agenda"])


def test_a_number_that_tells_two_breaks_apart_does_not_print(small: Small) -> None:
    new = "Break: {minutes: 5, after: open}, Break 2: {minutes: 5, after: ask}, Route 66: 5"
    text = f"breaks: {{{new.replace('Route 66: 5', 'Route 66: {minutes: 5, after: offer}')}}}"
    [cohort] = small.load(under_a_cohort(text)).cohorts
    assert running_order(cohort) == [
        "open", "Break 5", "Coffee 10", "ask", "Break 5", "Lunch 30", "offer", "Route 66 5"
    ]  # fmt: skip


def test_beside_an_order_places_count_for_nothing_and_times_do(small: Small) -> None:
    text = (
        "order: [open, Coffee, swap, ask, Lunch, offer]\n"
        'breaks: {Coffee: {minutes: 15, after: gone, at: "09:40"}}\n'
        "modules: {include: [swap, {module: ask, after: gone}]}"
    )
    [cohort] = small.load(under_a_cohort(text)).cohorts
    assert running_order(cohort) == ["open", "Coffee 15", "swap", "ask", "Lunch 30", "offer"]
    assert pins(cohort.items)["Coffee"] == "09:40"


def test_doors_open_before_the_day_starts(small: Small) -> None:
    client = 'name: Test\ntimes: {doors: "08:15"}\ncohorts: {a: {}, b: {times: {doors: "08:30"}}}\n'
    tailored = small.load(client)
    doors = [cohort.doors for cohort in tailored.cohorts]
    assert [clock(opening.at) for opening in doors if opening] == ["08:15", "08:30"]
    assert small.faults('name: Test\ntimes: {doors: "10:15"}\n') == [
        "2:16: The doors open at 10:15, and the day starts at 10:00 [doors-late] "
        'Write a time before that, such as `doors: "09:30"`.'
    ]


@pytest.mark.parametrize(
    "typed", ["08:15, with bacon rolls", "8.15 – coffee", "08:15 for 09:00", "08:15 (side door)"]
)
def test_a_text_may_stand_behind_the_time_of_the_doors(small: Small, typed: str) -> None:
    opening = small.cohort(f'name: Test\ntimes: {{doors: "{typed}"}}\n').doors
    assert opening
    assert clock(opening.at) == "08:15"
    assert str(opening) == typed.replace("8.15", "08:15")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("8:15 am", '“8:15 am” is not a time of day [wrong-value] Write it like "08:15".'),
        (
            "8:15 pm, with rolls",
            '“8:15 pm” is not a time of day [wrong-value] Write it like "20:15, with rolls".',
        ),
        (
            "8:15pm, rolls",
            '“8:15pm” is not a time of day [wrong-value] Write it like "20:15, rolls".',
        ),
        (
            "8 p.m. – rolls",
            '“8 p.m.” is not a time of day [wrong-value] Write it like "20:00 – rolls".',
        ),
        (
            "8h15 (side door)",
            '“8h15” is not a time of day [wrong-value] Write it like "08:15 (side door)".',
        ),
        (
            "rolls at 08:15",
            '“rolls at 08:15” is not a time of day [wrong-value] Write it like "09:15".',
        ),
        (
            "25:15, rolls",
            '“25:15” is not a time of day [wrong-value] Write it like "09:15".',
        ),
    ],
)
def test_doors_without_a_time_in_front_are_told(small: Small, typed: str, told: str) -> None:
    assert small.faults(f'name: Test\ntimes: {{doors: "{typed}"}}\n') == [f"2:16: {told}"]


def test_a_late_opening_is_told_with_its_text(small: Small) -> None:
    [fault] = small.faults('name: Test\ntimes: {doors: "10:15, with rolls"}\n')
    assert fault.endswith('such as `doors: "09:30, with rolls"`.')
