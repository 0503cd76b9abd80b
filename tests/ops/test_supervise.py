"""Tasks that die are started again and logged once; all of them end in time."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bridge.ops.health import Health
from bridge.ops.supervise import Backoff, FatalTask, Supervisor, reference_id

AT_ONCE = Backoff(first=0.0, most=0.0)


async def forever() -> None:
    await asyncio.Event().wait()


async def test_a_task_that_dies_is_logged_once_and_started_again() -> None:
    health, well, runs = Health(), asyncio.Event(), 0

    async def fails_twice() -> None:
        nonlocal runs
        runs += 1
        if runs <= 2:
            raise ValueError(f"bug {runs}")
        well.set()
        await forever()

    supervisor = Supervisor(health, AT_ONCE)
    with capture_logs() as logs:
        supervisor.start("inbox", fails_twice)
        await asyncio.wait_for(well.wait(), 5)
    assert [(line["event"], line["task"], str(line["exc_info"])) for line in logs] == [
        ("task_died", "inbox", "bug 1"),
        ("task_died", "inbox", "bug 2"),
    ]
    problem = health.ready()[1]["parts"]["task inbox"]["problem"]
    assert logs[1]["reference"] in problem
    assert logs[0]["reference"] != logs[1]["reference"]
    await supervisor.stop()


async def test_a_task_that_runs_well_again_is_reported_well() -> None:
    health, died = Health(), False
    recovered = asyncio.Event()

    async def fails_once() -> None:
        nonlocal died
        if not died:
            died = True
            raise ValueError
        recovered.set()

    supervisor = Supervisor(health, AT_ONCE)
    with capture_logs():
        supervisor.start("outbox", fails_once)
        await asyncio.wait_for(recovered.wait(), 5)
        await supervisor.stop()
    assert health.ready() == (True, {"ready": True, "parts": {"task outbox": {"ok": True}}, "warnings": {}})


async def test_a_fatal_task_ends_the_program() -> None:
    async def bug() -> None:
        raise ValueError

    supervisor = Supervisor(backoff=AT_ONCE)
    with capture_logs() as logs:
        supervisor.start("web", bug, fatal=True)
        with pytest.raises(FatalTask) as caught:
            await asyncio.wait_for(supervisor.wait(), 5)
        await supervisor.stop()
    assert [line["reference"] for line in logs] == [caught.value.reference]
    assert caught.value.name == "web"


async def test_a_cancellation_from_inside_is_a_bug_like_any_other() -> None:
    again, runs = asyncio.Event(), 0

    async def cancelled_inside() -> None:
        nonlocal runs
        runs += 1
        if runs > 1:
            again.set()
            return
        raise asyncio.CancelledError

    supervisor = Supervisor(backoff=AT_ONCE)
    with capture_logs() as logs:
        supervisor.start("sync", cancelled_inside)
        await asyncio.wait_for(again.wait(), 5)
        await supervisor.stop()
    assert [line["event"] for line in logs] == ["task_died"]


async def test_stopping_ends_sources_first_and_lets_others_finish() -> None:
    order: list[str] = []
    supervisor, cancelled = Supervisor(), asyncio.Event()

    async def source() -> None:
        try:
            await forever()
        finally:
            order.append("source cancelled")
            cancelled.set()

    async def worker() -> None:
        await supervisor.stopping.wait()
        await cancelled.wait()
        order.append("worker finished")

    supervisor.start("worker", worker, drains=True)
    supervisor.start("source", source)
    await asyncio.sleep(0)
    with capture_logs() as logs:
        await supervisor.stop(deadline=5)
    assert order == ["source cancelled", "worker finished"]
    assert logs == []


async def test_who_does_not_finish_is_named_and_cancelled_at_the_deadline() -> None:
    supervisor, ended = Supervisor(), False

    async def stuck() -> None:
        nonlocal ended
        try:
            await forever()
        finally:
            ended = True

    supervisor.start("outbox", stuck, drains=True)
    await asyncio.sleep(0)
    with capture_logs() as logs:
        await asyncio.wait_for(supervisor.stop(deadline=0.05), 5)
    assert ended
    assert [(line["event"], line["task"]) for line in logs] == [("task_did_not_finish", "outbox")]


async def test_stopping_does_not_wait_for_a_backoff() -> None:
    died = asyncio.Event()

    async def bug() -> None:
        died.set()
        raise ValueError

    supervisor = Supervisor(backoff=Backoff(first=3600, most=3600))
    with capture_logs():
        supervisor.start("worker", bug, drains=True)
        await asyncio.wait_for(died.wait(), 5)
        await asyncio.wait_for(supervisor.stop(), 5)


async def test_waiting_ends_when_the_end_is_asked_for() -> None:
    supervisor = Supervisor()
    supervisor.start("sync", forever)
    supervisor.end()
    await asyncio.wait_for(supervisor.wait(), 5)
    await supervisor.stop()


def test_the_backoff_grows_to_its_limit() -> None:
    backoff = Backoff(first=0.5, most=30)
    assert [backoff.after(deaths) for deaths in (1, 2, 3, 7, 1000)] == [0.5, 1, 2, 30, 30]


def test_references_are_short_and_differ() -> None:
    made = {reference_id() for _ in range(200)}
    assert len(made) == 200
    assert all(len(reference) == 6 and reference.isalnum() for reference in made)
