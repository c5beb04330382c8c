"""A person's data are given, or erased, after a code sent to their address alone."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from actions.address_proof import ERASURE, EXPORT
from actions.change_field import ActionChangeField
from actions.code import ActionCodeRefused, ActionResendCode
from actions.conversation import ActionCancelJourney
from actions.my_data import (
    ActionEraseData,
    ActionOfferData,
    ValidateErasureForm,
    ValidateExportForm,
)
from actions.my_requests import ActionListRequests
from registry.models import AuditEntry, Draft, OutboxMail, User
from registry.services import privacy
from tests.actions.conftest import Clock
from tests.actions.talk import Said, Talk
from tests.actions.test_access_request import ADDRESS, file_a_request, verify_the_code
from tests.actions.test_my_requests import list_of

OTHER = "robin@example.org"


@pytest.fixture
def filed(talk: Talk) -> str:
    """The reference of a request that was filed in this conversation."""
    file_a_request(talk)
    talk.form = None
    return str(talk.messages[0]["reference"])


def ask_for_data(talk: Talk, address: str = ADDRESS) -> Said:
    talk.form = "export_form"
    assert talk.call(ValidateExportForm, "export_my_data") == ["utter_field_export_email"]
    return talk.call(ValidateExportForm, answers={"export_email": address}, text=address)


def ask_to_erase(talk: Talk, address: str = ADDRESS) -> Said:
    talk.form = "erasure_form"
    assert talk.call(ValidateErasureForm, "erase_my_data") == ["utter_field_erasure_email"]
    return talk.call(ValidateErasureForm, answers={"erasure_email": address}, text=address)


def stamp(talk: Talk) -> dict[str, str]:
    """What the button "yes" of the latest question carries."""
    return {name: str(talk.messages[-1][name]) for name in ("draft_id", "draft_version")}


def confirm(talk: Talk, pressed: dict[str, str] | None = None) -> Said:
    """Press the button "yes" of the latest question, or another one; a typed yes means it too."""
    return talk.call(
        ValidateErasureForm,
        "confirm_erasure",
        pressed or stamp(talk),
        answers={"erasure_sure": "sure"},
    )


def erase(talk: Talk, address: str = ADDRESS) -> Said:
    ask_to_erase(talk, address)
    confirm(talk)
    verify_the_code(talk)
    return talk.call(ActionEraseData, "code_accepted")


def people(talk: Talk) -> list[str]:
    with talk.house.database.transaction() as session:
        return list(session.scalars(select(User.email)))


# One's data


def test_the_file_is_offered_after_the_code(talk: Talk, filed: str) -> None:
    assert ask_for_data(talk) == ["utter_field_proof_code"]
    verify_the_code(talk)
    assert talk.call(ActionOfferData, "code_accepted") == ["utter_my_data_ready"]
    assert talk.messages[-1]["minutes"] == 30
    assert {talk.slots[slot] for slot in EXPORT.slots} == {None}
    with talk.house.database.transaction() as session:
        offered = privacy.file_offered(session, talk.conversation_id, talk.house.now())
    assert offered is not None


def test_without_the_code_no_file_is_offered(talk: Talk, filed: str) -> None:
    ask_for_data(talk)
    assert talk.call(ActionOfferData, "code_accepted") == ["utter_my_data_not_verified"]
    with talk.house.database.transaction() as session:
        assert privacy.file_offered(session, talk.conversation_id, talk.house.now()) is None


def test_an_address_without_anything_is_answered_alike(talk: Talk) -> None:
    assert ask_for_data(talk, OTHER) == ["utter_field_proof_code"]
    verify_the_code(talk)
    assert talk.call(ActionOfferData, "code_accepted") == ["utter_my_data_ready"]


def test_an_offer_whose_answer_was_lost_is_made_again(talk: Talk, clock: Clock) -> None:
    ask_for_data(talk)
    verify_the_code(talk)
    before = dict(talk.slots)
    talk.call(ActionOfferData, "code_accepted")
    talk.slots = before
    # Whatever is said next, even after the code has expired, ends the form.
    clock.move(minutes=20)
    assert talk.call(ValidateExportForm, "how_long") == []
    assert all(talk.slots[slot] for slot in EXPORT.asked)
    assert talk.call(ActionOfferData, "how_long") == ["utter_my_data_ready"]


# Erasing


def test_erasing_asks_whether_one_is_sure_before_the_code(talk: Talk, filed: str) -> None:
    assert ask_to_erase(talk) == ["utter_field_erasure_sure"]
    assert talk.messages[-1]["email"] == ADDRESS
    with talk.house.database.transaction() as session:
        codes = session.scalars(select(OutboxMail).where(OutboxMail.kind == "code")).all()
    assert len(codes) == 1  # the request's own
    assert confirm(talk) == ["utter_field_proof_code"]


def test_after_the_code_all_is_erased_and_what_was_cancelled_is_told(
    talk: Talk, filed: str
) -> None:
    assert erase(talk) == ["utter_data_erased"]
    assert (talk.messages[0]["cancelled"], talk.messages[0]["minutes"]) == (1, 10)
    assert ADDRESS not in people(talk)
    assert {talk.slots[slot] for slot in ERASURE.slots} == {None}


def test_a_demonstration_says_where_its_mail_is(talk: Talk) -> None:
    talk.house = replace(talk.house, is_demo=True)
    ask_to_erase(talk)
    confirm(talk)
    verify_the_code(talk)
    said = talk.call(ActionEraseData, "code_accepted")
    assert said == ["utter_data_erased", "utter_mail_shown_in_demonstration"]


def test_without_the_code_nothing_is_erased(talk: Talk, filed: str) -> None:
    ask_to_erase(talk)
    confirm(talk)
    assert talk.call(ActionEraseData, "code_accepted") == ["utter_my_data_not_verified"]
    assert people(talk) == [ADDRESS]


def test_a_wrong_code_says_so_and_a_new_one_can_be_had(talk: Talk, filed: str) -> None:
    ask_to_erase(talk)
    confirm(talk)
    said = talk.call(ActionCodeRefused, "code_refused", {"code_outcome": "wrong"})
    assert said == ["utter_code_wrong"]
    talk.slots["requested_slot"] = "erasure_code"
    assert talk.call(ActionResendCode, "resend_code") == ["utter_code_resent"]


def test_who_cancels_is_told_that_nothing_is_erased(talk: Talk, filed: str) -> None:
    ask_to_erase(talk)
    draft = talk.slots["erasure_draft"]
    assert talk.call(ActionCancelJourney, "cancel") == ["utter_nothing_erased"]
    assert people(talk) == [ADDRESS]
    with talk.house.database.transaction() as session:
        assert session.get_one(Draft, draft).state == "cancelled"


def test_a_button_for_another_address_asks_again(talk: Talk, filed: str) -> None:
    ask_to_erase(talk, OTHER)
    stale = stamp(talk)
    talk.call(ActionCancelJourney, "cancel")
    ask_to_erase(talk)
    assert confirm(talk, stale) == ["utter_field_erasure_sure"]
    assert talk.messages[-1]["email"] == ADDRESS
    assert talk.slots["erasure_sure"] is None
    assert confirm(talk) == ["utter_field_proof_code"]


def test_another_address_after_too_many_codes_asks_whether_one_is_sure(talk: Talk) -> None:
    for _ in range(3):
        ask_for_data(talk)
        talk.call(ValidateExportForm, answers={"export_email": OTHER}, text=OTHER)
        talk.call(ValidateExportForm, answers={"export_email": ADDRESS}, text=ADDRESS)
        talk.form = None
        talk.slots |= dict.fromkeys(EXPORT.slots)
    ask_to_erase(talk)
    assert confirm(talk) == ["utter_too_many_codes"]
    said = talk.call(
        ValidateErasureForm, answers={"erasure_email": "jo@example.org"}, text="jo@example.org"
    )
    assert said == ["utter_field_erasure_sure"]
    assert talk.messages[-1]["email"] == "jo@example.org"


@pytest.mark.parametrize("told", [{"new_value": OTHER}, {}])
def test_another_address_while_a_code_is_awaited_asks_whether_one_is_sure(
    talk: Talk, filed: str, told: dict[str, str]
) -> None:
    ask_to_erase(talk)
    confirm(talk)
    verify_the_code(talk)
    talk.call(ActionChangeField, "change_field", {"field": "erasure_email", **told})
    said = talk.call(ValidateErasureForm, "change_field")
    if not told:
        assert said == ["utter_field_erasure_email"]
        said = talk.call(ValidateErasureForm, answers={"erasure_email": OTHER}, text=OTHER)
    assert said == ["utter_field_erasure_sure"]
    assert (talk.messages[-1]["email"], talk.slots["erasure_sure"]) == (OTHER, None)
    assert talk.call(ActionEraseData, "code_accepted") == ["utter_my_data_not_verified"]
    assert people(talk) == [ADDRESS]


def test_a_question_in_between_asks_the_same_again(talk: Talk) -> None:
    ask_to_erase(talk)
    assert talk.call(ValidateErasureForm, "how_long") == ["utter_field_erasure_sure"]
    # Rasa would take a slot for an answer, and leave the question without its own.
    assert talk.events == []
    confirm(talk)
    assert talk.call(ValidateErasureForm, "how_long") == ["utter_field_proof_code"]


def test_an_erasure_whose_answer_was_lost_is_told_again(talk: Talk, filed: str) -> None:
    ask_to_erase(talk)
    confirm(talk)
    verify_the_code(talk)
    before = dict(talk.slots)
    talk.call(ActionEraseData, "code_accepted")
    talk.slots = before
    assert talk.call(ActionEraseData, "code_accepted") == ["utter_data_erased"]
    assert talk.messages[0]["cancelled"] == 1
    with talk.house.database.transaction() as session:
        assert len(session.scalars(select(AuditEntry)).all()) == 1


def test_after_an_erasure_there_is_no_request_any_more(
    talk: Talk, filed: str, clock: Clock
) -> None:
    erase(talk)
    clock.move(hours=1)
    list_of(talk, ADDRESS)
    verify_the_code(talk)
    assert talk.call(ActionListRequests) == ["utter_no_requests"]
