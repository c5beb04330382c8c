"""Nothing that a person typed reaches a log, whatever goes wrong."""

import re

from tests.conversations.client import Conversation
from tests.conversations.house import House

# Words that nothing but these conversations holds.
NAME = "Zébulon Quincampoix"
ADDRESS = "zebulon.quincampoix@example.org"
QUESTION = "est-ce que xylotremble peut valider ma demande ?"
NONSENSE = "brouhaha-4711 <i>xylotremble</i> ' OR 1=1"


def test_nothing_typed_reaches_a_log(house: House) -> None:
    conversation = Conversation.open(house, "fr")
    conversation.say(QUESTION)
    conversation.say(NONSENSE)
    conversation.send({"payload": '/inform{"name": "xylotremble"}'})
    conversation.send({"text": "xylotremble " * 100})
    conversation.press("/help")
    conversation.press_titled("Préparer une demande ici")
    conversation.press_titled("Site de Production")
    conversation.press_titled("Opérateur")
    for answer in ("xylotremble", "alpro", NAME, ADDRESS, "oui"):
        conversation.say(answer)
    mail = conversation.mails_to(ADDRESS, at_least=1)[0]
    found = re.search(r"\b\d{6}\b", mail["text"])
    assert found
    wrong = f"{(int(found[0]) + 1) % 1_000_000:06d}"
    # While the action server is away, every process that fails has something to log.
    house.stop("actions")
    try:
        unanswered = conversation.send({"text": found[0]})
    finally:
        house.start("actions")
        house.wait_until_ready()
    assert unanswered.status_code == 503
    conversation.say(wrong)
    conversation.say(found[0])
    conversation.close()
    for word in ("xylotremble", "Quincampoix", "quincampoix", "4711", found[0], wrong):
        assert house.logs_that_hold(word) == []
    # The logs are there, and such a word would be found in them.
    assert house.logs_that_hold("failed (nothing_saved)") == ["bot.log"]
