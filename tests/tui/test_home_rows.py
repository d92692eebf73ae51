from sdtutor.drawing.spans import cells, plain_text
from sdtutor.session.views import HomeRow, HomeView, TopicRow
from sdtutor.tui.home_rows import bar, home_lines

TITLES = (
    "Scalability",
    "Load balancing",
    "Caching",
    "Databases",
    "Messaging",
    "Microservices",
    "API design",
    "Security",
    "Observability",
    "Consistency",
)
STORY = (
    "A cache, a database, one reader, one writer. You decide which message arrives next. "
    "Make the reader see a price that is gone."
)


def topic(index, done=0, recall=None, confidence="too few answers", weakest=False, count=12):
    return TopicRow("t", TITLES[index], "Why it is hard.", done, count, recall, confidence, weakest)


def home(state, start, topics, **more):
    values = {
        "day": 1,
        "header": "day 1",
        "heading": "START HERE" if state == "first" else "TODAY",
        "summary": "",
        "last": "",
        "active_days": 0,
        "notice": "",
    } | more
    return HomeView(state=state, start=start, topics=topics, **values)


FIRST = home(
    "first",
    (
        HomeRow("Enter", "lab", "Break a cache", "90 seconds, real code, nothing to set up", STORY, "x"),
        HomeRow("p", "interview_date", "Interview coming up?", "date + level -> a plan, a little each day"),
    ),
    tuple(map(topic, range(10))),
)
LATER = home(
    "regular",
    (
        HomeRow("r", "review", "Review", "14 due, 9 min", "oldest: Quorum"),
        HomeRow("l", "lesson", "Lesson", "Saga, 8 min", "It builds on Cache-aside.", "microservices/saga"),
        HomeRow("s", "surprises", "Surprises", "2 answers you were sure of and got wrong: Lease, Cursor"),
    ),
    (
        topic(2, 11, 0.88, "too sure"),
        topic(3, 10, 0.8, "fair"),
        topic(4, 5, 0.71, "too sure", weakest=True),
        topic(7, 2),
    ),
    header="day 30 of 42 · senior · interview 12 March",
    summary="about 25 min, 8 answered",
    last="lab cache_aside, step 9",
    active_days=5,
)


def test_day_one_has_one_button_and_says_what_happens():
    assert plain_text(home_lines(FIRST, 0, 80, 22)) == (
        " sdtutor                                                                  day 1\n"
        "\n"
        " START HERE\n"
        "  ▸ Enter  Break a cache              90 seconds, real code, nothing to set up\n"
        "           A cache, a database, one reader, one writer. You decide which\n"
        "           message arrives next. Make the reader see a price that is gone.\n"
        "\n"
        " OR\n"
        "    p      Interview coming up?   date + level -> a plan, a little each day\n"
        "\n"
        "─ TOPICS ───────────────────────────────────────────────────────────────────────\n"
        "    1 Scalability     ░░░░░  0/12           6 Microservices   ░░░░░  0/12\n"
        "    2 Load balancing  ░░░░░  0/12           7 API design      ░░░░░  0/12\n"
        "    3 Caching         ░░░░░  0/12           8 Security        ░░░░░  0/12\n"
        "    4 Databases       ░░░░░  0/12           9 Observability   ░░░░░  0/12\n"
        "    5 Messaging       ░░░░░  0/12           0 Consistency     ░░░░░  0/12\n"
        "\n\n\n\n\n"
        " Screen reader? No full-screen terminal?  sdtutor --plain  does all of this."
    )


def test_a_later_day_shows_recall_and_where_the_learner_stopped():
    assert plain_text(home_lines(LATER, 1, 80, 22)) == (
        " sdtutor                             day 30 of 42 · senior · interview 12 March\n"
        "\n"
        " TODAY  about 25 min, 8 answered                           5 days of the last 7\n"
        "    r  Review      14 due, 9 min                                 oldest: Quorum\n"
        "  ▸ l  Lesson      Saga, 8 min                        It builds on Cache-aside.\n"
        "    s  Surprises   2 answers you were sure of and got wrong: Lease, Cursor\n"
        "\n"
        "─ TOPICS ──────── recall ────── done ──── confidence ───────────────────────────\n"
        "    1 Caching    ▓▓▓▓░  88%    11/12     too sure\n"
        "    2 Databases  ▓▓▓▓░  80%    10/12     fair\n"
        "    3 Messaging  ▓▓▓▓░  71%     5/12     too sure         weakest\n"
        "    4 Security   ░░░░░    -     2/12     too few answers\n"
        "\n\n\n\n\n\n\n\n\n"
        " LAST    lab cache_aside, step 9                                 c  continue"
    )


def test_no_row_is_wider_than_the_terminal():
    for view in (FIRST, LATER):
        for columns in (60, 71, 80, 100, 120, 200):
            for cursor in range(12):
                rows = plain_text(home_lines(view, cursor, columns, 40)).splitlines()
                assert max(map(cells, rows)) <= columns


def test_a_wide_terminal_says_what_each_topic_is_about():
    assert "Why it is hard." in plain_text(home_lines(FIRST, 0, 120, 38))
    assert "Why it is hard." not in plain_text(home_lines(FIRST, 0, 80, 22))


def test_a_notice_stands_at_the_top():
    view = home("first", (), (), notice="The progress file was damaged.")
    assert plain_text(home_lines(view, 0, 80, 22)).splitlines()[1] == " The progress file was damaged."


def test_a_bar_is_full_only_when_all_is_done_and_empty_only_when_nothing_is():
    def shown(share):
        return "".join(span.text for span in bar(share))

    assert shown(0) == "░░░░░"
    assert shown(0.01) == "▓░░░░"
    assert shown(0.99) == "▓▓▓▓░"
    assert shown(1) == "▓▓▓▓▓"
