"""Ask CUPS for the state of a print job.

`lpstat` lists finished jobs, but does not say whether they were printed. CUPS itself does, in an
attribute of the Internet Printing Protocol, in a small exchange over HTTP (RFC 8010, 8011).
"""

from __future__ import annotations

import http.client
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

State = Literal["waiting", "held", "printing", "stopped", "cancelled", "rejected", "done", "gone"]

# RFC 8011, 5.3.7. A job that the system or the printer "aborted" is called "rejected" here.
_STATES: dict[int, State] = {
    3: "waiting", 4: "held", 5: "printing", 6: "stopped", 7: "cancelled", 8: "rejected", 9: "done",
}  # fmt: skip
_GET_JOB_ATTRIBUTES, _NOT_FOUND, _FIRST_ERROR = 0x0009, 0x0406, 0x0400
_OPERATION, _END = 0x01, 0x03
_INTEGER, _ENUM = 0x21, 0x23
_NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE = 0x42, 0x44, 0x45, 0x47, 0x48
_SECONDS = 10


@dataclass(frozen=True)
class JobState:
    """Holds the state of a job, and the printer's message on it, if there is one."""

    state: State
    message: str = ""

    @property
    def is_final(self) -> bool:
        """Tell whether the state can change no more."""
        return self.state in ("cancelled", "rejected", "done", "gone")


def ask(server: str, job: int, user: str) -> JobState:
    """Ask the CUPS at `server` (a socket's path, or host and port) for the state of a job.

    Raises `OSError` where CUPS does not answer, or its answer cannot be read.
    """
    connection = _connection(server)
    try:
        headers = {"Content-Type": "application/ipp"}
        connection.request("POST", f"/jobs/{job}", _request(job, user), headers)
        answer = connection.getresponse()
        body = answer.read()
    except http.client.HTTPException as error:
        raise OSError(f"{server} does not speak HTTP: {error}") from error
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise OSError(f"{server} answers {answer.status} {answer.reason}")
    return _state(body)


def _connection(server: str) -> http.client.HTTPConnection:
    if server.startswith("/"):
        return _SocketConnection(server)
    return http.client.HTTPConnection(server, timeout=_SECONDS)


class _SocketConnection(http.client.HTTPConnection):
    """Speaks HTTP through a socket in the file system."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(_SECONDS)
        self.sock.connect(self._path)


def _request(job: int, user: str) -> bytes:
    wanted = (b"job-state", b"job-state-reasons", b"job-printer-state-message")
    return b"".join(
        (
            struct.pack(">BBHiB", 2, 0, _GET_JOB_ATTRIBUTES, 1, _OPERATION),
            _attribute(_CHARSET, b"attributes-charset", b"utf-8"),
            _attribute(_LANGUAGE, b"attributes-natural-language", b"en"),
            _attribute(_URI, b"job-uri", b"ipp://localhost/jobs/%d" % job),
            _attribute(_NAME, b"requesting-user-name", user.encode()),
            _attribute(_KEYWORD, b"requested-attributes", wanted[0]),
            # All values of an attribute but the first have an empty name.
            *(_attribute(_KEYWORD, b"", value) for value in wanted[1:]),
            bytes([_END]),
        )
    )


def _attribute(tag: int, name: bytes, value: bytes) -> bytes:
    return struct.pack(f">BH{len(name)}sH", tag, len(name), name, len(value)) + value


def _state(body: bytes) -> JobState:
    try:
        (status,) = struct.unpack_from(">H", body, 2)
        if status == _NOT_FOUND:
            return JobState("gone")
        if status >= _FIRST_ERROR:
            raise OSError(f"CUPS answers with the status 0x{status:04x}")
        attributes: dict[str, list[int | str]] = {}
        for name, value in _attributes(body):
            attributes.setdefault(name, []).append(value)
        [number] = attributes["job-state"]
        state = _STATES[int(number)]
    except (struct.error, KeyError, ValueError, IndexError) as error:
        raise OSError("CUPS gave an answer that cannot be read") from error
    messages = [str(text) for text in attributes.get("job-printer-state-message", ()) if text]
    return JobState(state, " ".join(messages))


def _attributes(body: bytes) -> Iterator[tuple[str, int | str]]:
    """Yield each value of an answer's attributes with the attribute's name (RFC 8010, 3.1)."""
    at, name = 8, ""
    while body[at] != _END:
        if body[at] < 0x10:  # a group begins
            at += 1
            continue
        tag, length = struct.unpack_from(">BH", body, at)
        own = body[at + 3 : at + 3 + length].decode()
        name = own or name
        at += 3 + length
        (size,) = struct.unpack_from(">H", body, at)
        value = body[at + 2 : at + 2 + size]
        at += 2 + size
        if tag in (_INTEGER, _ENUM):
            yield name, int.from_bytes(value, "big", signed=True)
        else:
            yield name, value.decode(errors="replace")
