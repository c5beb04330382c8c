"""`make requests`: requests that wait are listed, shown, accepted, rejected and suspended."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from registry.cli.base import CommandRefused, moment, now, register, table
from registry.references import BadReference
from registry.services.requests import RequestUnknown, decisions
from registry.services.requests.decisions import Decider
from registry.settings import Settings
from registry.transitions import DECIDERS, TransitionRefused
from registry.vocabulary import ActorKind

if TYPE_CHECKING:
    from registry.cli.base import Commands

HOW_TO_SAY_WHO = (
    "Say who decides, by kind and mark or the e-mail of a user here: "
    f"ACTOR=KIND:MARK, KIND being one of {', '.join(sorted(DECIDERS))}."
)

# What each option does with the reference that it is given.
Decision = Callable[[Session, str, Decider, str | None], None]


def _accept(session: Session, reference: str, decider: Decider, _: str | None) -> None:
    decisions.accept(session, reference, decider, now())


def _reject(session: Session, reference: str, decider: Decider, reason: str | None) -> None:
    decisions.reject(session, reference, decider, reason or "", now())


def _suspend(session: Session, reference: str, decider: Decider, reason: str | None) -> None:
    decisions.suspend(session, reference, decider, reason, now())


def _accept_operator(session: Session, reference: str, decider: Decider, _: str | None) -> None:
    decisions.accept_operator(session, reference, decider, now())


def _reject_operator(
    session: Session, reference: str, decider: Decider, reason: str | None
) -> None:
    decisions.reject_operator(session, reference, decider, reason or "", now())


DECISIONS: dict[str, tuple[Decision, str]] = {
    "accept": (_accept, "is accepted"),
    "reject": (_reject, "is rejected"),
    "suspend": (_suspend, "is suspended"),
    "accept_operator": (_accept_operator, "has its operator accepted"),
    "reject_operator": (_reject_operator, "is rejected with its operator"),
}


def add_to(commands: "Commands") -> None:
    """Add the command and its options."""
    parser = commands.add_parser("requests", help="requests for access, and their decisions")
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--show", metavar="REFERENCE", help="the whole request")
    for name in DECISIONS:
        act.add_argument(f"--{name.replace('_', '-')}", metavar="REFERENCE")
    parser.add_argument("--reason", help="why it is rejected or suspended: told to the requester")
    parser.add_argument("--actor", metavar="KIND:MARK", help="who decides")
    parser.set_defaults(run=run)


def run(settings: Settings, parsed: argparse.Namespace) -> str:
    """Do what was asked; without anything asked, list the requests that wait."""
    asked = next((name for name in DECISIONS if getattr(parsed, name)), None)
    try:
        with register(settings) as session:
            if parsed.show:
                return _shown(decisions.details_of(session, parsed.show))
            if asked:
                return _decide(session, asked, parsed)
            return _listed(decisions.waiting(session))
    except BadReference:
        raise CommandRefused("That is no reference of a request (TR-XXXX-XXXX-X).") from None
    except (
        RequestUnknown,
        TransitionRefused,
        decisions.DeciderUnknown,
        decisions.ReasonMissing,
    ) as refused:
        raise CommandRefused(str(refused)) from None


def _decide(session: Session, asked: str, parsed: argparse.Namespace) -> str:
    decide, became = DECISIONS[asked]
    reference = getattr(parsed, asked)
    decide(session, reference, _decider(parsed.actor), parsed.reason)
    return f"{reference} {became}: the mail is on its way."


def _decider(actor: str | None) -> Decider:
    kind, _, identity = (actor or "").partition(":")
    if kind not in DECIDERS or not identity:
        raise CommandRefused(HOW_TO_SAY_WHO)
    return Decider(ActorKind(kind), identity)


def _listed(found: tuple[decisions.RequestSummary, ...]) -> str:
    if not found:
        return "No request waits for a decision."
    rows = [
        (
            request.reference,
            moment(request.created_at),
            request.environment,
            request.organisation_name,
            "New" if request.operator_is_new else "",
            request.requested_role,
            " or ".join(request.deciders),
        )
        for request in found
    ]
    header = ("REFERENCE", "FILED (UTC)", "SITE", "ORGANISATION", "OPERATOR", "ROLE", "WHO DECIDES")
    return table(header, rows)


def _shown(request: decisions.RequestDetails) -> str:
    history = [
        f"{moment(at)}  {status} by {kind}{f' {actor}' if actor else ''}"
        f"{f': {reason}' if reason else ''}"
        for at, kind, actor, status, reason in request.events
    ]
    return "\n".join(
        (
            f"{request.reference}, {request.status}",
            f"Organisation: {request.organisation_name}{', New' * request.operator_is_new}",
            *_described(request.operator),
            f"Site: {request.environment}",
            f"Role: {request.requested_role}",
            f"From: {request.full_name}, {request.email}",
            f"Message: {request.message or '-'}",
            f"Contact: {request.contact_email or '-'}, {request.contact_phone or '-'}",
            f"Who decides: {' or '.join(request.deciders)}",
            "",
            "HISTORY (UTC)",
            *history,
        )
    )


def _described(operator: decisions.NewOperatorSeen | None) -> tuple[str, ...]:
    """What was said of an operator that is decided on first."""
    if operator is None:
        return ()
    return (
        f"Address: {', '.join(operator.place)}",
        f"Reached by: {', '.join(operator.contacts) or '-'}",
        f"Identifiers: {', '.join(operator.identifiers) or '-'}",
        f"Activities: {'; '.join(operator.activities) or '-'}",
    )
