"""The tiny workspace, for tests that build, and the day that a sample kit is made for."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS, REPOSITORY
from tests.kits.as_printed import as_printed
from tests.tiny_workspace.workspace import laid_out_before as tiny
from workshop.planning.day import Day

__all__ = ["tiny"]


@pytest.fixture(scope="session")
def day_of() -> Callable[[str, str], Day]:
    """Plan the day of a client's cohort, once for all tests, with the client's words in it."""

    @cache
    def planned(client: str, cohort: str) -> Day:
        tailored = workshop.load(REPOSITORY, client, READINGS)
        [found] = workshop.plan(tailored, [cohort]).cohorts
        return as_printed(found.day, tailored)

    return planned


@pytest.fixture
def day(folder: Path, day_of: Callable[[str, str], Day]) -> Day:
    """The day that the kit in `folder` is made for."""
    return day_of(folder.parent.name, folder.name)
