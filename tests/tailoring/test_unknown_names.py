"""Names in a client file that nothing bears: each is told where it stands and what is nearest."""

from __future__ import annotations

import pytest

from tests.conftest import REPOSITORY
from tests.tailoring.conftest import PROGRAMME, Small

DOCUMENTS = ", ".join(
    sorted(path.parent.name for path in (REPOSITORY / "templates").glob("*/document.yaml"))
)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param("terms: {custmer: client, manager: lead}", [
            "2:9: There is no term “custmer” [unknown-term] Did you mean “customer”? "
            "Known here: customer, manager.",
        ], id="term"),
        pytest.param("terms: {Internal Customer: client, boss: lead}", [
            "2:9: There is no term “Internal Customer” [unknown-term] “Internal Customer” is what "
            "is said for the term `customer`: write `customer`. Known here: customer, manager.",
            "2:36: There is no term “boss” [unknown-term] Known here: customer, manager.",
        ], id="the words for a term instead of the term"),
        pytest.param("terms: {customers: clients, managerss: leads}", [
            "2:9: There is no term “customers” [unknown-term] Did you mean “customer”? It has no "
            "plural, and none is made of it: the programme’s texts say it in the singular alone. "
            "Known here: customer, manager.",
            "2:29: There is no term “managerss” [unknown-term] Did you mean “manager”? Known",
        ], id="the plural of a term that has none"),
        pytest.param("variant: mornign\ncohorts: {a: {}, b: {}}", [
            "2:10: There is no variant “mornign” [unknown-variant] Did you mean “morning”?",
        ], id="a variant, once for all cohorts"),
        pytest.param("cohorts:\n  a: {variant: night}\n  b: {variant: evening}", [
            "3:16: There is no variant “night” [unknown-variant] Known here: evening, morning.",
        ], id="a cohort's variant"),
        pytest.param("breaks: {Coffee: 5, Te: 20, Tea: 20}", [
            "2:21: There is no break “Te” [unknown-break] Did you mean “Tea”? "
            "For a new break write `breaks: {Te: {minutes: 20, after: open}}`.",
        ], id="a break of none of the days"),
        pytest.param('breaks: {"Tea & cake": {at: "15:00"}, Cake: 0}', [
            "2:10: There is no break “Tea & cake” [unknown-break] Known here: Coffee, Lunch, Tea. "
            'For a new break write `breaks: {"Tea & cake": {minutes: 15, after: open, '
            'at: "15:00"}}`.',
            "2:39: There is no break “Cake” [unknown-break] Known here: Coffee, Lunch, Tea.",
        ], id="a new break without its module, and none of a break that is not there"),
        pytest.param("modules: {exclude: [opne, swap]}", [
            "2:21: There is no module “opne” [unknown-module] Did you mean “open”?",
            "2:27: There is no module “swap” [unknown-module] Known here: ask, offer, open.",
        ], id="a module to exclude that is not in the programme"),
        pytest.param("modules: {replace: {opne: swap, ask: swpa}}", [
            "2:21: There is no module “opne” [unknown-module] Did you mean “open”?",
            "2:38: There is no module “swpa” [unknown-module] Did you mean “swap”?",
        ], id="modules to replace"),
        pytest.param("modules: {include: [leen, {module: swpa, after: open}]}", [
            "2:21: There is no module “leen” [unknown-module] Did you mean “lean”?",
            "2:27: There is no module “swpa” [unknown-module] Did you mean “swap”?",
        ], id="modules to include"),
        pytest.param("cohorts:\n  a: {modules: {include: [leen], exclude: [opne]}}", [
            "3:27: There is no module “leen” [unknown-module] Did you mean “lean”?",
            "3:44: There is no module “opne” [unknown-module] Did you mean “open”?",
        ], id="modules of a cohort"),
        pytest.param("modules: {include: [lean]}\ncohorts: {a: {modules: {exclude: [lean]}}}", [
            "3:35: “lean” is in the day only because the client includes it [exclude-included] "
            "Set `include` without it, here or for a single cohort.",
        ], id="a module to exclude that only the client includes"),
        pytest.param("modules: {include: [../../secret]}", [
            "2:21: There is no module “../../secret” [unknown-module]",
        ], id="a module outside"),
        pytest.param("documents:\n  only: [agneda]\n  exclude: [minutes]", [
            "3:10: There is no document “agneda” [unknown-document] Did you mean “agenda”?",
            "4:13: There is no document “minutes” [unknown-document] Known here: agenda, ",
        ], id="documents"),
        pytest.param(
            "documents: {only: [agenda, manager-briefing]}\noptions: {manager-briefings: false}", [
            "2:28: “manager-briefing” is only made for a client that takes the option "
            "“manager-briefings” [option-not-taken] "
            "Set manager-briefings: true under options, or take “manager-briefing” out.",
        ], id="a document of an option not taken"),
    ],
)  # fmt: skip
def test_an_unknown_name(small: Small, text: str, faults: list[str]) -> None:
    shown = small.faults(f"name: Test\n{text}\n")
    assert len(shown) == len(faults)
    for sentence, fault in zip(shown, faults, strict=True):
        assert sentence.startswith(fault)


def test_a_programme_that_names_a_module_that_is_not_there(small: Small) -> None:
    small.write(
        "modules/programme.yaml",
        PROGRAMME.replace("module: ask\n      - {", "module: aks\n      - {"),
    )
    [fault] = small.faults("name: Test\n")
    place = "modules/programme.yaml:14:17: "
    assert fault == f"{place}There is no module “aks” [unknown-module] Did you mean “ask”?"
