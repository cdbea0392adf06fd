"""Show in tables for the trainer who gets what, and who got it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from workshop.cli.terminal import echo
from workshop.cli.wording import columns, count
from workshop.delivery.email.ledger import LedgerLine, State, Status, state_of
from workshop.delivery.email.mailing import Mailing, MailingItem
from workshop.delivery.email.message import Message
from workshop.delivery.email.send import Event, Waiting
from workshop.diagnostics import ContentError, Severity
from workshop.workspace.settings import EmailSettings

_STATUS = {
    Status.QUEUED: "not sent yet",
    Status.SENDING: "being sent",
    Status.SENT: "sent",
    Status.REFUSED: "refused",
    Status.UNKNOWN: "unknown",
}


def mailing_table(mailing: Mailing, settings: EmailSettings | None) -> str:
    """Return who gets what, cohort by cohort: recipient, attachments, size, how it stands."""
    sender = str(settings.sender) if settings else "nobody yet: workshop.yaml has no `email:`"
    blocks = [f"From     {sender}"]
    if settings and settings.reply_to:
        blocks[0] += f"\nReplies  {settings.reply_to}"
    for cohort in dict.fromkeys(item.addressed.cohort for item in mailing.items):
        items = [item for item in mailing.items if item.addressed.cohort == cohort]
        subjects = dict.fromkeys(item.message.subject for item in items if item.message)
        rows = [_row(item, with_subject=len(subjects) > 1) for item in items]
        head = [cohort] if len(subjects) != 1 else [cohort, f"  Subject: {next(iter(subjects))}"]
        blocks.append("\n".join([*head, columns(rows, "  ")]))
    return "\n\n".join(blocks)


def _row(item: MailingItem, *, with_subject: bool) -> tuple[str, ...]:
    person = item.addressed.managed.person
    to = f"{person.name} <{person.email or 'no address'}>"
    if item.message is None or item.state is None:
        fault = item.faults[0]
        is_wrong = fault.severity is Severity.ERROR
        stands = f"WRONG: {fault.message}" if is_wrong else "cannot be sent"
        return (to, *([""] if with_subject else []), "", "", stands)
    size = f"{len(bytes(item.message)) / 1000:,.0f} kB"
    subject = [item.message.subject] if with_subject else []
    return (to, *subject, ", ".join(item.message.attachments), size, item.state.value)


def outcome_table(mailing: Mailing, lines: Sequence[LedgerLine]) -> str:
    """Return how each manager's file stands after a run, with what the server said."""
    rows = []
    for item in mailing.items:
        if item.message:
            line = _line(item.message, lines)
            to = str(item.message.file.to)
            cohort = item.message.file.cohort
            rows.append((cohort, to, _standing(item.message, lines), _reply(line)))
    return columns(rows, "  ")


def _standing(message: Message, lines: Sequence[LedgerLine]) -> str:
    state = state_of(message.file, list(lines))
    return {State.REFUSED: "refused", State.QUEUED: "not sent yet"}.get(state, state.value)


def _line(message: Message, lines: Sequence[LedgerLine]) -> LedgerLine | None:
    wanted = (*message.file.artefact, message.file.entry.sha256)
    for line in lines:
        if (line.client, line.cohort, line.document, line.address, line.sha256) == wanted:
            return line
    return None


def _reply(line: LedgerLine | None) -> str:
    return f"{_time(line)}  {line.reply}".strip() if line else ""


def _to(message: Message) -> str:
    return f"{message.file.cohort}  {message.file.to}"


def _time(line: LedgerLine) -> str:
    return datetime.datetime.fromisoformat(line.changed).astimezone().strftime("%Y-%m-%d %H:%M")


def ledger_table(lines: Sequence[LedgerLine]) -> str:
    """Return all that was sent, or tried, for a client."""
    return columns(
        (
            line.cohort,
            line.document,
            f"{line.name} <{line.address}>",
            _STATUS[line.status],
            _time(line),
            line.reply,
        )
        for line in lines
    )


def names(messages: Sequence[Message]) -> str:
    """Return whom messages are for, a line each."""
    return "\n".join(f"  {_to(message)}" for message in messages)


def follow(event: Event) -> None:
    """Print what has just happened in a run."""
    if isinstance(event, Waiting):
        minutes, seconds = divmod(round(event.seconds), 60)
        pause = count(minutes, "minute") if not seconds else count(round(event.seconds), "second")
        echo(f"  {count(event.left, 'message')} not taken yet; next try in {pause}.")
    else:
        echo(f"  {_STATUS[event.status]}: {event.message.file.to}")


def verdict(mailing: Mailing, lines: Sequence[LedgerLine], *, limit: int | None) -> None:
    """Say in one line how it stands; raise `ContentError` where somebody has no file."""
    states = Counter(
        state_of(item.message.file, list(lines)) for item in mailing.items if item.message
    )
    have = states[State.SENT] + states[State.CHANGED]
    total = sum(states.values())
    echo(f"\n{have} of {total} have their file.")
    if without := sum(not item.addressed.managed.person.email for item in mailing.items):
        echo(f"{without} more without an e-mail address: give it to them on paper.")
    if states[State.CHANGED]:
        has = count(states[State.CHANGED], "file")
        echo(f"{has} changed after that; --updates sends the new ones.")
    if limit and states[State.NEW]:
        echo(f"{count(states.pop(State.NEW), 'message')} left out by --limit.")
    _raise_for(states)


def _raise_for(states: Counter[State]) -> None:
    missing = states[State.NEW] + states[State.QUEUED]
    parts = {
        f"{missing} not sent yet": missing,
        f"{states[State.REFUSED]} refused": states[State.REFUSED],
        f"{states[State.UNKNOWN]} unknown": states[State.UNKNOWN],
    }
    left = [words for words, number in parts.items() if number]
    if not left:
        return
    hint = "Run the command again for what was not sent or refused."
    if states[State.UNKNOWN]:
        hint = (
            "Look for the unknown ones in the server’s list of sent messages, or ask the people: "
            "then --mark-sent or --resend-unknown, with --only NAME."
        )
    raise ContentError.single(
        "not-sent", f"Not everybody has their file: {', '.join(left)}", hint=hint
    )
