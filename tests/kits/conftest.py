"""The tiny workspace, for tests that build, and the day that a sample kit is made for."""

from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS, REPOSITORY
from tests.tiny_workspace.workspace import tiny
from workshop.planning.day import Day

__all__ = ["tiny"]


@pytest.fixture
def day(folder: Path) -> Day:
    """The day that the kit in `folder` is made for."""
    tailored = workshop.load(REPOSITORY, folder.parent.name, READINGS)
    [cohort] = workshop.plan(tailored, [folder.name]).cohorts
    return cohort.day
