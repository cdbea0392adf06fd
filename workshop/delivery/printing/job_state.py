"""What has become of a print job, asked of CUPS itself.

`lpstat` lists finished jobs but not how they ended. The answer is in one attribute of the Internet
Printing Protocol, which is a small exchange over HTTP (RFC 8010, 8011).
"""

from __future__ import annotations

import http.client
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

State = Literal["waiting", "held", "printing", "stopped", "cancelled", "rejected", "done", "gone"]

# RFC 8011, 5.3.7. Ours is "rejected" what is "aborted" there: by the system or the printer.
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
    """A job's state, and what the printer says of it, if anything."""

    state: State
    message: str = ""

    @property
    def is_final(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ("cancelled", "rejected", "done", "gone")


def ask(server: str, job: int, user: str) -> JobState:
    """Ask the CUPS at `server` (a socket's path, or host and port) for the state of a job.

    Raises `OSError` where it does not answer, or not so that it can be read.
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
    """HTTP through a socket in the file system."""

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
            # Further values of the same attribute have no name.
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
        found: dict[str, list[int | str]] = {}
        for name, value in _attributes(body):
            found.setdefault(name, []).append(value)
        [number] = found["job-state"]
        state = _STATES[int(number)]
    except (struct.error, KeyError, ValueError, IndexError) as error:
        raise OSError("CUPS gave an answer that cannot be read") from error
    said = [str(one) for one in found.get("job-printer-state-message", ()) if one]
    return JobState(state, " ".join(said))


def _attributes(body: bytes) -> Iterator[tuple[str, int | str]]:
    """Yield the attributes of an answer; RFC 8010, 3.1."""
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
