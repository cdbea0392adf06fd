"""What a process remembers by itself: one memory for each of its threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from workshop.building.workers.process_memory import process_memory


def test_a_thread_goes_on_with_its_memory_and_shares_it_with_no_other() -> None:
    with ThreadPoolExecutor(1) as first, ThreadPoolExecutor(1) as second:
        memory = first.submit(process_memory).result()
        assert first.submit(process_memory).result() is memory
        assert second.submit(process_memory).result() is not memory
        assert process_memory() is not memory
