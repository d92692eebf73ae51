"""What runs: ordinary code, event by event."""

import asyncio

import pytest
from small_labs import CHATTER, COUNTER, TALK, played, values

from sdtutor.engine.events import parse_event
from sdtutor.engine.lab import Call
from sdtutor.engine.run import ImpossibleEvent, Run
from sdtutor.engine.trace import LINES_PER_STEP
from sdtutor.errors import UsageError

ASK = ("call client_1 ask 3", "deliver client_1>doubler.double#1", "deliver doubler>client_1.double.reply#1")


def test_a_call_returns_in_the_step_that_delivers_its_reply():
    run = played(TALK, *ASK)
    assert values(run) == ["6"]
    assert run.operations[0].called == 1
    assert run.operations[0].returned == 3


def test_the_story_runs_to_rest_by_itself():
    run = Run(TALK, "reference")
    assert run.advance() == 6
    assert sorted(values(run)) == ["6", "8"]
    assert run.world.at_rest
    assert run.advance() == 0


def test_a_repeating_story_stops_at_fifty_steps_or_where_told():
    run = Run(COUNTER, "reference")
    assert run.advance() == 50
    assert Run(COUNTER, "reference").advance(7) == 7
    assert [call.arguments for call in run.operations[:3]] == [(1,), (2,), (1,)]


def test_an_impossible_event_says_what_is_possible():
    run = played(TALK, ASK[0])
    with pytest.raises(ImpossibleEvent, match=r"deliver client_1>doubler\.double#1"):
        run.apply(parse_event("deliver client_1>doubler.double#2"))
    assert len(run.steps) == 1


@pytest.mark.parametrize(
    "event", ["call doubler double 3", "call client_1 ask", "call nobody ask 3", "crash nobody"]
)
def test_what_no_member_offers_is_impossible(event):
    with pytest.raises(ImpossibleEvent):
        played(TALK, event)


def test_a_timeout_fires_when_the_learner_says_so():
    run = played(TALK, ASK[0], "drop client_1>doubler.double#1", "fire client_1.timer#1")
    assert values(run) == ["late"]
    assert run.world.now_us == 1_000_000


def test_a_reply_after_the_timeout_changes_nothing():
    run = played(TALK, *ASK[:2], "fire client_1.timer#1", ASK[2])
    assert values(run) == ["late"]
    assert run.world.view("client_1") == {"seen": ()}


def test_a_duplicated_request_is_served_twice_and_answered_once():
    run = played(TALK, ASK[0], "duplicate client_1>doubler.double#1")
    names = [message.name for message in run.world.in_flight]
    assert names == ["client_1>doubler.double#1", "client_1>doubler.double#1+1"]
    run.advance()
    assert run.world.view("doubler") == {"answered": 3}
    assert values(run).count("6") == 1


def test_an_error_of_a_peer_reaches_its_caller():
    assert (
        played(TALK, "call client_1 ask -1", *ASK[1:]).steps[-1].results[0].outcome.text
        == "PeerError: negative"
    )


def test_an_error_of_a_call_is_its_result():
    assert values(played(COUNTER, "call counter refuse no")) == ["ValueError: no"]


def test_what_could_be_changed_cannot_be_sent_or_returned():
    assert values(played(TALK, "call client_1 send_list"))[0].startswith("TypeError: a list cannot be sent")
    assert values(played(COUNTER, "call counter leak"))[0].startswith("TypeError: a list cannot be sent")


def test_a_failure_that_nobody_asks_for_is_told_at_rest():
    run = played(TALK, "call client_1 forget")
    assert values(run) == ["gone on"]
    assert run.steps[0].log == ("client_1: nobody handled RuntimeError: nobody listens",)


def test_a_step_that_does_not_end_is_stopped_and_breaks_terminates():
    run = played(COUNTER, "call counter spin")
    assert run.steps[-1].broken == ("terminates",)
    assert run.stopped
    assert run.possible() == []
    with pytest.raises(ImpossibleEvent):
        run.apply(parse_event("call counter add 1"))


def test_tasks_that_wake_each_other_for_ever_are_stopped_too():
    run = played(CHATTER, "call chatter chat")
    assert run.steps[-1].broken == ("terminates",)
    assert len(run.steps[-1].ran) < LINES_PER_STEP, "the callbacks ran out first"


def test_tasks_of_a_group_are_cancelled_in_the_order_of_their_making():
    assert values(played(TALK, "call client_1 group 8")) == ["(0, 1, 2, 3, 4, 5, 6, 7)"]


def test_a_run_can_be_stepped_from_inside_a_task():
    async def step_twice():
        await asyncio.sleep(0)
        run = played(TALK, *ASK)
        return values(run), asyncio.current_task() is not None

    assert asyncio.run(step_twice()) == (["6"], True)


def test_gather_waits_for_both_replies_in_any_order():
    run = played(
        TALK,
        "call client_1 both 1 2",
        "deliver client_1>doubler.double#2",
        "deliver doubler>client_1.double.reply#2",
        "deliver client_1>doubler.double#1",
        "deliver doubler>client_1.double.reply#1",
    )
    assert values(run) == ["(2, 4)"]


def test_a_crash_ends_calls_and_forgets_and_a_restart_discards_old_replies():
    run = played(TALK, *ASK, "call client_1 ask 4", "deliver client_1>doubler.double#2", "crash client_1")
    assert values(run)[-1] == "Crashed: the process is gone"
    assert run.world.view("client_1") == {}
    run.apply(parse_event("restart client_1"))
    assert [(m.message.name, m.status) for m in run.steps[-1].moved] == [
        ("doubler>client_1.double.reply#2", "lost")
    ]
    assert run.world.member("client_1").incarnation == 2
    assert run.world.view("client_1") == {"seen": ()}


def test_a_reply_to_a_former_life_does_not_answer_the_request_of_the_next():
    run = played(
        TALK,
        "call client_1 ask 3",
        "crash client_1",
        "restart client_1",
        "deliver client_1>doubler.double#1",
        "call client_1 ask 4",
        "deliver doubler>client_1.double.reply#1",
    )
    assert [(m.message.name, m.status) for m in run.steps[-1].moved] == [
        ("doubler>client_1.double.reply#1", "lost")
    ]
    assert run.world.member("client_1").waiting == ("ask#2",)
    run.apply_all(
        map(parse_event, ("deliver client_1>doubler.double#2", "deliver doubler>client_1.double.reply#2"))
    )
    assert values(run)[-1] == "8"


def test_messages_to_a_crashed_node_wait():
    run = played(TALK, ASK[0], "crash doubler")
    assert parse_event(ASK[1]) not in run.possible()
    run.apply(parse_event("restart doubler"))
    assert parse_event(ASK[1]) in run.possible()


def test_messages_across_a_cut_wait_until_it_heals_and_can_be_dropped():
    run = played(TALK, ASK[0], "cut client_1 doubler")
    assert parse_event(ASK[1]) not in run.possible()
    assert parse_event("drop client_1>doubler.double#1") in run.possible()
    run.apply(parse_event("heal client_1 doubler"))
    assert parse_event(ASK[1]) in run.possible()


def test_an_entry_with_a_ttl_expires_when_its_timer_fires():
    keep = ("call client_1 keep k v 10", "deliver client_1>store.set#1", "deliver store>client_1.set.reply#1")
    run = played(TALK, *keep)
    assert run.world.store("store") == {"k": "v"}
    run.apply(parse_event("fire store.timer#1"))
    assert run.world.store("store") == {}
    assert run.world.now_us == 10_000_000


def test_an_overwritten_entry_does_not_expire_by_its_old_timer():
    keep = ("call client_1 keep k v 10", "deliver client_1>store.set#1", "deliver store>client_1.set.reply#1")
    again = (
        "call client_1 keep k w 20",
        "deliver client_1>store.set#2",
        "deliver store>client_1.set.reply#2",
    )
    run = played(TALK, *keep, *again)
    assert parse_event("fire store.timer#1") not in run.possible()
    assert parse_event("fire store.timer#2") in run.possible()


def test_a_volatile_service_forgets_in_a_crash():
    keep = ("call client_1 keep k v 10", "deliver client_1>store.set#1")
    run = played(TALK, *keep, "crash store", "restart store")
    assert run.world.store("store") == {}
    assert not [event for event in run.possible() if str(event).startswith("fire store")]


def test_latencies_come_from_seed_and_name_so_a_message_keeps_its_own_on_a_branch():
    def due(run, name):
        return next(m.due_us for m in run.world.in_flight if m.name == name)

    one = played(TALK, "call client_1 ask 3", "call client_2 ask 4", seed=5)
    other = played(TALK, "call client_2 ask 4", seed=5)
    name = "client_2>doubler.double#1"
    assert due(one, name) == due(other, name)
    assert 1_000 <= due(one, name) <= 9_000
    assert due(played(TALK, "call client_2 ask 4", seed=6), name) != due(one, name)


def test_only_deliveries_with_latency_and_timers_move_the_clock():
    run = played(TALK, *ASK)
    times = [step.time_us for step in run.steps]
    assert times[0] == 0
    assert times[0] < times[1] < times[2]


def test_judged_promises_name_their_first_broken_step():
    run = played(COUNTER, "call counter add 4", "call counter add 3", "call counter add 1")
    verdicts = {verdict.invariant.name: (verdict.holds, verdict.step) for verdict in run.verdicts()}
    assert verdicts == {"small": (False, 2), "even": (True, None), "terminates": (True, None)}
    run.apply(parse_event("call counter add 1"))
    assert {v.invariant.name: v.step for v in run.verdicts()}["even"] == 4


def test_measures_are_computed_from_the_run():
    assert played(COUNTER, "call counter add 4").measures() == {"total": ("units", 4)}


def test_unknown_variants_and_settings_say_what_there_is():
    with pytest.raises(UsageError, match="reference"):
        Run(COUNTER, "textbook")
    with pytest.raises(UsageError, match="clients"):
        Run(TALK, "reference", {"cleints": 1})
    with pytest.raises(UsageError, match="from 1 to 2"):
        Run(TALK, "reference", {"clients": 3})


def test_the_story_goes_on_after_a_call_of_the_learner():
    run = played(TALK, "call client_1 ask 9")
    scripted = run.rules.next_call(run.world, "client_2")
    assert scripted == Call("client_2", "ask", (4,))
    assert run.rules.next_call(run.world, "client_1") is None, "client_1 is busy"
