"""How a demo ends that cannot go on: a clear message, exit code 1, and what was written stays to be read."""

import asyncio
import os
import signal
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.console import Console

from bridge.demo import play, story
from bridge.demo.eyes import NotAsTold
from bridge.demo.homeserver import HomeserverError
from bridge.demo.plan import config_in
from bridge.demo.telling import Telling
from bridge.ops.supervise import FatalTask
from tests.demo.conftest import printed

pytestmark = pytest.mark.usefixtures("log_as_before")


async def test_without_synapse_it_says_what_installs_it(
    tmp_path: Path, page: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKBRIDGE_SYNAPSE_PYTHON", str(tmp_path / "nothing"))
    wanted = play.Wish(tmp_path / "town", None, only_story=True, temporary=True)
    assert await play.demo(wanted, page) == 1
    assert "Synapse is not installed" in printed(page)
    assert "scripts/run" in printed(page)
    assert (tmp_path / "town").exists()


async def test_a_config_changed_for_the_worse_is_named_by_line(tmp_path: Path, page: Console) -> None:
    (tmp_path / "config.yaml").write_text("homeserver:\n  ulr: http://127.0.0.1:1\n")
    assert await play.demo(play.Wish(tmp_path, None, only_story=False), page) == 1
    assert "config.yaml:2:3" in printed(page)


async def test_a_town_of_the_other_mode_is_left_alone(tmp_path: Path, page: Console) -> None:
    config_in(tmp_path, "push", any_port=True)
    assert await play.demo(play.Wish(tmp_path, "sync", only_story=False), page) == 1
    assert "built for --mode push" in printed(page)


class StoppedWhileStarting:
    """A homeserver whose start is interrupted by a signal."""

    url = "http://127.0.0.1:1"

    async def __aenter__(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.Event().wait()

    async def __aexit__(self, *_: object) -> None:
        raise AssertionError("never entered")


@pytest.mark.parametrize(("only_story", "code"), [(True, 130), (False, 0)])
async def test_a_signal_closes_the_town(
    tmp_path: Path, page: Console, monkeypatch: pytest.MonkeyPatch, only_story: bool, code: int
) -> None:
    monkeypatch.setattr("bridge.demo.town.homeserver", lambda *_: StoppedWhileStarting())
    assert await play.demo(play.Wish(tmp_path, None, only_story=only_story), page) == code
    assert printed(page).endswith("\nThe town is closed.\n")


async def test_a_step_that_does_not_come_is_named_with_its_scene(
    page: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def a_bird(on: story.Stage) -> None:
        raise NotAsTold("it sings: it did not come within 20 seconds.")

    monkeypatch.setattr(story, "SCENES", (("A bird", a_bird),))
    stage = SimpleNamespace(telling=Telling(page, {}, {}, ""))
    with pytest.raises(NotAsTold, match=r"^scene 1, “A bird”: it sings"):
        await story.tell(stage)  # type: ignore[arg-type]


def test_without_the_extra_the_rest_of_the_story_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = story.playable()
    monkeypatch.setattr(story, "is_installed", lambda: False)
    left_out = set(whole) - set(story.playable())
    assert {scene for _, scene in left_out} == {story.asked_before}
    assert len(whole) == len(story.SCENES)


def test_of_a_dead_part_the_cause_is_told() -> None:
    death = FatalTask("sync", "ABC234")
    death.__cause__ = HomeserverError("no token")
    assert play.reason(death) == "no token"
    assert play.reason(HomeserverError("no room")) == "no room"


def test_a_story_alone_has_a_place_of_its_own_and_a_town_stays_where_it_was_put(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    alone = play.wish(True, None, None)
    assert alone.temporary
    assert alone.directory.parent == tmp_path
    assert play.wish(False, None, "push") == play.Wish(play.HOME, "push", False)
    assert play.wish(True, tmp_path, None) == play.Wish(tmp_path, None, True)
