"""The file of one's data, and a conversation whose data were erased, through the whole house."""

from uuid import uuid4

from tests.conversations.client import Conversation
from tests.conversations.house import House
from tests.conversations.test_same_message import code_in, ready_for_the_code


def new_address() -> str:
    return f"jo.{uuid4().hex[:10]}@example.org"


def signed_up(house: House, address: str) -> Conversation:
    """A conversation in which a request was filed."""
    conversation = ready_for_the_code(house, address)
    conversation.press_titled("Oui, c'est juste")
    conversation.say(code_in(conversation, address))
    return conversation


def code_after(conversation: Conversation, address: str, mails: int) -> str:
    """The code in the newest mail, once there are so many."""
    conversation.mails_to(address, at_least=mails)
    return code_in(conversation, address)


def test_the_file_is_there_for_whoever_typed_the_code_and_holds_what_was_filed(
    house: House,
) -> None:
    address = new_address()
    conversation = signed_up(house, address)
    assert conversation.http.get("/api/my-data", headers=conversation.authorization).is_error
    conversation.say("je veux recevoir mes données")
    conversation.say(address)
    (message,) = conversation.say(code_after(conversation, address, mails=3))
    assert message["custom"] == {"download": "my-data"}
    file = conversation.http.get("/api/my-data", headers=conversation.authorization).json()
    assert [request["status"] for request in file["requests"]] == ["Requested"]
    assert file["person"] == [{"email": address, "name": "Jo Muster", "language": "fr"}]
    said = [line["text"] for line in file["conversations"][0]["messages"]]
    assert address in said


def test_the_answer_to_an_erasure_can_be_had_again_and_nothing_else(house: House) -> None:
    address = new_address()
    conversation = signed_up(house, address)
    conversation.say("effacez mes données personnelles")
    conversation.say(address)
    conversation.press_titled("Oui, tout effacer")
    code = code_after(conversation, address, mails=3)
    message_id = str(uuid4())
    first, again = (conversation.send({"text": code}, message_id) for _ in range(2))
    assert first.json() == again.json()
    assert "C'est effacé" in first.json()["messages"][0]["text"]
    assert conversation.send({"text": "bonjour"}).status_code == 401
    # The last mail is the one that confirms it.
    newest = conversation.mails_to(address, at_least=4)[0]
    assert newest["subject"] == "Vos données sont effacées"
