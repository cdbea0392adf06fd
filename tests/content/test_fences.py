"""To look for what is like a fence takes no time, whatever a line begins with."""

from __future__ import annotations

import time

import pytest

from workshop.content.fences import may_be_fence


# Much more, and what takes exponential time never comes to an end here.
@pytest.mark.parametrize("times", [28, 10_000])
@pytest.mark.parametrize(
    "opening",
    ["{% if x %}", "{% for a in [1] %}", "{%%}", "> ", "1. ", "[ ] ", "{5 min}", "<b>", "- ", "# "],
)
@pytest.mark.parametrize("end", ["x", "{%", "%}", ":", "<"])
def test_openings_without_end_are_passed_over_at_once(opening: str, end: str, times: int) -> None:
    started = time.process_time()
    may_be_fence(opening * times + end)
    assert time.process_time() - started < 2


def test_a_fence_behind_statements_is_found() -> None:
    assert may_be_fence("{% if x %}{% if y %}::: facilitator")
    assert may_be_fence("{% if x %} ：：： facilitator")
    assert not may_be_fence("{% if x %}{% if y %}text")
