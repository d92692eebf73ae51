"""Branches where lines are typed: the offer, the tree, the rest, and going to another one."""

from test_lab_flow import played

BRANCHED = ("2", "1", "1", "1", "b", "b", "b", "b", "drop database>reader_1.get.reply#1")


def test_the_rest_is_offered_once_after_branching() -> None:
    seen = played(*BRANCHED, "call writer_1 set k v3", "q")
    assert seen.count("This is branch 2. k keeps the rest of the branch that you left, 4 to try.") == 1
    assert "k keeps" not in played(*BRANCHED[:-1], "q")


def test_the_rest_is_kept_and_each_event_tells_its_fate() -> None:
    seen = played(*BRANCHED, "k", ">", "q")
    assert "The rest of branch 1: 2 kept, 2 dropped." in seen
    assert "kept 5 to 6 writer B starts: set k = v2" in seen
    assert "dropped 8 reader A → cache: set k = v1 was not sent here" in seen
    assert "Step 6, t 0 ms: writer B starts" in seen


def test_without_a_rest_it_is_told_how_to_get_one() -> None:
    assert "There is no rest to keep. Go back, choose differently, then k." in played("k", "q")
    assert "There is no rest to keep." in played(*BRANCHED, "k", "k", "q")


def test_the_tree_is_told_with_what_differs() -> None:
    seen = played(*BRANCHED, "r", "q")
    assert "1: 8 steps, HOLDS, textbook 2: 5 steps, HOLDS, parts after step 4" in seen
    assert "Step 5 of branch 1: writer B starts: set k = v2." in seen
    assert "Step 5 of branch 2: drop database → reader A: reply k = v1." in seen
    assert "After step 5 no value differs." in seen
    assert "At their ends: cache k is v1 there, nothing here." in seen
    assert "k keeps the rest of branch 1: 4 to try." in seen


def test_another_branch_is_reached_by_its_number() -> None:
    seen = played(*BRANCHED, "r 1", "r 9", "r x", "q")
    assert "Step 8, t 0 ms" in seen
    assert "There is no branch 9. Branches go from 1 to 2." in seen
    assert 'There is no branch "x". r lists them.' in seen
