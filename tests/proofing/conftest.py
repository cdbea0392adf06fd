"""The tiny workspace, for tests that build; a workspace with one module, for tests that do not."""

from tests.composing.conftest import desk
from tests.tiny_workspace.workspace import laid_out_before as tiny

__all__ = ["desk", "tiny"]
