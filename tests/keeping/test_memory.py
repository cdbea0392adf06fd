"""What a process remembers: as much as there is room for, some of it for the next process too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workshop.keeping.memory import KeptTable, Memory, Table
from workshop.keeping.store import FOLDER, Store


def test_a_value_is_remembered_by_its_key() -> None:
    table: Table[str, str] = Table(2)
    assert table.get("a") is None
    assert table.put("a", "A") == "A"
    assert table.get("a") == "A"
    assert "a" in table
    assert "b" not in table
    assert len(table) == 1
    table.put("a", "another")
    assert (table.get("a"), len(table)) == ("another", 1)


def test_beyond_the_bound_what_was_used_longest_ago_is_forgotten() -> None:
    table: Table[str, str] = Table(2)
    table.put("a", "A")
    table.put("b", "B")
    assert table.get("a") == "A"
    table.put("c", "C")
    assert [key in table for key in "abc"] == [True, False, True]
    assert len(table) == 2


def test_a_bound_can_be_of_size() -> None:
    table: Table[str, bytes] = Table(10, len)
    table.put("a", bytes(4))
    table.put("b", bytes(4))
    assert len(table) == 2
    table.put("c", bytes(6))
    assert [key in table for key in "abc"] == [False, True, True]
    # In the place of a value of the same key, only the new one counts.
    table.put("c", bytes(5))
    table.put("d", bytes(1))
    assert [key in table for key in "bcd"] == [True, True, True]


def test_what_is_larger_than_all_the_room_is_remembered_alone() -> None:
    table: Table[str, bytes] = Table(10, len)
    table.put("a", bytes(4))
    table.put("b", bytes(40))
    assert [key in table for key in "ab"] == [False, True]
    table.put("c", bytes(4))
    assert [key in table for key in "abc"] == [False, False, True]


def test_what_is_remembered_is_not_made_again() -> None:
    table: Table[str, list[int]] = Table(2)
    first = table.get_or_make("a", lambda: [1])
    assert first == [1]
    assert table.get_or_make("a", lambda: [2]) is first
    assert table.get_or_make("b", lambda: [3]) == [3]


def test_nothing_is_remembered_where_making_fails() -> None:
    table: Table[str, float] = Table(2)
    with pytest.raises(ZeroDivisionError):
        table.get_or_make("a", lambda: 1 / 0)
    assert table.get_or_make("a", lambda: 2.0) == 2.0


def test_what_is_taken_is_nobody_else_s_and_leaves_its_room() -> None:
    table: Table[str, bytes] = Table(10, len)
    value = table.put("a", bytes(6))
    assert table.take("a") is value
    assert table.take("a") is None
    assert "a" not in table
    table.put("b", bytes(6))
    table.put("c", bytes(4))
    assert [key in table for key in "bc"] == [True, True]


def kept_table(workspace: Path, made_by: str = "this version", most: int = 10) -> KeptTable:
    """Return a table as a new process has it."""
    return KeptTable(most, Store(workspace), lambda: [made_by])


def tables_of(workspace: Path) -> dict[Path, bytes]:
    """Return the files of tables that are kept."""
    return {path: path.read_bytes() for path in (workspace / FOLDER).glob("texts/*")}


def test_a_saved_table_is_found_by_the_next_process(tmp_path: Path) -> None:
    table = kept_table(tmp_path)
    value = {"title": "Ελένη “asks”", "places": [1, None, 2.5, True]}
    assert table.get("a") is None
    table.put("a", value)
    assert kept_table(tmp_path).get("a") is None
    table.save()
    assert kept_table(tmp_path).get("a") == value
    assert kept_table(tmp_path).get("b") is None
    assert "a" in kept_table(tmp_path)
    assert len(kept_table(tmp_path)) == 1


def test_what_is_taken_from_a_saved_table_is_gone_for_the_next_process_too(tmp_path: Path) -> None:
    table = kept_table(tmp_path)
    table.put("a", "A")
    table.save()
    another = kept_table(tmp_path)
    assert another.take("a") == "A"
    another.save()
    assert kept_table(tmp_path).get("a") is None


def test_what_another_program_has_made_is_not_found(tmp_path: Path) -> None:
    table = kept_table(tmp_path)
    table.put("a", "A")
    table.save()
    assert kept_table(tmp_path, "another version").get("a") is None
    assert kept_table(tmp_path).get("a") == "A"


def test_a_table_grows_from_process_to_process_up_to_its_bound(tmp_path: Path) -> None:
    for key in "abc":
        table = kept_table(tmp_path, most=2)
        table.put(key, key.upper())
        table.save()
    last = kept_table(tmp_path, most=2)
    assert [last.get(key) for key in "abc"] == [None, "B", "C"]


def test_a_table_that_has_not_grown_is_not_written(tmp_path: Path) -> None:
    table = kept_table(tmp_path)
    table.save()
    assert tables_of(tmp_path) == {}
    table.put("a", "A")
    table.save()
    [path] = tables_of(tmp_path)
    path.unlink()
    table.save()
    assert tables_of(tmp_path) == {}
    again = kept_table(tmp_path)
    again.get("a")
    again.save()
    assert tables_of(tmp_path) == {}


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"null", b"3", b"\xff"])
def test_what_is_no_table_is_none(tmp_path: Path, body: bytes) -> None:
    table = kept_table(tmp_path)
    table.put("a", "A")
    table.save()
    [path] = tables_of(tmp_path)
    Store(tmp_path).put("texts", path.name, body)
    again = kept_table(tmp_path)
    assert again.get("a") is None
    again.put("a", "A")
    again.save()
    assert kept_table(tmp_path).get("a") == "A"


def test_without_a_store_a_table_is_its_process_s_own() -> None:
    table = KeptTable(10, None, lambda: ["this version"])
    table.put("a", "A")
    table.save()
    assert table.get("a") == "A"


def test_a_memory_bounds_parts_by_their_size() -> None:
    class Part:
        pdf = bytes(60_000_000)

    memory = Memory()
    for key in "abcd":
        memory.parts.put(key, Part())
    assert [key in memory.parts for key in "abcd"] == [False, True, True, True]


@pytest.mark.usefixtures("nothing_parsed_before")
def test_a_memory_finds_the_yaml_of_the_last_process(tmp_path: Path) -> None:
    first = Memory(Store(tmp_path))
    first.texts.put("digest", [{"name": "Tiny"}, []])
    first.texts.save()
    assert Memory(Store(tmp_path)).texts.get("digest") == [{"name": "Tiny"}, []]
    assert Memory().texts.get("digest") is None


def test_a_value_in_another_s_place_is_not_found(tmp_path: Path) -> None:
    table = kept_table(tmp_path)
    table.put("a", "A")
    table.put("b", "B")
    table.save()
    [path] = tables_of(tmp_path)
    store, key = Store(tmp_path), path.name
    entries = json.loads(store.get("texts", key) or b"")
    store.put("texts", key, json.dumps({"a": entries["b"], "b": entries["b"]}).encode())
    assert (kept_table(tmp_path).get("a"), kept_table(tmp_path).get("b")) == (None, "B")


@pytest.mark.parametrize("text", ["[]", "1", '{"a": 1}', '{"a": []}', "[" * 100_000])
def test_a_table_of_another_shape_is_empty(tmp_path: Path, text: str) -> None:
    table = kept_table(tmp_path)
    table.put("a", "A")
    table.save()
    [path] = tables_of(tmp_path)
    Store(tmp_path).put("texts", path.name, text.encode())
    assert kept_table(tmp_path).get("a") is None
