"""Read a look, a folder of tokens, a style sheet and a drawing for covers, from any layer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from workshop.content.yaml.files import FileModel, YamlSource, read_text, read_yaml, validate
from workshop.diagnostics import Location, Report, nearest
from workshop.limits import LOOKS_IN_A_ROW, TEMPLATE_FILE, TOKEN_LENGTH, TYPE_SCALE
from workshop.workspace.overlay import Overlay

USUAL_LOOK = "letterpress"

_FOLDER = "_shared/looks"
_TOKENS, _SHEET, _COVER = "look.yaml", "look.css", "cover.svg.j2"
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


def look_names(overlay: Overlay) -> list[str]:
    """Return the names of all looks of an overlay's layers."""
    paths = overlay.names("templates", f"{_FOLDER}/*/{_TOKENS}")
    return [path.split("/")[-2] for path in paths]


def layer_of_look(overlay: Overlay, name: str) -> str:
    """Return the name of the layer that a look comes from."""
    file = overlay.find("templates", f"{_FOLDER}/{name}/{_TOKENS}")
    return file.layer.name if file else ""


def read_look(
    overlay: Overlay, name: str, place: Location | None, report: Report, after: Sequence[str] = ()
) -> PaperLook | None:
    """Return the look of that name; None, with the faults in `report`, where there is none.

    `place` is where it is asked for, `after` the looks that are made from it.
    """
    file = overlay.find("templates", f"{_FOLDER}/{name}/{_TOKENS}")
    if file is None:
        hint = nearest(name, look_names(overlay))
        report.error("unknown-look", f"There is no look “{name}”", place, hint)
        return None
    source = read_yaml(file.path, report)
    own = validate(source, LookFile, report) if source else None
    if source is None or own is None:
        return None
    if name in after or len(after) >= LOOKS_IN_A_ROW.most:
        message = f"The look “{after[0]}” is like others that end in no look of their own"
        report.error("look-ring", message, source.location("like"), "Let one be like letterpress.")
        return None
    base = _base(overlay, name, own, source, report, after)
    if base is None:
        return None
    look = _over(base, name, own, source)
    look = replace(look, sheets=(*base.sheets, *_there(overlay, name, _SHEET)))
    look = replace(look, cover=next(_there(overlay, name, _COVER), base.cover))
    _check_tokens(overlay, own, source, base, look, report)
    return look


def _base(
    overlay: Overlay,
    name: str,
    own: LookFile,
    source: YamlSource,
    report: Report,
    after: Sequence[str],
) -> PaperLook | None:
    """Return the look that another is like: the usual one if none is named."""
    if name == USUAL_LOOK and own.like is None:
        return PaperLook(name, "", TextType(), HeadingType(), LeadType(), {}, (), "", {})
    # What the usual look draws is its own; of its numbers all others take what they leave out.
    base = read_look(
        overlay, own.like or USUAL_LOOK, source.location("like"), report, (*after, name)
    )
    return base if base is None or own.like else replace(base, sheets=())


def _over(base: PaperLook, name: str, own: LookFile, source: YamlSource) -> PaperLook:
    """Return a look whose file says something of its own over the look it is like."""
    tokens = {
        key: value if isinstance(value, str) else f"{value:g}" for key, value in own.tokens.items()
    }
    typed = {"text": own.text, "headings": own.headings}
    named = {key: source.location(key, "family") for key, face in typed.items() if face}
    return PaperLook(
        name=name,
        summary=own.summary,
        text=own.text or base.text,
        headings=own.headings or base.headings,
        leads=own.leads or base.leads,
        tokens={**base.tokens, **tokens},
        sheets=base.sheets,
        cover=base.cover,
        places={**base.places, **named},
    )


def _there(overlay: Overlay, name: str, file: str) -> Iterator[str]:
    path = f"{_FOLDER}/{name}/{file}"
    if overlay.find("templates", path):
        yield path


def _check_tokens(
    overlay: Overlay,
    own: LookFile,
    source: YamlSource,
    base: PaperLook,
    look: PaperLook,
    report: Report,
) -> None:
    """Report tokens that no style sheet uses: they are misspelt."""
    if look.name == USUAL_LOOK:
        return
    used = set(base.tokens)
    for path in look.sheets:
        file = overlay.find("templates", path)
        css = read_text(file.path, report, TEMPLATE_FILE) if file else None
        used.update(re.findall(r"var\(\s*--([a-z0-9-]+)", css or ""))
    for name in own.tokens:
        if name not in used:
            report.error(
                "unknown-token",
                f"No style sheet of this look uses “{name}”",
                source.location("tokens", name, key=True),
                nearest(name, used),
            )
