from __future__ import annotations

from typing import cast

import pytest

import workshop
from tests.conftest import READINGS
from tests.tiny_workspace.workspace import Tiny, tiny
from workshop.composing.letter import LetterWriter, Written
from workshop.diagnostics import ContentError
from workshop.tailoring.people.roster import Managed

__all__ = ["tiny"]

OWN = "clients/tiny/templates/manager-briefing/email.md.j2"


def written(tiny: Tiny) -> dict[str, Written]:
    """Return the blocks of the e-mail to the first manager."""
    tailored = workshop.load(tiny.root, "tiny", READINGS)
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


def test_plain_text_reads_as_if_typed() -> None:
    source = """\
## Before the day

Read [the guide](https://example.org/g--v2_final_?a=1&b=2) or <https://example.org/x>, ask
[us](mailto:us@example.org) or <ines@example.org>.

R&D &amp; 5 &lt; 6, one<br>two, `code`, _under_ and __strong__, \\*star\\*, a --- b.

3. three
4. four

    - nested
    - too

Room | Time
--- | ---
Room 王 | 10
B | 11.30

***

> quoted
"""
    assert (
        Written(source, ()).text
        == """\
Before the day

Read the guide (https://example.org/g--v2_final_?a=1&b=2) or https://example.org/x, ask \
us (us@example.org) or ines@example.org.

R&D & 5 < 6, one
two, code, under and strong, *star*, a — b.

3. three
4. four
   - nested
   - too

Room     Time
Room 王  10
B        11.30

--------------------

> quoted"""
    )


def test_names_are_words_in_plain_text_whatever_they_look_like() -> None:
    written = Written("Dear \ue0000\ue001, **you**\n", ("# <b>Bo</b> & *Co* [x](y) &amp;",))
    assert written.text == "Dear # <b>Bo</b> & *Co* [x](y) &amp;, you"


def test_a_subject_keeps_blanks_that_do_not_break() -> None:
    assert Written("15\u202fh,\n  le\u00a03 <b>*mai*</b> &amp; 4\n", ()).line == (
        "15\u202fh, le\u00a03 mai & 4"
    )
    assert Written("2027. augusztus 15., vasárnap", ()).line == "2027. augusztus 15., vasárnap"
    assert Written("- 3. Oktober", ()).line == "- 3. Oktober"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% set a = 1 %}", "no block “subject” [no-email-block]"),
        ("Hello", "nobody would read it [outside-blocks]"),
        (
            "{% block subject %}{{ manger.name }}{% endblock %}",
            "j2:1: error: Nothing is called",
        ),
        ("{% block subject %}{{ term('boss') }}{% endblock %}", "The programme has no term “boss”"),
        ("{% block subject %}{{ cohort.day }}{% endblock %}", "j2:1: error: "),
        ("{% block subject %}![A](b.png){% endblock %}", "An e-mail holds no pictures"),
        ("{% block subject %}", "email.md.j2:1: error: "),
        ("{# x #}\n{% block body %}\nHi <script>x()</script>{% endblock %}", "j2:3:4: error: HTML"),
    ],
)
def test_a_fault_in_a_template_has_its_place(tiny: Tiny, template: str, message: str) -> None:
    tiny.write(OWN, template)
    assert message in fault(tiny)


def test_comments_are_in_no_part_of_an_email(tiny: Tiny) -> None:
    extends = '{% extends "library/manager-briefing/email.md.j2" %}\n'
    tiny.write(OWN, extends + "{% block body %}Hi.<!-- not\n\nthis -->{% endblock %}")
    body = written(tiny)["body"]
    assert (body.text, body.html) == ("Hi.", "<p>Hi.</p>")


def test_a_document_without_words_for_an_email(tiny: Tiny) -> None:
    tailored = workshop.load(tiny.root, "tiny", READINGS)
    [cohort] = workshop.plan(tailored, (), ["badge"]).cohorts
    writer = LetterWriter(tailored, cohort.day, cohort.documents[0], "")
    managed = Managed(cohort.day.cohort.roster.managers()[0].person, ())  # type: ignore[union-attr]
    with pytest.raises(ContentError, match=r"The document “badge” has no email\.md\.j2"):
        writer.write(managed, ())
