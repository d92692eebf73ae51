from dataclasses import replace

import pytest

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import Finding
from sdtutor.session.check_findings import problems_of_findings
from sdtutor.session.labs import LabShelf

CACHE = LabShelf().load("caching/cache_aside")


def said(**changes):
    lab = replace(CACHE, **{"findings": CACHE.findings[:1], "goals": CACHE.goals[:1], **changes})
    return [" ".join(problem) for problem in problems_of_findings(lab, "caching/cache_aside")]


def test_the_shipped_findings_and_pars_hold():
    assert said(findings=CACHE.findings, goals=CACHE.goals) == []


def test_a_lab_without_findings_is_reported():
    assert any("nothing to find or to prove" in problem for problem in said(findings=(), goals=()))


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (
            Finding("wrong", "textbook", "no_stale_read", 14),
            "says found in 14 events, and the search says found in 15",
        ),
        (
            Finding("wrong", "textbook", "no_stale_read", None),
            "says none, and the search says found in 15 events",
        ),
        (
            Finding("wrong", "reference", "no_stale_read", 15),
            "says found in 15 events, and the search says none in all",
        ),
        (Finding("wrong", "textbook", "no_such_promise", 3), 'no promise or goal "no_such_promise"'),
        (Finding("wrong", "textbook", "no_stale_read", 3, {"readers": 9}), "from 1 to 3"),
        (
            Finding("wrong", "textbook", "no_stale_read", 3, after=("deliver reader_1>cache.get#1",)),
            "is not possible after step 0",
        ),
    ],
)
def test_a_finding_that_does_not_hold_is_reported(finding, words):
    (problem,) = said(findings=(finding,))
    assert problem.startswith('The finding "wrong"')
    assert words in problem


@pytest.mark.parametrize(("par", "words"), [(10, "par 10"), (0, "no par")])
def test_a_par_that_is_not_the_shortest_is_reported(par, words):
    (problem,) = said(goals=(replace(CACHE.goals[0], par=par),))
    assert 'The goal "make_it_lie"' in problem
    assert words in problem
    assert "found in 11 events" in problem


def test_an_answer_that_takes_too_long_is_reported(monkeypatch):
    monkeypatch.setattr("sdtutor.session.check_findings.MOST_STATES", 1_000)
    wide = Finding("wide", "textbook", "no_stale_read", None, {"readers": 3}, Bounds(calls=2, duplicates=2))
    assert any("no answer within" in problem for problem in said(findings=(wide,), goals=()))


def test_nodes_that_the_code_tells_apart_are_not_interchangeable():
    def cast(variant, values):
        return replace(CACHE.cast(variant, values), interchangeable=(("reader_1", "reader_2"),))

    proved = Finding("proved", "reference", "no_stale_read", None, {"readers": 2}, Bounds())
    problems = said(cast=cast, findings=(proved,), goals=())
    assert any("reader_1 and reader_2 are told apart" in problem for problem in problems)
