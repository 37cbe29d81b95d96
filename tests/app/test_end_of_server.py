"""Whatever ends the server ends the solver that works for it."""

from __future__ import annotations

import os
import signal
import time

import pytest

from bench.load import LONG, children_of, server_of
from bench.server import app_server
from planner.present.words.text import text
from tests.app.sessions import Session
from tests.unit.app.shell.test_worker import is_alive

WAIT_S = 60


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_no_solver_outlives_the_server(how: signal.Signals) -> None:
    with app_server() as address:
        server = server_of(address)
        with Session(address, "forslag", LONG.format(1)) as session:
            find = session.elements["button", text("proposal.find")]
            session.run(**{find.id: ("trigger_value", True)})
            until = time.monotonic() + WAIT_S
            while not (solvers := children_of(server)) and time.monotonic() < until:
                time.sleep(0.1)
            assert solvers
            os.kill(server, how)
            until = time.monotonic() + WAIT_S
            while any(map(is_alive, [server, *solvers])) and time.monotonic() < until:
                time.sleep(0.1)
            assert [pid for pid in (server, *solvers) if is_alive(pid)] == []
