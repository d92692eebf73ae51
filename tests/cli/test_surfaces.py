import io
import os
from collections.abc import Iterator

import pytest
from calling import Terminal
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from sdtutor.cli.answers import Answers
from sdtutor.cli.inline import Inline
from sdtutor.cli.plain import Plain, numbered
from sdtutor.cli.surface import EndOfInput
from sdtutor.cli.wording import aligned, set_markdown, wrapped
from sdtutor.errors import LocatedError, UsageError


def plain(text: str, *, terminal: bool = False) -> tuple[Plain, io.StringIO]:
    target = Terminal() if terminal else io.StringIO()
    source = Terminal(text) if terminal else io.StringIO(text)
    return Plain(Answers(source, "standard input"), target), target


def test_a_person_is_asked_again_until_the_answer_can_be_read() -> None:
    surface, seen = plain("x\n3\n2\n", terminal=True)
    assert surface.choose("Which?", ["one", "two"]) == 1
    assert seen.getvalue().count("Type a number from 1 to 2.") == 2


def test_a_pipe_is_told_the_line_that_cannot_be_read() -> None:
    surface, _ = plain("1\nx\n")
    assert surface.choose("Which?", ["one", "two"]) == 0
    with pytest.raises(LocatedError, match='standard input:2: "x" is not one of the numbers'):
        surface.choose("Which?", ["one", "two"])


def test_an_empty_line_skips_only_where_that_is_offered() -> None:
    surface, _ = plain("\n\n")
    assert surface.choose("Which?", ["one", "two"], skip="skips") is None
    with pytest.raises(LocatedError):
        surface.choose("Which?", ["one", "two"])


def test_no_answer_is_the_end_of_input() -> None:
    surface, _ = plain("")
    with pytest.raises(EndOfInput):
        surface.ask("> ", str)


@pytest.mark.parametrize("text", ["0", "3", "-1", "1.0", "²", "", "one"])
def test_only_numbers_of_options_are_numbers(text: str) -> None:
    with pytest.raises(UsageError):
        numbered(text, 2)


def test_a_silent_pipe_has_no_answers_and_a_full_one_has() -> None:
    silent, writer = os.pipe()
    with os.fdopen(silent) as source, os.fdopen(writer, "w") as target:
        assert not Answers(source, "pipe").wait
        target.write("1\n")
        target.flush()
        answers = Answers(source, "pipe")
        assert answers.wait
        assert answers.next() == "1"


def test_an_ended_pipe_has_no_answers() -> None:
    ended, writer = os.pipe()
    os.close(writer)
    with os.fdopen(ended) as source:
        assert not Answers(source, "pipe").wait


def test_a_terminal_whose_output_goes_elsewhere_does_not_answer() -> None:
    assert not Plain(Answers(Terminal("1\n"), "standard input"), io.StringIO()).answers


def test_plain_text_has_no_control_characters_and_no_drawing() -> None:
    surface, seen = plain("")
    surface.say("a\x1b[31mb")
    surface.markdown("```mermaid\nflowchart LR\n  a --> b\n```\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n- item")
    assert "\x1b" not in seen.getvalue()
    assert "- a to b" in seen.getvalue()
    assert not set("─│▸•╌┌") & set(seen.getvalue())


def test_ascii_only_terminals_get_ascii() -> None:
    seen = io.StringIO()
    Plain(Answers(None, "none"), seen, unicode=False).say("a → b")
    assert seen.getvalue() == "a > b\n"


def test_paragraphs_keep_their_indent_and_columns_align() -> None:
    assert wrapped("    one two three", 12) == ["    one two", "    three"]
    assert list(aligned([("a", "b"), ("long", "c")])) == ["a     b", "long  c"]
    assert list(aligned([])) == []


def test_a_diagram_that_is_not_understood_stays_as_it_is() -> None:
    assert "what is this" in "\n".join(set_markdown("```mermaid\nwhat is this\n```\n", 70))


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


def test_inline_asks_with_a_menu(keys: PipeInput) -> None:
    keys.send_text("\x1b[B\r")
    assert Inline(unicode=True).choose("Which?", ["one", "two"]) == 1
    keys.send_text("\x1b[B\x1b[B\r")
    assert Inline(unicode=True).choose("Which?", ["one", "two"], skip="skips") is None


def test_an_empty_answer_can_mean_an_option(keys: PipeInput) -> None:
    keys.send_text("\r")
    assert Inline(unicode=True).choose("Which?", ["one", "two"], enter=1) == 1
    assert plain("\n")[0].choose("Which?", ["one", "two"], enter=1) == 1


def test_inline_asks_for_a_line_again(keys: PipeInput, capsys: pytest.CaptureFixture[str]) -> None:
    keys.send_text("x\r")
    keys.send_text("2\r")
    assert Inline(unicode=True).ask("> ", lambda text: numbered(text, 2)) == 1
    assert "Type a number from 1 to 2." in capsys.readouterr().out


def test_inline_ends_with_ctrl_d_and_is_interrupted_by_ctrl_c(keys: PipeInput) -> None:
    keys.send_text("\x04")
    with pytest.raises(EndOfInput):
        Inline(unicode=True).ask("> ", str)
    keys.send_text("\x03")
    with pytest.raises(KeyboardInterrupt):
        Inline(unicode=True).ask("> ", str)


def test_inline_draws_and_never_passes_control_characters_on(capsys: pytest.CaptureFixture[str]) -> None:
    surface = Inline(unicode=True)
    surface.heading("Head")
    surface.say("a\x1b[31mb [bold]c[/bold]")
    surface.rows([("x", "y")])
    surface.markdown("```mermaid\nflowchart LR\n  a --> b\n```")
    seen = capsys.readouterr().out
    assert "\x1b" not in seen
    assert "[bold]c[/bold]" in seen
    assert "┌" in seen
    Inline(unicode=False).markdown("```mermaid\nflowchart LR\n  a --> b\n```")
    assert capsys.readouterr().out.isascii()
