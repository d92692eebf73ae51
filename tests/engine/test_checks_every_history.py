"""Linearizability against brute force, on histories of six calls.

By default all in which values are distinct and every call returns. With SDTUTOR_EVERY_HISTORY=1 all there
are, also with values that are equal in any pattern, and writes that never return; that takes two minutes.
"""

import os

import pytest
from histories import every_history

from sdtutor.engine.checks.linearizable import search

EVERY = os.environ.get("SDTUTOR_EVERY_HISTORY") == "1"


@pytest.mark.timeout(900)
def test_it_agrees_with_brute_force_on_every_history_of_six_calls():
    number = 0
    for history, legal in every_history(6, with_open=EVERY, distinct=not EVERY):
        number += 1
        assert (search(history, 0).order is not None) is legal, history
    assert number == (3_539_385 if EVERY else 414_935)
