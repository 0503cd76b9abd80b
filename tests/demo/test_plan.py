"""The town's config: written once, kept as somebody changed it, moved aside from ports that are taken."""

import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bridge.config.load import ConfigErrors
from bridge.demo.plan import OtherMode, config_in, homeserver_port, write_registration


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener


def test_a_config_is_written_once_and_what_somebody_changes_in_it_stays(tmp_path: Path) -> None:
    first = config_in(tmp_path / "town", None, any_port=True)
    assert {name: space.level for name, space in first.config.spaces.items()} == {
        "office": "internal",
        "town": "community",
    }
    assert first.config.appservice is None
    assert first.config.spaces["office"].triage_room == "#triage:town.localhost"
    assert [rule.name for rule in first.config.rules] == ["many people wait", "wireless"]
    assert stat.S_IMODE(first.path.stat().st_mode) == 0o600
    first.path.write_text(first.path.read_text() + "language: nl\n")
    second = config_in(tmp_path / "town", "sync")
    assert second.config.language == "nl"
    assert second.config.homeserver.url == first.config.homeserver.url
    first.path.write_text("homeserver: {ulr: x}\n")
    with pytest.raises(ConfigErrors):
        config_in(tmp_path / "town", None)


def test_the_environment_of_a_true_installation_does_not_reach_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKBRIDGE_HOMESERVER__URL", "https://matrix.example.org")
    assert config_in(tmp_path, None, any_port=True).config.homeserver.url.startswith("http://127.0.0.1:")


def test_a_town_keeps_its_way_in(tmp_path: Path) -> None:
    found = config_in(tmp_path, "push", any_port=True)
    (file,) = write_registration(found)
    registration = yaml.safe_load(file.read_text())
    assert found.config.appservice is not None
    assert registration["url"] == found.config.appservice.url
    assert registration["sender_localpart"] == "_askbridge"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert config_in(tmp_path, None).config.appservice is not None
    with pytest.raises(OtherMode, match="--mode push"):
        config_in(tmp_path, "sync")
    assert write_registration(config_in(tmp_path / "other", "sync", any_port=True)) == []


@pytest.mark.parametrize("part", ["homeserver", "web", "appservice"])
def test_a_port_that_is_taken_is_moved_for_this_run_alone(tmp_path: Path, taken: socket.socket, part: str) -> None:
    written = config_in(tmp_path, "push", any_port=True)
    assert written.config.web is not None
    assert written.config.appservice is not None
    ports = {
        "homeserver": homeserver_port(written),
        "web": written.config.web.listen.port,
        "appservice": written.config.appservice.listen.port,
    }
    text = written.path.read_text().replace(str(ports[part]), str(taken.getsockname()[1]))
    written.path.write_text(text)
    moved = config_in(tmp_path, None).config
    assert moved.web is not None
    assert moved.appservice is not None
    now = {
        "homeserver": int(moved.homeserver.url.rpartition(":")[2]),
        "web": moved.web.listen.port,
        "appservice": moved.appservice.listen.port,
    }
    assert now[part] not in {ports[part], taken.getsockname()[1]}
    assert {name: port for name, port in now.items() if name != part} == {
        name: port for name, port in ports.items() if name != part
    }
    assert moved.appservice.url.endswith(f":{now['appservice']}")
    assert written.path.read_text() == text
