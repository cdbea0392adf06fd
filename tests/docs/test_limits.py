"""Every limit has a size and a reason, and users can look all of them up."""

from __future__ import annotations

import re

import pytest

from tests.limits_table import COMMAND, PAGE, page_with_table
from workshop.keeping.fingerprint import package_root
from workshop.limits import Limit, all_limits, amount


def test_the_page_lists_every_limit() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == page_with_table(page), f"write the table anew: {COMMAND}"
    assert len(all_limits()) > 10


@pytest.mark.parametrize("name", all_limits())
def test_a_limit_has_its_reason(name: str) -> None:
    limit = all_limits()[name]
    assert limit.most > 0
    assert limit.unit
    assert limit.reason.endswith(".")
    assert "|" not in limit.reason + limit.subject


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (5, "5 bytes"),
        (12_300, "12.3 KB"),
        (5_000_000, "5 MB"),
        (5_000_001, "5.1 MB"),
        (6_442_450_944, "6.5 GB"),
    ],
)
def test_a_size_is_rounded_up(size: int, words: str) -> None:
    assert amount(size) == words


def test_a_limit_reads_as_its_size() -> None:
    assert str(Limit("A roster", 20_000_000, "bytes", "Enough.")) == "20 MB"
    assert str(Limit("A roster", 20_000, "rows", "Enough.")) == "20,000 rows"


# A port has 16 bits, and a kit's list of files is our own.
NOT_OURS = {"workspace/settings.py": "le=65535", "building/kit/manifest.py": "le=1_000_000"}


def test_what_refuses_a_users_value_stands_among_the_limits() -> None:
    """No bound of a key or an option is a number in the model: the page would not list it."""
    number = re.compile(r"\b(?:le|lt|max_length)=[0-9_.]+|WholeNumber\([0-9]+, [0-9]+\)")
    root = package_root()
    found = {
        (path.relative_to(root).as_posix(), bound)
        for path in root.rglob("*.py")
        for bound in number.findall(path.read_text(encoding="utf-8"))
    }
    assert found == {*NOT_OURS.items(), ("content/vocabulary.py", "WholeNumber(5, 297)")}
