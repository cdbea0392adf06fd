"""Give texts and templates the words for the client, the delivery, exercises and files."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from workshop.composing.language.bounds.arguments import as_word
from workshop.composing.language.bounds.growth import Effort
from workshop.composing.language.called_for import CalledFor
from workshop.composing.language.environment import make_text_environment
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.template_faults import place_of_call
from workshop.composing.language.text_writer import TextWriter
from workshop.content.audiences import KNOWS_SEGMENTS, Audience
from workshop.content.clock import part_of_day
from workshop.content.programme import nearest_term, read_programme
from workshop.diagnostics import ContentError, Report, nearest
from workshop.keeping.memory import Memory
from workshop.planning.day import Day
from workshop.tailoring.client_file.look_and_papers import Options
from workshop.tailoring.tailored import Tailored


@dataclass(frozen=True)
class OptionWords:
    """Says which options the client has taken."""

    follow_up: bool
    coaching: bool
    manager_briefings: bool
    segment_pages: bool


@dataclass(frozen=True)
class ClientWords:
    """Holds what texts may say of the client. `logo` is an address, or empty."""

    name: str
    logo: str
    options: OptionWords


@dataclass(frozen=True)
class TrainerWords:
    """Holds what texts may say of a trainer: the name, and the names of the modules they lead."""

    name: str
    leads: tuple[str, ...]


@dataclass(frozen=True)
class CohortWords:
    """Holds what texts may say of the delivery. Times are minutes after midnight.

    `no_room_for` has the names of modules that another of the programme's days has and this one
    not, where it was not the client who left them out.
    """

    date: datetime.date | None
    venue: str
    trainer: str
    doors: int | None
    doors_note: str
    start: int
    finish: int
    part_of_day: str
    headcount: int
    spares: int
    trainers: tuple[TrainerWords, ...]
    no_room_for: tuple[str, ...]


@dataclass(frozen=True)
class ProgrammeWords:
    """Holds what texts may say of the programme: not the segments of its participants."""

    title: str
    promise: str
    gains: tuple[str, ...]


@dataclass(frozen=True)
class ProgrammeAndSegments(ProgrammeWords):
    """Holds the segments as well, by their descriptions, for audiences that may know them.

    There are none where the roster puts nobody in one.
    """

    segments: tuple[str, ...]


class Words:
    """Gives the words of one client's cohort; raises `Mistake` for words that it does not have.

    `effort` counts what is done to fill them in.
    """

    def __init__(self, tailored: Tailored, day: Day, memory: Memory, effort: Effort) -> None:
        self._tailored = tailored
        self._day = day
        self._memory = memory
        self._effort = effort

    @cached_property
    def names(self) -> Mapping[str, Any]:
        """The names that a module's text may use."""
        words = {
            "client": self.client,
            "cohort": self.cohort,
            "term": self.term,
            "trainers": self.trainers,
        }
        return {**words, **self.called_for.functions}

    @cached_property
    def client(self) -> ClientWords:
        """The client, as texts may speak of it."""
        client = self._tailored.client
        return ClientWords(
            client.name,
            self.asset(client.logo) if self._has_logo else "",
            _option_words(client.options),
        )

    @property
    def _has_logo(self) -> bool:
        """Tell whether the client's logo is there: one that is not is told where it is named."""
        logo = self._tailored.client.logo
        return bool(logo and self._tailored.overlay.find("assets", logo))

    @cached_property
    def cohort(self) -> CohortWords:
        """The delivery, as texts may speak of it."""
        cohort = self._day.cohort
        return CohortWords(
            cohort.date,
            cohort.venue or "",
            cohort.trainer or "",
            cohort.doors.at if cohort.doors else None,
            cohort.doors.note if cohort.doors else "",
            cohort.start,
            cohort.finish,
            part_of_day(cohort.start),
            cohort.headcount,
            cohort.spares,
            tuple(TrainerWords(trainer.name, trainer.leads) for trainer in cohort.trainers),
            tuple(self._had_no_room()),
        )

    def _had_no_room(self) -> Iterator[str]:
        """Yield modules of the programme's other days that the client has not left out itself."""
        cohort = self._day.cohort
        if cohort.day_keys.is_ordered:
            return
        items = (day.items for day in self._tailored.programme.file.variants.values())
        names = dict.fromkeys(item.module for row in items for item in row if item.module)
        there = {planned.module.name for planned in self._day.modules}
        yield from (name for name in names if name not in there and name not in cohort.changes)

    @cached_property
    def texts(self) -> TextWriter:
        """The writer of modules' texts with these words."""
        environment = make_text_environment(self._day.cohort.language, self._effort)
        return TextWriter(environment, self.names, self._address, self._memory)

    def programme(self, audience: Audience) -> ProgrammeWords:
        """Return what an audience may read of the programme, in the client’s words."""
        file = self._tailored.programme.file
        title = self._plain(file.title, "title")
        promise = self._plain(file.promise, "promise")
        gains = tuple(self._plain(gain, "gains", index) for index, gain in enumerate(file.gains))
        if audience not in KNOWS_SEGMENTS:
            return ProgrammeWords(title, promise, gains)
        segments = tuple(
            self._plain(text, "segments", name) for name, text in self.segments.items()
        )
        return ProgrammeAndSegments(title, promise, gains, segments)

    @property
    def segments(self) -> Mapping[str, str]:
        """The programme's segments; none where the roster puts nobody in one.

        A sponsor of such a cohort has never heard of them, and no paper is to begin with it.
        """
        roster = self._day.cohort.roster
        return self._tailored.programme.file.segments if roster and roster.has_segments else {}

    def _plain(self, text: str, *keys: str | int) -> str:
        """Return a text of the programme's file, filled in; `keys` lead to it in the file."""
        return self.texts.plain(text, self._tailored.programme.source.location(*keys))

    @cached_property
    def called_for(self) -> CalledFor:
        """The words for exercises, documents and cards."""
        return CalledFor(
            self._tailored,
            self._day,
            lambda exercise: self.texts.plain(exercise.title, exercise.block.location),
            lambda: place_of_call(self.texts.place),
        )

    def term(self, word: object, usual: object = None) -> str:
        """Return the client's word for one of the programme's terms.

        `usual` is what is said here for a client who has not replaced the term.
        """
        wanted, terms = as_word(word, "term"), self._tailored.terms
        if wanted not in terms:
            self._check_programme(wanted)
            message = f"The programme has no term “{wanted}”"
            known = self._tailored.programme.file.terms
            raise Mistake("unknown-term", message, nearest_term(wanted, known))
        if usual is not None and wanted not in self._tailored.replaced_terms:
            return as_word(usual, "term")
        return terms[wanted]

    def trainers(self, alone: object, several: object) -> str:
        """Return what is said of a trainer alone, or of several who share the day."""
        words = as_word(alone, "trainers"), as_word(several, "trainers")
        return words[len(self._day.cohort.trainers) > 1]

    def _check_programme(self, term: str) -> None:
        """Raise `ContentError` for a programme that lacks a term of the library's programme.

        The library's modules and templates use these, so all that are missing are told at once.
        """
        [*_, library] = self._tailored.overlay.all("modules", "programme.yaml")
        complete = read_programme(library.path, Report(), self._memory)
        usual = complete.file.terms if complete else {}
        if term in usual:
            missing = [word for word in usual if word not in self._tailored.terms]
            raise ContentError.single(
                "missing-terms",
                f"“terms” lacks words that the library uses: {', '.join(missing)}",
                self._tailored.programme.source.location("terms", key=True),
                "Write a line for each below `terms:`, such as "
                + " and ".join(f"`{word}: {usual[word]}`" for word in missing[:2])
                + ".",
            )

    def asset(self, name: object) -> Markup:
        """Return the address of a file in the client's, the workspace's or the library's assets.

        It is printed as it is: signs in a file's name are never made typographic.
        """
        # An address of a file has nothing in it that HTML would read as its own.
        return Markup(self._address(name))  # noqa: S704

    def _address(self, name: object) -> str:
        overlay, wanted = self._tailored.overlay, as_word(name, "asset")
        file = overlay.find("assets", wanted)
        if file is None:
            message = f"There is no file “{wanted}” in any assets folder"
            hint = nearest(wanted, overlay.names("assets", "**/*"))
            raise Mistake("unknown-asset", message, hint)
        return file.path.resolve().as_uri()


def _option_words(options: Options) -> OptionWords:
    return OptionWords(
        options.follow_up, options.coaching, options.manager_briefings, options.segment_pages
    )
