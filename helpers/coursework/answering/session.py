"""One answer's process: runs cells, hands out values by name, and calls what it is asked to call."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import warnings
from typing import Any

from coursework.answering.channel import BorderClosed, BorderTimeout, receive, send
from coursework.answering.shell import AnswerShell, OutputLog, captured, run_cell
from imbalanced_course.cell_record import cells_of, watch_cells
from imbalanced_course.normal_form import (
    AnswerError,
    BorderError,
    Stopped,
    decode,
    kept_as,
    read_name,
    returned,
    written,
)


class Session:
    """Answers the checker's requests over `channel` until it closes.

    Parameters
    ----------
    shell : AnswerShell
        The warm shell in which the lesson's set-up cells have run.
    channel : socket
        The only way out of the process.
    output_limit : int
        Bytes of output to keep for the whole notebook.
    """

    def __init__(self, shell: AnswerShell, channel: socket.socket, *, output_limit: int) -> None:
        self.shell = shell
        self.channel = channel
        self.kept: list[Any] = []
        self.busy = False
        self.process = os.getpid()
        shell.log_of_outputs = OutputLog(output_limit)
        watch_cells(shell)

    def serve(self) -> None:
        """Serve requests; an interrupt stops the code that a request runs."""
        signal.signal(signal.SIGINT, self._interrupt)
        self.answer_requests()

    def answer_requests(self) -> None:
        """Answer requests until the channel closes; every reply repeats the request's nonce."""
        with contextlib.suppress(BorderError):
            while True:
                request, blobs = receive(self.channel)
                reply, parts = self._reply(request, blobs)
                if os.getpid() != self.process:  # forked by a cell that goes on here as well: only one may reply
                    os._exit(0)
                try:
                    send(self.channel, {**reply, "nonce": request["nonce"]}, parts)
                except (BorderClosed, BorderTimeout):
                    raise
                except BorderError as error:  # too large: nothing has been sent yet
                    send(self.channel, {"raised": ["BorderError", str(error)], "nonce": request["nonce"]}, [])

    def _interrupt(self, *_: Any) -> None:
        """Interrupt the answer's code; an interrupt that comes after its request is done must not break a message."""
        if self.busy:
            raise KeyboardInterrupt

    def _reply(self, request: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        try:
            self.busy = True
            return self._done(request, blobs)
        except KeyboardInterrupt:
            return {"raised": ["TimeoutError", "it took too long"]}, []
        except BaseException as error:  # SystemExit too: an answer that exits costs its own test only
            found = AnswerError.of(error)
            return {"raised": [found.type_name, str(found)]}, []
        finally:
            self.busy = False

    def _done(self, request: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        if request["op"] == "run":
            outputs, fine = run_cell(self.shell, request["source"])
            return {"outputs": outputs, "fine": fine}, []
        if request["op"] == "get":
            return self._value(written(self._named(request["name"]), kept_as))
        arguments, named = decode(request["arguments"], blobs)
        target = self.kept[request["handle"]]
        if request["op"] == "method":
            target = getattr(target, request["name"])
        with self._silent():
            return self._value(returned(target, arguments, named, kept_as))

    def _named(self, name: str) -> Any:
        reason = cells_of(self.shell.user_ns).unfinished(name)
        return Stopped(reason) if reason else read_name(self.shell.user_ns, name)

    def _value(self, parts: tuple[Any, list[bytes], list[Any]]) -> tuple[dict[str, Any], list[bytes]]:
        tree, blobs, kept = parts
        first = len(self.kept)
        self.kept += kept
        return {"value": tree, "first": first}, blobs

    @contextlib.contextmanager
    def _silent(self) -> Any:
        """What an answer prints while it is called with the checks' inputs goes nowhere."""
        log = self.shell.log_of_outputs
        log.muted = True
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with captured(log):
                    yield
        finally:
            log.muted = False
