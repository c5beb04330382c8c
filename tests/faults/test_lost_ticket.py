"""A question to a person was filed, the answer lost: whatever comes next files none twice."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from registry.models import Ticket
from tests.conversations.house import House
from tests.faults.answers import assert_said
from tests.faults.conftest import LANGUAGES
from tests.faults.fault_proxy import Fault, FaultProxy
from tests.faults.newcomer import Newcomer, assert_refused

QUESTIONS = {"fr": "Pourquoi la page reste blanche ?", "en": "Why does the page stay blank?"}
CANCELLING = {"fr": {"text": "annuler"}, "en": {"text": "cancel"}}
OPENED = ("utter_ticket_forwarded", "utter_mail_shown_in_demonstration")


def tickets_of(house: House, email: str) -> list[str]:
    with house.database.transaction() as session:
        return list(session.scalars(select(Ticket.reference).where(Ticket.email == email)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("then", ["the same again", "the button again", "cancel"])
def test_after_a_lost_answer_the_ticket_is_told_and_there_is_one(
    then: str, lang: str, house: House, proxy: FaultProxy
) -> None:
    newcomer = Newcomer.arrive(house, lang)
    for said in (
        {"payload": "/talk_to_human"},
        {"text": QUESTIONS[lang]},
        {"text": newcomer.email},
    ):
        newcomer.heard(newcomer.send(said))
    confirm, message_id = newcomer.button("/send_ticket"), str(uuid4())
    proxy.strike(Fault.DROP_AFTER, after_calls=1)
    refused = newcomer.send(confirm, message_id)
    proxy.lift()
    assert_refused(refused, "outcome_unknown", lang)
    (reference,) = tickets_of(house, newcomer.email)
    again = CANCELLING[lang] if then == "cancel" else confirm
    answer = newcomer.send(again, message_id if then == "the same again" else None)
    messages = newcomer.heard(answer)
    assert_said(messages[: len(OPENED)], OPENED, lang)
    assert reference in messages[0]["text"]
    assert tickets_of(house, newcomer.email) == [reference]
    assert newcomer.mails("ticket_opened") == 1
