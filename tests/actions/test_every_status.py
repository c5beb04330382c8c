"""Whatever the status of a request, it is told by a response of its own."""

import pytest
from sqlalchemy import select

from actions.status import ActionShowStatus
from registry.models import AuthorisationRequest
from registry.vocabulary import AuthorisationStatus
from tests.actions.talk import Talk
from tests.actions.test_access_request import ADDRESS, file_a_request
from tests.data.texts import responses


@pytest.mark.parametrize("status", list(AuthorisationStatus))
def test_each_status_is_told_by_its_own_response(talk: Talk, status: AuthorisationStatus) -> None:
    file_a_request(talk)
    with talk.house.database.transaction() as session:
        request = session.scalars(select(AuthorisationRequest)).one()
        request.status = status
        reference = request.reference
    talk.slots |= {"status_reference": reference, "status_email": ADDRESS}
    (said,) = talk.call(ActionShowStatus)
    assert said == f"utter_status_{status.lower()}"
    assert said in responses()
    for variation in responses()[said]:
        assert variation.placeholders <= set(talk.messages[0])
