"""Organisations from a CSV file: the guide's example rows in data/seed, or an operator's own."""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.importers.details import DETAIL_COLUMNS, set_details
from registry.models import Activity, Authority, ControlBody, Operator, Organisation
from registry.services.directory import index
from registry.vocabulary import AuthorityRole, Environment, OrganisationKind, OrganisationStatus

COLUMNS = (
    "environment",
    "kind",
    "status",
    "name",
    "country",
    "address",
    "city",
    "role",
    "code",
    "traces_number",
    "is_example",
    "is_national",
    "section_label",
    "section_code",
    "activity",
    "chapter",
)
ACTIVITY_COLUMNS = ("chapter", "section_label", "section_code", "activity")
CLASSES: dict[OrganisationKind, type[Organisation]] = {
    OrganisationKind.OPERATOR: Operator,
    OrganisationKind.CONTROL_BODY: ControlBody,
    OrganisationKind.AUTHORITY: Authority,
}
YES_OR_NO = {"yes": True, "no": False, "": False}


class ImportRefused(Exception):
    """The file cannot be imported; the message names the line and what is wrong with it."""


def import_organisations(
    session: Session, path: Path, now: datetime, *, examples: bool = True
) -> int:
    """Add or update the file's organisations; returns how many rows it has.

    A row for each activity of an organisation. COLUMNS must be there and DETAIL_COLUMNS may, in
    any order. The same file again changes nothing. A known organisation keeps its status: only
    transitions move that. Raises ImportRefused, also when the file cannot be read, or holds an
    example where `examples` are not wanted.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _check_columns(path, reader.fieldnames or ())
            rows = 0
            for row in reader:
                _import_row(session, f"{path}, line {reader.line_num}", row, now, examples)
                rows += 1
    except OSError as error:
        raise ImportRefused(f"{path} cannot be read: {error.strerror}.") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise ImportRefused(f"{path} is not a CSV file in UTF-8: {error}.") from error
    return rows


def _check_columns(path: Path, names: Sequence[str]) -> None:
    missing = [column for column in COLUMNS if column not in names]
    known = {*COLUMNS, *DETAIL_COLUMNS}
    wrong = [name for name in names if name not in known or names.count(name) > 1]
    if missing or wrong:
        raise ImportRefused(
            f"{path}: the first line must name {','.join(COLUMNS)}"
            f" and may name {','.join(DETAIL_COLUMNS)}."
            f" Missing: {','.join(missing) or 'none'}."
            f" Unknown or there twice: {','.join(wrong) or 'none'}."
        )


def _import_row(
    session: Session, where: str, row: Mapping[str, str | None], now: datetime, examples: bool
) -> None:
    # A row that is too short or too long has None among its values or its names.
    if None in row or None in row.values():
        raise ImportRefused(f"{where}: not as many values as the first line has columns.")
    texts = {name: (text or "").strip() for name, text in row.items()}
    try:
        kind = OrganisationKind(texts["kind"])
        environment = Environment(texts["environment"])
        status = OrganisationStatus(texts["status"])
        role = AuthorityRole(texts["role"]) if texts["role"] else None
        is_example = YES_OR_NO[texts["is_example"]]
        is_national = YES_OR_NO[texts["is_national"]]
    except (ValueError, KeyError) as error:
        raise ImportRefused(f"{where}: {error} cannot be used.") from error
    if is_example and not examples:
        raise ImportRefused(f"{where}: examples are for the demonstration only.")
    if not texts["name"] or len(texts["country"]) != 2:
        raise ImportRefused(f"{where}: name and a two-letter country are needed.")
    organisation = session.scalar(_same(environment, kind, texts))
    if organisation is None:
        organisation = CLASSES[kind](environment=environment, status=status, created_at=now)
        session.add(organisation)
    organisation.name = texts["name"]
    organisation.country = texts["country"].upper()
    organisation.address = texts["address"] or None
    organisation.city = texts["city"] or None
    organisation.code = texts["code"] or None
    organisation.traces_number = texts["traces_number"] or None
    organisation.is_example = is_example
    if isinstance(organisation, Authority):
        organisation.role = role
        organisation.is_national = is_national
    index(organisation)
    try:
        set_details(organisation, texts)
    except ValueError as error:
        raise ImportRefused(f"{where}: {error} cannot be used.") from error
    _add_activity(organisation, texts)
    session.flush()


def _same(
    environment: Environment, kind: OrganisationKind, texts: Mapping[str, str]
) -> Select[Organisation]:
    """The organisation a row speaks of: by its number, or by name and city if it has none."""
    same = select(Organisation).where(
        Organisation.environment == environment, Organisation.kind == kind
    )
    if texts["traces_number"]:
        return same.where(Organisation.traces_number == texts["traces_number"])
    if texts["code"]:
        return same.where(Organisation.code == texts["code"])
    return same.where(
        Organisation.name == texts["name"],
        Organisation.city == (texts["city"] or None),
        Organisation.number_key.is_(None),
    )


def _add_activity(organisation: Organisation, texts: Mapping[str, str]) -> None:
    values = {column: texts[column] for column in ACTIVITY_COLUMNS}
    known = [
        {column: getattr(activity, column) for column in ACTIVITY_COLUMNS}
        for activity in organisation.activities
    ]
    if values["activity"] and values not in known:
        organisation.activities.append(Activity(**values))
