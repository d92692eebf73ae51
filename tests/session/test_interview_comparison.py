"""An answer beside a strong one."""

from pathlib import Path

import pytest

from sdtutor.content.roots import content_root
from sdtutor.session.tutor import Tutor

STORED = Path(__file__).parents[1] / "interview/transcripts/url_shortener"


@pytest.fixture(scope="module")
def tutor(tmp_path_factory):
    with Tutor.open(content_root(), {"SDTUTOR_HOME": str(tmp_path_factory.mktemp("home"))}) as opened:
        yield opened


def test_the_reference_designs_have_their_numbers_and_no_single_point(tutor):
    view = tutor.compare_interview(tutor.score_transcript(STORED / "weak.yaml"))
    assert len(view.designs) >= 2
    for design in view.designs:
        assert design.trade_off
        assert design.single_points == ()
        assert all(reading and "annot" not in reading for _, reading in design.numbers)
    assert min(design.availability for design in view.designs) >= view.own.availability


def test_ones_own_design_is_what_was_drawn_and_calculated(tutor):
    report = tutor.score_transcript(STORED / "strong.yaml")
    own = tutor.compare_interview(report).own
    assert own.drawing == report.drawing
    assert ("creates: 100M links / 30 day", "38.6 links/s") in own.numbers
    assert own.single_points == report.single_points


def test_each_core_point_that_was_missed_has_a_sentence(tutor):
    weak = tutor.compare_interview(tutor.score_transcript(STORED / "weak.yaml"))
    strong = tutor.compare_interview(tutor.score_transcript(STORED / "strong.yaml"))
    assert len(weak.missed) > len(strong.missed)
    assert all(point.title and point.model for point in weak.missed)
    titles = [point.title for point in weak.missed]
    assert "codes without coordination on every write" in titles
    assert len(titles) == len(set(titles))


def test_a_point_that_was_taken_back_is_missed(tutor, tmp_path):
    text = (STORED / "strong.yaml").read_text(encoding="utf-8").rstrip()
    path = tmp_path / "talk.yaml"
    path.write_text(f"{text}\n  - {{at_s: 2700, dispute: point.counter_blocks}}\n", encoding="utf-8")
    view = tutor.compare_interview(tutor.score_transcript(path))
    assert "codes without coordination on every write" in [point.title for point in view.missed]
