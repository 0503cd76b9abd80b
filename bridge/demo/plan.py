"""The demo town on paper: its people, its rooms, and the config that askbridge runs with there."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from bridge.config.load import LoadedConfig, load
from bridge.config.registration import registration_yaml
from bridge.demo.homeserver import free_port, is_free
from bridge.demo.person import PASSWORD

Mode = Literal["sync", "push"]

SERVER_NAME = "town.localhost"
BOT = f"@askbridge:{SERVER_NAME}"
PEOPLE = ("amy", "bob", "carla", "dmitri")
MODERATOR = "dmitri"
TRIAGE = "triage"
DATABASE, LOG, CONFIG = "askbridge.db", "askbridge.log", "config.yaml"
_HOMESERVER_PORT, _WEB_PORT, _PUSH_PORT = 18008, 18090, 18100


class OtherMode(ValueError):
    """A town keeps the way in that it was built with."""


@dataclass(frozen=True, slots=True)
class Room:
    name: str
    title: str
    topic: str
    public: bool = False
    people: tuple[str, ...] = PEOPLE

    @property
    def alias(self) -> str:
        return f"#{self.name}:{SERVER_NAME}"


ROOMS = (
    Room("helpdesk", "Helpdesk", "Ask anything about your computer. For staff."),
    Room("network", "Network", "Cables, switches and the VPN. For staff."),
    Room("community", "Community", "Everybody is welcome here.", public=True),
    Room(TRIAGE, "Triage", "Each question of the staff, for those who look after them.", people=("bob", MODERATOR)),
)

_CONFIG = """\
# The config of the demo: a true one. Change it and start again; `askbridge check -c FILE` says whether it is right.
homeserver:
  url: http://127.0.0.1:{homeserver}
bot:
  user_id: "{bot}"
{way_in}
database: sqlite:///{database}
people:
  staff: ["@*:{server_name}"]
spaces:
  office:                         # what is asked in one of these rooms may be listed in the other
    level: internal
    rooms: ["{helpdesk}", "{network}"]
    triage_room: "{triage}"       # a card for each of their questions
  town:                           # open to everybody: nothing from the rooms of the staff is shown here
    level: community
    rooms: ["{community}"]
teams:
  network: ["@bob:{server_name}", "@dmitri:{server_name}"]
calendar:                         # a town that never sleeps; an office would say {{mon-fri: ["09:00-17:30"]}}
  hours: {{mon-sun: ["00:00-24:00"]}}
rules:
  - name: many people wait
    when: {{space: [office], text: "nobody can|is down|outage"}}
    then: {{priority: urgent}}
    continue: true                # the rules below are looked at, too
  - name: wireless
    when: {{space: [office], text: "wi-?fi|wlan"}}
    then: {{tag: [wifi], assign: {{team: network, by: round_robin}}}}
web:
  listen: 127.0.0.1:{web}
log:
  format: console
  level: info
"""

_PUSH = """\
appservice:
  id: askbridge
  url: http://127.0.0.1:{push}
  listen: 127.0.0.1:{push}
  as_token: {as_token}
  hs_token: {hs_token}"""


def config_in(directory: Path, mode: Mode | None, *, any_port: bool = False) -> LoadedConfig:
    """The town's config, written where there is none, with ports that are free now.

    Raises ConfigErrors where somebody changed it for the worse, and OtherMode.
    """
    path = directory / CONFIG
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(_text(mode or "sync", any_port))
    found = load(path, {})
    built: Mode = "push" if found.config.appservice else "sync"
    if mode not in (None, built):
        raise OtherMode(f"{directory} was built for --mode {built}. Choose another --directory for --mode {mode}.")
    moved = _moved(found)
    return load(path, moved) if moved else found


def write_registration(found: LoadedConfig) -> list[Path]:
    """The registration files that the homeserver is to be started with: one in push mode."""
    if not found.config.appservice:
        return []
    path = found.path.with_name("registration.yaml")
    path.touch(mode=0o600)
    path.write_text(registration_yaml(found.config))
    return [path]


def homeserver_port(found: LoadedConfig) -> int:
    return urlsplit(found.config.homeserver.url).port or _HOMESERVER_PORT


def _text(mode: Mode, any_port: bool) -> str:
    wanted = (_HOMESERVER_PORT, _WEB_PORT, _PUSH_PORT)
    homeserver, web, push = (port if is_free(port) and not any_port else free_port() for port in wanted)
    tokens = {"as_token": secrets.token_hex(24), "hs_token": secrets.token_hex(24)}
    return _CONFIG.format(
        homeserver=homeserver,
        web=web,
        way_in=_PUSH.format(push=push, **tokens) if mode == "push" else f"  password: {PASSWORD}",
        bot=BOT,
        server_name=SERVER_NAME,
        database=DATABASE,
        **{room.name: room.alias for room in ROOMS},
    )


def _moved(found: LoadedConfig) -> dict[str, str]:
    """What to put over the file, for ports that somebody else has taken."""
    config, moved = found.config, {}
    if not is_free(homeserver_port(found)):
        moved["ASKBRIDGE_HOMESERVER__URL"] = f"http://127.0.0.1:{free_port()}"
    if config.web and not is_free(config.web.listen.port):
        moved["ASKBRIDGE_WEB__LISTEN"] = f"127.0.0.1:{free_port()}"
    if config.appservice and not is_free(config.appservice.listen.port):
        push = free_port()
        moved["ASKBRIDGE_APPSERVICE__LISTEN"] = f"127.0.0.1:{push}"
        moved["ASKBRIDGE_APPSERVICE__URL"] = f"http://127.0.0.1:{push}"
    return moved
