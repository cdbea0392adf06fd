"""Check that composed documents say nothing that their readers must not read.

Nor do they say a word twice in a row. The checks need no laid-out pages: they read the texts and
the HTML that were composed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from workshop.composing.composition import ComposedCopy
from workshop.content.audiences import DISCREET, Audience
from workshop.diagnostics import Location
from workshop.planning.day import Day
from workshop.proofing.confidential_passages import RUN_LENGTH, ConfidentialPassages
from workshop.proofing.forbidden_names import segment_labels
from workshop.proofing.other_clients_named import OtherClientsNamed
from workshop.proofing.read_words import ReadText, doubled_in, doubled_words, words_in
from workshop.tailoring.order.ordered_items import BreakItem
from workshop.tailoring.people.roster import Roster
from workshop.tailoring.tailored import Tailored

DOUBLED = "doubled-word"
# So many are told of a part: each is looked for in all files.
_MOST_DOUBLED = 200
# The codes of these checks' diagnostics.
CODES = frozenset({"other-client", "segment-label", "wrong-audience", DOUBLED})


@dataclass(frozen=True)
class Breach:
    """Says which `words` of a document its readers must not read, or not as they stand there.

    `location` is the place of the block that the words repeat, or of the words themselves; None
    where no text has them. `doubled` is a word that stands twice in a row among them, with both.
    """

    code: str
    message: str
    hint: str
    words: tuple[str, ...]
    location: Location | None = None
    doubled: str = ""


class Confidential:
    """Checks the documents of a client's cohort; `others` finds the other clients' names."""

    def __init__(self, tailored: Tailored, day: Day, others: OtherClientsNamed) -> None:
        self._others = others
        self._labels = tuple(segment_labels(tailored.programme.file.segments))
        self._own_terms = tailored.replaced_terms
        self._passages = ConfidentialPassages(tailored, day)
        # Words that stand twice in a row in the client's own names.
        self.doubled_by_right = _doubled(_client_names(tailored, day))
        people = _people_names(day.cohort.roster) if day.cohort.roster else ()
        self._doubled_in_people = _doubled(people) - self.doubled_by_right
        # The text of each part, by its HTML: several documents may have the same part.
        self._part_texts: dict[str, ReadText] = {}

    def breaches_in_part(self, html: str, audience: Audience) -> list[Breach]:
        """Return what an audience must not read in the HTML of a document's part."""
        if html not in self._part_texts:
            self._part_texts[html] = ReadText.from_html(html)
        text = self._part_texts[html]
        return [
            *self._client_name_breaches(text),
            *self._label_breaches(text, audience),
            *self._passage_breaches(text, audience),
            *self._doubled_words(html),
        ]

    def is_spared_by_a_name(self, html: str) -> bool:
        """Tell whether a word may stand twice in a part, as the name of somebody on the roster."""
        twice = (words for words, _ in doubled_words(html)) if self._doubled_in_people else ()
        return any(words.casefold() in self._doubled_in_people for words in twice)

    def breaches_in_copy(self, copy: ComposedCopy, audience: Audience) -> list[Breach]:
        """Return what an audience must not read in a copy's file name, title and slots."""
        author = copy.composition.info.author
        path = copy.job.path.with_suffix("")
        title = copy.title.split(" – ")
        text = ReadText.from_pieces((*path.parts, *title, author, *copy.texts.values()))
        return [*self._client_name_breaches(text), *self._label_breaches(text, audience)]

    def _client_name_breaches(self, text: ReadText) -> Iterator[Breach]:
        for name in self._others.named_in(text):
            places = self._others.places(name)
            place = places[0] if places else None
            message, hint = self._others.message(name), self._others.hint(name)
            yield Breach("other-client", message, hint, name.words, place)

    def _doubled_words(self, html: str) -> Iterator[Breach]:
        for words, sentence in dict.fromkeys(islice(doubled_words(html), _MOST_DOUBLED)):
            if words.casefold() in self.doubled_by_right | self._doubled_in_people:
                continue
            message = f"“{words}” stands twice in a row in “{sentence}”"
            hint = self._how_to_say_it_once(words.split()[0].casefold())
            yield Breach(DOUBLED, message, hint, tuple(words_in(sentence)), doubled=words)

    def _how_to_say_it_once(self, word: str) -> str:
        for term, own in self._own_terms.items():
            words = own.casefold().split()
            if word in (words[0], words[-1]):
                return (
                    f"The text has a word of “{own}” already: change the text, or take another "
                    f"word for “{term}”."
                )
        return "Take one of them out of the text."

    def _label_breaches(self, text: ReadText, audience: Audience) -> Iterator[Breach]:
        if audience not in DISCREET:
            return
        for label in self._labels:
            if label.stands_in(text):
                yield Breach(
                    "segment-label",
                    f"What the programme calls its segments stands in a {audience}’s paper: "
                    f"“{label.text}”",
                    "Segments are for trainer and sponsor alone: say it in other words.",
                    label.words,
                )

    def _passage_breaches(self, text: ReadText, audience: Audience) -> Iterator[Breach]:
        """Yield one breach for each confidential block that a text repeats."""
        if audience not in DISCREET:
            return
        reported: set[Location] = set()
        for passage, words in self._passages.repetitions(text, audience):
            if passage.location in reported:
                continue
            reported.add(passage.location)
            yield Breach(
                "wrong-audience",
                f"What is for the {passage.kind} alone stands in a {audience}’s paper: "
                f"“{' '.join(words)}{' …' * (len(words) == RUN_LENGTH)}”",
                "Look where it comes from: a template or a text repeats what stands in a "
                f"`::: {passage.kind}` block.",
                words,
                passage.location,
            )


def _client_names(tailored: Tailored, day: Day) -> Iterator[str | None]:
    """Yield what the client file and the programme call the client, its delivery and its words."""
    cohort = day.cohort
    yield from (tailored.client.name, tailored.programme.file.title, cohort.venue, cohort.trainer)
    yield from (trainer.name for trainer in cohort.trainers)
    yield cohort.doors.note if cohort.doors else None
    yield from (item.title for item in cohort.items if isinstance(item, BreakItem))
    yield from tailored.terms.values()


def _people_names(roster: Roster) -> Iterator[str | None]:
    """Yield the names, teams and roles of a roster."""
    for person in roster.participants:
        yield from (person.name, person.team, person.role)
        yield person.manager.name if person.manager else None


def _doubled(names: Iterable[str | None]) -> frozenset[str]:
    """Return the words that names say twice in a row, in lower case: “walla walla”."""
    return frozenset(words.casefold() for name in names for words in doubled_in(name or ""))
