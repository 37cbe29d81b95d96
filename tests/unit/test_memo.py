from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from planner.memo import Memo


def test_a_value_is_made_once_and_its_like_again() -> None:
    memo, made = Memo(), []

    def make() -> list[int]:
        made.append(1)
        return []

    assert memo.get("a", make) is memo.get("a", make)
    assert memo.get("b", make) is not memo.get("a", make)
    assert len(made) == 2


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    memo: Memo = Memo(most=3)
    for key in ("a", "b", "c"):
        memo.get(key, key.upper)
    memo.get("a", lambda: "kept")
    assert memo.get("heavy", lambda: "H", weight=2) == "H"
    assert memo.get("a", lambda: "made anew") == "A"
    assert memo.get("b", lambda: "made anew") == "made anew"


def test_a_failure_is_not_kept() -> None:
    memo = Memo()
    with pytest.raises(ZeroDivisionError):
        memo.get("a", lambda: 1 / 0)
    assert memo.get("a", lambda: 2.0) == 2


def test_threads_that_ask_together_wait_for_one_of_them() -> None:
    memo, made, together = Memo(), [], Barrier(4)

    def ask(_: int) -> object:
        together.wait()
        return memo.get("a", lambda: made.append(1) or object())

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ask, range(4)))) == 1
    assert len(made) == 1


def test_a_value_that_takes_long_holds_nobody_up_who_wants_another() -> None:
    memo, may_end = Memo(), Event()
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(memo.get, "slow", may_end.wait)
        assert memo.get("fast", lambda: "at once") == "at once"
        may_end.set()
        assert slow.result()


def test_a_value_may_ask_for_others_while_it_is_made() -> None:
    memo = Memo()
    assert memo.get("sum", lambda: memo.get("one", lambda: 1) + memo.get("two", lambda: 2)) == 3
