from __future__ import annotations

import pytest

from tests.tailoring.conftest import Small, module_text
from workshop.diagnostics import ContentError, UsageError
from workshop.tailoring.list_choices import list_clients, list_documents, list_modules, overlay_of


def test_clients_are_listed_with_their_files_or_without_a_readable_one(small: Small) -> None:
    small.workspace.client("name: Zebra\ncohorts: {a: {}}\n", slug="zebra")
    small.workspace.client("name: [\n", slug="broken")
    small.workspace.client("nam: Acme\n", slug="acme")
    clients = list_clients(small.root)
    assert [(slug, client.name if client else None) for slug, client in clients] == [
        ("acme", None), ("broken", None), ("zebra", "Zebra")
    ]  # fmt: skip


def test_modules_are_listed_with_the_layer_they_come_from(small: Small) -> None:
    small.workspace.client()
    small.write("clients/test/modules/ask.md", module_text("ask", "ask-it"))
    listed = {module.name: layer for module, layer in list_modules(small.root, None)}
    assert listed["ask"] == "workspace"
    listed = {module.name: layer for module, layer in list_modules(small.root, "test")}
    assert (listed["ask"], listed["offer"]) == ("client test", "workspace")
    # A module of the library for segments that this programme does not have.
    assert listed["probing"] == "library"


def test_faults_of_all_modules_are_said_together(small: Small) -> None:
    small.write("modules/ask.md", "no module")
    small.write("modules/offer.md", module_text("offer", "offer-it").replace("min=10", "min=9"))
    with pytest.raises(ContentError) as caught:
        list_modules(small.root, None)
    places = {fault.location.path.name for fault in caught.value.diagnostics if fault.location}
    assert {"ask.md", "offer.md"} <= places


def test_documents_are_listed_with_the_layer_they_come_from(small: Small) -> None:
    small.workspace.client()
    text = "title: Badge\naudience: facilitator\nper: cohort\nfile: badge.pdf\n"
    small.write("clients/test/templates/badge/document.yaml", text)
    listed = {one.name: layer for one, layer in list_documents(small.root, "test")}
    assert (listed["agenda"], listed["badge"]) == ("library", "client test")
    assert list(listed) == sorted(listed)
    assert "badge" not in {one.name for one, _ in list_documents(small.root, None)}


def test_a_fault_in_a_document_file_stops_the_list(small: Small) -> None:
    small.write("templates/agenda/document.yaml", "title: Agenda\n")
    with pytest.raises(ContentError, match="“audience” is missing"):
        list_documents(small.root, None)


def test_an_unknown_client_has_no_layers(small: Small) -> None:
    small.workspace.client()
    with pytest.raises(UsageError, match="There is no client “tset”"):
        overlay_of(small.root, "tset")
    names = [layer.name for layer in overlay_of(small.root, "test").layers]
    assert names == ["client test", "workspace", "library"]
