"""Send messages to a mail server, and note each in the ledger before and after."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from workshop.delivery.email.ledger import Ledger, State, Status, state_of
from workshop.delivery.email.message import Message
from workshop.delivery.email.smtp import Answer, Result, SmtpSession, Unreachable
from workshop.diagnostics import Diagnostic, EnvironmentFault

Connect = Callable[[], AbstractContextManager[SmtpSession]]


@dataclass(frozen=True)
class Outcome:
    """Says what became of a message; `reply` is what the server said."""

    message: Message
    status: Status
    reply: str


@dataclass(frozen=True)
class Waiting:
    """Announces a pause before the `left` messages are tried again."""

    seconds: float
    left: int


Event = Outcome | Waiting


@dataclass(frozen=True)
class Pace:
    """Holds the seconds between two messages, and before each new try of those not taken yet.

    A server that greylists (RFC 6647) takes a message some minutes after it first saw it.
    """

    between: float = 3.0
    retries: tuple[float, ...] = (10, 60, 300, 900)
    wait: Callable[[float], None] = time.sleep


@dataclass
class MailRun:
    """Sends messages; `sender` is the address in the envelope, to which failures are reported."""

    ledger: Ledger
    connect: Connect
    sender: str
    pace: Pace
    follow: Callable[[Event], None]
    _outcomes: dict[str, Outcome] = field(default_factory=dict)
    _reached: bool = False

    def run(self, messages: Sequence[Message], wanted: Collection[State]) -> list[Outcome]:
        """Send those of the messages that are in one of the `wanted` states.

        Raises `EnvironmentFault` where the server cannot be used at all or the ledger cannot be
        written. The ledger then says of the remaining messages that they were not sent.
        """
        with self.ledger.running():
            # Asked again here: another run may have sent them since they were shown.
            due = [message for message in messages if self._state(message) in wanted]
            self.ledger.queue([message.ledger_entry for message in due])
            left = self._round(due)
            for pause in self.pace.retries:
                if left:
                    self.follow(Waiting(pause, len(left)))
                    self.pace.wait(pause)
                    left = self._round(left)
        return [self._outcomes[message.message_id] for message in due]

    def _state(self, message: Message) -> State:
        return state_of(message.file, self.ledger.lines(message.file.client))

    def _round(self, messages: Sequence[Message]) -> list[Message]:
        """Try to send each message once, and return those to try again."""
        todo, left = deque(messages), []
        while todo:
            try:
                with self.connect() as session:
                    self._reached = True
                    while todo and session.usable:
                        message = todo.popleft()
                        if self._hand_over(session, message).result is Result.LATER:
                            left.append(message)
                        if todo:
                            self.pace.wait(self.pace.between)
            except Unreachable as fault:
                if not self._reached:
                    raise EnvironmentFault.single(
                        "no-server", f"The mail server cannot be reached: {fault}"
                    ) from fault
                for message in todo:
                    self._note(message, Status.QUEUED, str(fault))
                return [*left, *todo]
        return left

    def _hand_over(self, session: SmtpSession, message: Message) -> Answer:
        file = message.file
        answer = session.hand_over(
            bytes(message), self.sender, file.to.address, lambda: self.ledger.sending(file)
        )
        try:
            self._note(message, _STATUS[answer.result], answer.reply)
        except EnvironmentFault as fault:
            if answer.result is not Result.TAKEN:
                raise
            taken = f"The server took the message to {file.to}, which could not be noted"
            hint = "It shows as unknown. Do not send it again: `--mark-sent` notes it."
            note = Diagnostic("sent-not-noted", taken, hint=hint)
            raise EnvironmentFault([*fault.diagnostics, note]) from fault
        return answer

    def _note(self, message: Message, status: Status, reply: str) -> None:
        outcome = Outcome(message, status, reply)
        self._outcomes[message.message_id] = outcome
        self.ledger.ended(message.file, status, reply)
        self.follow(outcome)


_STATUS = {
    Result.TAKEN: Status.SENT,
    Result.LATER: Status.QUEUED,
    Result.REFUSED: Status.REFUSED,
    Result.UNKNOWN: Status.UNKNOWN,
}
