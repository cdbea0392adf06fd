"""Read a look, a folder of tokens, a style sheet and a drawing for covers, from any layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal, TypeVar

from pydantic import Field, StringConstraints

from workshop.content.yaml.files import FileModel, YamlSource, read_yaml, validate
from workshop.diagnostics import Location, Report
from workshop.keeping.memory import Memory
from workshop.limits import LOOKS_IN_A_ROW, TOKEN_LENGTH, TYPE_SCALE
from workshop.tailoring.look.check_tokens import TokenCheck
from workshop.tailoring.look.look_files import (
    COVER,
    SHEET,
    TOKENS,
    check_files,
    tell_no_look,
    template_of,
)
from workshop.workspace.overlay import Overlay

USUAL_LOOK = "letterpress"

# What a value of CSS may hold, and nothing that could end the declaration.
_VALUE = r"^[\w#%.,()+*/ -]+$"

TokenName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
TokenValue = Annotated[str, StringConstraints(pattern=_VALUE, max_length=TOKEN_LENGTH.most)]
Scale = Annotated[float, Field(ge=0.5, le=TYPE_SCALE.most)]
Weight = Literal[400, 700]


class TextType(FileModel):
    """Sets running text: its family, and how large it is beside Source Sans 3."""

    family: str | None = None
    scale: Scale = 1


class HeadingType(TextType):
    """Sets headings and figures: their family, how large beside EB Garamond, and how bold."""

    weight: Weight = 400


class LeadType(FileModel):
    """Sets the sentences below titles: in the face of headings or of text, upright or italic."""

    face: Literal["text", "headings"] = "headings"
    style: Literal["italic", "normal"] = "italic"
    weight: Weight = 400
    scale: Scale = 1


class LookFile(FileModel):
    """Describes what a `look.yaml` may say. What it leaves out is as in the look it is `like`.

    `tokens` are lengths, rules and fills by their names, as style sheets use them.
    """

    summary: str
    like: str | None = None
    text: TextType | None = None
    headings: HeadingType | None = None
    leads: LeadType | None = None
    tokens: dict[TokenName, TokenValue | float] = {}


M = TypeVar("M", bound=FileModel)
T = TypeVar("T", bound=TextType)


@dataclass(frozen=True)
class PaperLook:
    """Holds a look with all that it takes from the looks it is like.

    `sheets` are its style sheets and `cover` its drawing, as templates are named. `places` say
    where its families are named.
    """

    name: str
    summary: str
    text: TextType
    headings: HeadingType
    leads: LeadType
    tokens: Mapping[str, str]
    sheets: tuple[str, ...]
    cover: str
    places: Mapping[str, Location]

    def in_families(self, text: str, headings: str) -> PaperLook:
        """Return the look in other families; these are set in the size that is usual."""
        return replace(
            self,
            text=self.text if text == self.text.family else TextType(family=text),
            headings=self.headings
            if headings == self.headings.family
            else HeadingType(family=headings, weight=self.headings.weight),
        )


def read_look(
    overlay: Overlay,
    name: str,
    place: Location | None,
    report: Report,
    memory: Memory | None = None,
) -> PaperLook | None:
    """Return the look of that name; None, with the faults in `report`, where there is none.

    `place` is where it is asked for.
    """
    return _LookReader(overlay, report, memory).look(name, place)


@dataclass(frozen=True)
class _LookReader:
    """Reads a look, and before it the looks that it is like."""

    overlay: Overlay
    report: Report
    memory: Memory | None

    def look(
        self, name: str, place: Location | None, after: Sequence[str] = ()
    ) -> PaperLook | None:
        """Return a look; `after` are those that are like it."""
        file = self.overlay.find("templates", template_of(name, TOKENS))
        if file is None:
            tell_no_look(self.overlay, name, place, self.report)
            return None
        source = read_yaml(file.path, self.report, self.memory)
        own = validate(source, LookFile, self.report) if source else None
        if source is None or own is None:
            return None
        like = source.location("like")
        if name in after or len(after) >= LOOKS_IN_A_ROW.most:
            row = " → ".join([*after[after.index(name) if name in after else 0 :], name])
            message = f"`like` goes in a circle: {row}"
            if name not in after:
                message = f"More than {LOOKS_IN_A_ROW} are `like` one another: {row}"
            self.report.error("look-ring", message, like, f"Let one be like {USUAL_LOOK}.")
            return None
        base = self._base(name, own, like, after)
        if base is None:
            return None
        sheets, covers = self._there(name, SHEET), self._there(name, COVER)
        look = replace(
            _over(base, name, own, source),
            sheets=(*base.sheets, *sheets),
            cover=next(covers, base.cover),
        )
        self._check(own, source, base, look)
        return look

    def _base(
        self, name: str, own: LookFile, like: Location, after: Sequence[str]
    ) -> PaperLook | None:
        """Return the look that another is like, the usual one if it names none.

        The usual one itself begins with nothing.
        """
        if name == USUAL_LOOK and own.like is None:
            return PaperLook(name, "", TextType(), HeadingType(), LeadType(), {}, (), "", {})
        return self.look(own.like or USUAL_LOOK, like, (*after, name))

    def _there(self, name: str, file: str) -> Iterator[str]:
        path = template_of(name, file)
        if self.overlay.find("templates", path):
            yield path

    def _check(self, own: LookFile, source: YamlSource, base: PaperLook, look: PaperLook) -> None:
        """Report what is wrong in a look's tokens, its style sheet and the names of its files."""
        check_files(self.overlay, look.name, self.report)
        # What the usual look says is used by all style sheets, which are not the look's.
        before = look.tokens if look.name == USUAL_LOOK else base.tokens
        sheet = template_of(look.name, SHEET)
        files = look.sheets, sheet, self.overlay
        TokenCheck(_texts(own), source, before, *files, self.report).check()


def _over(base: PaperLook, name: str, own: LookFile, source: YamlSource) -> PaperLook:
    """Return a look whose file says something of its own over the look it is like."""
    typed = {"text": own.text, "headings": own.headings}
    named = {
        key: source.location(key, "family") for key, face in typed.items() if face and face.family
    }
    return replace(
        base,
        name=name,
        summary=own.summary,
        text=_type_over(base.text, own.text),
        headings=_type_over(base.headings, own.headings),
        leads=_set_over(base.leads, own.leads),
        tokens={**base.tokens, **_texts(own)},
        places={**base.places, **named},
    )


def _texts(own: LookFile) -> dict[str, str]:
    """Return the tokens of a file as style sheets write them."""
    return {
        key: value if isinstance(value, str) else f"{value:g}" for key, value in own.tokens.items()
    }


def _type_over(base: T, own: T | None) -> T:
    """Return type as a look sets it; a family of its own begins with the usual size and weight."""
    return own if own is not None and own.family else _set_over(base, own)


def _set_over(base: M, own: M | None) -> M:
    set_here = {key: getattr(own, key) for key in own.model_fields_set} if own else {}
    return base.model_copy(update=set_here)
