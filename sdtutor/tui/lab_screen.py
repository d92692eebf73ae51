"""The lab: one sheet that shows a run, and a key for everything that the learner can do with it."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from sdtutor.drawing.spans import Line
from sdtutor.errors import UsageError
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.lab_frame import PANES, SCROLLED, Look, Panel, PaneName, draw

if TYPE_CHECKING:
    from sdtutor.session.lab_session import LabSession
    from sdtutor.session.lab_views import LabView

_TALL = 34
"""From this height on a rule above the footer costs nothing."""
_PLAY_SECONDS = 0.7
"""Between two events that run by themselves: long enough to read what one changed."""
_OPENERS = frozenset({"lesson", "quiz"})
"""Screens to which Esc leads straight back: who comes from there has a place to return to."""


class LabScreen(BaseScreen):
    """A lab on the screen.

    Args:
        session: The lab being played.
    """

    KEYS = "lab"
    PANES = len(PANES)

    def __init__(self, session: "LabSession") -> None:
        super().__init__()
        self.session = session
        self._view = session.view()
        self._zoomed = False
        self._variables = False
        self._scroll = 0
        self._is_from_text = False
        self._playing: Timer | None = None
        offered = (offer.operation for node in session.run.cast.nodes for offer in node.calls)
        self._calls = tuple(dict.fromkeys(offered))

    def on_mount(self) -> None:
        """Note where the learner comes from."""
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        self._is_from_text = isinstance(below, BaseScreen) and below.KEYS in _OPENERS

    # What is drawn

    @property
    def view(self) -> "LabView":
        """The lab as it was drawn last."""
        return self._view

    @property
    def alone(self) -> PaneName | None:
        """The pane that has the screen for itself; None when all stand side by side."""
        return PANES[self.pane_index] if self._zoomed or self.is_narrow else None

    def draw(self) -> None:
        """Ask the session how the lab stands, then draw it."""
        self._view = self.session.view()
        super().draw()

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return the sheet."""
        return self.sheet(columns, rows)

    def sheet(self, columns: int, rows: int, panel: Panel | None = None) -> tuple[Line, ...]:
        """Return the sheet, with a list over its lower panes when there is something to choose."""
        look = Look(
            columns=columns,
            rows=rows,
            alone=self.alone,
            zoomed=self._zoomed,
            variables=self._variables,
            scroll=self._scroll,
            playing=self._playing is not None,
            calls=self._calls,
            faults=self.session.lab.faults,
            panel=panel,
            free_play=not self._is_from_text,
        )
        return draw(self._view, look)

    def has_rule(self) -> bool:
        """Tell whether there is room for a rule above the footer."""
        return self.size.height >= _TALL

    def working_keys(self) -> Collection[str]:
        """Return what can be done now."""
        view, lab = self._view, self.session.lab
        can_scroll = self.alone in SCROLLED
        at_tip = view.step == view.last_step
        goes_on = not (at_tip and self.session.run.stopped)
        conditions = {
            "run": bool(view.events),
            "enter": bool(view.events or view.next_up),
            "number": bool(view.events or view.question),
            "back": view.step > 0,
            "event_down": len(view.events) > 1 or can_scroll,
            "event_up": len(view.events) > 1 or can_scroll,
            "line_back": view.step > 0,
            "line_on": view.step < view.last_step or view.line > 0,
            "play": bool(view.events),
            "calls": goes_on and bool(self._calls),
            "faults": goes_on and bool(lab.faults),
            "find": goes_on and bool(lab.invariants),
            "variant": len(lab.variants) > 1,
            "ask": bool(lab.predictions or (at_tip and lab.skills)) and bool(view.tasks or view.events),
            "hint": view.goal is not None and view.goal.more_hints and not view.goal.done,
            "next_goal": len(lab.goals) > 1 or (bool(lab.goals) and view.goal is None),
            "settings": bool(lab.parameters),
            "branches": view.branches > 1,
            "keep_rest": view.waiting > 0,
            "measures": bool(lab.measures or lab.parameters),
            "go_to": view.last_step > 0,
            "next_pane": self._zoomed,
        }
        always = {"locals", "zoom", "copy", "words", "fidelity", "diagram"}
        return always | {action for action, works in conditions.items() if works}

    # Going on, going back

    def press(self, pressed: str, character: str | None = None) -> None:
        """Stop playing, whatever the key; then do what it means."""
        was_playing = self._playing is not None
        self._stop()
        if not (was_playing and pressed == "space"):
            super().press(pressed, character)
        elif self.is_current:
            self.draw()

    def do_run(self) -> None:
        """Run the event at the cursor."""
        self.session.run_event()

    def do_enter(self) -> None:
        """Go on with what comes after the story; before its end, run the event at the cursor."""
        if self._view.next_up:
            self._tell_story()
        else:
            self.do_run()

    def do_number(self, pressed: str) -> None:
        """Answer the open question, or run the event with that number."""
        index = int(pressed) - 1
        question = self._view.question
        if question and question.chosen is None and not question.verdict:
            self.session.guess(index)
        elif 0 <= index < len(self._view.events):
            self.session.run_event(index)

    def do_back(self) -> None:
        """Go one step back."""
        self.session.back()

    def do_event_down(self) -> None:
        """Choose the next event, or scroll."""
        self._move(1)

    def do_event_up(self) -> None:
        """Choose the event above, or scroll."""
        self._move(-1)

    def _move(self, by: int) -> None:
        if self.alone in SCROLLED:
            self._scroll += by
        else:
            self.session.move_cursor(by)

    def wheel(self, by: int) -> None:
        """Scroll the pane that has the screen for itself."""
        if self.alone in SCROLLED:
            self._scroll += by

    def do_line_back(self) -> None:
        """Go one line back."""
        self.session.next_line(-1)

    def do_line_on(self) -> None:
        """Go one line on."""
        self.session.next_line(1)

    def do_play(self) -> None:
        """Let events run by themselves until something wants to be looked at."""
        self._playing = self.set_interval(_PLAY_SECONDS, self._play_on)

    def _play_on(self) -> None:
        broken = sum(promise.broken for promise in self._view.promises)
        met = self._view.goal is not None and self._view.goal.done
        self.session.run_event()
        self._view = view = self.session.view()
        is_asked = view.question is not None and view.question.chosen is None
        newly_met = view.goal is not None and view.goal.done and not met
        if not view.events or is_asked or newly_met or sum(p.broken for p in view.promises) > broken:
            self._stop()
        if self.is_current:
            self.draw()

    def _stop(self) -> None:
        if self._playing is not None:
            self._playing.stop()
            self._playing = None

    def do_go_to(self) -> None:
        """Ask for a step and go there."""
        self.type_line(f"step, 0 to {self._view.last_step}: ", self._go_to)

    def _go_to(self, text: str) -> None:
        if not text.strip().isdecimal() or not self.session.go_to(int(text)):
            raise UsageError(
                f'There is no step "{text.strip()}".', f"Steps go from 0 to {self._view.last_step}."
            )

    # Other runs

    def do_variant(self) -> None:
        """Run the other implementation in the same order."""
        self.session.switch_variant()

    def do_calls(self) -> None:
        """Choose a call and its values."""
        from sdtutor.tui.lab_dialogs import CallDialog

        self.app.push_screen(CallDialog(self))

    def do_faults(self) -> None:
        """Choose a fault and what it hits."""
        from sdtutor.tui.lab_dialogs import FaultDialog

        self.app.push_screen(FaultDialog(self))

    def do_find(self) -> None:
        """Search for the shortest way to break the promise on top."""
        from sdtutor.tui.find_screen import FindScreen

        self.app.push_screen(FindScreen(self))

    def do_settings(self) -> None:
        """Choose a setting and its value."""
        from sdtutor.tui.lab_dialogs import SettingDialog

        self.app.push_screen(SettingDialog(self))

    def do_branches(self) -> None:
        """Choose one of the orders tried so far."""
        from sdtutor.tui.branch_screen import BranchScreen

        self.app.push_screen(BranchScreen(self))

    def do_keep_rest(self) -> None:
        """Let the rest of the branch that was left happen on this one too."""
        from sdtutor.session.branch_views import counted

        self.tell(f"{counted(self.session.keep_rest())}. → goes through them, b tells which.")

    # Goals

    def do_ask(self) -> None:
        """Open a prediction: about a call that has not ended, else about where the run stands."""
        if not self.session.ask():
            self.tell("There is nothing to guess here: go on until something is on its way.")

    def do_hint(self) -> None:
        """Show one more hint."""
        self.session.hint()

    def do_next_goal(self) -> None:
        """Turn to the next goal."""
        self.session.next_goal()

    def do_up_level(self) -> None:
        """Go up: from a zoomed pane to all, from the goals to free play, then out."""
        if self.sought:
            self.sought = ""
        elif self._zoomed:
            self.do_zoom()
        elif self._view.goal is not None and not self._is_from_text:
            self.session.free_play()
        else:
            super().do_up_level()

    def _tell_story(self) -> None:
        from sdtutor.tui.lab_story import StoryScreen

        self.app.push_screen(StoryScreen(self))

    def go_home(self) -> None:
        """Leave the screen above and this one: after the story and its questions the day goes on."""
        self.app.pop_screen()
        if not self.is_outermost:
            self.close()

    # Looking

    def do_zoom(self) -> None:
        """Give one pane the whole screen, or show all again."""
        self._zoomed, self._scroll = not self._zoomed, 0
        if self._zoomed and not self.is_narrow:
            self.pane_index = PANES.index("code")

    def do_next_pane(self) -> None:
        """Show the next pane."""
        super().do_next_pane()
        self._scroll = 0

    def do_locals(self) -> None:
        """Show or hide what the variables hold."""
        self._variables = not self._variables
        self.session.show_variables(self._variables)

    def do_measures(self) -> None:
        """Show what was measured."""
        from sdtutor.tui.measures_screen import MeasuresScreen

        self.app.push_screen(MeasuresScreen(self))

    def do_words(self) -> None:
        """Say the lab in words."""
        from sdtutor.tui.lab_dialogs import TextDialog, sentences

        said = self.session.in_words()
        self.app.push_screen(TextDialog(self, "in words", lambda columns: sentences(said, columns)))

    def do_diagram(self) -> None:
        """Show the run as a space-time diagram."""
        from sdtutor.tui.diagram_screen import DiagramScreen

        self.app.push_screen(DiagramScreen(self))

    def do_fidelity(self) -> None:
        """Tell what is real here and what is not."""
        from sdtutor.tui.lab_dialogs import TextDialog, headed

        parts = self.session.fidelity()
        self.app.push_screen(TextDialog(self, "what is real here", lambda columns: headed(parts, columns)))

    def do_copy(self) -> None:
        """Copy the command that shows this run."""
        command = self.session.command()
        self.app.copy_to_clipboard(command)
        self.tell(f"Copied: {command}")

    def leave(self) -> None:
        """Keep where the learner was."""
        self._stop()
        self.tutor.remember("lab", self._view.lab, f"step {self._view.step}")
