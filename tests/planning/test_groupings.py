import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.planning.groupings import describe, formed, groupings, together

ALLOWED = {"pairs": {2, 3}, "trios": {2, 3}, "coaching": {2, 3}, "groups": {3, 4, 5}}


@pytest.mark.parametrize(
    ("headcount", "kind", "sizes", "words"),
    [
        (14, "individual", (), "everyone alone"),
        (14, "pairs", (2,) * 7, "7 pairs"),
        (15, "pairs", (3, 2, 2, 2, 2, 2, 2), "1 trio and 6 pairs"),
        (3, "pairs", (3,), "1 trio"),
        (14, "trios", (3, 3, 3, 3, 2), "4 trios and 1 pair"),
        (13, "trios", (3, 3, 3, 2, 2), "3 trios and 2 pairs"),
        (12, "coaching", (3, 3, 3, 3), "4 trios"),
        (4, "trios", (2, 2), "2 pairs"),
        (2, "trios", (2,), "1 pair"),
        (1, "trios", (1,), "1 person alone"),
        (9, "groups", (5, 4), "1 group of 5 and 1 group of 4"),
        (14, "groups", (5, 5, 4), "2 groups of 5 and 1 group of 4"),
        (11, "groups", (4, 4, 3), "2 groups of 4 and 1 group of 3"),
        (7, "groups", (4, 3), "1 group of 4 and 1 group of 3"),
        (6, "groups", (3, 3), "2 trios"),
        (5, "groups", (5,), "1 group of 5"),
        (0, "groups", (), "everyone alone"),
    ],
)
def test_a_headcount_is_divided(
    headcount: int, kind: str, sizes: tuple[int, ...], words: str
) -> None:
    assert groupings(headcount, kind) == sizes
    assert describe(sizes) == words


@given(st.integers(1, 200), st.sampled_from(sorted(ALLOWED)))
def test_nobody_is_left_over_and_groups_have_a_workable_size(headcount: int, kind: str) -> None:
    sizes = groupings(headcount, kind)
    assert sum(sizes) == headcount
    assert list(sizes) == sorted(sizes, reverse=True)
    assert set(sizes) <= ALLOWED[kind] or sizes == (headcount,)


@given(st.integers(3, 200), st.integers(3, 6))
def test_groups_are_as_large_as_a_client_wants_them(headcount: int, largest: int) -> None:
    sizes = groupings(headcount, "groups", largest)
    assert sum(sizes) == headcount
    assert max(sizes) <= largest
    assert max(sizes) - min(sizes) <= 1
    assert len(sizes) == -(-headcount // largest)


@given(st.integers(6, 200))
def test_groups_differ_by_one_at_most(headcount: int) -> None:
    sizes = groupings(headcount, "groups")
    assert max(sizes) - min(sizes) <= 1


def test_more_than_two_sizes_are_listed() -> None:
    assert (
        describe((5, 4, 2, 1, 1)) == "1 group of 5, 1 group of 4, 1 group of 2 and 2 people alone"
    )


def test_an_unknown_kind_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="quartets"):
        groupings(8, "quartets")


@pytest.mark.parametrize("kind", ["pairs", "trios", "coaching", "groups"])
def test_a_heading_and_its_steps_have_the_same_word_for_three(kind: str) -> None:
    for headcount in range(4, 40):
        sizes = groupings(headcount, kind)
        assert ("trio" in together(sizes, kind)) == ("trio" in formed(sizes)), (headcount, kind)
