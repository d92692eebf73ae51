"""The examples in docs/authoring.md are content: what it teaches must pass."""

import re
from pathlib import Path

from sdtutor.content.checking import check_file
from sdtutor.content.forms import QUESTION_FORMS, LessonForm
from sdtutor.content.lessons import read_lesson
from sdtutor.content.lexicon import load_lexicon
from sdtutor.content.patterns import PatternReader
from sdtutor.content.problem_forms import PointForm, ProblemForm
from sdtutor.content.roots import package_root
from sdtutor.content.validation import fill
from sdtutor.content.yaml_tree import parse

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", DOCUMENT, flags=re.MULTILINE | re.DOTALL)


def test_the_questions_shown_make_a_quiz_with_every_kind(tmp_path):
    questions = "".join(example for example in EXAMPLES if example.startswith("- id"))
    path = tmp_path / "caching" / "cache_aside.yaml"
    path.parent.mkdir()
    path.write_text(f"format: 1\nquestions:\n{questions}", encoding="utf-8")
    assert [str(problem) for problem in check_file(path, package_root())] == []
    assert set(re.findall(r"kind: (\w+)", questions)) == set(QUESTION_FORMS)


def test_the_front_matter_shown_is_accepted(tmp_path):
    sample = ROOT / "tests" / "samples" / "good" / "lessons" / "caching" / "read_through.md"
    body = sample.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    [front] = (example for example in EXAMPLES if example.startswith("format: 1\ntitle"))
    path = tmp_path / "cache_aside.md"
    path.write_text(f"---\n{front}---\n{body.replace('@rfc9111', '@nishtala2013')}", encoding="utf-8")
    lesson, problems = read_lesson(path, ROOT / "tests" / "samples" / "package")
    assert problems == []
    assert lesson.title == "Cache-aside"


def test_every_key_of_the_formats_is_described():
    keys = set(LessonForm.model_fields).union(*(form.model_fields for form in QUESTION_FORMS.values()))
    assert sorted(key for key in keys if f"`{key}`" not in DOCUMENT and f"{key}:" not in DOCUMENT) == []


def test_the_point_and_the_patterns_shown_are_accepted():
    [point] = (example for example in EXAMPLES if example.startswith("points:"))
    [patterns] = (example for example in EXAMPLES if example.startswith("says:"))
    document = parse(point, Path("point.yaml"))
    form, problems = fill(PointForm, document.value["points"][0], document)
    reader = PatternReader(parse(patterns, Path("says.yaml")), load_lexicon(ROOT).words)
    found = reader.patterns((*reader.document.value["says"], *form.says), ())
    assert problems == reader.problems == []
    assert [len(pattern.groups) for pattern in found] == [2, 2, 2]


def test_every_key_of_an_interview_problem_is_described():
    forms = [ProblemForm]
    for form in forms:
        for field in form.model_fields.values():
            inner = next(iter(getattr(field.annotation, "__args__", ())), None)
            if hasattr(inner, "model_fields"):
                forms.append(inner)
    keys = {key for form in forms for key in form.model_fields}
    assert len(forms) > 8
    assert sorted(key for key in keys if f"`{key}`" not in DOCUMENT and f"{key}:" not in DOCUMENT) == []
