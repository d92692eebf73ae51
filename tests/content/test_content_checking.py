"""Each rule of the formats has a planted fault, which must be reported with file, line and remedy."""

import pytest

LESSON = "lessons/caching/read_through.md"
QUIZ = "quizzes/caching/read_through.yaml"

# (file, text that is right, text that is wrong, lines from there to the report, message, hint)
FAULTS = {
    "unknown key": (LESSON, "minutes: 6", "minutes: 6\nsumary: x", 1, 'no key "sumary"', '"summary"'),
    "unknown key inside": (
        LESSON,
        "    year: 2022",
        "    yeer: 2022\n    year: 2022",
        0,
        'no key "yeer"',
        '"year"',
    ),
    "missing key": (LESSON, "level: mid\n", "", None, '"level" is missing', "Add it"),
    "number for text": (
        LESSON,
        "title: Read-through",
        "title: 7",
        0,
        '"title" must be a text, not "7"',
        "quotes",
    ),
    "text for number": (LESSON, "minutes: 6", 'minutes: "6"', 0, "must be a whole number", "without quotes"),
    "no such level": (
        LESSON,
        "level: mid",
        "level: junior",
        0,
        "'mid' or 'senior', not \"junior\"",
        "Use one",
    ),
    "summary too long": (LESSON, "callers know one store", "callers " * 13, 0, "longer than 100", "Shorten"),
    "one goal": (LESSON, "  - Predict how long a stale row can stay.\n", "", -2, "at least 2 entries", "Add"),
    "guess out of range": (LESSON, "answer: 2", "answer: 4", 0, "3 choices; its answer is 4", "from 1"),
    "two titles": (LESSON, "minutes: 6", "minutes: 6\ntitle: again", 1, '"title" is here twice', "Remove"),
    "unfilled": (LESSON, "stale row can stay.", "FILL IN: stay.", 0, "skeleton", "your own"),
    "required twice": (
        LESSON,
        "requires: []",
        "requires: [consistency/x, consistency/x]",
        0,
        "twice",
        "once",
    ),
    "bad url": (LESSON, "url: https://www.rfc", "url: www.rfc", 0, "must be a web address", "https://"),
    "unknown citation": (LESSON, "[@rfc9111]", "[@rfc911] [@rfc9111]", 0, 'no source "rfc911"', '"rfc9111"'),
    "uncited source": (LESSON, "[@rfc9111]", "", None, 'Nothing cites the source "rfc9111"', "Cite it as"),
    "no such section": (LESSON, "## Remember", "## Remembr", 0, 'no section "Remembr"', '"Remember"'),
    "top heading": (
        LESSON,
        "## The problem",
        "# Caches\n\n## The problem",
        0,
        "no # heading",
        "front matter",
    ),
    "pasted code": (
        LESSON,
        "## What breaks",
        "```python\nx = 1\n```\n## What breaks",
        0,
        "pasted",
        "{include:",
    ),
    "open fence": (
        LESSON,
        "    cache->>table: get k\n```",
        "    cache->>table: get k",
        -3,
        "never closed",
        "```",
    ),
    "diagram kind": (LESSON, "sequenceDiagram", "pie", -1, 'kind "pie"', "flowchart"),
    "no such file": (
        LESSON,
        "caching/read_through.py#",
        "caching/read_thru.py#",
        0,
        "no file",
        "read_through.py",
    ),
    "no such name": (
        LESSON,
        "#ReadThrough.get}",
        "#ReadThrough.got}",
        0,
        "does not define",
        "ReadThrough.get",
    ),
    "foreign file": (LESSON, "include: reference/", "include: ../reference/", 0, "not an address", "only"),
    "inline include": (
        LESSON,
        "{include: ref",
        "See {include: ref",
        0,
        "not written as one",
        "line of its own",
    ),
    "bad lab link": (LESSON, "lab:stale_read@14", "lab:Stale read", 0, "not a link to a lab", "scene@step"),
    "two lines to say": (LESSON, "3. I would", "I would", -4, "2 numbered lines", "exactly three"),
    "missing prerequisite": (
        "lessons/consistency/stale_reads.md",
        "[caching/read_through]",
        "[caching/read_thru]",
        0,
        'no concept "caching/read_thru"',
        '"caching/read_through"',
    ),
    "two right answers": (
        QUIZ,
        "That is cache-aside.",
        "That is cache-aside.\n        correct: true",
        1,
        "2 choices are correct",
        "Keep one",
    ),
    "no right answer": (QUIZ, "        correct: true\n", "", -2, "No choice is correct", "correct: true"),
    "no why for a choice": (
        QUIZ,
        "        why: That is refresh-ahead.\n",
        "",
        -1,
        '"why" is missing',
        "Add it",
    ),
    "equal options": (
        QUIZ,
        "text: The reader, after the miss",
        "text: The cache",
        0,
        "there twice",
        "different",
    ),
    "all are right": (
        QUIZ,
        "{text: More reads of the table, why",
        "{text: More reads, correct: true, why",
        -3,
        "Every choice is correct",
        "Add one",
    ),
    "two sources of one id": (
        LESSON,
        "sources:\n",
        "sources:\n  - {id: rfc9111, title: T, authors: A, year: 2022}\n",
        2,
        'Two sources have the id "rfc9111"',
        "Rename",
    ),
    "no such kind": (QUIZ, "kind: order", "kind: odrer", 0, 'no kind of question "odrer"', '"order"'),
    "unhashable kind": (QUIZ, "kind: order", "kind: {a: [b]}", 0, "no kind of question", "The kinds are"),
    "taken id": (QUIZ, "id: hit_ratio", "id: who_loads", 0, "already taken on line 3", "another"),
    "bad id": (QUIZ, "id: hit_ratio", "id: Hit ratio", 0, "lower-case", "stale_read"),
    "no gap": (QUIZ, "____", "...", 0, "0 gaps", "____"),
    "no unit": (QUIZ, "    unit: reads/s\n", "", -6, '"unit" is missing', "Add it"),
    "infinite answer": (QUIZ, "answer: 50", "answer: 1e999", 0, "finite", "Correct"),
    "blank line asked": (QUIZ, "answer: [10]", "answer: [7]", 0, "Line 7 of", "the code has 11 lines"),
    "line beyond": (QUIZ, "answer: [10]", "answer: [99]", 0, "Line 99 of", "the code has 11 lines"),
    "dangling line": (QUIZ, "py#ReadThrough.get", "py#ReadThru.get", 0, "does not define", "ReadThrough.get"),
    "asks two things": (
        QUIZ,
        "ask: {result: -1}",
        "ask: {result: 1, steps: true}",
        0,
        "asks for 2",
        "Keep one",
    ),
    "asks nothing": (QUIZ, "ask: {result: -1}", "ask: {}", 0, "asks for 0", "Keep one"),
    "too few wrong options": (QUIZ, "[v2, nothing]", "[v2]", 0, "has 1 wrong option", "two to four"),
    "options of a skill": (QUIZ, "{result: -1}", "{skill: pick}", 1, "makes its own options", "Leave"),
    "result zero": (QUIZ, "{result: -1}", "{result: 0}", 0, "count from 1", "-1 for the last"),
    "steps of a skill": (
        QUIZ,
        "{invariant: fresh}\n",
        "{skill: pick}\n",
        -1,
        "so scene means nothing here",
        "Leave it out",
    ),
    "stored without key": (QUIZ, "{result: -1}", "{stored: cache}", 0, "names no key", "service.key"),
    "no such variant": (
        QUIZ,
        "variant: textbook",
        "variant: fixed",
        0,
        "'reference' or 'textbook'",
        "Use one",
    ),
    "run key": (QUIZ, "seed: 7", "sead: 7", 0, 'no key "sead"', '"seed"'),
    "bad lab": (QUIZ, "lab: stale_read@14", "lab: stale read", 0, "not a link to a lab", "scene@step"),
    "longest is right": (
        QUIZ,
        "text: The cache\n",
        "text: The cache loads the row itself\n",
        None,
        "longest",
        "wrong",
    ),
    "yes is a text": (
        QUIZ,
        "correct: true\n        why: Yes",
        "correct: yes\n        why: Yes",
        0,
        "true or false",
        "",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_reported_where_it_stands(workshop, name):
    file, right, wrong, below, message, hint = FAULTS[name]
    line = workshop.replace(file, right, wrong)
    found = [each for each in workshop.problems() if message in each[2]]
    assert len(found) == 1, workshop.problems()
    assert found[0][0] == file
    assert below is None or found[0][1] == line + below
    assert hint in found[0][3]


def test_the_good_samples_have_no_problem(workshop):
    assert workshop.problems() == []


def test_too_few_words_are_reported(workshop):
    path = workshop.root / LESSON
    text = path.read_text(encoding="utf-8")
    path.write_text(
        "\n".join(row for row in text.split("\n") if not row.startswith("You run")), encoding="utf-8"
    )
    assert any("words; it must have 600 to 1200" in message for _, _, message, _ in workshop.problems())


def test_sections_out_of_order_are_reported(workshop):
    workshop.replace(LESSON, "## What breaks", "## Later")
    workshop.replace(LESSON, "## Trade-offs", "## What breaks")
    workshop.replace(LESSON, "## Later", "## Trade-offs")
    assert workshop.the_problem()[2] == "The sections are out of order."


def test_an_empty_section_is_reported_at_its_heading(workshop):
    path = workshop.root / LESSON
    text = path.read_text(encoding="utf-8")
    start, end = text.index("## In code\n"), text.index("## What breaks")
    path.write_text(f"{text[:start]}## In code\n\n{text[end:]}", encoding="utf-8")
    found = [problem for problem in workshop.problems() if "is empty" in problem[2]]
    assert [problem[1] for problem in found] == [text[:start].count("\n") + 1]


def test_what_stands_in_a_code_span_is_no_citation_include_or_link(workshop):
    text = "`[@nobody]`, `{include: x}` and ``[a](lab:No Such)`` are only written about."
    workshop.replace(LESSON, "## What breaks", f"{text}\n\n## What breaks")
    assert workshop.problems() == []


def test_a_list_with_a_wrong_entry_is_not_also_called_too_short(workshop):
    workshop.replace(LESSON, "year: 2022", "year: soon")
    assert '"year" must be a whole number' in workshop.the_problem()[2]


def test_a_missing_section_is_reported(workshop):
    workshop.replace(LESSON, "## Trade-offs", "### Trade-offs")
    assert workshop.the_problem()[2] == 'The section "Trade-offs" is missing.'


def test_seven_questions_are_too_few(workshop):
    path = workshop.root / QUIZ
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  - id: predict_holds")], encoding="utf-8")
    assert "at least 8 entries; it has 7" in workshop.the_problem()[2]


def test_a_cycle_of_requirements_is_reported_once(workshop):
    line = workshop.replace(LESSON, "requires: []", "requires: [consistency/stale_reads]")
    path, at, message, _ = workshop.the_problem()
    assert (path, at) == (LESSON, line)
    assert message.count("caching/read_through") == 2


def test_a_lesson_that_requires_itself_is_a_cycle(workshop):
    workshop.replace(LESSON, "requires: []", "requires: [caching/read_through]")
    assert "caching/read_through → caching/read_through" in workshop.the_problem()[2]


def test_a_lesson_without_quiz_and_a_quiz_without_lesson_are_reported(workshop):
    (workshop.root / "interviews/pastebin.yaml").unlink()
    (workshop.root / "lessons/consistency/stale_reads.md").unlink()
    (workshop.root / QUIZ).unlink()
    assert [problem[2] for problem in workshop.problems()] == [
        "This lesson has no quiz.",
        "This quiz has no lesson.",
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("lessons/notes.txt", "no place here"),
        ("lessons/caching/deep/er.md", "no place here"),
        ("quizzes/caching/read_through.yml", "no place here"),
        ("lessons/cachin/x.md", 'no topic "cachin"'),
        ("lessons/caching/Bad-Name.md", "not a slug"),
    ],
)
def test_a_file_at_a_wrong_address_is_reported(workshop, name, message):
    workshop.write(name, "x")
    assert any(path == name and message in said for path, _, said, _ in workshop.problems())


def test_a_slug_taken_twice_is_reported(workshop):
    text = (workshop.root / LESSON).read_text(encoding="utf-8")
    workshop.write("lessons/databases/read_through.md", text)
    assert any("is taken by lessons/caching/read_through.md" in problem[2] for problem in workshop.problems())


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 1, "front matter"),
        (b"x" * 10_000_000, 0, "longer than 256 KiB"),
        (b"---\ntitle: caf\xe9\n---\n", 2, "not UTF-8"),
        (b"---\ntitle: a\x1b[31mb\n---\n", 2, "terminal escape"),
        (b'---\nformat: 1\ntitle: "a\\e[31mb"\n---\n', 3, "terminal escape"),
        (b'---\nformat: 1\n"a\\e": 1\n---\n', 3, "terminal escape"),
        (b"---\ntitle: a&#27;[31mb\n---\n", 2, "terminal escape"),
        (b"---\ntitle: a&#x9b;31mb\n---\n", 2, "terminal escape"),
        ("---\ntitle: a\u202eb\n---\n".encode(), 2, "U+202E"),
        (b"---\ntitle: &a [x, x]\nsummary: *a\n---\n", 2, "anchors and aliases"),
        (b"---\ntitle: " + b"[" * 5000 + b"]" * 5000 + b"\n---\n", 2, "deeper than 20"),
        (b"---\n" + b"{a: " * 5000 + b"}" * 5000 + b"\n---\n", 2, "deeper than 20"),
        (b"---\ntitle: [x\n---\n", 3, "not YAML"),
        (b"---\ntitle: !!python/object/apply:os.system [ls]\n---\n", 2, "tag"),
        (b"---\n? [a]\n: b\n---\n", 2, "key must be"),
        (b"---\n- a\n---\n", 2, "block of keys"),
        (b"---\n---\n", 1, "must be a block of keys"),
    ],
)
def test_a_hostile_file_is_one_report_and_no_traceback(workshop, data, line, message):
    workshop.write(LESSON, data)
    found = [each for each in workshop.problems() if message in each[2]]
    assert found, workshop.problems()
    assert (found[0][0], found[0][3] != "") == (LESSON, True)
    assert found[0][1] in (line, max(line - 1, 1)) if message == "not YAML" else found[0][1] == line


@pytest.mark.parametrize("value", ["questions: 7", "questions: [7, x]", "questions: null", "[]", "7", ""])
def test_a_quiz_of_any_shape_is_reported_and_no_traceback(workshop, value):
    workshop.write(QUIZ, f"{value}\n")
    assert all(problem[0] == QUIZ for problem in workshop.problems())
    assert workshop.problems()


def test_all_faults_of_all_files_come_in_one_run_sorted(workshop):
    workshop.replace(LESSON, "level: mid", "level: junior")
    workshop.replace(LESSON, "answer: 2", "answer: 2\n  extra: 1")
    workshop.replace(QUIZ, "kind: order", "kind: odrer")
    problems = workshop.problems()
    assert [(path, line) for path, line, _, _ in problems] == sorted(
        (path, line) for path, line, _, _ in problems
    )
    assert len(problems) == 3


def test_topics_must_be_the_ten(workshop):
    workshop.write("lessons/topics.yaml", "format: 1\ntopics:\n  - {slug: caching, title: T, summary: S}\n")
    assert workshop.the_problem()[:3] == (
        "lessons/topics.yaml",
        2,
        "These are not the ten topics in their order.",
    )


def test_a_root_without_lessons_is_said_so(workshop, tmp_path):
    workshop.root = tmp_path
    assert "no folder lessons/" in workshop.the_problem()[2]
