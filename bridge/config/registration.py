"""The file by which a homeserver learns of the application service. It holds both tokens: write it for few eyes."""

import re
from typing import Any

import yaml

from bridge.config.model import AppService, Config

_HEAD = """\
# Registration of askbridge with the homeserver. It holds secrets: only the homeserver may read it.
# Synapse: name this file under app_service_config_files in homeserver.yaml, then restart it.
"""


class NoAppService(ValueError):
    """The config has no `appservice` section, so there is nothing to register."""


def registration(config: Config) -> dict[str, Any]:
    """The registration by the application service API: the bot's account and the names of its direct chats are ours.

    The bot is not the sender: Synapse lets no sender `/sync`, and so take part in encrypted rooms.
    """
    service = config.appservice
    if service is None:
        raise NoAppService("the config has no section appservice: askbridge syncs as an ordinary bot")
    user_id = config.bot.user_id
    localpart, _, server = user_id[1:].partition(":")
    sender = _sender(service.id)
    direct_chats = rf"#askbridge-direct-{re.escape(localpart)}-[0-9a-f]+:{re.escape(server)}"
    return {
        "id": service.id,
        "url": service.url,
        "as_token": service.as_token.get_secret_value(),
        "hs_token": service.hs_token.get_secret_value(),
        "sender_localpart": sender,
        "namespaces": {
            "users": [{"exclusive": True, "regex": re.escape(user)} for user in (user_id, f"@{sender}:{server}")],
            "rooms": [],
            "aliases": [{"exclusive": False, "regex": direct_chats}],
        },
        "rate_limited": False,
        "receive_ephemeral": False,
    }


def _sender(service_id: str) -> str:
    """The localpart of the account that stands for the service and never does anything."""
    if service_id == AppService.model_fields["id"].default:
        return "_askbridge"
    return "_askbridge_" + re.sub(r"[^a-z0-9._=/+-]", "_", service_id.lower())


def registration_yaml(config: Config) -> str:
    """The text of the registration file."""
    return _HEAD + yaml.safe_dump(registration(config), sort_keys=False, allow_unicode=True)
