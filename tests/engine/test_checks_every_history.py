"""Linearizability against brute force, on histories of six calls."""

from histories import every_history

from sdtutor.engine.checks.linearizable import search


def test_it_agrees_with_brute_force_on_every_history_of_six_calls_with_distinct_values():
    number = 0
    for history, legal in every_history(6, with_open=False, distinct=True):
        number += 1
        assert (search(history, 0).order is not None) is legal, history
    assert number == 414_935
