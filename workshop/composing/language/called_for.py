"""Name what texts call for: exercises, documents, cards; or say what is printed instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from markupsafe import Markup, escape

from workshop.composing.inserted_values import printed
from workshop.composing.language.bounds.arguments import as_printable, as_word, shown
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.references import (
    NOT_IN_DAY,
    NOT_IN_KIT,
    OTHER_WORDS,
    on_page,
    with_note,
    without,
)
from workshop.content.exercises.exercise import Exercise
from workshop.diagnostics import Location, nearest
from workshop.planning.day import Day
from workshop.planning.kit_contents import CARD_SHEETS, KitContents, kit_contents
from workshop.planning.taken_up import still_to_come
from workshop.tailoring.tailored import Tailored

# Letters of what is to be printed that a message shows.
_LONGEST = 200


class CalledFor:
    """Gives the functions by which texts and templates name what they call for.

    `title` returns the title of an exercise in the client's words. `place` returns where the text
    or template that is being filled in calls one of the functions.
    """

    def __init__(
        self,
        tailored: Tailored,
        day: Day,
        title: Callable[[Exercise], str],
        place: Callable[[], Location | None],
    ) -> None:
        self._tailored = tailored
        self._day = day
        self._title = title
        self._place = place

    @cached_property
    def functions(self) -> Mapping[str, Callable[..., object]]:
        """The functions by the names that texts call them."""
        return {"ref": self.ref, "has": self.has, "doc": self.doc, "cards": self.cards}

    def ref(self, exercise: object, **instead: object) -> Markup:
        """Return "exercise 4.2, page 17": the page only where the document holds the exercise.

        For an exercise that the day leaves out it is what `else` says, or else its title; and for
        one that the text builds on and the day has only later, what `else` says if there is one.
        """
        wanted, other = as_word(exercise, "ref"), _else_of(instead, f'ref("{exercise}", else="…")')
        planned = self._day.exercise(wanted)
        if planned and not (other is not None and self._is_to_come(wanted)):
            page = on_page(f"exercise-{wanted}")
            # Not broken across lines: inside the `span`, a line would break far too early.
            return Markup('<span class="ref">exercise\u00a0{}{}</span>').format(
                planned.number, page
            )
        if wanted not in self._exercises:
            message = f"There is no exercise “{wanted}”"
            raise Mistake("unknown-exercise", message, nearest(wanted, self._exercises))
        if other is not None:
            return printed(other)
        title = self._title(self._exercises[wanted])
        return with_note(
            f"“{title}”",
            NOT_IN_DAY,
            f"The day has no exercise “{title}”, which is referred to here",
            f'Write other words for such a day: {{{{ ref("{wanted}", else="…") }}}}.',
            self._place(),
        )

    def has(self, name: object) -> bool:
        """Return whether the kit has a document, or the day runs a module or a part of one.

        What a module builds on is not there for its own texts where it comes later in the day.
        """
        wanted = as_word(name, "has")
        if wanted not in self._contents.names:
            message = f"There is no document, module or exercise “{wanted}”"
            raise Mistake("unknown-name", message, nearest(wanted, self._contents.names))
        return self._contents.has(wanted) and not self._is_to_come(wanted)

    def doc(self, name: object, words: object = None, **instead: object) -> Markup:
        """Return words for a document, or its title; what `else` says where the kit lacks it."""
        wanted, every = as_word(name, "doc"), self._tailored.every_document
        if wanted not in every:
            message = f"There is no document “{wanted}”"
            raise Mistake("unknown-document", message, nearest(wanted, every))
        other = _else_of(instead, f'doc("{wanted}", "…", else="…")')
        said = every[wanted].title if words is None else as_printable(words, "doc")
        if self._contents.papers[wanted]:
            return printed(said)
        return self._not_in_kit(f"document “{wanted}”", said, other, self._cure(wanted))

    def cards(self, name: object, words: object = None, **instead: object) -> Markup:
        """Return words for a set of cards; what `else` says where no sheet of the kit has it."""
        wanted, sets = as_word(name, "cards"), self._contents.cards
        other = _else_of(instead, f'cards("{wanted}", "…", else="…")')
        said = wanted.replace("-", " ") if words is None else as_printable(words, "cards")
        if sets.get(wanted):
            return printed(said)
        if not self._contents.papers.get(CARD_SHEETS):
            what = f"document “{CARD_SHEETS}”, on which cards are printed"
            return self._not_in_kit(what, said, other, self._cure(CARD_SHEETS))
        # A client's own case may have cards of other names, or none.
        cure = nearest(wanted, [name for name, is_there in sets.items() if is_there])
        return self._not_in_kit(f"set of cards “{wanted}”", said, other, cure)

    def _not_in_kit(self, what: str, said: object, other: object, cure: str | None) -> Markup:
        if other is None:
            message = f"The kit has no {what}, but {shown(said, _LONGEST)} calls for it"
            other_words = 'Or say what is printed without it: else="…".'
            cure = f"{cure} {other_words}" if cure else other_words
            return with_note(printed(said), NOT_IN_KIT, message, cure, self._place())
        message = f"{without(what)}{_in_place_of(said, other)}"
        return with_note(printed(other), OTHER_WORDS, message, cure, self._place(), what)

    def _cure(self, document: str) -> str:
        option = self._tailored.every_document[document].file.option
        if option and option not in self._tailored.client.options.taken:
            return f"Take the option {option} in client.yaml if the kit is to have it."
        needs = self._tailored.every_document[document].file.needs
        is_chosen = any(document == made.name for made in self._tailored.documents)
        if is_chosen and needs:
            return f"It is made for days with {needs}, and this day has none."
        if is_chosen:
            return "It is made for managers, and nobody on the roster has one."
        if document in self._tailored.client.documents.exclude:
            return f"Take {document} out of `exclude` in client.yaml if the kit is to have it."
        return f"Add {document} to `only` in client.yaml if the kit is to have it."

    def _is_to_come(self, name: str) -> bool:
        """Tell whether a module's text names what it builds on, and the day has only later."""
        if not any(name in names for names in self._to_come.values()):
            return False
        place = self._place()
        return any(
            place is not None and place.path == self._tailored.modules[module].path
            for module, names in self._to_come.items()
            if name in names
        )

    @cached_property
    def _to_come(self) -> Mapping[str, frozenset[str]]:
        return still_to_come(self._tailored, self._day)

    @cached_property
    def _contents(self) -> KitContents:
        return kit_contents(self._tailored, self._day)

    @cached_property
    def _exercises(self) -> Mapping[str, Exercise]:
        modules = (*self._tailored.left_out.values(), *self._tailored.modules.values())
        return {exercise.id: exercise for module in modules for exercise in module.exercises}


def _in_place_of(said: object, other: object) -> str:
    """Say what is printed instead of the words that call for something."""
    words, instead = (shown(_as_read(value), _LONGEST) for value in (said, other))
    if not _as_read(other):
        return f"{words} is left out"
    return f"{instead} is printed in place of {words}"


def _as_read(value: object) -> str:
    return " ".join(escape(value).striptags().split())


def _else_of(instead: Mapping[str, object], example: str) -> object:
    """Return the words behind `else=`; None if there are none.

    Jinja takes `else` for a name in a call, as Python does not.
    """
    for name in instead:
        if name != "else":
            message = f"Nothing is called “{name}=” here"
            raise Mistake("undefined", message, f"Write {{{{ {example} }}}}.")
    return as_printable(instead.get("else"), example.partition("(")[0])
