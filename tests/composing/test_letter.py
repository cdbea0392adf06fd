from __future__ import annotations

from typing import cast

import pytest

import workshop
from tests.tiny_workspace.workspace import Tiny, tiny
from workshop.composing.letter import LetterWriter, Written
from workshop.diagnostics import ContentError
from workshop.tailoring.roster import Managed

__all__ = ["tiny"]

OWN = "clients/tiny/templates/manager-briefing/email.md.j2"


def written(tiny: Tiny) -> dict[str, Written]:
    """Return the blocks of the e-mail to the first manager."""
    tailored = workshop.load(tiny.root, "tiny")
    [cohort] = workshop.plan(tailored, (), ["manager-briefing"]).cohorts
    writer = LetterWriter(tailored, cohort.day, cohort.documents[0], "Ruth Ashdown")
    return writer.write(cast(Managed, cohort.jobs[0].recipient), ())


def fault(tiny: Tiny) -> str:
    with pytest.raises(ContentError) as caught:
        written(tiny)
    return str(caught.value).replace(str(tiny.root), "")


def test_a_client_replaces_a_single_block(tiny: Tiny) -> None:
    before = written(tiny)
    tiny.write(
        OWN,
        '{% extends "library/manager-briefing/email.md.j2" %}\n'
        "{% block subject %}For {{ manager.name }} at {{ client.name }}{% endblock %}\n",
    )
    after = written(tiny)
    assert after["subject"].line == "For Inés Ruiz at Tiny Ltd"
    assert after["body"].text == before["body"].text


def test_the_words_are_the_clients_and_its_languages(tiny: Tiny) -> None:
    tiny.change("clients/tiny/client.yaml", "name: Tiny Ltd", "name: Tiny\nlanguage: en-US\nterms: {manager: team lead}")  # fmt: skip  # noqa: E501
    body = written(tiny)["body"].text
    assert "as their team lead," in body
    assert "Anna Berg and Bo Lindt are coming" in body
    assert "Tuesday, October 5, 2027, 2:00\u202fPM" in body


def test_plain_text_has_a_paragraph_in_a_line_and_no_emphasis() -> None:
    source = "One *two*\n**three** 2 * 3 * 4\n\n- four\n  five\n- six\n"
    assert Written(source, ()).text == "One two three 2 * 3 * 4\n\n- four five\n- six"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("Hello", "no block “subject” [no-email-block]"),
        (
            "{% block subject %}{{ manger.name }}{% endblock %}",
            "j2:1: error: Nothing is called",
        ),
        ("{% block subject %}{{ term('boss') }}{% endblock %}", "The programme has no term “boss”"),
        ("{% block subject %}{{ cohort.day }}{% endblock %}", "j2:1: error: "),
        ("{% block subject %}![A](b.png){% endblock %}", "An e-mail holds no pictures"),
        ("{% block subject %}", "email.md.j2:1: error: "),
    ],
)
def test_a_fault_in_a_template_has_its_place(tiny: Tiny, template: str, message: str) -> None:
    tiny.write(OWN, template)
    assert message in fault(tiny)


def test_a_document_without_words_for_an_email(tiny: Tiny) -> None:
    tailored = workshop.load(tiny.root, "tiny")
    [cohort] = workshop.plan(tailored, (), ["badge"]).cohorts
    writer = LetterWriter(tailored, cohort.day, cohort.documents[0], "")
    managed = Managed(cohort.day.cohort.roster.managers()[0].person, ())  # type: ignore[union-attr]
    with pytest.raises(ContentError, match=r"The document “badge” has no email\.md\.j2"):
        writer.write(managed, ())
