"""The story of a lost update: its recorded runs, and its goals with what the coach says."""

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import Finding, Goal, Scene
from sdtutor.labs.databases.lost_update.promises import (
    all_paid,
    all_paid_and_taken,
    asked_again,
    both_asked,
    both_stored,
    copy_in_flight,
    first_is_paid,
    last_is_paid,
    loses_an_update,
    loses_one_in_turn,
    outdated,
    overtaken,
    refused,
    stored,
    storing,
    told_the_first,
)

ASK_A = ("call till_1 withdraw a 30",)
READ_A = ("deliver till_1>bank.get#1",)
TOLD_A = ("deliver bank>till_1.get.reply#1",)
STORE_A = ("deliver till_1>bank.put#1",)
PAID_A = ("deliver bank>till_1.put.reply#1",)
ASK_B = ("call till_2 withdraw a 20",)
READ_B = ("deliver till_2>bank.get#1",)
TOLD_B = ("deliver bank>till_2.get.reply#1",)
STORE_B = ("deliver till_2>bank.put#1",)
PAID_B = ("deliver bank>till_2.put.reply#1",)
REPLACE_A = ("deliver till_1>bank.compare_and_set#1",)
REPLACED_A = ("deliver bank>till_1.compare_and_set.reply#1",)
REPLACE_B = ("deliver till_2>bank.compare_and_set#1", "deliver bank>till_2.compare_and_set.reply#1")
AGAIN_A = (
    "deliver till_1>bank.get#2",
    "deliver bank>till_1.get.reply#2",
    "deliver till_1>bank.compare_and_set#2",
    "deliver bank>till_1.compare_and_set.reply#2",
)
IN_TURN = (*ASK_A, *READ_A, *TOLD_A, *STORE_A, *PAID_A, *ASK_B, *READ_B, *TOLD_B, *STORE_B, *PAID_B)
LARGE = {"amounts": "large"}

SCENES = (
    Scene(
        "lost_update",
        "Two tills read 100, and each stores what is left of that: one withdrawal is gone.",
        "textbook",
        (*ASK_A, *READ_A, *ASK_B, *READ_B, *TOLD_B, *STORE_B, *PAID_B, *TOLD_A, *STORE_A, *PAID_A),
        breaks="no_lost_update",
    ),
    Scene("in_turn", "The same messages, one till after the other: all is well.", "textbook", IN_TURN),
    Scene(
        "late_copy",
        "The tills take turns; a copy of the first store arrives last and wipes out the second.",
        "textbook",
        (*IN_TURN[:3], "duplicate till_1>bank.put#1", *IN_TURN[3:], "deliver till_1>bank.put#1+1"),
        breaks="no_lost_update",
    ),
    Scene(
        "overdrawn",
        "Two tills check the same 100, and pay 80 and 70 out of it.",
        "textbook",
        (
            "call till_1 withdraw a 80",
            *READ_A,
            "call till_2 withdraw a 70",
            *(*READ_B, *TOLD_B, *STORE_B, *PAID_B),
            *(*TOLD_A, *STORE_A, *PAID_A),
        ),
        breaks="never_overdrawn",
        parameters=LARGE,
    ),
    Scene(
        "taken_twice",
        "The reply is lost, the till tries again, and 60 leave the account for the 30 that it pays.",
        "textbook",
        (
            *(*ASK_A, *READ_A, *TOLD_A, *STORE_A),
            "drop bank>till_1.put.reply#1",
            "fire till_1.timer#1",
            "deliver till_1>bank.get#2",
            "deliver bank>till_1.get.reply#2",
            "deliver till_1>bank.put#2",
            "deliver bank>till_1.put.reply#2",
        ),
        breaks="taken_once",
    ),
    Scene(
        "refused",
        "The order that lost an update: the bank refuses the second store, and the till starts again.",
        "reference",
        (*ASK_A, *READ_A, *ASK_B, *READ_B, *TOLD_B, *REPLACE_B, *TOLD_A, *REPLACE_A, *REPLACED_A, *AGAIN_A),
    ),
    Scene(
        "one_is_refused",
        "Two tills check the same 100: the one that was overtaken looks again, and pays nothing.",
        "reference",
        (
            "call till_1 withdraw a 80",
            *READ_A,
            "call till_2 withdraw a 70",
            *(*READ_B, *TOLD_B, *REPLACE_B),
            *(*TOLD_A, *REPLACE_A, *REPLACED_A, *AGAIN_A[:2]),
        ),
        parameters=LARGE,
    ),
    Scene(
        "copy_refused",
        "A copy of the first store arrives last: the row has moved on, and nothing happens.",
        "reference",
        (
            *(*ASK_A, *READ_A, *TOLD_A),
            "duplicate till_1>bank.compare_and_set#1",
            *(*REPLACE_A, *REPLACED_A, *ASK_B, *READ_B, *TOLD_B, *REPLACE_B),
            "deliver till_1>bank.compare_and_set#1+1",
            "deliver bank>till_1.compare_and_set.reply#1+1",
        ),
    ),
    Scene(
        "lost_reply",
        "The reply is lost, the till tries again, and finds its own receipt in the row.",
        "reference",
        (
            *(*ASK_A, *READ_A, *TOLD_A, *REPLACE_A),
            "drop bank>till_1.compare_and_set.reply#1",
            "fire till_1.timer#1",
            *AGAIN_A[:2],
        ),
    ),
)

FINDINGS = (
    Finding("loses_an_update", "textbook", "no_lost_update", 9),
    Finding("overdraws", "textbook", "never_overdrawn", 10, LARGE),
    Finding("takes_twice", "textbook", "taken_once", 8),
    Finding("takes_once_without_retries", "textbook", "taken_once", None, bounds=Bounds(duplicates=1)),
    Finding("loses_nothing", "reference", "no_lost_update", None),
    Finding("never_overdraws", "reference", "never_overdrawn", None, LARGE),
    Finding("takes_once", "reference", "taken_once", None),
    Finding("loses_nothing_of_three", "reference", "no_lost_update", None, {"tills": 3}, Bounds()),
)

LOSE_AN_UPDATE = Goal(
    name="lose_an_update",
    title="Pay out 30 and 20, and let the account lose less than 50.",
    met=loses_an_update,
    par=7,
    hints=(
        "Each till stores what it makes of the balance that it was told. When are both told 100?",
        "Let till B read before till A stores anything.",
        "Hold the 100 for till A back. Run all of till B, then all of till A.",
    ),
    coach=(
        (
            loses_an_update,
            "Money was paid out that the account has not lost. No line failed, and no till noticed.",
        ),
        (
            outdated,
            "The account has changed, and one till goes by the 100 that it was told before. Let both finish.",
        ),
        (
            all_paid,
            "50 are paid, and the account holds 50. Go back with ← to step 2, and let till B read before"
            " till A stores.",
        ),
        (
            first_is_paid,
            "Till A was done before till B asked: 70 is what B will read. Go back with ← to step 2.",
        ),
        (
            both_asked,
            "Both tills ask while the account holds 100. Each will store what it makes of that 100:"
            " let one of them finish, then the other.",
        ),
        (
            storing,
            "Till A wants to store 70, and until that arrives the account holds 100. Let till B read it:"
            " 3 starts it.",
        ),
        (
            told_the_first,
            "100 is on its way to till A. You are the network: it can wait. Let till B read too:"
            " 3 starts it.",
        ),
        (
            lambda _world, _operations: True,
            "Let both tills read the same balance before either stores.",
        ),
    ),
)

LOSE_ONE_IN_TURN = Goal(
    name="lose_one_in_turn",
    title="Lose an update although till A has paid before till B begins.",
    met=loses_one_in_turn,
    par=10,
    hints=(
        "A message may arrive twice, and the second time late.",
        "Which message, were it to arrive once more at the end, would undo what till B did?",
        "When till A is about to store 70: x, duplicate. Run till A, then till B, then deliver the copy.",
    ),
    coach=(
        (
            loses_one_in_turn,
            "Nothing overlapped, and still a payment is gone: who stores a whole row stores what it knew"
            " then, as often as the message arrives.",
        ),
        (
            loses_an_update,
            "That was overlap again. Go back with ← to step 2; now let till A finish before till B begins.",
        ),
        (
            lambda world, operations: (
                copy_in_flight(world, operations) and all_paid_and_taken(world, operations)
            ),
            "Both are paid, the account holds 50, and the copy still says 70. Deliver it.",
        ),
        (
            copy_in_flight,
            "One of the two messages makes the payment. Hold the other back until till B has paid, too.",
        ),
        (
            all_paid,
            "In turn, all is well. Go back with ← to where till A is about to store 70: x duplicates it.",
        ),
        (
            stored,
            "The account has changed, and no copy is left. Go back with ← to where till A wants to store 70.",
        ),
        (
            storing,
            "Till A is about to store 70. Networks, proxies and retries deliver twice: x, then duplicate"
            " this message.",
        ),
        (
            lambda _world, _operations: True,
            "Go on with till A only, until it is about to store 70.",
        ),
    ),
)

TRY_THE_REFERENCE = Goal(
    name="try_the_reference",
    title="Press v: the reference. Let till B overtake till A; both pay.",
    met=overtaken,
    variant="reference",
    par=10,
    hints=(
        "Till A has asked first. Let it hear of version 1 late, or let what it stores be late.",
        "Run all of till B while 100 is on its way to till A. Then go on with till A.",
    ),
    coach=(
        (
            overtaken,
            "Till A was overtaken, has read again, and got it right. The price: two more round trips,"
            " and only for it. Enter goes on.",
        ),
        (
            all_paid_and_taken,
            "All is right, but till A stored first. Go back with ← to step 2, and run all of till B.",
        ),
        (
            refused,
            "The bank holds version 2 and was asked to replace version 1: refused. The till will read again.",
        ),
        (
            both_stored,
            "The row is version 3 and has both receipts. The till that stored last has yet to hear of it.",
        ),
        (
            asked_again,
            "Till A starts again from what the account holds now, and checks that instead of the old 100.",
        ),
        (
            last_is_paid,
            "Till B has paid, and the row is version 2 with its receipt. Till A means to replace version 1.",
        ),
        (
            first_is_paid,
            "Till A stored first. Go back with ← to step 2, and run all of till B before till A.",
        ),
        (
            both_asked,
            "Both tills read version 1. Only one of them will find it when it stores.",
        ),
        (
            lambda _world, _operations: True,
            "The lines that differ are marked. Let till B read, too, before till A stores.",
        ),
    ),
)
