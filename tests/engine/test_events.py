"""How events are written, and read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdtutor.engine.events import KINDS, Event, parse_event
from sdtutor.errors import UsageError

values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()
)


@given(st.lists(values, max_size=4))
def test_a_call_is_read_as_it_was_written(arguments):
    event = Event("call", "writer_1", "set", tuple(arguments))
    assert parse_event(str(event)) == event
    assert type(parse_event(str(event)).arguments) is tuple


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("cut", "heal", "call")])
def test_an_event_with_one_name_is_read_as_it_was_written(kind):
    event = Event(kind, "reader_1>cache.get#1")
    assert parse_event(str(event)) == event


def test_links_have_two_ends():
    assert parse_event("cut a b") == Event("cut", "a", "b")


@pytest.mark.parametrize(
    "text", ["", "explode a", "deliver", "deliver a b", "cut a", "call a", 'call a b "open']
)
def test_what_is_no_event_says_what_is_expected(text):
    with pytest.raises(UsageError) as error:
        parse_event(text)
    assert error.value.hint
