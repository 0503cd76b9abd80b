"""How a question moves: who may do what, and that no sequence of moves leaves it in two minds."""

from dataclasses import replace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from bridge.domain import lifecycle
from bridge.domain.lifecycle import Actor
from bridge.domain.questions import DECIDING, Acceptance, Attachment, Discussion, Question, State, Voice
from bridge.domain.results import Refused
from tests.domain.samples import ANN, BOB, MOD, acceptance, answer, question

ASKER, HELPER, MODERATOR = Actor(ANN), Actor(BOB), Actor(MOD, moderator=True)
STAFF = Actor("@eve:example.org", staff=True)


def code(outcome: Question | Refused) -> str:
    return outcome.code if isinstance(outcome, Refused) else outcome.state.value


@pytest.mark.parametrize(
    ("state", "assignee", "actor", "outcome"),
    [
        (State.OPEN, None, HELPER, "claimed"),
        (State.OPEN, MOD, HELPER, "claimed"),
        (State.CLAIMED, BOB, HELPER, "already-yours"),
        (State.CLAIMED, MOD, HELPER, "already-claimed"),
        (State.ANSWERED, None, HELPER, "not-unanswered"),
        (State.CLOSED, None, MODERATOR, "not-unanswered"),
    ],
)
def test_claiming(state: State, assignee: str | None, actor: Actor, outcome: str) -> None:
    claimed = lifecycle.claim(question(state=state, assignee=assignee), actor)
    assert code(claimed) == outcome
    if isinstance(claimed, Question):
        assert claimed.assignee == actor.user_id


@pytest.mark.parametrize(
    ("state", "actor", "outcome"),
    [
        (State.CLAIMED, HELPER, "open"),
        (State.CLAIMED, MODERATOR, "open"),
        (State.CLAIMED, ASKER, "not-your-claim"),
        (State.OPEN, HELPER, "open"),
        (State.CLOSED, HELPER, "not-claimed"),
    ],
)
def test_releasing(state: State, actor: Actor, outcome: str) -> None:
    released = lifecycle.release(question(state=state, assignee=BOB), actor)
    assert code(released) == outcome
    if isinstance(released, Question):
        assert released.assignee is None


@pytest.mark.parametrize(
    ("state", "actor", "outcome"),
    [
        (State.OPEN, ASKER, "closed"),
        (State.OPEN, MODERATOR, "closed"),
        (State.CLAIMED, HELPER, "closed"),
        (State.OPEN, STAFF, "may-not-close"),
        (State.CLOSED, ASKER, "already-closed"),
        (State.CLOSED, STAFF, "may-not-close"),
    ],
)
def test_closing(state: State, actor: Actor, outcome: str) -> None:
    closed = lifecycle.close(question(state=state, assignee=BOB), actor, "by phone", 7)
    assert code(closed) == outcome
    if isinstance(closed, Question):
        assert (closed.reason, closed.closed_at) == ("by phone", 7)


@pytest.mark.parametrize(
    ("state", "withdrawn", "actor", "outcome"),
    [
        (State.CLOSED, False, ASKER, "open"),
        (State.ANSWERED, False, HELPER, "open"),
        (State.ANSWERED, False, MODERATOR, "open"),
        (State.ANSWERED, False, STAFF, "may-not-reopen"),
        (State.OPEN, False, ASKER, "not-settled"),
        (State.CLAIMED, False, ASKER, "not-settled"),
        (State.CLOSED, True, MODERATOR, "withdrawn"),
    ],
)
def test_reopening(state: State, withdrawn: bool, actor: Actor, outcome: str) -> None:
    settled = question(state=state, withdrawn=withdrawn, assignee=BOB, reason="x", closed_at=1, answered_at=1)
    opened = lifecycle.reopen(settled, actor)
    assert code(opened) == outcome
    if isinstance(opened, Question):
        assert (opened.reason, opened.closed_at, opened.answered_at) == ("", None, None)


def test_a_withdrawn_question_keeps_its_number_and_nothing_that_was_written() -> None:
    asked = question(
        tags=("vpn",), attachments=(Attachment("$f", "file", "plan.pdf", "mxc://x/y"),), directed_to=(BOB,)
    )
    gone = lifecycle.withdraw(asked, 9)
    assert (gone.number, gone.asker, gone.state, gone.closed_at) == (1, ANN, State.CLOSED, 9)
    assert (gone.text, gone.title, gone.tags, gone.attachments, gone.directed_to) == ("", "", (), (), ())


@pytest.mark.parametrize(
    ("actor", "author", "staff_may_accept", "voice"),
    [
        (ASKER, BOB, False, Voice.ASKER),
        (ASKER, ANN, False, Voice.ASKER),
        (MODERATOR, BOB, False, Voice.MODERATOR),
        (MODERATOR, MOD, False, Voice.MODERATOR),
        (Actor(ANN, moderator=True), BOB, False, Voice.ASKER),
        (STAFF, BOB, True, Voice.STAFF),
        (STAFF, BOB, False, Voice.HELPER),
        (STAFF, STAFF.user_id, True, Voice.HELPER),
        (HELPER, MOD, True, Voice.HELPER),
        (HELPER, BOB, True, Voice.HELPER),
    ],
)
def test_as_what_a_word_counts(actor: Actor, author: str, staff_may_accept: bool, voice: Voice) -> None:
    assert lifecycle.voice_of(question(), actor, author, staff_may_accept=staff_may_accept) is voice


@pytest.mark.parametrize(
    ("before", "said", "outcome"),
    [
        ([], acceptance(ANN, Voice.ASKER, 5), "answered"),
        ([], acceptance(MOD, Voice.MODERATOR, 5), "answered"),
        ([], acceptance(BOB, Voice.STAFF, 5), "answered"),
        ([], acceptance(BOB, Voice.HELPER, 5), "open"),
        ([acceptance(BOB, Voice.HELPER)], acceptance(BOB, Voice.HELPER, 5), "said-already"),
        ([acceptance(BOB, Voice.HELPER)], acceptance(BOB, Voice.STAFF, 5), "answered"),
        ([acceptance(ANN, Voice.ASKER)], acceptance(ANN, Voice.ASKER, 5), "said-already"),
        ([acceptance(ANN, Voice.ASKER)], acceptance(BOB, Voice.HELPER, 5), "already-accepted"),
        ([acceptance(ANN, Voice.ASKER)], acceptance(BOB, Voice.STAFF, 5), "already-accepted"),
        ([acceptance(ANN, Voice.ASKER)], acceptance(MOD, Voice.MODERATOR, 5), "answered"),
        ([acceptance(ANN, Voice.ASKER, 0, "$other")], acceptance(BOB, Voice.HELPER, 5), "open"),
    ],
)
def test_accepting(before: list[Acceptance], said: Acceptance, outcome: str) -> None:
    settled = lifecycle.accept(question(), Discussion((answer(),), tuple(before)), said)
    assert code(settled) == outcome


def test_a_second_acceptance_does_not_move_the_time_of_the_first() -> None:
    answered = question(state=State.ANSWERED, answered_at=3)
    again = lifecycle.accept(answered, Discussion(), acceptance(MOD, Voice.MODERATOR, 8))
    assert isinstance(again, Question)
    assert again.answered_at == 3


@pytest.mark.parametrize(
    ("state", "left", "after"),
    [
        (State.ANSWERED, [], State.OPEN),
        (State.ANSWERED, [acceptance(BOB, Voice.HELPER)], State.OPEN),
        (State.ANSWERED, [acceptance(MOD, Voice.MODERATOR)], State.ANSWERED),
        (State.CLOSED, [], State.CLOSED),
        (State.CLAIMED, [], State.CLAIMED),
    ],
)
def test_losing_an_acceptance(state: State, left: list[Acceptance], after: State) -> None:
    assert lifecycle.after_loss(question(state=state), Discussion((answer(),), tuple(left))).state is after


actors = st.sampled_from([ASKER, HELPER, MODERATOR, STAFF, Actor("@zoe:example.org")])


class Life(RuleBasedStateMachine):
    """One question from asking on, handled as the workflow handles it."""

    events = Bundle("events")

    @initialize()
    def asked(self) -> None:
        self.question = question()
        self.discussion = Discussion()
        self.clock = 0

    def _take(self, outcome: Question | Refused) -> bool:
        """A refusal changes nothing."""
        self.clock += 1
        if isinstance(outcome, Question):
            self.question = outcome
        return isinstance(outcome, Question)

    @rule(target=events, author=actors)
    def answered(self, author: Actor) -> str:
        given = answer(f"${len(self.discussion.answers)}", author.user_id)
        self.discussion = replace(self.discussion, answers=(*self.discussion.answers, given))
        return given.event_id

    @rule(actor=actors)
    def claimed(self, actor: Actor) -> None:
        self._take(lifecycle.claim(self.question, actor))

    @rule(actor=actors)
    def released(self, actor: Actor) -> None:
        self._take(lifecycle.release(self.question, actor))

    @rule(actor=actors)
    def closed(self, actor: Actor) -> None:
        self._take(lifecycle.close(self.question, actor, "done", self.clock))

    @rule(actor=actors)
    def reopened(self, actor: Actor) -> None:
        if self._take(lifecycle.reopen(self.question, actor)):
            self._keep([a for a in self.discussion.acceptances if a.voice not in DECIDING])

    @rule(event=events, actor=actors, staff_may_accept=st.booleans())
    def accepted(self, event: str, actor: Actor, staff_may_accept: bool) -> None:
        given = self.discussion.answer(event)
        if given is None or self.question.state is State.CLOSED:
            return
        voice = lifecycle.voice_of(self.question, actor, given.author, staff_may_accept=staff_may_accept)
        said = Acceptance(event, 1, actor.user_id, voice, self.clock)
        if self._take(lifecycle.accept(self.question, self.discussion, said)):
            self._keep([*self.discussion.acceptances, said])

    @rule(event=events, actor=actors)
    def unaccepted(self, event: str, actor: Actor) -> None:
        said = self.discussion.acceptances
        self._keep([a for a in said if (a.answer, a.by) != (event, actor.user_id)])
        self._take(lifecycle.after_loss(self.question, self.discussion))

    @rule(event=events)
    def answer_redacted(self, event: str) -> None:
        answers = tuple(replace(a, withdrawn=a.withdrawn or a.event_id == event) for a in self.discussion.answers)
        self.discussion = replace(self.discussion, answers=answers)
        self._keep([a for a in self.discussion.acceptances if a.answer != event])
        self._take(lifecycle.after_loss(self.question, self.discussion))

    @rule(sure=st.integers(0, 20))
    def redacted(self, sure: int) -> None:
        if sure == 0:
            self._take(lifecycle.withdraw(self.question, self.clock))

    def _keep(self, acceptances: list[Acceptance]) -> None:
        self.discussion = replace(self.discussion, acceptances=tuple(acceptances))

    @invariant()
    def it_is_answered_exactly_while_an_answer_is_accepted(self) -> None:
        accepted = self.discussion.accepted
        if self.question.state is State.ANSWERED:
            assert accepted
            assert self.question.answered_at is not None
        if self.question.unanswered:
            assert not accepted
            assert self.question.answered_at is None

    @invariant()
    def accepted_answers_can_be_read(self) -> None:
        assert all(self.discussion.answer(event) for event in self.discussion.accepted)

    @invariant()
    def a_claim_has_a_holder_and_a_closure_a_time(self) -> None:
        assert self.question.state is not State.CLAIMED or self.question.assignee
        assert (self.question.state is State.CLOSED) == (self.question.closed_at is not None)

    @invariant()
    def nobody_said_the_same_twice(self) -> None:
        said = [(a.answer, a.by, a.voice) for a in self.discussion.acceptances]
        assert len(said) == len(set(said))

    @invariant()
    def what_is_withdrawn_stays_so(self) -> None:
        if self.question.withdrawn:
            assert self.question.state is State.CLOSED
            assert not self.question.text


TestLife = Life.TestCase
