"""What `askbridge init` writes loads as it stands."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from bridge.config.initial import Answers, initial, write
from bridge.config.load import load

ANSWERS = Answers(
    homeserver_url="https://matrix.example.org",
    user_id="@qa:example.org",
    mode="appservice",
    space="helpdesk",
    level="internal",
    room="#helpdesk:example.org",
    staff="@*:example.org",
)


def test_an_application_service(tmp_path: Path) -> None:
    write(initial(ANSWERS), tmp_path / "config.yaml")
    result = load(tmp_path / "config.yaml", {})
    service = result.config.appservice
    assert service is not None
    tokens = {service.as_token.get_secret_value(), service.hs_token.get_secret_value()}
    assert len(tokens) == 2
    assert all(len(token) >= 40 for token in tokens)
    assert result.notices == ()


@pytest.mark.parametrize("way", ["access_token", "password"])
def test_a_bot_that_syncs(way: str, tmp_path: Path) -> None:
    answers = Answers(**{**vars(ANSWERS), "mode": "sync", way: "s3same"})
    write(initial(answers), tmp_path / "config.yaml")
    config = load(tmp_path / "config.yaml", {}).config
    assert getattr(config.bot, way).get_secret_value() == "s3same"
    assert config.appservice is None
    assert "s3same" not in (tmp_path / "config.yaml").read_text()


def test_secrets_are_for_the_owner_alone(tmp_path: Path) -> None:
    write(initial(ANSWERS), tmp_path / "config.yaml")
    for name in ("as_token", "hs_token"):
        assert stat.S_IMODE((tmp_path / "secrets" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["config.yaml", "secrets/hs_token"])
def test_nothing_is_overwritten(name: str, tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / name).write_text("mine")
    with pytest.raises(FileExistsError, match=name):
        write(initial(ANSWERS), tmp_path / "config.yaml")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [Path(name).name]


def test_syncing_needs_a_way_to_log_in() -> None:
    with pytest.raises(ValueError, match="access token or a password"):
        initial(replace(ANSWERS, mode="sync"))


def test_answers_are_text_and_never_yaml(tmp_path: Path) -> None:
    answers = replace(ANSWERS, space="on", room="!room'\"#{}[]", database='postgresql://u@h/d#"x: y')
    write(initial(answers), tmp_path / "config.yaml")
    config = load(tmp_path / "config.yaml", {}).config
    assert config.spaces["on"].rooms == ("!room'\"#{}[]",)
    assert config.database.reveal() == answers.database


def test_what_was_made_hides_its_secrets() -> None:
    made = initial(ANSWERS, token=lambda: "s3same")
    assert "s3same" not in repr(made)
