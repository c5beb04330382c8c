"""Organisations come in from CSV: all of the file or nothing, and twice is once."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import cli
from registry.importers.organisations import COLUMNS, ImportRefused, import_organisations
from registry.models import Activity, Organisation
from registry.services.directory import OrganisationQuery, search
from registry.vocabulary import Environment, OrganisationStatus

EXAMPLES = cli.SEED / "examples.csv"
ROW = "production,operator,Valid,Moulin Bio,BE,,Namur,,,BE-ORG-OP-9,no,no,,,,"


def write(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "organisations.csv"
    path.write_text("\n".join([",".join(COLUMNS), *rows, ""]), encoding="utf-8")
    return path


def organisations(session: Session) -> list[Organisation]:
    return list(session.scalars(select(Organisation).order_by(Organisation.id)))


def test_the_guides_examples_are_on_both_sites(session: Session, now: datetime) -> None:
    assert import_organisations(session, EXAMPLES, now) == 16
    for environment in Environment:
        found = search(session, OrganisationQuery("BE-ORG-OP-5", environment))
        (alpro,) = found.organisations
        assert (alpro.name, alpro.city, alpro.country, alpro.is_example, alpro.status) == (
            "ALPRO Comm.V.A.",
            "Wevelgem",
            "BE",
            True,
            "Valid",
        )


def test_the_guides_examples_are_marked_and_without_their_odd_addresses(
    session: Session, now: datetime
) -> None:
    import_organisations(session, EXAMPLES, now)
    assert all(organisation.is_example for organisation in organisations(session))
    assert not any(organisation.address for organisation in organisations(session))


def test_the_guides_operators_are_organic_importers(session: Session, now: datetime) -> None:
    import_organisations(session, EXAMPLES, now)
    activities = session.scalars(select(Activity)).all()
    assert {
        (row.chapter, row.section_label, row.section_code, row.activity) for row in activities
    } == {("Organic", "Organic Importer", "ORGANIC IMPORTER", "Organic Importer")}
    assert len(activities) == 8


def test_the_same_file_again_changes_nothing(session: Session, now: datetime) -> None:
    import_organisations(session, EXAMPLES, now)
    before = [(row.id, row.name, row.search_text) for row in organisations(session)]
    import_organisations(session, EXAMPLES, now)
    assert [(row.id, row.name, row.search_text) for row in organisations(session)] == before
    assert session.scalars(select(func.count()).select_from(Activity)).one() == 8


def test_a_known_organisation_is_updated_but_keeps_its_status(
    session: Session, now: datetime, tmp_path: Path
) -> None:
    import_organisations(session, write(tmp_path, ROW), now)
    (organisation,) = organisations(session)
    organisation.status = OrganisationStatus.SUSPENDED
    import_organisations(session, write(tmp_path, ROW.replace("Moulin Bio", "Moulin Neuf")), now)
    (organisation,) = organisations(session)
    assert (organisation.name, organisation.status) == ("Moulin Neuf", "Suspended")
    query = OrganisationQuery("moulin neuf", Environment.PRODUCTION)
    assert len(search(session, query).organisations) == 1


def test_each_row_of_an_organisation_may_add_an_activity(
    session: Session, now: datetime, tmp_path: Path
) -> None:
    trader = "Organic Trader,ORGANIC TRADER,Organic Trader,Organic"
    importer = "Organic Importer,ORGANIC IMPORTER,Organic Importer,Organic"
    rows = [ROW.replace(",,,,", f",{activity}") for activity in (trader, importer, trader)]
    assert import_organisations(session, write(tmp_path, *rows), now) == 3
    (organisation,) = organisations(session)
    codes = [activity.section_code for activity in organisation.activities]
    assert codes == ["ORGANIC TRADER", "ORGANIC IMPORTER"]


def test_an_example_is_refused_where_none_is_wanted(
    session: Session, now: datetime, tmp_path: Path
) -> None:
    path = write(tmp_path, ROW, ROW.replace("no,no", "yes,no"))
    with pytest.raises(ImportRefused, match="line 3: examples are for the demonstration only"):
        import_organisations(session, path, now, examples=False)


@pytest.mark.parametrize(
    "row",
    [
        ROW.replace("operator", "company"),
        ROW.replace("production", "acceptance"),
        ROW.replace("Valid", "valid"),
        ROW.replace("Moulin Bio", " "),
        ROW.replace(",BE,", ",Belgium,"),
        ROW.replace("no,no", "maybe,no"),
        ROW + ",too,long",
        "production,operator",
        '"never closed',
    ],
)
def test_a_wrong_row_is_named(session: Session, now: datetime, tmp_path: Path, row: str) -> None:
    path = write(tmp_path, ROW, row)
    with pytest.raises(ImportRefused, match=r"organisations\.csv(, line| is not a CSV)"):
        import_organisations(session, path, now)


def test_other_columns_are_refused(session: Session, now: datetime, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("name;country\nMoulin;BE\n")
    with pytest.raises(ImportRefused, match="the first line must be environment,kind"):
        import_organisations(session, path, now)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b""])
def test_a_file_that_is_no_csv_is_refused(
    session: Session, now: datetime, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    with pytest.raises(ImportRefused):
        import_organisations(session, path, now)
