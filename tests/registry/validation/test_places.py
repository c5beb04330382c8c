"""Where an operator is: country, city, address, region, coordinates (S46, S47)."""

import pytest

from registry.validation import (
    BadAnswer,
    read_address,
    read_city,
    read_coordinates,
    read_country,
    read_region,
)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Italie", "IT"),
        ("italy", "IT"),
        ("IT", "IT"),
        ("Italy (IT)", "IT"),
        ("c'est en Italie", "IT"),
        ("we are in the Netherlands", "NL"),
        ("le pays est la Suisse", "CH"),
        ("no sorry, Germany", "DE"),
        ("italien", "IT"),
        ("Milan, Italie", "IT"),
        ("UK", "GB"),
        ("NO", "NO"),
        # Slips that leave no doubt.
        ("Itallie", "IT"),
        ("Germny", "DE"),
    ],
)
def test_a_country_is_read_as_people_write_it(typed: str, code: str) -> None:
    assert read_country(typed) == code


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "no",
        "oui",
        "je ne sais pas",
        # Austria or Australia.
        "Austrlia",
        "Atlantide",
        "?",
        "<b>Italie</b>",
        "Italie " * 50,
        "info@example.org",
    ],
)
def test_what_names_no_country_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_country(typed)


@pytest.mark.parametrize(
    ("typed", "city"),
    [
        ("Milano", "Milano"),
        ("20121  Milano", "20121 Milano"),
        ("à Milan", "Milan"),
        ("la ville est Lyon", "Lyon"),
        ("we are in Milan.", "Milan"),
        ("L'Aquila", "L'Aquila"),
        ("Inverness", "Inverness"),
        ("Aubagne", "Aubagne"),
        ("Y", "Y"),
        ("東京", "東京"),
    ],
)
def test_a_city_is_read_with_or_without_its_postal_code(typed: str, city: str) -> None:
    assert read_city(typed) == city


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "20121",
        "non",
        "oui",
        "-",
        "www.example.org",
        "info@example.org",
        "<script>",
        "{city}",
        "je ne sais pas du tout quelle ville il faut mettre ici",
    ],
)
def test_what_is_no_city_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_city(typed)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Via Roma 12", "Via Roma 12"),
        ("12 rue Pasteur\n75011 Paris\n", "12 rue Pasteur, 75011 Paris"),
        ("l'adresse est 12 rue Pasteur", "12 rue Pasteur"),
        ("our address is: 5 Mill Lane", "5 Mill Lane"),
        ("Zone industrielle Nord", "Zone industrielle Nord"),
        ("12\u202e rue\x00 Pasteur", "12 rue Pasteur"),
    ],
)
def test_an_address_is_one_line(typed: str, address: str) -> None:
    assert read_address(typed) == address


@pytest.mark.parametrize(
    "typed", ["", "-", "12", "oui", "aucun", "info@example.org", "https://example.org", "x" * 301]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_address(typed)


def test_a_region_may_be_left_out() -> None:
    assert read_region("aucune") is None
    assert read_region("Lombardia") == "Lombardia"


@pytest.mark.parametrize(
    ("typed", "coordinates"),
    [
        ("45.4642, 9.19", (45.4642, 9.19)),
        ("45,4642 N 9,19 E", (45.4642, 9.19)),
        ("lat 45.46 long 9.19", (45.46, 9.19)),
        ("latitude : 45.5 ; longitude : -9.2", (45.5, -9.2)),
        ("33.9 S, 18.4 E", (-33.9, 18.4)),
        ("12.05 S, 77.04 O", (-12.05, -77.04)),
        ("45°27'51\"N 9°11'24\"E", (45.464167, 9.19)),
        ("-33.9 18.4", (-33.9, 18.4)),
        ("aucune", None),
    ],
)
def test_coordinates_are_read_in_degrees(
    typed: str, coordinates: tuple[float, float] | None
) -> None:
    assert read_coordinates(typed) == coordinates


@pytest.mark.parametrize(
    "typed", ["bonjour", "45.46", "91 20", "45 181", "45°70'N 9°E", "1,2,3,4,5", "NaN, inf"]
)
def test_what_is_on_no_map_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_coordinates(typed)


@pytest.mark.parametrize("typed", ["45.4642, 9.19", "12.05 S, 77.04 O", "0 0"])
def test_coordinates_as_they_are_kept_are_read_the_same_again(typed: str) -> None:
    latitude, longitude = read_coordinates(typed) or (None, None)
    assert read_coordinates(f"{latitude}, {longitude}") == (latitude, longitude)
