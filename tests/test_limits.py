"""Every limit has a size and a reason, and users can look all of them up."""

from __future__ import annotations

import pytest

from tests.limits_table import COMMAND, PAGE, page_with_table
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
