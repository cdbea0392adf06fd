"""The workspace of small modules, for tests of what lies in a workspace."""

from tests.tailoring.conftest import small

__all__ = ["small"]
