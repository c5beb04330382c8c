"""A message sent again, because its answer was lost, is answered as before and done once."""

import re
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from registry.models import AuthorisationRequest, VerificationCode
from tests.conversations.client import Body, Conversation
from tests.conversations.house import House


def code_in(conversation: Conversation, address: str) -> str:
    mail = conversation.mails_to(address, at_least=1)[0]
    found = re.search(r"\b\d{6}\b", mail["text"])
    assert found
    return found[0]


def ready_for_the_code(house: House, address: str) -> Conversation:
    conversation = Conversation.open(house, "fr")
    conversation.press_titled("Préparer une demande ici")
    conversation.press_titled("Site de Production")
    conversation.press_titled("Opérateur")
    for answer in ("alpro", "Jo Muster", address):
        conversation.say(answer)
    return conversation


def count(house: House, table: type, address_or_conversation: str | None = None) -> int:
    with house.database.transaction() as session:
        rows = session.query(table).all()
        if table is AuthorisationRequest:
            return sum(row.user.email == address_or_conversation for row in rows)
        return len(rows)


def twice(conversation: Conversation, said: Body) -> tuple[Body, Body]:
    message_id = str(uuid4())
    first, again = (conversation.send(said, message_id) for _ in range(2))
    assert first.status_code == again.status_code == 200
    return first.json(), again.json()


def test_a_text_sent_again_has_the_same_answer(house: House) -> None:
    conversation = Conversation.open(house, "fr")
    first, again = twice(conversation, {"text": "comment m'inscrire ?"})
    assert again == first
    assert len([line for line in conversation.history() if line["from"] == "user"]) == 1


def test_a_button_pressed_again_moves_one_step(house: House) -> None:
    conversation = Conversation.open(house, "fr")
    conversation.say("comment m'inscrire ?")
    conversation.press_titled("Site de Production")
    first, again = twice(conversation, {"payload": "/done"})
    assert again == first
    assert "2 sur 3" in first["messages"][0]["text"]


def test_an_earlier_message_is_answered_as_it_was(house: House) -> None:
    conversation = Conversation.open(house, "fr")
    message_id = str(uuid4())
    first = conversation.send({"text": "comment m'inscrire ?"}, message_id).json()
    conversation.say("qui valide ma demande ?")
    assert conversation.send({"text": "comment m'inscrire ?"}, message_id).json() == first


def test_a_confirmation_sent_again_sends_one_code(house: House) -> None:
    address = "confirms.twice@example.org"
    conversation = ready_for_the_code(house, address)
    before = count(house, VerificationCode)
    first, again = twice(conversation, {"text": "oui"})
    assert again == first
    assert count(house, VerificationCode) == before + 1


def test_a_code_sent_again_files_one_request(house: House) -> None:
    address = "types.twice@example.org"
    conversation = ready_for_the_code(house, address)
    conversation.say("oui")
    first, again = twice(conversation, {"text": code_in(conversation, address)})
    assert again == first
    assert "TR-" in first["messages"][0]["text"]
    assert count(house, AuthorisationRequest, address) == 1


def test_two_sendings_at_the_same_time_are_one_turn(house: House) -> None:
    address = "impatient@example.org"
    conversation = ready_for_the_code(house, address)
    conversation.say("oui")
    code, message_id = code_in(conversation, address), str(uuid4())
    tabs = [conversation.second_tab(house) for _ in range(4)]
    with ThreadPoolExecutor(len(tabs)) as pool:
        answers = list(pool.map(lambda tab: tab.send({"text": code}, message_id), tabs))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert count(house, AuthorisationRequest, address) == 1


def test_a_code_by_its_own_route_does_the_same(house: House) -> None:
    address = "by.route@example.org"
    conversation = ready_for_the_code(house, address)
    conversation.say("oui")
    code, message_id = code_in(conversation, address), str(uuid4())
    first, again = (conversation.verify(code, message_id) for _ in range(2))
    assert first.status_code == 200
    assert again.json() == first.json()
    assert count(house, AuthorisationRequest, address) == 1
