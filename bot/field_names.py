"""What people call the fields of a form when they correct one in a sentence.

A group of a pattern is named for its field; of two that begin at the same place the first counts.
"""

import re

ARTICLE = r"(?:(?:les?|la|mon|ma|mes|notre|votre|the|my|our|your) |l['’])"
COMPANY = (
    r"(?:organi[sz]ation|soci[ée]t[ée]|entreprise|company|firm|business|op[ée]rateur|operator)s?"
)
COMPANY_NUMBER = r"(?:vat|eori)(?: number)?|(?:num[ée]ro (?:de |d['’])?)?(?:tva|eori)"
_OF_COMPANY = rf"(?: (?:de |d['’]|of ){ARTICLE}?{COMPANY})"
_NAME_OF_COMPANY = (
    rf"(?:(?:nom|num[ée]ro|name|number) (?:de |d['’]|of ){ARTICLE}?)?"
    rf"{COMPANY}(?:['’]s)?(?: name| number)?"
)
_CONTACTS = r"""
    (?P<request_contact_email>(?:adresse\ |address\ )?(?:e-?mail|mail|courriel)\ de\ contact|
        adresse\ de\ contact|contact\ (?:e-?mail|mail|address))|
    (?P<request_contact_phone>(?:num[ée]ro\ de\ )?t[ée]l[ée]phone(?:\ de\ contact)?|
        (?:contact\ )?phone(?:\ number)?|contact\ number)|
    (?P<request_message>message)|
"""
_REQUESTER = r"""
    (?P<request_name>pr[ée]nom(?:\ et\ nom)?|nom(?:\ de\ famille)?|(?:first\ |last\ |family\ )?name|
        surname)|
    (?P<request_environment>site|environ(?:ne)?ment)
"""
_EMAIL = r"(?:adresse\ |address\ )?(?:e-?mail|mail|courriel)(?:\ address)?"


def _pattern(groups: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{groups})\b", re.IGNORECASE | re.VERBOSE)


def _verbose(pattern: str) -> str:
    return pattern.replace(" ", r"\ ")


# In any form; what the request asks access to is an organisation of the directory.
OF_A_FORM = _pattern(rf"""
    (?P<none>nom\ d['’]utilisateur|user\ ?name|site\ (?:web|internet)|web\ ?site)|
    {_CONTACTS}
    (?P<question>question)|
    (?P<reference>(?:num[ée]ro\ de\ )?r[ée]f[ée]rence(?:\ number)?|
        num[ée]ro\ de\ (?:(?:la\ |ma\ )?demande|suivi|dossier)|(?:request|tracking)\ number)|
    (?P<request_organisation>{_verbose(_NAME_OF_COMPANY)}|num[ée]ro\ traces|traces\ number|
        {_verbose(COMPANY_NUMBER)}|num[ée]ro|number)|
    (?P<request_email>{_EMAIL}|adresse|address)|
    {_REQUESTER}
""")

# The request describes a new operator: two may have a name, and an address. What may be either's
# is asked back, and so is the operator alone.
OF_A_NEW_OPERATOR = _pattern(rf"""
    (?P<none>nom\ d['’]utilisateur|user\ ?name)|
    (?P<operator_address>(?:adresse|address){_verbose(_OF_COMPANY)}|adresse\ postale|
        (?:postal|street|business)\ address|rue|street|{COMPANY}(?:['’]s)?\ address)|
    (?P<operator_name>(?:nom|name){_verbose(_OF_COMPANY)}|{COMPANY}(?:['’]s)?\ name|
        raison\ sociale)|
    (?P<operator_country>pays|country)|
    (?P<operator_city>ville|city|town|code\ postal|post(?:al\ )?code)|
    (?P<operator_section>sections?)|
    (?P<operator_activity>activit[ée]s?|activity|activities)|
    (?P<operator_region>r[ée]gion(?:\ administrative)?|administrative\ region)|
    (?P<operator_coordinates>coordonn[ée]es(?:\ (?:gps|g[ée]ographiques))?|coordinates|latitude|
        longitude)|
    (?P<operator_eori>(?:num[ée]ro\ (?:d['’])?)?eori(?:\ number)?)|
    (?P<operator_vat>(?:num[ée]ro\ de\ )?tva|vat(?:\ number)?)|
    (?P<operator_control_body>(?:organisme|autorit[ée])\ de\ contr[ôo]le|organisme\ certificateur|
        control\ (?:body|authority)|certifier)|
    (?P<operator_valid_from>date\ de\ d[ée]but|start\ date|valid\ from|valable\ (?:à\ partir\ )?du)|
    (?P<operator_valid_to>date\ de\ fin|end\ date|valid\ (?:un)?til|valable\ jusqu['’]au)|
    (?P<operator_identifier>identifiants?|identifiers?)|
    (?P<operator_contact>site\ (?:web|internet)|web\ ?site|t[ée]l[ée]copie|fax(?:\ number)?|
        (?:moyen\ de\ )?contact{_verbose(_OF_COMPANY)}|moyen\ de\ contact|means\ of\ contact|
        (?:t[ée]l[ée]phone|phone|e-?mail|courriel){_verbose(_OF_COMPANY)}|
        {COMPANY}(?:['’]s)?\ (?:phone|e-?mail|contact|website))|
    (?P<operator_details>d[ée]tails?(?:{_verbose(_OF_COMPANY)})?)|
    {_CONTACTS}
    (?P<operator>{COMPANY})|
    (?P<request_email>{_EMAIL})|
    (?P<either_address>adresse|address)|
    (?P<either_name>(?<!mon\ )(?<!my\ )(?:nom|name)(?!\ de\ famille))|
    {_REQUESTER}
""")
# What either may be: a field of the operator, or of who asks.
EITHER = {
    "either_address": ("operator_address", "request_email"),
    "either_name": ("operator_name", "request_name"),
}
