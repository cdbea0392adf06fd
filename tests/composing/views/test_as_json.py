"""Views as data, and back."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from workshop.composing.views.as_json import from_data, to_data
from workshop.composing.views.records import CardSet, NeedView, OwnPage, SlideView, SpaceView

st.register_type_strategy(Markup, st.text(max_size=5).map(Markup))


VIEWS = st.one_of(*map(st.from_type, (CardSet, NeedView, OwnPage, SlideView, SpaceView)))


@settings(max_examples=50)
@given(VIEWS | st.tuples(VIEWS, st.none() | st.integers()))
def test_a_view_comes_back_as_it_was(view: object) -> None:
    back = from_data(json.loads(json.dumps(to_data(view))))
    assert back == view
    # HTML looks another than text that is not, though it says the same.
    assert repr(back) == repr(view)
