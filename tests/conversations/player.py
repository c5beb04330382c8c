"""Plays a story against the house and compares what comes with what it says."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any
from uuid import uuid4

from registry.references import new_reference
from tests.conversations.client import Body, Conversation
from tests.conversations.house import House
from tests.conversations.register import conversation_of, facts, mails_written
from tests.conversations.said import Expected, Values, mails, name_of, responses
from tests.conversations.scenario import Heard, Scenario, Step, in_language

SWITCHES = {
    ("by phrase", "en"): ("say", "in English please"),
    ("by phrase", "fr"): ("say", "en français s'il vous plaît"),
    # The buttons that the page itself always shows.
    ("by button", "en"): ("payload", "/switch_to_english"),
    ("by button", "fr"): ("payload", "/switch_to_french"),
}


class Player:
    """One run: in one language, or begun in one and ended in the other."""

    def __init__(self, house: House, scenario: Scenario, languages: tuple[str, ...]) -> None:
        self._house = house
        self._scenario = scenario
        self._lang, *others = languages
        self._next_lang = others[0] if others else None
        self._first = Conversation.open(house, self._lang)
        self._tab: Conversation | None = None
        self._other: Conversation | None = None
        # In the order in which they were shown, by session.
        self._shown: dict[str, list[Body]] = {}
        self._heard_names: list[str] = []
        self._transcript: list[str] = []
        run = uuid4().hex[:10]
        self._emails = {"email": f"jo.{run}@example.org", "other email": f"al.{run}@example.org"}
        self._values: Values = {
            **self._emails,
            "new company": company_of(run),
            "unknown reference": new_reference(),
        }

    def play(self) -> None:
        """Play every step; fails at the first that goes another way, with the transcript."""
        self._take_in(self._first, self._first.messages)
        try:
            for step in self._scenario.steps:
                self._play_step(step)
            wrongly = set(self._scenario.never_hear) & set(self._heard_names)
            assert not wrongly, f"must never be heard: {wrongly}"
            for email in self._emails.values():
                assert not self._house.logs_that_hold(email), "an address stands in a log"
        except (AssertionError, KeyError) as failure:
            story = "\n".join(self._transcript)
            raise AssertionError(f"{failure}\n\nWhat was said:\n{story}") from failure
        finally:
            for conversation in (self._first, self._tab, self._other):
                if conversation is not None:
                    conversation.close()

    def _play_step(self, step: Step) -> None:
        place = f"step {step.number}, {step.action} {step.what!r}"
        if step.action == "register":
            self._check_register(step.what, place)
        elif step.action == "mails":
            self._check_mails(step.what, place)
        elif step.action == "command":
            self._house.run_command(self._filled(step.what))
        elif step.action != "switch language":
            self._talk(step, place)
        elif self._next_lang is not None:
            self._lang, self._next_lang = self._next_lang, None
            self._talk(step, place)

    def _talk(self, step: Step, place: str) -> None:
        expected = step.hear
        if step.is_switching and self._next_lang is not None:
            self._lang, self._next_lang = self._next_lang, None
            expected = (Heard("utter_language_continues", {}), *expected)
        conversation = self._conversation_of(step)
        messages = self._act(conversation, step)
        self._take_in(conversation, messages)
        names = [heard.name for heard in expected]
        came = [
            name_of(message["text"], self._lang, name)
            for message, name in zip_longest(messages, names)
            if message is not None
        ]
        assert came == names, f"{place}: heard {came} instead of {names}"
        found: Values = {}
        for message, heard in zip(messages, expected, strict=True):
            template = responses()[heard.name, self._lang]
            found |= self._check_text(template, message["text"], heard.values, place)
        self._check_languages(messages, place)
        self._check_buttons(messages, expected, step.buttons, place)
        self._heard_names += came
        self._values |= {name: found[name] for name in step.remember}

    def _act(self, conversation: Conversation, step: Step) -> list[Body]:
        if step.action == "switch language":
            action, said = SWITCHES[step.what, self._lang]
        else:
            action, said = step.action, self._filled(step.what)
        if action == "payload":
            self._transcript.append(f"- presses the page's {said}")
            return conversation.press(said)
        if action == "say":
            self._transcript.append(f"- says: {said}")
            return conversation.say(said)
        self._transcript.append(f"- presses: {said}")
        return conversation.press(self._payload(conversation, step))

    def _payload(self, conversation: Conversation, step: Step) -> str:
        """The payload of the last (or first) button shown with this title."""
        shown = self._shown[conversation.token]
        if step.action != "press the first":
            shown = list(reversed(shown))
        # One shown before a switch still has its title in the other language.
        other = "en" if self._lang == "fr" else "fr"
        mine, others = (self._filled(in_language(step.what, lang)) for lang in (self._lang, other))
        together = [(mine, others)] if step.action == "press the first" else [(mine,), (others,)]
        for titles in together:
            for button in shown:
                if button["title"] in titles:
                    return str(button["payload"])
        raise AssertionError(f"step {step.number}: no button {step.what!r} was shown")

    def _conversation_of(self, step: Step) -> Conversation:
        if step.is_second_tab:
            self._tab = self._tab or self._first.second_tab(self._house)
            return self._tab
        if step.is_other_session:
            if self._other is None:
                self._other = Conversation.open(self._house, self._lang)
                self._take_in(self._other, self._other.messages)
            return self._other
        return self._first

    def _take_in(self, conversation: Conversation, messages: list[Body]) -> None:
        shown = self._shown.setdefault(conversation.token, [])
        for message in messages:
            shown += message["buttons"]
            titles = " ".join(f"[{button['title']}]" for button in message["buttons"])
            self._transcript.append(f"  ({message['lang']}) {message['text']} {titles}".rstrip())

    def _check_text(
        self, template: Expected, text: str, values: Mapping[str, Any], place: str
    ) -> Values:
        found = template.values_in(text)
        assert found is not None, f"{place}: another text came: {text}"
        for name, wanted in values.items():
            assert found[name] == self._filled(wanted), (
                f"{place}: {name} is {found[name]!r} instead of {self._filled(wanted)!r}"
            )
        return found

    def _check_languages(self, messages: list[Body], place: str) -> None:
        languages = {message["lang"] for message in messages}
        assert languages == {self._lang}, f"{place}: marked as {languages}, not {self._lang}"

    def _check_buttons(
        self, messages: list[Body], expected: tuple[Heard, ...], buttons: Any, place: str
    ) -> None:
        came = [button["title"] for message in messages for button in message["buttons"]]
        wanted = [
            title for heard in expected for title in responses()[heard.name, self._lang].titles
        ]
        wanted += [self._filled(title) for title in in_language(buttons, self._lang) or []]
        assert came == wanted, f"{place}: the buttons are {came} instead of {wanted}"

    def _check_register(self, wanted: Mapping[str, Any], place: str) -> None:
        conversation_id = conversation_of(self._house, self._first.token)
        found = facts(self._house, conversation_id, self._emails.values())
        # The language of the moment is the only value that a story cannot know.
        asked = {
            name: self._lang if value == "the one spoken" else self._filled(value)
            for name, value in wanted.items()
        }
        held = {name: found.get(name) for name in asked}
        assert held == asked, f"{place}: the register holds {held}"

    def _check_mails(self, wanted: list[Heard], place: str) -> None:
        came = self._mails(kind=None)
        assert len(came) == len(wanted), f"{place}: {len(came)} mails"
        for mail, heard in zip(reversed(came), wanted, strict=True):
            template = mails()[heard.name, self._lang]
            text = _whole(mail)
            self._check_text(template, text, heard.values, place)

    def _filled(self, text: Any) -> Any:
        """The text of the language spoken, with what is known in the place of its {names}."""
        text = in_language(text, self._lang)
        if not isinstance(text, str):
            return text
        for name in ("code", "wrong code", "first code"):
            if f"{{{name}}}" in text:
                self._values[name] = self._code(name)
        for name, value in self._values.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def _code(self, name: str) -> str:
        """The digits of the latest code mail or of the first, or digits of none."""
        mail = self._mails(kind="code")[-1 if name == "first code" else 0]
        found = mails()["code", self._lang].values_in(_whole(mail))
        assert found is not None, f"the code's mail is not in {self._lang}: {mail}"
        code = found["code"]
        return f"{(int(code) + 1) % 1_000_000:06d}" if name == "wrong code" else code

    def _mails(self, kind: str | None) -> list[Body]:
        """The mails to the person, newest first, once the worker has sent all of them."""
        recipients = mails_written(self._house, kind, self._emails.values())
        assert recipients, "no mail was written"
        to = recipients[-1]
        awaited = len(mails_written(self._house, None, [to]))
        came = self._first.mails_to(to, at_least=awaited)
        subject = mails().get((kind or "", self._lang))
        return [m for m in came if subject is None or subject.text.startswith(m["subject"])]


def _whole(mail: Body) -> str:
    return f"{mail['subject']}\n{mail['text']}".strip()


def company_of(run: str) -> str:
    """A name that no organisation of the register has, of two words in letters alone."""
    letters = "".join(chr(ord("a") + int(digit, 16)) for digit in run)
    return f"{letters[:5].title()} {letters[5:].title()}"
