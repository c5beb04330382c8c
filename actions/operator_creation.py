"""A request that describes a new operator: how it begins, what it is held against (S42, S51)."""

from actions.request_draft import LEFT_OUT, OPERATOR_DETAILS, OPERATOR_SLOTS
from actions.request_state import RequestState
from registry import query
from registry.identifiers import company_keys
from registry.services import duplicates
from registry.services.directory import OrganisationSummary
from registry.services.requests.new_operator import IDENTIFIERS
from registry.validation import BadAnswer, read_operator_name
from registry.vocabulary import NEW_OPERATOR, Environment, OrganisationKind


def begin_creation(state: RequestState, searched: str) -> None:
    """Describe an operator in the request; what was said of it before is taken up again.

    The country of the search is the operator's.
    """
    if state.draft.fields.get("searched") != searched:
        for slot in OPERATOR_SLOTS:
            state.save(slot, None)
        state.save("searched", searched)
    state.keep("request_kind", OrganisationKind.OPERATOR)
    state.keep("request_organisation", NEW_OPERATOR)
    for slot in OPERATOR_SLOTS:
        nothing = LEFT_OUT if slot in OPERATOR_DETAILS else None
        state.set(slot, state.draft_value(slot) or nothing)
    country = query.read(searched, environment(state)).country
    if country and not state.slots["operator_country"]:
        state.keep("operator_country", country)


def leave_out_operator(state: RequestState) -> None:
    """Hold the fields of a new operator as left out: an existing organisation needs none."""
    for slot in OPERATOR_SLOTS:
        if state.slots[slot] != LEFT_OUT:
            state.set(slot, LEFT_OUT)


def ask_anew_whether_new(state: RequestState) -> None:
    """Have it asked again whether the operator is one of those that are alike."""
    state.save("operator_is_new", None)
    state.set("operator_is_new", None)


def proposed_name(state: RequestState) -> str | None:
    """Return the name in what was searched for, if there is one."""
    searched = str(state.draft.fields.get("searched") or "")
    try:
        return read_operator_name(query.read(searched, environment(state)).text)
    except BadAnswer:
        return None


def alike(state: RequestState) -> tuple[OrganisationSummary, ...]:
    """Return the operators on the site that may be the one described, the very same first."""
    name, country = state.slots["operator_name"] or "", state.slots["operator_country"] or ""
    identifiers = [
        (kind, company_keys(value)[0])
        for slot, kind in IDENTIFIERS.items()
        if (value := state.draft_value(slot)) is not None
    ]
    found = duplicates.likely(state.session, environment(state), name, country, identifiers)
    known = the_same(state)
    return found if known is None else (known, *(one for one in found if one.id != known.id))


def the_same(state: RequestState) -> OrganisationSummary | None:
    """Return the operator of the very same name, country and city on the site, if there is one."""
    name, country, city = (
        state.slots[slot] or "" for slot in ("operator_name", "operator_country", "operator_city")
    )
    return duplicates.same(state.session, environment(state), name, country, city)


def environment(state: RequestState) -> Environment:
    """Return the site of the request, Production where none was chosen yet."""
    return Environment(state.slots["request_environment"] or Environment.PRODUCTION)
