"""What a new policy changes in a running program, and what it leaves."""

from dataclasses import replace

from bridge.domain.flood import FloodLimit, Pace
from bridge.workflow.current import Current
from bridge.workflow.pacing import Pacing
from tests.flow.pocket import POLICY


def pace(current: Current, event_id: str) -> Pace:
    return current.policy.pacing.count("@amy:example.org", event_id, 0, lambda: True)


def test_a_flood_goes_on_through_a_reload_and_the_new_limit_holds() -> None:
    current = Current(replace(POLICY, pacing=Pacing(FloodLimit(1, 60))))
    assert not pace(current, "$1").slow
    assert pace(current, "$2") == Pace(slow=True, tell=True)
    current.replace(replace(POLICY, language="fr", pacing=Pacing(FloodLimit(1, 60))))
    assert current.policy.language == "fr"
    assert pace(current, "$3") == Pace(slow=True, tell=False), "told once a flood"
    current.replace(POLICY)
    assert not pace(current, "$4").slow, "a new config without a limit limits nobody"


def test_trust_comes_back_with_a_config_that_loads() -> None:
    current = Current(POLICY)
    trusted = [current.trusted]
    current.distrust()
    trusted.append(current.trusted)
    assert replace(current.policy, trusted=True) == POLICY, "the rules of before go on"
    current.replace(POLICY)
    assert [*trusted, current.trusted] == [True, False, True]
