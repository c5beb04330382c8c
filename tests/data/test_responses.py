"""Both languages of a response say the same, rest on known facts and lead where they may."""

import json
import re
from collections import Counter
from urllib.parse import urlsplit

import pytest

from actions.guide_path import SITE_URLS, STEPS
from actions.request_draft import DRAFT_FIELDS
from actions.request_fields import TYPED_MESSAGE
from actions.request_step import ASKING_BACK, SUGGESTION
from actions.ticket import TICKET_FIELDS
from tests.data.texts import (
    DATA,
    LINK,
    PLACEHOLDER,
    ROOT,
    Variation,
    domain,
    response_files,
    responses,
    variations,
    yaml_of,
)

FACTS = yaml_of(DATA / "facts.yml")
# S37's panel shows a real person's data: nothing may rest on it.
NEVER_CITED = {"S37"}
IN_ENGLISH = [{"type": "slot", "name": "language", "value": "en"}]
IDS_OF_OUR_OWN = {"draft_id", "draft_version", "reference"}
# The Commission's sites and the few others that the facts name (X06, X16, X29, X30).
HOSTS = {
    "webgate.ec.europa.eu",
    "webgate.training.ec.europa.eu",
    "trusted-digital-identity.europa.eu",
    "ecas.ec.europa.eu",
    "advanced-gateway-meetings.ec.europa.eu",
    "interop.europass.cedefop.europa.eu",
    "skal.nl",
    "help.interu.io",
    "help.reportnet.europa.eu",
    "traces.fli.de",
    "lmtvet.bremen.de",
}
LOOK_ALIKES = (
    "europa.eu.example.org",
    "not-europa.eu",
    "noteuropa.eu",
    "europaXeu",
    "skal.nl.example.org",
    "notskal.nl",
    "help.interu.io.example.org",
    "xhelp.interu.io",
    "traces-fli.de",
    "xtraces.fli.de",
    "lmtvet.bremen.de.example.org",
    "",
)
# Filled by the guide with the address of the user's site.
SITE_ADDRESS = "{site_url}"
PAYLOAD = re.compile(r"/(\w+)(\{\{.*\}\})?")
A02 = {
    "fr": "Votre demande est conservée dans le registre de cet assistant. Elle ne remplace pas"
    " votre demande dans TRACES NT : faites-la là aussi. Votre profil TRACES NT ne montre que ce"
    " qui y a été demandé.",
    "en": "Your request is kept in this assistant's register. It does not replace your request in"
    " TRACES NT: make it there too. Your TRACES NT profile shows only what was asked there.",
}
SAY_A02 = (
    "utter_field_request_confirmation",
    "utter_field_request_confirmation_new_operator",
    "utter_request_filed",
    "utter_status_requested",
    "utter_status_valid",
    "utter_status_suspended",
    "utter_status_rejected",
    "utter_status_cancelled",
    "utter_status_removed",
)


def flowing(text: str) -> str:
    return " ".join(text.split())


def test_no_id_is_defined_twice() -> None:
    ids = Counter(
        re.match(r"  (\w+):", line)[1]
        for path in response_files()
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"  utter_\w+:", line)
    )
    assert [name for name, count in ids.items() if count > 1] == []
    assert set(ids) == set(responses())


def test_french_stands_first_and_unconditioned_english_second_and_conditioned(
    pair: list[Variation],
) -> None:
    assert [(v.lang, v.condition) for v in pair] == [("fr", None), ("en", IN_ENGLISH)]


def test_both_languages_have_the_same_facts_placeholders_links_and_buttons(
    pair: list[Variation],
) -> None:
    french, english = pair
    assert french.facts == english.facts
    assert french.placeholders == english.placeholders
    assert french.links == english.links
    assert french.payloads == english.payloads


def test_no_text_is_left_untranslated(pair: list[Variation]) -> None:
    french, english = pair
    if french.response == "utter_other_language":
        assert "English" in french.text and "français" in english.text
        return
    assert french.text != english.text


def test_every_cited_fact_exists(variation: Variation) -> None:
    assert set(variation.facts) <= set(FACTS) - NEVER_CITED


def test_every_fact_of_the_guide_is_in_an_answer() -> None:
    """S37 is personal data."""
    of_the_guide = {fact for fact in FACTS if fact.startswith("S")}
    cited = {fact for variation in variations() for fact in variation.facts}
    assert of_the_guide - cited == {"S37"}


def test_what_is_outside_of_the_guide_is_said_to_be(variation: Variation) -> None:
    mark = {"fr": "hors du guide", "en": "outside the guide"}[variation.lang]
    is_outside = any(fact.startswith("X") for fact in variation.facts)
    assert (mark in variation.text.lower()) == is_outside


def test_a_link_of_a_fact_from_outside_is_its_source(variation: Variation) -> None:
    """No address is given that the facts cited do not name."""
    named = " ".join(str(FACTS[fact]) for fact in variation.facts)
    for address in variation.links:
        assert address == SITE_ADDRESS or address in named


def test_each_step_of_the_guide_shows_its_picture() -> None:
    pictures = {v.response: v.image for v in variations() if v.image}
    assert pictures == {f"utter_guide_{step}": f"guide/{step}" for step in STEPS}
    assert all(len({v.image for v in pair}) == 1 for pair in responses().values())


def test_nothing_is_shouted(variation: Variation) -> None:
    assert "!" not in variation.text
    assert not any("!" in title for title in variation.titles)


def linked_by_the_page(host: str) -> bool:
    script = (ROOT / "web/gateway/page/page.js").read_text(encoding="utf-8")
    allowed = re.search(r"LINKED_HOSTS =\s+/(.+)/;", script)
    assert allowed
    return re.search(allowed[1], host) is not None


def test_links_lead_to_named_hosts_over_https(variation: Variation) -> None:
    for address in variation.links:
        if address == SITE_ADDRESS:
            continue
        parts = urlsplit(address)
        assert parts.scheme == "https"
        assert parts.netloc in HOSTS


def test_an_address_is_written_as_a_link(variation: Variation) -> None:
    """Elsewhere the page would show it as plain text."""
    beside_links = LINK.sub("", variation.text)
    assert "://" not in beside_links
    assert "](" not in beside_links
    assert not any("://" in title for title in variation.titles)


def test_each_named_host_is_linked_to_and_has_a_use() -> None:
    used = {urlsplit(address).netloc for v in variations() for address in v.links} - {""}
    assert used == HOSTS
    assert {urlsplit(address).netloc for address in SITE_URLS.values()} <= HOSTS
    assert [host for host in HOSTS if not linked_by_the_page(host)] == []


@pytest.mark.parametrize("host", LOOK_ALIKES)
def test_the_page_links_to_no_look_alike(host: str) -> None:
    assert not linked_by_the_page(host)


def test_the_sites_addresses_are_the_same_in_answer_and_guide() -> None:
    """S07, S08."""
    assert responses()["utter_where_link"][0].links == list(SITE_URLS.values())


def test_the_sites_address_is_given_where_the_guide_shows_a_step() -> None:
    using = {v.response for v in variations() if "{site_url}" in v.text}
    assert using <= {f"utter_guide_{step}" for step in STEPS}


def test_payloads_are_intents_with_values_of_our_own(variation: Variation) -> None:
    known = domain()
    for payload in variation.payloads:
        match = PAYLOAD.fullmatch(payload)
        assert match, payload
        assert match[1] in known["intents"]
        # What a person typed must never stand in a payload: it would inject values.
        assert set(PLACEHOLDER.findall(payload)) <= IDS_OF_OUR_OWN
        if match[2]:
            values = json.loads(match[2].replace("{{", "{").replace("}}", "}"))
            assert set(values) <= set(known["entities"])
            assert values.get("environment", "production") in SITE_URLS
            in_place_of_a_field = {*ASKING_BACK, SUGGESTION, TYPED_MESSAGE}
            fields = {*DRAFT_FIELDS, *TICKET_FIELDS, *in_place_of_a_field}
            assert values.get("field", SUGGESTION) in fields


def test_buttons_have_short_titles_of_their_own(variation: Variation) -> None:
    assert len(set(variation.titles)) == len(variation.titles)
    assert len(set(variation.payloads)) == len(variation.payloads)
    assert all(0 < len(title) <= 40 for title in variation.titles)


def test_a02_is_said_whole_in_recap_confirmation_and_status() -> None:
    for variation in variations():
        if variation.response in SAY_A02:
            assert A02[variation.lang] in flowing(variation.text), variation.response
            assert "A02" in variation.facts


def test_a02_is_said_in_each_mail_about_a_request() -> None:
    mail = yaml_of(DATA / "texts" / "mail.yml")
    about_requests = [key for key in mail if key.startswith("request_") and key.endswith(".body")]
    assert len(about_requests) > 1
    for lang, sentence in A02.items():
        whole = flowing(mail["not_traces"][lang])
        assert sentence in whole
        profile = whole.split(". ")[-1]
        for key in about_requests:
            # "Make it there too" is no advice for someone who withdraws a request.
            said = profile if key == "request_withdrawn.body" else "{not_traces}"
            assert said in flowing(mail[key][lang])


def test_the_guides_slip_is_told_with_its_missing_word() -> None:
    """S06 lacks "pas": taken literally, people would register twice."""
    french, english = responses()["utter_already_have_account"]
    assert "**pas** nécessaire" in french.text
    assert "**not** necessary" in english.text
