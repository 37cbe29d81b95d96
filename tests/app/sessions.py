"""A reader's session without a browser: what the browser says to the app, and hears from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

WAIT_S = 60


class Session:
    """One websocket session; use it in a `with`.

    Attributes
    ----------
    elements : what the last run showed, by kind and label.
    """

    def __init__(self, address: str, page: str, query: str) -> None:
        self._stack = ExitStack()
        stream = address.replace("http", "ws") + "/_stcore/stream"
        self._socket = self._stack.enter_context(
            connect(stream, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        )
        self._page, self._query = page, query
        self.elements: dict[tuple[str, str], Any]
        self.run()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def run(self, **values: Any) -> None:
        """Run the page with values of widgets, by id, and hear it to its end."""
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_name = self._query, self._page
        for identifier, (kind, value) in values.items():
            widget = state.widget_states.widgets.add(id=identifier)
            setattr(widget, kind, value)
        self.elements = {}
        self._socket.send(asked.SerializeToString())
        for message in self._heard():
            element = message.delta.new_element
            kind = element.WhichOneof("type")
            if kind:
                shown = getattr(element, kind)
                label = getattr(shown, "label", "") or getattr(shown, "body", "")
                self.elements[kind, label] = shown

    def _heard(self) -> Iterator[ForwardMsg]:
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._socket.recv(WAIT_S))
            if message.WhichOneof("type") == "script_finished":
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return
                self.elements = {}
            if message.WhichOneof("type") == "delta":
                yield message
