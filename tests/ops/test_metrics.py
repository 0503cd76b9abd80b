"""What is counted is shown, and every metric that is shown is in the reference."""

from pathlib import Path

import pytest

from bridge.ops import reference as page
from bridge.ops.metrics import DECLARED, Metrics, reference

TOP = Path(__file__).parents[2]


def shown(metrics: Metrics) -> list[str]:
    return metrics.render().decode().splitlines()


def everything() -> Metrics:
    metrics = Metrics("1.2.3")
    metrics.received("sync", 100)
    metrics.handled("done", 98)
    metrics.handled("parked")
    metrics.batch(0.2, 100)
    metrics.queue("inbox", 7, 1.5)
    metrics.queue("outbox", 3, 0.25)
    metrics.sent("send", "sent")
    metrics.request("send", 0.02, "ok")
    metrics.asked(2)
    metrics.answered()
    metrics.doors({"acme": 3, "beta": 1}, {"due": 2, "stuck": 0})
    metrics.removal("removed")
    metrics.removal("failed")
    metrics.drift({("acme", "power"): 9})
    metrics.drift({("acme", "join_rule"): 2})
    metrics.mended("mended")
    metrics.undecryptable(2)
    metrics.unread(1)
    metrics.identity("none", device_signed=False)
    metrics.identity("ours", device_signed=True)
    metrics.key_backup("ours")
    metrics.room_keys(12, 3)
    return metrics


def test_counts_are_shown() -> None:
    lines = shown(everything())
    for line in (
        "askbridge_up 1.0",
        'askbridge_events_received_total{source="sync"} 100.0',
        'askbridge_events_handled_total{outcome="done"} 98.0',
        'askbridge_events_handled_total{outcome="parked"} 1.0',
        "askbridge_inbox_depth 7.0",
        "askbridge_inbox_oldest_seconds 1.5",
        "askbridge_outbox_depth 3.0",
        "askbridge_outbox_oldest_seconds 0.25",
        "askbridge_batch_seconds_count 1.0",
        "askbridge_event_seconds_count 100.0",
        'askbridge_event_seconds_bucket{le="0.0025"} 100.0',
        'askbridge_event_seconds_bucket{le="0.001"} 0.0',
        'askbridge_effects_total{kind="send",result="sent"} 1.0',
        'askbridge_homeserver_seconds_count{endpoint="send",result="ok"} 1.0',
        "askbridge_questions_asked_total 2.0",
        "askbridge_undecryptable_events_total 2.0",
        "askbridge_unread_events 1.0",
        "askbridge_device_verified 1.0",
        'askbridge_identity{state="ours"} 1.0',
        'askbridge_key_backup{state="ours"} 1.0',
        "askbridge_room_keys 12.0",
        "askbridge_room_keys_not_backed_up 3.0",
        "askbridge_questions_answered_total 1.0",
        'askbridge_grants{space="beta"} 1.0',
        'askbridge_violations{step="due"} 2.0',
        'askbridge_violations{step="stuck"} 0.0',
        'askbridge_removals_total{result="removed"} 1.0',
        'askbridge_removals_total{result="failed"} 1.0',
        'askbridge_drift{kind="join_rule",space="acme"} 2.0',
        'askbridge_drift_mended_total{result="mended"} 1.0',
    ):
        assert line in lines
    assert any(line.startswith("askbridge_build_info{") and 'version="1.2.3"' in line for line in lines)


def test_a_space_without_grants_is_shown_no_longer() -> None:
    metrics = everything()
    metrics.doors({"acme": 2}, {"due": 0, "stuck": 0})
    found = [line for line in shown(metrics) if line.startswith(("askbridge_grants{", "askbridge_violations{"))]
    assert found == [
        'askbridge_grants{space="acme"} 2.0',
        'askbridge_violations{step="due"} 0.0',
        'askbridge_violations{step="stuck"} 0.0',
    ]


def test_an_empty_batch_counts_no_event() -> None:
    metrics = Metrics("1")
    metrics.batch(0.1, 0)
    assert "askbridge_event_seconds_count 0.0" in shown(metrics)


def test_two_programs_in_one_process_count_apart() -> None:
    one, other = Metrics("1"), Metrics("1")
    one.asked()
    assert "askbridge_questions_asked_total 0.0" in shown(other)


def test_what_is_shown_is_what_the_reference_says() -> None:
    families = {line.split()[2] for line in shown(everything()) if line.startswith("# TYPE") and "_created" not in line}
    assert families == {metric.shown for metric in DECLARED}
    assert all(f"| `{family}` |" in reference() for family in families)


def test_the_page_in_the_repository_is_fresh() -> None:
    assert not page.stale(TOP / page.PAGE)


def test_a_stale_page_fails_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert page.main(["--check"]) == 1
    assert "is stale: run scripts/docs" in capsys.readouterr().err
    assert page.main(["--write"]) == 0
    assert page.main(["--check"]) == 0
    assert page.main(["--what"]) == 2
