"""Organisations come in from CSV: all of the file or nothing, and twice is once."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import cli
from registry.importers.details import DETAIL_COLUMNS
from registry.importers.organisations import COLUMNS, ImportRefused, import_organisations
from registry.models import Activity, Operator, Organisation, OrganisationIdentifier
from registry.services.directory import OrganisationQuery, search
from registry.vocabulary import Environment, OrganisationStatus

EXAMPLES = cli.SEED / "examples.csv"
ROW = "production,operator,Valid,Moulin Bio,BE,,Namur,,,BE-ORG-OP-9,no,no,,,,"


# Values of the columns that a file may leave out.
DETAILS = {
    "phone": "081 22 11 00",
    "fax": "+33 1 99 00 12 34",
    "email": "Moulin@example.org",
    "website": "https://moulin.example.org",
    "administrative_region": "Namur",
    "latitude": "50.47",
    "longitude": '"4,87"',
    "eori": "be 0123.456.789",
    "vat": "BE 0123 456 789",
}


def write(tmp_path: Path, *rows: str, columns: tuple[str, ...] = COLUMNS) -> Path:
    path = tmp_path / "organisations.csv"
    path.write_text("\n".join([",".join(columns), *rows, ""]), encoding="utf-8")
    return path


def write_detailed(tmp_path: Path, row: str = ROW, **details: str) -> Path:
    """A file of one row with these columns more."""
    return write(tmp_path, ",".join([row, *details.values()]), columns=(*COLUMNS, *details))


def details_of(operator: Organisation) -> dict[str, object]:
    assert isinstance(operator, Operator)
    columns = [column for column in DETAILS if column not in ("eori", "vat")]
    identifiers = {row.type.value.lower(): row.value for row in operator.identifiers}
    return {column: getattr(operator, column) for column in columns} | identifiers


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


def test_contacts_place_and_identifiers_are_kept_in_their_normal_form(
    session: Session, now: datetime, tmp_path: Path
) -> None:
    """The phone is read as one of the organisation's country (S45, S47)."""
    assert tuple(DETAILS) == DETAIL_COLUMNS
    import_organisations(session, write_detailed(tmp_path, **DETAILS), now)
    (moulin,) = organisations(session)
    assert details_of(moulin) == {
        "phone": "+3281221100",
        "fax": "+33199001234",
        "email": "moulin@example.org",
        "website": "https://moulin.example.org",
        "administrative_region": "Namur",
        "latitude": 50.47,
        "longitude": 4.87,
        "eori": "BE0123456789",
        "vat": "BE0123456789",
    }
    found = search(session, OrganisationQuery("BE0123456789", Environment.PRODUCTION))
    assert [row.name for row in found.organisations] == ["Moulin Bio"]


def test_the_same_details_again_change_nothing(
    session: Session, now: datetime, tmp_path: Path
) -> None:
    path = write_detailed(tmp_path, **DETAILS)
    import_organisations(session, path, now)
    before = [(row.id, row.value) for row in session.scalars(select(OrganisationIdentifier))]
    import_organisations(session, path, now)
    assert not session.dirty | session.new
    after = [(row.id, row.value) for row in session.scalars(select(OrganisationIdentifier))]
    assert after == before


def test_a_column_that_is_left_out_leaves_what_is_known(
    session: Session, now: datetime, tmp_path: Path
) -> None:
    import_organisations(session, write_detailed(tmp_path, **DETAILS), now)
    (moulin,) = organisations(session)
    before = details_of(moulin)
    import_organisations(session, write_detailed(tmp_path, fax=""), now)
    assert details_of(moulin) == before | {"fax": None}


def test_an_empty_cell_empties_and_another_number_replaces(
    session: Session, now: datetime, tmp_path: Path
) -> None:
    import_organisations(session, write_detailed(tmp_path, **DETAILS), now)
    (moulin,) = organisations(session)
    import_organisations(session, write_detailed(tmp_path, eori="BE0987654321"), now)
    assert details_of(moulin)["eori"] == "BE0987654321"
    import_organisations(session, write_detailed(tmp_path, **dict.fromkeys(DETAILS, "")), now)
    assert set(details_of(moulin).values()) == {None}
    assert moulin.identifiers == []


def test_greek_vat_numbers_begin_with_el(session: Session, now: datetime, tmp_path: Path) -> None:
    greek = {"eori": "GR123456789", "vat": "GR123456789"}
    import_organisations(session, write_detailed(tmp_path, **greek), now)
    values = session.scalars(select(OrganisationIdentifier.value).order_by("type")).all()
    assert values == ["GR123456789", "EL123456789"]


@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        ("phone", "12"),
        ("fax", "the same"),
        ("email", "moulin"),
        ("website", "javascript:alert(1)"),
        ("website", "our shop"),
        ("website", f"https://example.org/{'a' * 300}"),
        ("eori", "0123456789"),
        ("eori", "Moulin Bio"),
        ("vat", "BE123"),
        ("vat", "FR12345678901234"),
    ],
)
def test_a_wrong_detail_is_named_with_its_line(
    session: Session, now: datetime, tmp_path: Path, column: str, wrong: str
) -> None:
    path = write_detailed(tmp_path, **{column: wrong})
    said = rf"organisations\.csv, line 2: {column} '{re.escape(wrong)}' cannot be used"
    with pytest.raises(ImportRefused, match=said):
        import_organisations(session, path, now)


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [
        ("north", "4.87", "latitude 'north'"),
        ("90.1", "4.87", "latitude '90.1'"),
        ("50.47", "-180.5", "longitude '-180.5'"),
        ("nan", "4.87", "latitude 'nan'"),
        ("50.47", "", "one coordinate without the other"),
    ],
)
def test_coordinates_are_degrees_and_two(
    session: Session, now: datetime, tmp_path: Path, latitude: str, longitude: str, said: str
) -> None:
    path = write_detailed(tmp_path, latitude=latitude, longitude=longitude)
    with pytest.raises(ImportRefused, match=f"line 2: {said} cannot be used"):
        import_organisations(session, path, now)


def test_only_operators_have_contacts(session: Session, now: datetime, tmp_path: Path) -> None:
    authority = ROW.replace("operator", "authority")
    import_organisations(session, write_detailed(tmp_path, authority, phone="", vat=""), now)
    with pytest.raises(ImportRefused, match="a contact of what is no operator"):
        import_organisations(session, write_detailed(tmp_path, authority, phone="12"), now)


def test_columns_may_be_in_any_order(session: Session, now: datetime, tmp_path: Path) -> None:
    row = ",".join(reversed(f"{ROW},moulin@example.org".split(",")))
    columns = tuple(reversed((*COLUMNS, "email")))
    import_organisations(session, write(tmp_path, row, columns=columns), now)
    (moulin,) = organisations(session)
    assert (moulin.name, details_of(moulin)["email"]) == ("Moulin Bio", "moulin@example.org")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ((*COLUMNS, "e-mail"), "Missing: none. Unknown or there twice: e-mail."),
        ((*COLUMNS, "city"), "Missing: none. Unknown or there twice: city,city."),
        (COLUMNS[1:], "Missing: environment. Unknown or there twice: none."),
    ],
)
def test_what_is_wrong_with_the_columns_is_said(
    session: Session, now: datetime, tmp_path: Path, columns: tuple[str, ...], said: str
) -> None:
    with pytest.raises(ImportRefused, match=said):
        import_organisations(session, write(tmp_path, columns=columns), now)


def test_other_columns_are_refused(session: Session, now: datetime, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("name;country\nMoulin;BE\n")
    with pytest.raises(ImportRefused, match="the first line must name environment,kind"):
        import_organisations(session, path, now)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b""])
def test_a_file_that_is_no_csv_is_refused(
    session: Session, now: datetime, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    with pytest.raises(ImportRefused):
        import_organisations(session, path, now)
