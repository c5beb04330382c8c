"""What was entered and mailed under the address: drafts, mails, codes."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from registry.models import Draft, OutboxMail, VerificationCode
from registry.services.privacy.holding import Holding, Row, deleted, moment
from registry.services.privacy.person import Person

# The kind of the mail that confirms an erasure.
LAST_MAIL = "data_erased"


def _drafts(session: Session, person: Person) -> Sequence[Draft]:
    """Every draft with the address in one of its fields, the one that proves it excepted."""
    written = json.dumps(person.email)[1:-1].lower()
    may_hold_it = func.lower(cast(Draft.fields, String)).contains(written, autoescape=True)
    found = session.scalars(
        select(Draft).where(may_hold_it, Draft.id != person.proof).order_by(Draft.created_at)
    )
    return [draft for draft in found if _fields_with(draft, person.email)]


def _fields_with(draft: Draft, email: str) -> Row:
    """The fields that are the address, not those whose text merely contains it."""
    return {
        name: value for name, value in draft.fields.items() if str(value).strip().lower() == email
    }


def _tell_drafts(session: Session, person: Person) -> list[Row]:
    return [
        {
            "for": draft.journey,
            "state": draft.state.value,
            "begun_at": moment(draft.created_at),
            "changed_at": moment(draft.updated_at),
            # Whoever typed the address may have mistyped their own: then the rest is theirs.
            "fields": dict(draft.fields)
            if draft.id in person.proven_drafts
            else _fields_with(draft, person.email),
        }
        for draft in _drafts(session, person)
    ]


def _erase_drafts(session: Session, person: Person, now: datetime) -> int:
    """Delete those entered under the address; take it out where it is somebody's contact."""
    drafts = _drafts(session, person)
    for draft in drafts:
        if draft.id in person.drafts:
            session.delete(draft)
            continue
        held = _fields_with(draft, person.email)
        draft.fields = {name: kept for name, kept in draft.fields.items() if name not in held}
        draft.version += 1
        draft.updated_at = now
    return len(drafts)


def _tell_mails(session: Session, person: Person) -> list[Row]:
    mails = session.scalars(
        select(OutboxMail)
        .where(func.lower(OutboxMail.recipient) == person.email)
        .order_by(OutboxMail.id)
    )
    return [
        {
            "kind": mail.kind,
            "language": mail.language,
            "written_at": moment(mail.created_at),
            "sent_at": moment(mail.sent_at),
        }
        for mail in mails
    ]


def _erase_mails(session: Session, person: Person, now: datetime) -> int:
    """All, sent or not, but the one that confirms it: the worker removes that once it is sent."""
    theirs = func.lower(OutboxMail.recipient) == person.email
    is_last = OutboxMail.kind == LAST_MAIL
    return deleted(session, select(OutboxMail).where(theirs, ~is_last))


def _tell_codes(session: Session, person: Person) -> list[Row]:
    codes = session.scalars(
        select(VerificationCode)
        .where(VerificationCode.address_hash == person.address_hash)
        .order_by(VerificationCode.id)
    )
    return [
        {"sent_at": moment(code.created_at), "accepted_at": moment(code.accepted_at)}
        for code in codes
    ]


def _erase_codes(session: Session, person: Person, now: datetime) -> int:
    """All but the one that proves the erasure: typed again, it must be known again."""
    theirs = select(VerificationCode).where(
        VerificationCode.address_hash == person.address_hash,
        VerificationCode.draft_id != person.proof,
    )
    return deleted(session, theirs)


DRAFTS = Holding("drafts", _tell_drafts, _erase_drafts)
MAILS = Holding("mails", _tell_mails, _erase_mails)
CODES = Holding("codes", _tell_codes, _erase_codes)
