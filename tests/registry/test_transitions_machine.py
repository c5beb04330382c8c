"""Any sequence of filing, withdrawing and deciding, by anybody: no rule is ever broken.

Two people ask for access to four organisations through the services; whoever likes tries to
move requests and operators. What must come of each step is worked out here a second time.
"""

from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import (
    AuthorisationRequest,
    Authority,
    Base,
    Operator,
    Organisation,
    OutboxMail,
    RequestEvent,
)
from registry.services import directory, drafts, requests, verification
from registry.services.drafts import DraftState
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
from registry.vocabulary import (
    ActorKind,
    AuthorisationStatus,
    AuthorityRole,
    CodeOutcome,
    Environment,
    Journey,
    OrganisationStatus,
)

ENGINE = make_engine("sqlite://")
Base.metadata.create_all(ENGINE)
HASH_KEY = "a key for the tests only"
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PEOPLE = ("camille@example.org", "dominique@example.org")
# Beside which no second request for the same access may be; and what filing then raises.
LIVE = {
    "Requested": requests.RequestAlreadyOpen,
    "Valid": requests.RequestAlreadyValid,
    "Suspended": requests.RequestSuspended,
}
ADMINISTRATOR = Actor(ActorKind.ORGANISATION_ADMINISTRATOR, "administrator:1")
REQUEST_MOVES = MOVES[RecordKind.AUTHORISATION_REQUEST]
NUMBERS = st.integers(min_value=0, max_value=99)
PERSON = st.sampled_from(PEOPLE)
# What is asked for: the number of an organisation, and a role where the draft names one.
ACCESS = st.sampled_from([(0, None), (1, None), (2, None), (2, "CO"), (2, "CAFOP"), (3, None)])
# Who decides: somebody of an authority, one of the two people, nobody known.
WHO = st.sampled_from(["authority:1", *PEOPLE, None])


class Register(RuleBasedStateMachine):
    """A register of four organisations, two people and everybody who decides."""

    @initialize(path=st.sampled_from([[], ["Valid"], ["Valid", "Suspended"], ["Rejected"]]))
    def open(self, path: list[str]) -> None:
        """A request with some of its way behind it, and one for an operator that is New.

        From here, what is rare is not far.
        """
        self.session = Session(ENGINE)
        self.now = START
        self.conversations = 0
        self.filed: dict[str, str] = {}  # draft, reference
        self.withdrawn: dict[str, str] = {}
        self.organisations: list[Organisation] = [
            Operator(status=OrganisationStatus.NEW, name="Huilerie des Collines"),
            Operator(status=OrganisationStatus.VALID, name="Moulin Bio"),
            Authority(
                status=OrganisationStatus.VALID,
                name="Bureau de douane de Namur",
                role=AuthorityRole.CAFOP,
                is_national=False,
            ),
            Authority(
                status=OrganisationStatus.VALID,
                name="Service central",
                role=AuthorityRole.CCA,
                is_national=True,
            ),
        ]
        for organisation in self.organisations:
            organisation.environment = Environment.PRODUCTION
            organisation.country = "BE"
            organisation.created_at = START
            directory.index(organisation)
        self.session.add_all(self.organisations)
        self.session.flush()
        self.file(PEOPLE[0], (1, None))
        (reference,) = self.filed.values()
        for status in path:
            self._decide(reference, AuthorisationStatus(status), ADMINISTRATOR)
        self.file(PEOPLE[1], (0, None))

    @rule(person=PERSON, access=ACCESS)
    def file(self, person: str, access: tuple[int, str | None]) -> None:
        organisation = self.organisations[access[0]]
        draft = self._enter(
            Journey.ACCESS_REQUEST,
            environment="production",
            organisation_id=organisation.id,
            full_name="Camille Exemple",
            email=person,
            language="fr",
            requested_role=access[1],
        )
        role = access[1] or (
            organisation.role if isinstance(organisation, Authority) else "operator"
        )
        live = [
            request
            for request in self._requests()
            if self._key(request) == (person, organisation.id, role) and request.status in LIVE
        ]
        if organisation.status == OrganisationStatus.REJECTED:
            with self._refused(requests.OrganisationUnavailable):
                self._file(draft.id)
        elif live:
            with self._refused(LIVE[live[0].status]) as refusal:
                self._file(draft.id)
            assert refusal[0].reference == live[0].reference
        else:
            filed = self._file(draft.id)
            assert (filed.already_filed, filed.requested_role) == (False, role)
            assert filed.reference not in self.filed.values()
            self.filed[draft.id] = filed.reference

    @rule(number=NUMBERS)
    def file_the_same_draft_again(self, number: int) -> None:
        draft_id, reference = self._one_of(self.filed, number)
        before = self._written()
        again = self._file(draft_id)
        assert (again.reference, again.already_filed) == (reference, True)
        assert self._written() == before

    @rule(number=NUMBERS, person=PERSON)
    def withdraw(self, number: int, person: str) -> None:
        _, reference = self._one_of(self.filed, number)
        request = self._request(reference)
        draft = self._enter(Journey.WITHDRAWAL, reference=reference, email=person, language="en")
        if request.user.email != person:
            with self._refused(requests.RequestUnknown):
                self._withdraw(draft.id)
        elif request.status != AuthorisationStatus.REQUESTED:
            with self._refused(requests.NotWithdrawable) as refusal:
                self._withdraw(draft.id)
            assert refusal[0].status == request.status
        else:
            assert not self._withdraw(draft.id).already_withdrawn
            assert self._request(reference).status == "Cancelled"
            self.withdrawn[draft.id] = reference

    @precondition(lambda self: self.withdrawn)
    @rule(number=NUMBERS)
    def withdraw_by_the_same_draft_again(self, number: int) -> None:
        draft_id, reference = self._one_of(self.withdrawn, number)
        before = self._written()
        again = self._withdraw(draft_id)
        assert (again.reference, again.already_withdrawn) == (reference, True)
        assert self._written() == before

    @rule(number=NUMBERS)
    def ask_for_the_same_access_again(self, number: int) -> None:
        _, reference = self._one_of(self.filed, number)
        request = self._request(reference)
        place = self.organisations.index(request.organisation)
        role = request.requested_role if isinstance(request.organisation, Authority) else None
        self.file(request.user.email, (place, role))

    @rule(number=NUMBERS, choice=NUMBERS, is_own=st.booleans())
    def an_administrator_decides(self, number: int, choice: int, is_own: bool) -> None:
        """A move that the table has, by whoever may, or by the very person who asked."""
        _, reference = self._one_of(self.filed, number)
        request = self._request(reference)
        moves = [to for from_status, to in REQUEST_MOVES if from_status == request.status]
        own = Actor(ActorKind.ORGANISATION_ADMINISTRATOR, user_identity(request.user_id))
        if moves:
            to = AuthorisationStatus(moves[choice % len(moves)])
            self._decide(reference, to, own if is_own else ADMINISTRATOR)

    @rule(
        number=NUMBERS,
        to=st.sampled_from(AuthorisationStatus),
        kind=st.sampled_from(ActorKind),
        who=WHO,
    )
    def anybody_moves_it(
        self, number: int, to: AuthorisationStatus, kind: ActorKind, who: str | None
    ) -> None:
        _, reference = self._one_of(self.filed, number)
        self._decide(reference, to, Actor(kind, self._identity(who)))

    @rule(
        number=st.integers(min_value=0, max_value=1),
        to=st.sampled_from(OrganisationStatus),
        kind=st.sampled_from(ActorKind),
        who=WHO,
    )
    def move_an_operator(
        self, number: int, to: OrganisationStatus, kind: ActorKind, who: str | None
    ) -> None:
        operator = self.organisations[number]
        actor = Actor(kind, self._identity(who))
        waiting = [
            request
            for request in self._requests()
            if request.organisation_id == operator.id and request.status == "Requested"
        ]
        is_own = any(actor.identity == user_identity(request.user_id) for request in waiting)
        decides = kind in (ActorKind.NATIONAL_AUTHORITY, ActorKind.ORGANISATION_ADMINISTRATOR)
        is_move = (operator.status, to) in MOVES[RecordKind.OPERATOR]
        if is_move and decides and actor.identity is not None and not is_own:
            move_operator(self.session, operator, to, actor, None, self.now)
            expected = "Rejected" if to == OrganisationStatus.REJECTED else "Requested"
            assert {request.status for request in waiting} <= {expected}
        else:
            with self._refused(TransitionRefused):
                move_operator(self.session, operator, to, actor, None, self.now)

    @rule(person=PERSON)
    def see_ones_requests(self, person: str) -> None:
        draft = self._enter(Journey.OWN_REQUESTS, email=person, language="fr")
        told = requests.of_address(self.session, draft.id, HASH_KEY)
        own = [one for one in self._requests() if one.user.email == person]
        newest_first = sorted(own, key=lambda one: one.id, reverse=True)
        assert [(one.reference, one.status) for one in told] == [
            (one.reference, one.status) for one in newest_first
        ]

    @invariant()
    def at_most_one_request_is_live_for_each_access(self) -> None:
        live = Counter(self._key(one) for one in self._requests() if one.status in LIVE)
        assert max(live.values(), default=0) <= 1

    @invariant()
    def a_status_is_its_last_events_and_events_form_a_chain(self) -> None:
        self.session.flush()
        self.session.expire_all()
        for request in self._requests():
            events = request.events
            assert request.status == events[-1].to_status
            assert [event.from_status for event in events] == [
                None,
                *(event.to_status for event in events[:-1]),
            ]

    @invariant()
    def no_request_is_valid_while_its_operator_is_new(self) -> None:
        assert not [
            one
            for one in self._requests()
            if one.status in ("Valid", "Suspended") and one.organisation.status == "New"
        ]

    @invariant()
    def nobody_decides_their_own_request(self) -> None:
        for request in self._requests():
            own = user_identity(request.user_id)
            for moved in request.events:
                assert (moved.actor == own) == (moved.actor_kind == ActorKind.REQUESTER)

    @invariant()
    def each_filing_and_each_withdrawal_has_one_mail(self) -> None:
        kinds = Counter(self.session.scalars(select(OutboxMail.kind)))
        filed = kinds["request_filed"] + kinds["request_filed_for_new_operator"]
        assert filed == len(self.filed) == len(self._requests())
        assert kinds["request_withdrawn"] == len(self.withdrawn)

    def teardown(self) -> None:
        self.session.rollback()
        self.session.close()

    def _enter(self, journey: Journey, **fields: str | int | None) -> DraftState:
        """A draft of a new conversation, whose address is proven."""
        self.now += timedelta(hours=1)  # else the address would soon get no more codes
        self.conversations += 1
        draft = drafts.open_draft(self.session, str(self.conversations), journey, self.now)
        for field, value in fields.items():
            draft = drafts.save_field(self.session, draft.id, field, value, self.now)
        conversation = {"conversation_id": draft.conversation_id, "hash_key": HASH_KEY}
        verification.request_code(
            self.session,
            draft_id=draft.id,
            draft_version=draft.version,
            journey=journey,
            email=str(fields["email"]),
            language="fr",
            now=self.now,
            **conversation,
        )
        (mail,) = self.session.scalars(
            select(OutboxMail).where(OutboxMail.kind == "code", OutboxMail.created_at == self.now)
        )
        outcome = verification.check_code(
            self.session,
            message_id="code",
            code=mail.parameters["code"],
            now=self.now,
            **conversation,
        )
        assert outcome is CodeOutcome.ACCEPTED
        return draft

    def _file(self, draft_id: str) -> requests.FiledRequest:
        return requests.file_request(self.session, draft_id, HASH_KEY, self.now)

    def _withdraw(self, draft_id: str) -> requests.WithdrawnRequest:
        return requests.withdraw(self.session, draft_id, HASH_KEY, self.now)

    def _decide(self, reference: str, to: AuthorisationStatus, actor: Actor) -> None:
        """Moves the request, by deciders only: withdrawing has its own rule."""
        request = self._request(reference)
        is_national = isinstance(request.organisation, Authority) and (
            request.organisation.is_national
        )
        higher = ActorKind.COMMISSION if is_national else ActorKind.NATIONAL_AUTHORITY
        own = user_identity(request.user_id)
        is_blocked = to == "Valid" and request.organisation.status == "New"
        if actor.kind == ActorKind.REQUESTER:
            # What its owner may do without proof of an address is not tried here.
            actor = Actor(actor.kind, "user:999")
        allowed = (
            (request.status, to) in REQUEST_MOVES
            and to != "Cancelled"
            and actor.kind in (higher, ActorKind.ORGANISATION_ADMINISTRATOR)
            and actor.identity not in (None, own)
            and not is_blocked
        )
        if allowed:
            move(self.session, request, to, actor, "reason", self.now)
            assert (request.status, request.decided_by) == (to, actor.identity)
        else:
            with self._refused(TransitionRefused):
                move(self.session, request, to, actor, "reason", self.now)

    @contextmanager
    def _refused(self, kind: type[Exception]):
        """What is done inside raises exactly `kind` and changes nothing."""
        before = self._written()
        caught: list = []
        try:
            yield caught
        except Exception as refusal:
            assert type(refusal) is kind, refusal
            caught.append(refusal)
        assert caught
        assert self._written() == before

    def _written(self) -> tuple[object, ...]:
        self.session.flush()
        self.session.expire_all()
        return (
            [(one.id, one.status, one.decided_by, one.user.email) for one in self._requests()],
            len(self.session.scalars(select(RequestEvent.id)).all()),
            len(self.session.scalars(select(OutboxMail.id)).all()),
            [organisation.status for organisation in self.organisations],
        )

    def _requests(self) -> list[AuthorisationRequest]:
        return list(
            self.session.scalars(select(AuthorisationRequest).order_by(AuthorisationRequest.id))
        )

    def _request(self, reference: str) -> AuthorisationRequest:
        return next(one for one in self._requests() if one.reference == reference)

    def _identity(self, who: str | None) -> str | None:
        """The identity of a person who asked for something before, of others their own."""
        known = {one.user.email: user_identity(one.user_id) for one in self._requests()}
        return known.get(who, who) if who else None

    @staticmethod
    def _key(request: AuthorisationRequest) -> tuple[str, int, str]:
        return (request.user.email, request.organisation_id, request.requested_role)

    @staticmethod
    def _one_of(kept: dict[str, str], number: int) -> tuple[str, str]:
        return list(kept.items())[number % len(kept)]


TestRegister = Register.TestCase
TestRegister.settings = settings(
    max_examples=50,
    stateful_step_count=20,
    deadline=None,
    # Explaining a failure would take minutes; shrinking it is enough.
    phases=(Phase.reuse, Phase.generate, Phase.shrink),
)
