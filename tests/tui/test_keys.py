import pytest

from sdtutor.drawing.spans import plain, width
from sdtutor.tui.keys import EVERYWHERE, MOST_IN_FOOTER, TABLE, find, footer, keys_markdown, keys_of

MODIFIERS = ("ctrl+", "alt+", "shift+", "super+")


@pytest.mark.parametrize("screen", EVERYWHERE)
@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_a_footer_fits_and_always_has_quit(screen, columns):
    actions = {key.action for key in keys_of(screen)}
    row = footer(screen, actions, columns, outermost=True)
    assert width(row) <= columns
    if "quit" in actions:
        assert plain(row).endswith("q quit")
    if "help" in actions:
        assert "? help" in plain(row)


def test_a_footer_shows_at_most_nine_keys():
    row = footer("lab", {key.action for key in keys_of("lab")}, 500, outermost=True)
    assert sum(span.role == "key" for span in row) == MOST_IN_FOOTER


def test_a_footer_shows_only_what_works_now():
    assert plain(footer("lab", {"back", "quit"}, 80, outermost=False)) == " ← back  q back"


def test_no_two_actions_of_a_screen_that_work_together_have_one_key():
    # These pairs are never possible at the same moment.
    apart = {
        frozenset(pair)
        for pair in (
            ("next_question", "think"),
            ("next_pane", "next_link"),
            ("digit", "write"),
            ("event_down", "scroll_down"),
            ("event_up", "scroll_up"),
        )
    }
    for screen in EVERYWHERE:
        keys = keys_of(screen)
        for index, one in enumerate(keys):
            for other in keys[index + 1 :]:
                if set(one.keys) & set(other.keys):
                    assert frozenset((one.action, other.action)) in apart


def test_nothing_needs_a_modifier_or_a_function_key():
    for key in TABLE:
        free = [each for each in key.keys if not each.startswith(MODIFIERS) and each != "f1"]
        assert free or key.action == "interrupt"


def test_a_press_means_an_action_only_where_it_works():
    assert find("lab", "v", {"variant"}).action == "variant"
    assert find("lab", "v", set()) is None
    assert find("home", "v", {"variant"}) is None


def test_the_page_of_keys_has_a_row_for_every_key_of_every_full_screen():
    page = keys_markdown()
    for key in TABLE:
        if "lab" in key.screens:
            assert f"| `{key.names}` | {key.help} |" in page
