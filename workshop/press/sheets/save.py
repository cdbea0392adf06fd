"""Save a PDF for a printer: the same pages give the same bytes, and no stream is empty."""

from __future__ import annotations

from pathlib import Path

from pikepdf import ObjectStreamMode, Pdf, Stream


def save(pdf: Pdf, path: Path) -> None:
    """Write a PDF into a file."""
    for entry in pdf.objects:
        # Compressed, nothing would still be nothing, which some programs take for a damaged stream
        # (https://github.com/pikepdf/pikepdf: `add_blank_page` makes such a page).
        if isinstance(entry, Stream) and not entry.read_raw_bytes():
            entry.write(b"\n")
    pdf.save(
        path,
        min_version="1.7",
        object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True,
    )
