"""The registration file says what the application service API wants."""

import re
from pathlib import Path

import pytest
import yaml

from bridge.config.model import Config
from bridge.config.registration import NoAppService, registration, registration_yaml
from tests.config.broken import GOOD
from tests.config.test_load import loaded

SERVICE = "appservice: {id: qa, url: 'http://127.0.0.1:9100', as_token: as_1, hs_token: hs_1}\n"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return loaded(tmp_path, GOOD.replace("@qa:", "@qa.bot:") + SERVICE).config


def test_the_registration(config: Config) -> None:
    assert registration(config) == {
        "id": "qa",
        "url": "http://127.0.0.1:9100",
        "as_token": "as_1",
        "hs_token": "hs_1",
        "sender_localpart": "_askbridge_qa",
        "namespaces": {
            "users": [
                {"exclusive": True, "regex": r"@qa\.bot:example\.org"},
                {"exclusive": True, "regex": r"@_askbridge_qa:example\.org"},
            ],
            "rooms": [],
            "aliases": [{"exclusive": False, "regex": r"#askbridge-direct-qa\.bot-[0-9a-f]+:example\.org"}],
        },
        "rate_limited": False,
        "receive_ephemeral": False,
    }


def test_the_namespace_holds_the_bot_and_nobody_like_it(config: Config) -> None:
    pattern = re.compile(registration(config)["namespaces"]["users"][0]["regex"])
    assert pattern.fullmatch("@qa.bot:example.org")
    assert not pattern.fullmatch("@qaxbot:example.org")


@pytest.mark.parametrize(
    ("service_id", "sender"),
    [("askbridge", "_askbridge"), ("QA: ä", "_askbridge_qa___"), ("2", "_askbridge_2")],
)
def test_the_sender_is_nobody_else_and_a_valid_name(tmp_path: Path, service_id: str, sender: str) -> None:
    """Synapse lets no sender sync, so the bot cannot be it."""
    named = SERVICE.replace("id: qa", f"id: '{service_id}'")
    assert registration(loaded(tmp_path, GOOD + named).config)["sender_localpart"] == sender


def test_the_text_is_the_same_registration(config: Config) -> None:
    assert yaml.safe_load(registration_yaml(config)) == registration(config)


def test_a_bot_that_syncs_has_none(tmp_path: Path) -> None:
    with pytest.raises(NoAppService, match="no section appservice"):
        registration(loaded(tmp_path).config)
