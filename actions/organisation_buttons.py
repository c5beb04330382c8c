"""Shows organisations of the register as buttons."""

import json
from collections.abc import Iterable

from actions.house import House
from actions.turn import Button
from registry.services.directory import OrganisationSummary, SearchResult
from registry.vocabulary import OrganisationStatus


def organisation_label(organisation: OrganisationSummary, house: House, language: str) -> str:
    """Return name, number and place; an example is marked as one, and so is what is new."""
    number = f" ({organisation.number})" if organisation.number else ""
    place = f" – {organisation.city}" if organisation.city else ""
    mark = f" ({house.terms.say('example_mark', language)})" if organisation.is_example else ""
    is_new = organisation.status == OrganisationStatus.NEW
    status = f" ({house.terms.say('new_mark', language)})" if is_new else ""
    return f"{organisation.name}{mark}{number}{place}{status}"


def organisation_buttons(
    organisations: Iterable[OrganisationSummary],
    intent: str,
    house: House,
    language: str,
    **values: str,
) -> list[Button]:
    """Return one button an organisation; its payload carries the id and ``values``."""
    return [
        {
            "title": organisation_label(organisation, house, language),
            "payload": f"/{intent}"
            + json.dumps({"organisation_id": str(organisation.id), **values}),
        }
        for organisation in organisations
    ]


def choice_of(
    found: SearchResult, intent: str, house: House, language: str, **values: str
) -> list[Button]:
    """Return one button an organisation that was found, then one for none of them.

    Of a single one, the last button says no to it.
    """
    buttons = organisation_buttons(found.organisations, intent, house, language, **values)
    none = "not_this_one" if len(buttons) == 1 else "none_of_these"
    return [*buttons, {"title": house.terms.say(none, language), "payload": "/none_of_these"}]
