"""Words that a client has replaced: none is left in the library, and any other is told."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import workshop
from tests.composing.conftest import Desk
from tests.conftest import READINGS, Workspace
from workshop.composing.compose_plan import compose_kits
from workshop.composing.letter import LetterWriter
from workshop.proofing.read_words import ReadText
from workshop.proofing.replaced_words import words_left_standing
from workshop.tailoring.people.roster import Managed
from workshop.tailoring.tailored import Tailored

NONSENSE = {
    "customer": "zorble", "customers": "zorbles", "manager": "quimp", "managers": "quimps",
    "organisation": "blivet", "team": "frob", "end customer": "wuggle",
    "end customers": "wuggles", "one-to-one": "snark", "follow-up group": "gimbal",
}  # fmt: skip
OPTIONAL = ("angle-of-lean, lean-out", "who-starts", "step-back")
CASES = Path(__file__).parents[2] / "modules/cases"
STANDING = re.compile(
    r"\b(?:customers?|managers?|organisations?|teams?|one-to-one|follow-up groups?)\b", re.I
)


def without_words_of_invented_firms(workspace: Workspace) -> None:
    """Write the library's cases with other words where they say plainly “customer” and the like."""
    for case in CASES.glob("*.md"):
        text = re.sub(rf"(?<!['\"]){STANDING.pattern}", "folk", case.read_text(), flags=re.I)
        workspace.write(f"modules/cases/{case.name}", text)


@pytest.mark.slow
@pytest.mark.parametrize("modules", OPTIONAL)
def test_no_word_is_left_of_a_client_s_terms_in_any_paper_or_letter(
    workspace: Workspace, modules: str
) -> None:
    without_words_of_invented_firms(workspace)
    workspace.write(
        "clients/linden/people.csv",
        "name,email,segment,manager,manager_email\n"
        + "".join(f"P{number},,demotivated,Kim,kim@example.org\n" for number in range(14)),
    )
    terms = ", ".join(f"{term}: {word}" for term, word in NONSENSE.items())
    workspace.client(
        f"name: Linden\nterms: {{{terms}}}\n"
        "options: {follow-up: true, coaching: true, segment-pages: true}\n"
        "documents: {editions: [large-print, fillable]}\n"
        f"cohorts: {{day: {{roster: people.csv, modules: {{include: [{modules}]}}}}}}\n",
        "linden",
    )
    tailored = workshop.load(workspace.root, "linden", READINGS)
    assert words_left_standing(tailored) == []
    plan = workshop.plan(tailored)
    [kit] = compose_kits(plan, READINGS)
    for copy in kit.copies:
        file = copy.job.file.replace("-", " ")
        words = [ReadText.from_html(part.job.html).text for part in copy.composition.parts]
        for text in (copy.title, file, *words, *copy.texts.values()):
            assert not STANDING.search(text), (copy.job.file, STANDING.search(text))
    [briefing] = [copy for copy in kit.copies if copy.job.document.name == "manager-briefing"]
    assert briefing.job.file == "quimp-briefing/kim.pdf"
    assert isinstance(briefing.job.recipient, Managed)
    day = plan.cohorts[0].day
    letter = LetterWriter(tailored, day, briefing.job.document, "Ruth")
    written = letter.write(briefing.job.recipient, ())
    assert "Quimp briefing" in written["subject"].text
    for part in written.values():
        assert not STANDING.search(f"{part.text} {part.html}")


def told(desk: Desk) -> list[str]:
    faults = words_left_standing(workshop.load(desk.root, "test", READINGS))
    return [
        " ".join(
            [
                f"{fault.location}: {fault.message} [{fault.code}] {fault.hint}",
                *map(str, fault.quotes),
            ]
        ).replace(f"{desk.root.as_posix()}/", "")
        for fault in faults
    ]


OWN = "documents: {only: [page]}\n"


def test_what_still_stands_is_listed_once_with_all_its_places(desk: Desk) -> None:
    desk.client(f"name: Test Ltd\nterms: {{team: ward}}\n{OWN}")
    desk.module(
        'A team.\n\n{{ term("team") }} and Team.\n\n'
        '::: slide {title="The team"}\n<i title="Our teams">so</i>\n:::\n'
    )
    desk.page('<p class="team">{{ "one team" }}</p>{% if has("page") %}x{% endif %}teamwork')
    faults = [fault for fault in told(desk) if "modules/asking.md" in fault]
    [fault] = faults
    assert fault.startswith("modules/asking.md:8: “team” still stands in 5 places, though")
    assert "this client says “ward” [replaced-word]" in fault
    assert "modules/asking.md:10: “and Team.” modules/asking.md:12: “The team” " in fault
    assert "modules/asking.md:13: “Our teams so” " in fault
    assert "templates/page/document.html.j2:2: “one team" in fault


@pytest.mark.parametrize(
    "text",
    [
        '{{ term("team") }} and {{ term("team", "team") | capitalize }}',
        "A teamwork, a steam-team2.",
        "<!-- the team -->Nothing.",
        '{% if has("one-question") %}Yes.{% endif %}',
        "A ward team, as the client says.",
    ],
)
def test_other_words_are_none(desk: Desk, text: str) -> None:
    desk.client(f"name: Test Ltd\nterms: {{team: ward team}}\n{OWN}")
    desk.module(text)
    assert not [fault for fault in told(desk) if "replaced-word" in fault and "asking.md" in fault]


def test_a_sentence_is_accepted_by_its_words_and_the_others_stay(desk: Desk) -> None:
    client = f"name: Test Ltd\nterms: {{team: ward}}\n{OWN}"
    desk.page("<p>So.</p>")
    desk.module("The Team Office helps.\n\nA team.")

    def checked(accept: str) -> list[tuple[str, list[str], list[str]]]:
        desk.client(f"{client}{accept}")
        report = workshop.check(desk.root, "test", quick=True)
        assert not report.faults
        return [
            (
                fault.severity.value,
                [quote.words for quote in fault.quotes if "asking.md" in str(quote.location)],
                [line for proposal in fault.proposals for line in proposal.lines],
            )
            for fault in report.sound[0].warnings
            if fault.code in ("replaced-word", "accept-unused")
        ]

    [(severity, quotes, [line])] = checked("")
    assert (severity, quotes) == ("warning", ["“The Team Office helps.”", "“A team.”"])
    assert 'about: "“team” still stands"' in line
    office = "{code: replaced-word, about: Team Office, reason: It is called so.}"
    accepted, rest = sorted(checked(f"accept: [{office}]\n"))
    assert accepted[:2] == ("accepted", ["“The Team Office helps.”"])
    assert rest[:2] == ("warning", ["“A team.”"])
    [line] = rest[2]
    assert [severity for severity, _, _ in checked(f"{line}\n")] == ["accepted"] * 2


def test_a_word_with_in_in_it_is_accepted_as_a_whole(desk: Desk) -> None:
    desk.client(f"name: Test Ltd\nterms: {{team: drop in session}}\n{OWN}")
    desk.module("A drop in session.\n\nThe drop in session.")
    warnings = workshop.check(desk.root, "test", quick=True).sound[0].warnings
    [fault] = [fault for fault in warnings if fault.code == "word-with-two-meanings"]
    whole = "“drop in session”, which this client says for “team”, also stands"
    assert fault.accept_by == whole
    [line] = [line for proposal in fault.proposals for line in proposal.lines]
    assert f'about: "{whole}"' in line


def test_a_longer_term_is_not_taken_for_the_shorter_in_it(desk: Desk) -> None:
    desk.client(f"name: Test Ltd\nterms: {{customer: partner}}\n{OWN}")
    desk.module("The end customer.")
    assert not [fault for fault in told(desk) if "asking.md" in fault]
    desk.module("An internal\ncustomer.")
    [fault] = [fault for fault in told(desk) if "replaced-word" in fault]
    assert fault.startswith("modules/asking.md:8: “customer” still stands in one place")


def test_a_word_that_means_something_else_already_is_told(desk: Desk) -> None:
    desk.client(f"name: Test Ltd\nterms: {{manager: lead}}\n{OWN}")
    desk.module("You lead.\n\nTake the lead.")
    [fault] = [fault for fault in told(desk) if "[word-with-two-meanings]" in fault]
    assert "“lead”, which this client says for “manager”, also stands in" in fault
    assert "modules/asking.md:10: “Take the lead.”" in fault


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("So it is. You and a lead talk! Then go.", "“You and a lead talk!”"),
        ("- Ask the\n  lead first.\n- Go.", "“Ask the lead first.”"),
        ("### A lead\n\nText.", "“A lead”"),
        ('A {{ term("team") }} has a lead, said {{ client.name }}.', "“A … has a lead, said … .”"),
        (f"{'Long ' * 40}lead{' on and' * 40}.", f"“…{'Long ' * 14}lead{' on and' * 10}…”"),
    ],
)
def test_each_place_is_quoted_in_short(desk: Desk, text: str, quoted: str) -> None:
    desk.client(f"name: Test Ltd\nterms: {{manager: lead}}\n{OWN}")
    desk.module(text)
    faults = words_left_standing(workshop.load(desk.root, "test", READINGS))
    own = [
        quote.words
        for fault in faults
        for quote in fault.quotes
        if quote.location.path.name == "asking.md"
    ]
    assert own == [quoted]


def test_a_client_s_copy_is_looked_through_but_for_what_the_client_has_written(desk: Desk) -> None:
    desk.client(f"name: Test Ltd\nterms: {{manager: lead}}\n{OWN}")
    desk.module("You lead.\n\nTake the lead.\n\nIt has a lead.")
    text = (desk.root / "modules/asking.md").read_text()
    desk.write("clients/test/modules/asking.md", f"{text}\n\nAsk your lead.\n")
    [fault] = [fault for fault in told(desk) if "asking.md" in fault]
    assert fault.startswith("clients/test/modules/asking.md:10: “lead”, which this client says")
    assert "also stands in 2 places where it means something else" in fault
    assert "clients/test/modules/asking.md:12: “It has a lead.”" in fault
    ours = text.replace("Take the lead", "Ask the lead").replace("has a lead", "has our lead")
    desk.write("clients/test/modules/asking.md", ours)
    assert not [fault for fault in told(desk) if "asking.md" in fault]


def test_a_module_and_a_template_of_the_client_s_own_mean_its_word(desk: Desk) -> None:
    desk.client(f"name: Test Ltd\nterms: {{manager: lead}}\n{OWN}")
    desk.module("Nothing.")
    desk.page("<p>Take the lead.</p>")
    [fault] = [fault for fault in told(desk) if "page/" in fault]
    assert fault.startswith("templates/page/document.html.j2:")
    shared = (desk.root / "templates/page/document.html.j2").read_text()
    desk.write("clients/test/templates/page/document.html.j2", f"{shared}\n<p>Some lead.</p>\n")
    [copied] = [fault for fault in told(desk) if "page/" in fault]
    assert copied.startswith("clients/test/templates/page/")
    assert "also stands in one place where" in copied
    (desk.root / "templates/page/document.html.j2").unlink()
    assert not [fault for fault in told(desk) if "page/" in fault]


def test_a_replaced_word_is_told_in_a_client_s_copy_too(desk: Desk) -> None:
    desk.client(f"name: Test Ltd\nterms: {{team: ward}}\n{OWN}")
    desk.module("A ward.")
    text = (desk.root / "modules/asking.md").read_text().replace("A ward.", "A team.")
    desk.write("clients/test/modules/asking.md", text)
    [fault] = [fault for fault in told(desk) if "asking.md" in fault]
    assert "“team” still stands in one place" in fault


MEANT_SO = {
    "manager": ("boss", "supervisor", "chief", "head", "director", "line lead", "superior"),
    "managers": ("bosses", "supervisors", "chiefs", "heads", "directors", "line leads"),
    "organisation": ("Trust", "business", "company", "House", "school", "agency", "Firm", "IT"),
    "team": ("crew", "unit", "ward", "division", "branch", "shift", "Circle", "ward team"),
    "customer": ("in-house client", "colleague service", "buyer", "counterpart"),
    "end customer": ("guest", "patient", "resident", "tenant", "passenger", "visitor"),
    "end customers": ("guests", "patients", "residents", "tenants", "passengers", "visitors"),
}
MEANT_OTHERWISE = [
    ("manager", "lead", "lead-upwards"), ("manager", "coach", "coaching-trios"),
    ("customer", "colleague", "customer-map"), ("customer", "partner", "open"),
    ("organisation", "firm", "run-your-own-firm"), ("team", "group", "probing"),
]  # fmt: skip


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Tailored:
    """The program's own texts, with nearly everything that a client can take."""
    root = tmp_path_factory.mktemp("shipped")
    files = {
        "workshop.yaml": "",
        "clients/linden/client.yaml": (
            "name: Linden\noptions: {follow-up: true, coaching: true, segment-pages: true}\n"
            "cohorts:\n"
            + "".join(f"  c{n}: {{modules: {{include: [{m}]}}}}\n" for n, m in enumerate(OPTIONAL))
        ),
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return workshop.load(root, "linden", READINGS)


def told_of(shipped: Tailored, term: str, word: str) -> list[str]:
    client = shipped.client.model_copy(update={"terms": {term: word}})
    return [
        f"{fault.location and fault.location.path.stem}: {fault.hint} {fault.quotes}"
        for fault in words_left_standing(replace(shipped, client=client))
        if fault.code == "word-with-two-meanings"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("term", MEANT_SO)
def test_words_that_confuse_nobody_are_not_told(shipped: Tailored, term: str) -> None:
    assert not [fault for word in MEANT_SO[term] for fault in told_of(shipped, term, word)]


@pytest.mark.slow
@pytest.mark.parametrize(("term", "word", "module"), MEANT_OTHERWISE)
def test_words_that_confuse_are_told_with_the_command_that_copies_the_text(
    shipped: Tailored, term: str, word: str, module: str
) -> None:
    [fault] = told_of(shipped, term, word)
    assert "or change these texts: `workshop eject " in fault
    assert f"{module}.md" in fault or f"eject {module} --client linden` copies one." in fault


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("Trust", "A figure that you do trust. Their trust is worth it."),
        ("Trust", "The map.\n\nTrust the map."),
        ("IT", "Say it to it."),
        ("trust", "You do not trust it, and never trust them; learn to trust."),
        ("coach", "Those who coach you."),
    ],
)
def test_verbs_and_words_in_small_letters_are_no_second_meaning(
    desk: Desk, word: str, text: str
) -> None:
    desk.client(f"name: Test Ltd\nterms: {{organisation: {word}}}\n{OWN}")
    desk.module(text)
    assert not [fault for fault in told(desk) if "asking.md" in fault]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("Trust", "They love the Trust for it."),
        ("IT", "Everybody knows IT."),
        ("trust", "It costs somebody’s trust."),
        ("coaches", "Bring it to coaches."),
        ("coach", "Coach each other."),
    ],
)
def test_nouns_spelt_as_the_client_spells_them_are_told(desk: Desk, word: str, text: str) -> None:
    desk.client(f"name: Test Ltd\nterms: {{organisation: {word}}}\n{OWN}")
    desk.module(text)
    [fault] = [fault for fault in told(desk) if "asking.md" in fault]
    assert "[word-with-two-meanings]" in fault
    assert "eject" not in fault


def test_synonyms_are_the_programme_s_own(desk: Desk) -> None:
    desk.client(f"name: Test Ltd\nterms: {{manager: boss, managers: bosses}}\n{OWN}")
    desk.module("Ask a boss. Ask the bosses.")
    assert len([fault for fault in told(desk) if "asking.md" in fault]) == 2
    programme = desk.root / "modules/programme.yaml"
    text = programme.read_text("utf-8")
    programme.write_text(f"{text}synonyms: {{manager: [boss]}}\n", encoding="utf-8")
    assert not [fault for fault in told(desk) if "asking.md" in fault]
    programme.write_text(f"{text}synonyms: {{manger: [boss]}}\n", encoding="utf-8")
    [fault] = desk.faults()
    assert "The programme has no term “manger” Did you mean “manager”?" in fault


CASE = "::: case {name=firm}\n:::\n"


def test_words_of_an_invented_firm_are_told_all_at_once(desk: Desk) -> None:
    desk.client(f"name: Test Ltd\nterms: {{end customer: resident, team: crew}}\n{OWN}")
    desk.write("modules/cases/firm.md", "---\ntitle: A team\n---\n\nIts end customers wait.\n")
    desk.module(CASE)
    [fault] = [fault for fault in told(desk) if "cases/firm.md" in fault]
    assert fault.startswith("modules/cases/firm.md:1: Cases say “team” and “end customer” in 2 pla")
    assert "where this client says “crew” and “resident” [word-in-case]" in fault
    assert fault.endswith("firm.md:1: “A team” modules/cases/firm.md:5: “Its end customers wait.”")
    desk.write("modules/cases/firm.md", "---\ntitle: A ship\n---\n\nIt waits.\n")
    assert not [fault for fault in told(desk) if "cases/firm.md" in fault]
    # A word that the client uses means something else there, as it does in other texts.
    desk.write("modules/cases/firm.md", "---\ntitle: A ship\n---\n\nThe crew wait.\n")
    assert [fault for fault in told(desk) if fault.startswith("modules/cases/firm.md:5: “crew”")]


def test_the_library_s_invented_firms_say_it_plainly() -> None:
    """No client's word stands for the customers, teams and managers of a firm that is made up."""
    texts = {path.name: path.read_text() for path in CASES.glob("*.md")}
    # In this case people of the client's play a part, which the exercise's steps name too.
    parts = texts.pop("upward-case.md")
    assert parts.count("term(") == parts.count("{{ term('team') | capitalize }} member") == 1
    assert [name for name, text in texts.items() if "term(" in text] == []
    assert "about 2,300 customers, among them care homes" in texts["fact-sheet.md"]


def test_a_client_without_terms_is_told_nothing(desk: Desk) -> None:
    desk.module("A team, a manager.")
    assert told(desk) == []
    desk.client("name: Test Ltd\nterms: {team: team}\n")
    assert told(desk) == []
