"""Planned modules, exercises and people as templates see them: only what the audience may read."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from workshop.composing.language.recipient_seen import Choice
from workshop.tailoring.roster import Managed, Participant, Roster


@dataclass(frozen=True)
class CardSet:
    """Cards to cut out: a set for each pair, trio, group or person, or one for the room."""

    title: str
    each: str
    sets: int
    cards: tuple[CardView, ...]


@dataclass(frozen=True)
class CardView:
    """One card."""

    title: str
    body: Markup


@dataclass(frozen=True)
class SpaceView:
    """A place to write. `form` is lines, box, boxes, rows, rating or canvas; sizes are in mm.

    `name` is the canvas's, empty otherwise.
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
    """What is shown to the room. `notes` are for the facilitator and empty for any other audience.

    `id` is its module's name and its number there. `layout` is statement, question, points, steps,
    columns, rings, picture or sheet; `on` is screen, wall or both. `inside` says that it stands in
    the exercise it comes with, and not after it.
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
    """So many of a thing to have at hand; `spare` come on top."""

    item: str
    quantity: int
    spare: int
    printed: bool
    modules: tuple[int, ...]


@dataclass(frozen=True)
class PaperView:
    """A document to print for a cohort, in so many copies; none of what is only shown or sent.

    `page` and `sides` are as its document.yaml says.
    """

    name: str
    title: str
    audience: str
    copies: int
    page: str
    sides: str

    @property
    def run(self) -> tuple[str, int, int]:
        """Its name, how many copies of it, and how many of its pages go on a sheet."""
        return self.name, self.copies, 2 if self.sides == "duplex" else 1


@dataclass(frozen=True)
class ExerciseView:
    """An exercise with its number; minutes are those of this day.

    `note` is what it says to the document's audience alone.
    `slides` stand in it or come after it, before the next exercise.
    `body` is all that a participant works with; `steps` are its own text alone, without spaces and
    cases. `round_starts` are clock times, empty where it has no rounds or is not run.
    `spaces` are its own places to write, which `body` has too: for papers that ask again.
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
    purpose: Markup
    steps: Markup
    body: Markup
    debrief: Markup
    note: Markup
    cards: tuple[CardSet, ...]
    slides: tuple[SlideView, ...]
    spaces: tuple[SpaceView, ...]


@dataclass(frozen=True)
class PartView:
    """A part of a module as it runs: an input, an exercise or the debrief, on the clock.

    `text` is its own text, `notes` are those for the trainer, where the audience may read them,
    `slides` those shown with it.
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
        """When the next part starts."""
        return self.start + self.minutes


@dataclass(frozen=True)
class ModuleView:
    """A module with its number and clock time.

    `intro` is what is read before the first exercise, `body` all that follows but the cards.
    `slides` are shown before the first exercise.
    `notes` are those for the trainer on the module as such, where the audience may read them.
    `parts` are what runs on the day, `needs` what the module wants at hand from its start. `suits`
    says for whom it is made, where it is not for all, and only to who may know.
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
    note: Markup
    notes: Markup
    parts: tuple[PartView, ...]
    needs: tuple[NeedView, ...]
    suits: tuple[str, ...]

    @property
    def finish(self) -> int:
        """When the next module or break starts."""
        return self.start + self.minutes


@dataclass(frozen=True)
class EntryView:
    """A line of the agenda: a module with its number, or a break without one."""

    start: int
    minutes: int
    title: str
    summary: str
    number: int | None


@dataclass(frozen=True)
class OwnPage(Choice):
    """A page of prompts for some of the participants; it does not say for which."""

    title: str
    body: Markup


@dataclass(frozen=True)
class PersonView:
    """A person as paper may name them: never with the segment they were put in."""

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
    """A manager and their own people; `names` are theirs, in one line."""

    name: str
    names: str
    people: tuple[PersonView, ...]


@dataclass(frozen=True)
class RosterView:
    """All participants of a cohort, in the roster's order; nobody where there is no roster."""

    participants: tuple[PersonView, ...]


def everybody(roster: Roster | None) -> RosterView:
    """Return what paper may say of a cohort's participants."""
    return RosterView(tuple(person(one) for one in roster.participants) if roster else ())


def manager(managed: Managed) -> ManagerView:
    """Return what paper may say of a manager."""
    people = tuple(person(one) for one in managed.people)
    return ManagerView(managed.person.name, ", ".join(one.name for one in people), people)
