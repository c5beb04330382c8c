"""One step of the form that prepares a request: an answer is taken, the next is asked for.

The step does all the talking of the form, in one call and one transaction. Its responses
are named ``utter_field_<slot>``, which Rasa does not ask by itself.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from actions.house import House
from actions.organisation_buttons import organisation_buttons, organisation_label
from actions.request_draft import DRAFT_FIELDS, FORM_SLOTS, current_draft, send_code
from actions.turn import Events, Turn, set_slots
from registry.services import directory, drafts, verification
from registry.validation import BadAnswer, read_email, read_full_name
from registry.vocabulary import DraftStatus, Environment, OrganisationKind, OrganisationStatus


class FormStep:
    """One step of the form: the slots as they become, and whether a question was asked."""

    def __init__(self, session: Session, turn: Turn, house: House) -> None:
        self._session = session
        self._turn = turn
        self._house = house
        self._draft = current_draft(session, turn, house)
        self._slots = {slot: turn.slot(slot) for slot in FORM_SLOTS}
        self._changed: dict[str, str | None] = {}
        self._asked = False

    def take(self) -> Events:
        """Take the step and return Rasa's events."""
        answers = self._turn.answers()
        # Without an answer no slot may be set: Rasa would take it for one, and "cancel" or a
        # question would go unheard.
        if (answers or self._is_starting()) and self._turn.slot("request_draft") != self._draft.id:
            self._take_up_draft()
        if self._draft.state == DraftStatus.FILED:
            # The answer to the filing was lost on its way: say it again, write nothing.
            return set_slots(**{slot: self._slots[slot] or "filed" for slot in FORM_SLOTS})
        if self._is_starting():
            self._take_over_site(answers)
        readers: dict[str, Callable[[str], None]] = {
            "request_environment": self._read_environment,
            "request_organisation": self._read_organisation,
            "request_name": self._read_name,
            "request_email": self._read_email,
            "request_confirmation": self._read_confirmation,
        }
        for slot, read in readers.items():
            typed = answers.get(slot)
            if typed is None or self._is_known(slot, typed):
                continue
            self._set(slot, None)
            read(typed)
        if not self._asked:
            self._ask_next()
        return set_slots(**self._changed)

    def _take_up_draft(self) -> None:
        """Bring into the draft what the form holds: its own was closed, its answer lost."""
        self._set("request_draft", self._draft.id)
        answers = self._turn.answers()
        for slot in DRAFT_FIELDS:
            kept = self._slots[slot]
            if kept is not None and slot not in answers:
                self._save(
                    DRAFT_FIELDS[slot], int(kept) if slot == "request_organisation" else kept
                )

    def _is_starting(self) -> bool:
        return self._turn.slot("requested_slot") is None

    def _is_known(self, slot: str, value: str) -> bool:
        """Say whether a form that starts again brings a value which it accepted before."""
        is_kept = self._turn.slot(slot) == value == self._draft_value(slot)
        return self._is_starting() and is_kept and self._turn.entity("organisation_id") is None

    def _take_over_site(self, answers: dict[str, str]) -> None:
        """Someone in the guide has said already for which site they are signing up."""
        site = self._turn.slot("guide_site")
        if site and not self._slots["request_environment"]:
            answers["request_environment"] = site

    def _read_environment(self, typed: str) -> None:
        if typed not in (Environment.PRODUCTION, Environment.TRAINING):
            return
        self._keep("request_environment", typed)
        chosen = self._chosen_organisation()
        if chosen and chosen.environment != typed:
            # S22: nothing is shared between the sites, so neither is the organisation.
            self._set("request_organisation", None)

    def _read_organisation(self, typed: str) -> None:
        if self._turn.entity("organisation_id") is not None:
            self._choose_organisation(typed)
        elif self._turn.is_only_an_entity("environment"):
            # "Training" as an answer here corrects the site that was taken over.
            self._read_environment(self._turn.entity("environment") or "")
        else:
            self._search_organisation(typed)

    def _choose_organisation(self, organisation_id: str) -> None:
        chosen_before = self._draft_value("request_organisation")
        # Chosen once more is no stale choice: the first answer may have been lost.
        if self._is_stale() and organisation_id != chosen_before:
            self._set("request_organisation", chosen_before)
            self._turn.say("utter_recap_changed")
            return
        organisation = directory.get(self._session, int(organisation_id))
        if organisation is None or not _may_be_asked_for(organisation):
            self._say_and_wait("utter_field_request_organisation_unavailable")
            return
        self._keep("request_environment", organisation.environment)
        self._keep("request_organisation", organisation.id)

    def _search_organisation(self, text: str) -> None:
        environment = Environment(self._slots["request_environment"] or Environment.PRODUCTION)
        query = directory.OrganisationQuery(text, environment, OrganisationKind.OPERATOR)
        found = directory.search(self._session, query)
        if not found.organisations:
            self._say_and_wait("utter_field_request_organisation_none", typed=text)
        elif len(found.organisations) == 1 and not found.only_similar:
            only = found.organisations[0]
            self._keep("request_organisation", only.id)
            self._turn.say(
                "utter_organisation_taken",
                organisation=organisation_label(only, self._house, self._turn.language),
            )
        else:
            buttons = organisation_buttons(
                found.organisations,
                "choose_organisation",
                self._house,
                self._turn.language,
                **self._draft_stamp(),
            )
            more = "more" if found.more else "results"
            self._asked = True
            self._turn.say(f"utter_field_request_organisation_{more}", buttons=buttons)

    def _read_name(self, typed: str) -> None:
        try:
            self._keep("request_name", read_full_name(typed))
        except BadAnswer:
            self._say_and_wait("utter_field_request_name_again")

    def _read_email(self, typed: str) -> None:
        try:
            self._keep("request_email", read_email(typed))
        except BadAnswer:
            self._say_and_wait("utter_field_request_email_again")

    def _read_confirmation(self, typed: str) -> None:
        if self._is_stale():
            self._turn.say("utter_recap_changed")
        elif typed == "confirmed" and self._lacks_an_answer():
            # The button of a recap that is being changed: the missing answer is asked for.
            return
        elif typed == "change":
            field = self._turn.entity("field")
            if field in DRAFT_FIELDS:
                self._set(field, None)
        elif typed == "refused":
            self._say_and_wait("utter_what_to_change", **self._draft_stamp())
        elif self._is_code_out():
            # Confirmed twice, or the answer was lost: its code is on its way already.
            self._set("request_confirmation", "confirmed")
        else:
            self._send_code()

    def _is_code_out(self) -> bool:
        return verification.is_code_out(
            self._session, self._draft.id, self._draft.version, self._house.now()
        )

    def _send_code(self) -> None:
        sent = send_code(self._session, self._turn, self._house, self._draft)
        if sent:
            self._set("request_confirmation", "confirmed")
        else:
            self._asked = True

    def _ask_next(self) -> None:
        missing = next((slot for slot in FORM_SLOTS if self._value_of(slot) is None), None)
        if missing is None:
            return
        if missing == "request_confirmation":
            # Before the recap is stamped: the mails will be written in this language.
            self._save("language", self._turn.language)
        self._turn.say(f"utter_field_{missing}", **self._variables(missing))
        if missing == "request_code" and self._house.is_demo:
            self._turn.say("utter_mail_shown_in_demonstration")

    def _variables(self, slot: str) -> dict[str, Any]:
        if slot == "request_code":
            return {"email": self._slots["request_email"], **self._draft_stamp()}
        if slot == "request_organisation":
            return {"environment": self._site_name(self._slots["request_environment"])}
        if slot != "request_confirmation":
            return {}
        organisation = self._chosen_organisation()
        if organisation is None:
            raise LookupError("the draft's organisation is gone")
        return {
            "environment": self._site_name(organisation.environment),
            "organisation": organisation.name,
            "number": organisation.number or "–",
            "name": self._slots["request_name"],
            "email": self._slots["request_email"],
            **self._draft_stamp(),
        }

    def _site_name(self, environment: str | None) -> str:
        return self._house.terms.say(f"environment_{environment}", self._turn.language)

    def _value_of(self, slot: str) -> str | None:
        if slot == "request_code":
            return self._turn.answers().get(slot)
        return self._slots[slot]

    def _is_stale(self) -> bool:
        """Say whether a button pressed belongs to an earlier state of the draft."""
        pressed = (self._turn.entity("draft_id"), self._turn.entity("draft_version"))
        stamp = self._draft_stamp()
        return pressed not in ((None, None), (stamp["draft_id"], str(stamp["draft_version"])))

    def _lacks_an_answer(self) -> bool:
        return any(self._slots[slot] is None for slot in DRAFT_FIELDS)

    def _draft_stamp(self) -> dict[str, Any]:
        return {"draft_id": self._draft.id, "draft_version": self._draft.version}

    def _chosen_organisation(self) -> directory.OrganisationSummary | None:
        chosen = self._slots["request_organisation"]
        return directory.get(self._session, int(chosen)) if chosen else None

    def _draft_value(self, slot: str) -> str | None:
        value = self._draft.fields.get(DRAFT_FIELDS.get(slot, ""))
        return None if value is None else str(value)

    def _keep(self, slot: str, value: str | int) -> None:
        version = self._draft.version
        self._save(DRAFT_FIELDS[slot], value)
        self._set(slot, str(value))
        if self._draft.version != version and self._slots["request_confirmation"]:
            # What was confirmed, and perhaps verified, was the draft before this change.
            self._set("request_confirmation", None)
            self._set("request_code", None)

    def _save(self, field: str, value: str | int) -> None:
        self._draft = drafts.save_field(
            self._session, self._draft.id, field, value, self._house.now()
        )

    def _set(self, slot: str, value: str | None) -> None:
        self._slots[slot] = value
        self._changed[slot] = value

    def _say_and_wait(self, response: str, **variables: Any) -> None:
        self._asked = True
        self._turn.say(response, **variables)


def _may_be_asked_for(organisation: directory.OrganisationSummary) -> bool:
    is_operator = organisation.kind == OrganisationKind.OPERATOR
    return is_operator and organisation.status != OrganisationStatus.REJECTED
