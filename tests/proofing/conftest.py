"""The tiny workspace, for tests that build."""

from tests.tiny_workspace.workspace import tiny

__all__ = ["tiny"]
