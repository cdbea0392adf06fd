"""Keep from the terminal what libraries have to say to programmers."""

from __future__ import annotations

import logging
import sys
import warnings


def quiet_libraries() -> None:
    """Drop the warnings and the log lines of libraries in this process that nobody listens to.

    What is wrong with a file is told as a fault with its place, or is no matter. Whoever asks for
    warnings, by `python -W` or PYTHONWARNINGS, gets them.
    """
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    logging.getLogger().addHandler(logging.NullHandler())
