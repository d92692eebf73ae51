"""What the stored interviews come to: ``python tests/interview/stored_table.py`` prints the table."""

from functools import cache
from pathlib import Path

from sdtutor.session.tutor import Tutor

STORED = Path(__file__).parent / "transcripts"
PARAPHRASES = ("paraphrase_1", "paraphrase_2", "paraphrase_3")
KINDS = ("strong", "middling", "weak", "stuffed")


def problems():
    return sorted(each.name for each in STORED.iterdir() if each.is_dir())


def has(problem, name):
    return (STORED / problem / f"{name}.yaml").is_file()


@cache
def report(problem, name):
    with Tutor.open(environ={"SDTUTOR_HOME": str(STORED / "nowhere")}) as tutor:
        return tutor.score_transcript(STORED / problem / f"{name}.yaml")


def spread(problem, name):
    """The largest difference of a level between the strong interview and another, over the dimensions."""
    pairs = zip(report(problem, "strong").scores, report(problem, name).scores, strict=True)
    return max(abs(one.level - other.level) for one, other in pairs)


def table():
    """The rows of the table, in Markdown."""
    yield f"| problem | {' | '.join(KINDS)} | three paraphrases | apart at most |"
    yield "|---" * (len(KINDS) + 3) + "|"
    for problem in problems():
        cells = [_cell(problem, name) for name in KINDS]
        others = [name for name in PARAPHRASES if has(problem, name)]
        cells += [", ".join(f"{report(problem, name).percent:.0f}" for name in others)]
        cells += [f"{max(spread(problem, name) for name in others):g}" if others else ""]
        yield f"| {problem} | {' | '.join(cells)} |"


def _cell(problem, name):
    if not has(problem, name):
        return ""
    found = report(problem, name)
    return f"{found.decision} {found.percent:.0f}"


if __name__ == "__main__":
    print("\n".join(table()))
