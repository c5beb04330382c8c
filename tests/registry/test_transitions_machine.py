"""Any sequence of moves: the status is always the last event's, a refusal changes nothing."""

from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.orm import Session

from registry.models import AuthorisationRequest, Base, Operator, User
from registry.services import directory
from registry.session import make_engine
from registry.transitions import (
    MOVES,
    Actor,
    RecordKind,
    TransitionRefused,
    move,
    move_operator,
    user_identity,
)
from registry.vocabulary import ActorKind, AuthorisationStatus, Environment, OrganisationStatus

ENGINE = make_engine("sqlite://")
Base.metadata.create_all(ENGINE)
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OTHERS = st.sampled_from(["authority:1", "user:999", None])


class Requests(RuleBasedStateMachine):
    """One request for one operator, moved about by anybody."""

    @initialize(operator_status=st.sampled_from([OrganisationStatus.NEW, OrganisationStatus.VALID]))
    def file(self, operator_status: OrganisationStatus) -> None:
        self.session = Session(ENGINE)
        self.now = START
        self.user = User(email="camille@example.org", full_name="Camille", email_language="fr")
        self.operator = Operator(
            environment=Environment.PRODUCTION,
            status=operator_status,
            name="Huilerie des Collines",
            country="BE",
            created_at=START,
        )
        directory.index(self.operator)
        self.session.add_all([self.user, self.operator])
        self.session.flush()
        self.requester = user_identity(self.user.id)
        self.request = AuthorisationRequest(
            reference="TR-2222-2222-2",
            draft_id="draft",
            environment=Environment.PRODUCTION,
            user=self.user,
            organisation=self.operator,
            requested_role="operator",
            language="fr",
            created_at=START,
        )
        actor = Actor(ActorKind.REQUESTER, self.requester)
        move(self.session, self.request, AuthorisationStatus.REQUESTED, actor, None, START)

    @rule(to=st.sampled_from(AuthorisationStatus))
    def the_national_authority_moves_it(self, to: AuthorisationStatus) -> None:
        self._try(to, Actor(ActorKind.NATIONAL_AUTHORITY, "authority:1"))

    @rule(to=st.sampled_from(AuthorisationStatus))
    def the_requester_moves_it(self, to: AuthorisationStatus) -> None:
        self._try(to, Actor(ActorKind.REQUESTER, self.requester))

    @rule(
        to=st.sampled_from(AuthorisationStatus),
        kind=st.sampled_from(ActorKind),
        is_requester=st.booleans(),
        other=OTHERS,
    )
    def anybody_moves_it(
        self, to: AuthorisationStatus, kind: ActorKind, is_requester: bool, other: str | None
    ) -> None:
        self._try(to, Actor(kind, self.requester if is_requester else other))

    @rule(to=st.sampled_from(OrganisationStatus), kind=st.sampled_from(ActorKind), who=OTHERS)
    def move_the_operator(self, to: OrganisationStatus, kind: ActorKind, who: str | None) -> None:
        before = self._written()
        try:
            move_operator(self.session, self.operator, to, Actor(kind, who), None, self.now)
        except TransitionRefused:
            assert self._written() == before

    @invariant()
    def status_is_the_last_events(self) -> None:
        self.session.flush()
        self.session.expire_all()
        assert self.request.status == self.request.events[-1].to_status

    @invariant()
    def events_form_a_chain(self) -> None:
        events = self.request.events
        assert [event.from_status for event in events[1:]] == [
            event.to_status for event in events[:-1]
        ]

    @invariant()
    def no_valid_request_for_a_new_operator(self) -> None:
        assert (self.request.status, self.operator.status) != ("Valid", "New")

    def teardown(self) -> None:
        self.session.rollback()
        self.session.close()

    def _try(self, to: AuthorisationStatus, actor: Actor) -> None:
        before = self._written()
        self.now += timedelta(minutes=1)
        try:
            move(self.session, self.request, to, actor, "reason", self.now)
        except TransitionRefused:
            assert self._written() == before
        else:
            assert (before[0], to) in MOVES[RecordKind.AUTHORISATION_REQUEST]
            assert self._written()[4] == before[4] + 1

    def _written(self) -> tuple[object, ...]:
        self.session.flush()
        self.session.expire_all()
        request = self.request
        return (
            request.status,
            request.decided_at,
            request.decided_by,
            request.reason,
            len(request.events),
            self.operator.status,
        )


TestRequests = Requests.TestCase
TestRequests.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)
