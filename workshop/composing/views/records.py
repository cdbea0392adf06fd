"""Describe modules, exercises and people to templates: only what the audience may read."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from workshop.composing.language.recipient_seen import Choice
from workshop.composing.pages.names_in_line import isolated
from workshop.composing.views.diagram_view import DiagramView
from workshop.tailoring.cohort import Trainer
from workshop.tailoring.people.roster import Managed, Participant, Roster


@dataclass(frozen=True)
class CardSet:
    """Holds cards to cut out, in so many sets; `each` says for whom one is: `trio and pair`.

    `spare` sets come on top.
    """

    title: str
    each: str
    sets: int
    spare: int
    cards: tuple[CardView, ...]


@dataclass(frozen=True)
class CardView:
    """Holds one card."""

    title: str
    body: Markup


@dataclass(frozen=True)
class SpaceView:
    """Describes a place to write; sizes are in mm.

    `form` is lines, box, boxes, rows, rating or canvas. `name` is the name of the canvas, empty
    for other forms.
    """

    form: str
    label: str
    count: int
    height: int
    columns: tuple[str, ...]
    first: tuple[str, ...]
    scale: str
    name: str
    canvas: Markup


@dataclass(frozen=True)
class SlideView:
    """Holds a slide. `notes` are for the facilitator, and empty for any other audience.

    `id` is its module's name and its number there. `layout` is statement, question, points, steps,
    columns, rings, picture, diagram or sheet; `on` is screen, wall or both. `inside` says whether
    it stands in the exercise it is shown with, or after that exercise.
    """

    id: str
    title: str
    layout: str
    on: str
    inside: bool
    body: Markup
    notes: Markup


@dataclass(frozen=True)
class NeedView:
    """Says how many of an item to have at hand; `spare` come on top."""

    item: str
    quantity: int
    spare: int
    printed: bool
    modules: tuple[int, ...]


@dataclass(frozen=True)
class PaperView:
    """Describes a document to print for a cohort, in `copies`; not one that is only shown or sent.

    `page` and `sides` are as its document.yaml says. With `cards`, it has cards to cut out, which
    are printed for the room and are in nobody's copy; without `copies`, these cards alone.
    """

    name: str
    title: str
    audience: str
    copies: int
    page: str
    sides: str
    cards: bool = False

    @property
    def run(self) -> tuple[str, int, int]:
        """The document's name, the number of copies, and how many pages go on a sheet."""
        return self.name, self.copies, 2 if self.sides == "duplex" else 1


@dataclass(frozen=True)
class OnScreenView:
    """Says how many people fill a document in on screen, so that theirs is not printed."""

    title: str
    people: int


@dataclass(frozen=True)
class ExerciseView:
    """Describes an exercise with its number; all minutes are those of this day.

    `note` is the text for the document's audience alone. `slides` stand in the exercise, or after
    it and before the next one. `groups` counts the small groups, `together` says how people sit, of
    whom `people` are drawn. `activities` are what they do, as far as its blocks say it: talk,
    write, cards, wall. `body` is all that a participant works with; `steps` are the exercise's own
    text alone, without spaces and cases. `task` is the body without its canvases, each of which
    takes a page, and `canvas` is those. `room` is the debrief that is held in the room after the
    exercise. `round_starts` are minutes after midnight, empty where the exercise has no rounds or
    is not run. `spaces` are the exercise's own places to write: `body` has them too, and papers
    that ask the same questions again print them alone.
    """

    id: str
    number: str
    title: str
    kind: str
    minutes: int
    rounds: int
    round_minutes: int
    round_starts: tuple[int, ...]
    setup_minutes: int
    own_time: bool
    groups: str
    together: str
    people: int
    activities: tuple[str, ...]
    purpose: Markup
    steps: Markup
    body: Markup
    task: Markup
    canvas: Markup
    debrief: Markup
    room: Markup
    note: Markup
    cards: tuple[CardSet, ...]
    slides: tuple[SlideView, ...]
    spaces: tuple[SpaceView, ...]


@dataclass(frozen=True)
class PartView:
    """Describes a part of a module as it runs: an input, an exercise or the debrief.

    `text` is the part's own text. `notes` are for the trainer, and empty where the audience may
    not read them. `slides` are shown with the part.
    """

    kind: str
    title: str
    start: int
    minutes: int
    text: Markup
    notes: Markup
    slides: tuple[SlideView, ...]
    needs: tuple[NeedView, ...]
    exercise: ExerciseView | None

    @property
    def finish(self) -> int:
        """The start of the next part, in minutes after midnight."""
        return self.start + self.minutes


@dataclass(frozen=True)
class ModuleView:
    """Describes a module with its number; `start` is in minutes after midnight.

    `intro` is what is read before the first exercise, `body` all that follows but the cards.
    `slides` are shown before the first exercise. `quote` is a sentence about it for a page of its
    own: what the room is shown large before the first exercise, else the summary. `diagram` is its
    picture, if it has one. `note` is the text for the document's audience alone. `notes` are for
    the trainer and about the whole module, empty where the audience may not read them. `parts` run
    on the day. `needs` are the materials that belong to no exercise. `suits` describes the segments
    the module is made for: empty where it is made for all of them, the audience may not know
    segments, or nobody is in one. What opens or closes the day has nothing that it `teaches`.
    """

    name: str
    number: int
    title: str
    summary: str
    start: int
    minutes: int
    outcomes: tuple[str, ...]
    intro: Markup
    body: Markup
    exercises: tuple[ExerciseView, ...]
    slides: tuple[SlideView, ...]
    quote: str
    diagram: DiagramView | None
    note: Markup
    notes: Markup
    parts: tuple[PartView, ...]
    needs: tuple[NeedView, ...]
    suits: tuple[str, ...]
    teaches: bool

    @property
    def finish(self) -> int:
        """The start of the next module or break, in minutes after midnight."""
        return self.start + self.minutes


@dataclass(frozen=True)
class EntryView:
    """Describes a line of the agenda: a module with its number, or a break without one.

    People come `back` from a break, and not from another item of the day, such as a talk. Where the
    day's end has a line of its own, that line is its `finish`.
    """

    start: int
    minutes: int
    title: str
    summary: str
    number: int | None
    back: bool = True
    finish: bool = False


@dataclass(frozen=True)
class OwnPage(Choice):
    """Holds a page of prompts for some of the participants; it does not say for which."""

    title: str
    body: Markup


@dataclass(frozen=True)
class PersonView:
    """Says what paper may say of a person: never the segment they were put in."""

    name: str
    team: str
    role: str
    manager: str
    own_page: OwnPage | None = None


def person(participant: Participant, own_page: OwnPage | None = None) -> PersonView:
    """Return what paper may say of a participant."""
    manager = participant.manager.name if participant.manager else ""
    return PersonView(participant.name, participant.team, participant.role, manager, own_page)


@dataclass(frozen=True)
class ManagerView:
    """Describes a manager and their own people; `names` has the people's names in one line."""

    name: str
    names: str
    people: tuple[PersonView, ...]


@dataclass(frozen=True)
class ReaderView(Choice):
    """Names the trainer whose copy it is, of several, and the modules that they lead."""

    name: str
    leads: tuple[str, ...]


@dataclass(frozen=True)
class RosterView:
    """Holds all participants of a cohort in the order of the roster; none without a roster."""

    participants: tuple[PersonView, ...]
    reader: ReaderView | None = None


def everybody(roster: Roster | None, trainer: Trainer | None = None) -> RosterView:
    """Return what paper may say of a cohort's participants, to one of its trainers or to all."""
    participants = roster.participants if roster else ()
    reader = ReaderView(trainer.name, trainer.leads) if trainer else None
    return RosterView(tuple(person(participant) for participant in participants), reader)


def manager(managed: Managed) -> ManagerView:
    """Return what paper may say of a manager."""
    people = tuple(person(participant) for participant in managed.people)
    names = ", ".join(isolated(participant.name) for participant in people)
    return ManagerView(managed.person.name, names, people)
