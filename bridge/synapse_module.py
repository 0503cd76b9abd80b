"""A module for Synapse: askbridge is asked before something happens that a room's policy may forbid.

It runs inside Synapse's own environment, so it imports the standard library, Synapse and what Synapse is made of,
and nothing of askbridge. docs/synapse-module.md tells how to install it, and what it cannot prevent.
"""

import ipaddress
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from synapse.module_api import NOT_SPAM, ModuleApi, make_deferred_yieldable
from synapse.module_api.errors import Codes, ConfigError, SynapseError
from twisted.internet import defer
from twisted.internet.endpoints import TCP4ClientEndpoint, TCP6ClientEndpoint
from twisted.web.client import Agent, HTTPConnectionPool, readBody
from twisted.web.http_headers import Headers
from twisted.web.iweb import IAgentEndpointFactory, IBodyProducer
from zope.interface import implementer

logger = logging.getLogger(__name__)

JsonObject = dict[str, Any]

ASKED_STATE = frozenset(
    {
        "m.room.join_rules",
        "m.room.history_visibility",
        "m.room.guest_access",
        "m.room.power_levels",
        "m.room.server_acl",
        "m.room.canonical_alias",
        "m.room.encryption",
        "m.room.third_party_invite",
        "m.space.parent",
        "m.widget",
        "im.vector.modular.widgets",
        "m.bridge",
        "uk.half-shot.bridge",
    }
)
"""The state that a room's policy can forbid to change. No other state is asked about."""

_MEMBER = "m.room.member"
_LONGEST_REASON = 1000
_NO_REASON = "The policy of this room does not allow that."
_AWAY = (
    "Whether this is allowed cannot be checked at the moment. Please try again in a few minutes, "
    "or ask the people who run this homeserver."
)
_NOT_UNDERSTOOD = "This cannot be checked against the policy of this room, and so it is not allowed."


# --- the config


@dataclass(frozen=True)
class ModuleConfig:
    """What stands under `config:` of the module in homeserver.yaml."""

    url: str
    secret: str = field(repr=False)
    bot_user_id: str
    allow_when_unreachable: bool = True
    timeout_ms: int = 500
    cache_seconds: float = 2


def read_config(given: Any) -> ModuleConfig:
    """The config, or a ConfigError that names the key; Synapse does not start then."""
    if not isinstance(given, dict):
        raise ConfigError("the config of askbridge's module must be a mapping")
    unknown = sorted(given.keys() - _KEYS)
    if unknown:
        raise ConfigError(f"unknown key; known are {', '.join(sorted(_KEYS))}", [str(unknown[0])])
    when = given.get("when_unreachable", "allow")
    if when not in ("allow", "deny"):
        raise ConfigError("must be allow or deny", ["when_unreachable"])
    return ModuleConfig(
        url=_loopback_url(given.get("url")),
        secret=_secret(given),
        bot_user_id=_user_id(given.get("bot_user_id")),
        allow_when_unreachable=when == "allow",
        timeout_ms=int(_number(given, "timeout_ms", 500, 10, 10_000)),
        cache_seconds=_number(given, "cache_seconds", 2, 0, 60),
    )


_KEYS = {"url", "secret", "secret_path", "bot_user_id", "when_unreachable", "timeout_ms", "cache_seconds"}


def _loopback_url(value: Any) -> str:
    """The secret, and who invites whom, go over it unencrypted: so it must not leave the machine."""
    try:
        url = urlsplit(value if isinstance(value, str) else "")
        fit = url.scheme == "http" and url.port != 0 and _is_loopback(url.hostname or "")
    except ValueError:
        fit = False
    if not fit or url.username is not None or url.query or url.fragment:
        raise ConfigError("must be http on this machine's loopback, like http://127.0.0.1:8009", ["url"])
    return str(value).rstrip("/")


def _is_loopback(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback


def _secret(given: Mapping[str, Any]) -> str:
    if ("secret" in given) == ("secret_path" in given):
        raise ConfigError("exactly one of secret and secret_path must be given", ["secret"])
    key = "secret" if "secret" in given else "secret_path"
    secret = given[key]
    if key == "secret_path":
        try:
            secret = Path(str(secret)).read_text("utf-8").strip()
        except (OSError, ValueError) as error:
            raise ConfigError(f"cannot be read: {error}", [key]) from error
    if not isinstance(secret, str) or not secret or not all("!" <= letter <= "~" for letter in secret):
        raise ConfigError("the secret must be of ASCII letters, digits and signs, without spaces", [key])
    return secret


def _user_id(value: Any) -> str:
    if not isinstance(value, str) or not value.startswith("@") or ":" not in value:
        raise ConfigError("must be the bot's user id, like @askbridge:example.org", ["bot_user_id"])
    return value


def _number(given: Mapping[str, Any], key: str, default: float, least: float, most: float) -> float:
    value = given.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ConfigError(f"must be a number from {least} to {most}", [key])
    return float(value)


# --- asking


@dataclass(frozen=True)
class Verdict:
    """Whether it may happen; `reason` is shown to who is refused."""

    allow: bool
    reason: str = ""


class Unreachable(Exception):
    """No verdict is to be had from askbridge; the text says why, for the log."""


class Memory:
    """What was answered in the last seconds, for a bounded number of acts. A verdict never grows old in use."""

    def __init__(self, seconds: float, most: int = 1000, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._most = most
        self._clock = clock
        self._kept: dict[tuple[Any, ...], tuple[float, Verdict]] = {}

    def recall(self, key: tuple[Any, ...]) -> Verdict | None:
        until, verdict = self._kept.get(key, (0.0, None))
        return verdict if self._clock() < until else None

    def keep(self, key: tuple[Any, ...], verdict: Verdict) -> None:
        self._kept.pop(key, None)
        self._kept[key] = (self._clock() + self._seconds, verdict)
        if len(self._kept) > self._most:
            # All are kept equally long, so the first is the one that runs out first.
            del self._kept[next(iter(self._kept))]


class Askbridge:
    """askbridge's decisions, over HTTP, at most `timeout_ms` away.

    Synapse's own client is not used: it follows the homeserver's proxy settings, which must not see the secret, and a
    request given up after half a second would stay open in it for a minute.
    """

    def __init__(self, config: ModuleConfig) -> None:
        # Importing it chooses it for the whole process: that is Synapse's to do, which has by now.
        from twisted.internet import reactor

        self._config = config
        self._reactor = reactor
        self._url = f"{config.url}/_askbridge/decide".encode()
        pool = HTTPConnectionPool(reactor)
        # Shorter than askbridge keeps a silent connection open, so that none is used that it is just closing.
        pool.cachedConnectionTimeout = 2
        self._agent = Agent.usingEndpointFactory(reactor, _Straight(reactor, config.timeout_ms / 1000), pool)
        self._memory = Memory(config.cache_seconds)
        self._trouble = ""

    async def verdict(self, asked: JsonObject) -> Verdict:
        """Whether this may happen. Never raises: without an answer it is as configured."""
        if asked["act"] == "state":
            return await self._decided(asked)
        key = (asked["act"], asked["room_id"], asked["sender"], asked["target"])
        known = self._memory.recall(key)
        if known is None:
            known = await self._decided(asked)
            self._memory.keep(key, known)
        return known

    async def _decided(self, asked: JsonObject) -> Verdict:
        try:
            # Synapse may be set to hold contents as mappings that are no dict.
            body = json.dumps(asked, default=dict).encode()
        except (TypeError, ValueError, RecursionError):
            return Verdict(False, _NOT_UNDERSTOOD)
        try:
            verdict = _read(*await self._post(body))
        except Exception as error:
            self._note(str(error) if isinstance(error, Unreachable) else f"{type(error).__name__} {error}".strip())
            return Verdict(self._config.allow_when_unreachable, _AWAY)
        self._note("")
        return verdict

    async def _post(self, body: bytes) -> tuple[int, bytes]:
        headers = Headers({"Authorization": [f"Bearer {self._config.secret}"], "Content-Type": ["application/json"]})
        answering = self._agent.request(b"POST", self._url, headers, _Body(body))
        answering.addCallback(_with_body)
        # Connecting, asking and reading the answer together.
        answering.addTimeout(self._config.timeout_ms / 1000, self._reactor)
        status, answer = await make_deferred_yieldable(answering)
        return status, answer

    def _note(self, trouble: str) -> None:
        """One line where it begins, changes or ends, not one for every act in between."""
        if trouble and trouble != self._trouble:
            default = "allowed" if self._config.allow_when_unreachable else "refused"
            logger.error("askbridge does not decide, so everything is %s: %s", default, trouble)
        elif self._trouble and not trouble:
            logger.warning("askbridge decides again")
        self._trouble = trouble


def _with_body(response: Any) -> Any:
    return readBody(response).addCallback(lambda body: (response.code, body))


def _read(status: int, body: bytes) -> Verdict:
    if status in (400, 413):
        # Whoever makes an act that cannot be judged must not get past the policy by it.
        logger.error("askbridge does not understand what it is asked: %s", body[:200].decode(errors="replace"))
        return Verdict(False, _NOT_UNDERSTOOD)
    if status != 200:
        raise Unreachable("it refuses our secret" if status == 401 else f"it answers with status {status}")
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("allow"), bool):
        raise Unreachable("its answer is no decision")
    return Verdict(answer["allow"], str(answer.get("reason") or _NO_REASON)[:_LONGEST_REASON])


@implementer(IAgentEndpointFactory)
class _Straight:
    """Connections to the one address: the usual ones look for others for 300 ms before they say "refused"."""

    def __init__(self, reactor: Any, timeout: float) -> None:
        self._reactor = reactor
        self._timeout = timeout

    def endpointForURI(self, uri: Any) -> Any:
        kind = TCP6ClientEndpoint if b":" in uri.host else TCP4ClientEndpoint
        return kind(self._reactor, uri.host.decode(), uri.port, timeout=self._timeout)


@implementer(IBodyProducer)
class _Body:
    """A body that is there as a whole, and is written at once."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.length = len(body)

    def startProducing(self, consumer: Any) -> Any:
        consumer.write(self._body)
        return defer.succeed(None)

    def pauseProducing(self) -> None:
        """Nothing is left to pause."""

    def resumeProducing(self) -> None:
        """Nothing is left to resume."""

    def stopProducing(self) -> None:
        """Nothing is left to stop."""


# --- in Synapse


class AskbridgeModule:
    """Stands where Synapse asks its modules.

    `check_event_allowed` sees whatever is made on this homeserver, by whomever and by whichever API, admins and
    application services included, and joins and knocks that other homeservers make through us. The others stand
    where no event is made here, or too late: a join over another homeserver, an invite by mail (the mail would have
    gone out already), and another homeserver's invite of one of ours.
    """

    def __init__(self, config: ModuleConfig, api: ModuleApi) -> None:
        self._api = api
        self._bot = config.bot_user_id
        self._askbridge = Askbridge(config)
        api.register_third_party_rules_callbacks(check_event_allowed=self.check_event_allowed)
        api.register_spam_checker_callbacks(
            user_may_join_room=self.user_may_join_room,
            user_may_send_3pid_invite=self.user_may_send_3pid_invite,
            federated_user_may_invite=self.federated_user_may_invite,
        )

    @staticmethod
    def parse_config(config: Any) -> ModuleConfig:
        return read_config(config)

    async def check_event_allowed(self, event: Any, state: Mapping[tuple[str, str], Any]) -> tuple[bool, None]:
        """An event is about to be made. A refusal is raised, since only so it can carry a reason."""
        asked = None if event.sender == self._bot else _asked_by(event, state)
        if asked is not None:
            verdict = await self._askbridge.verdict(asked)
            if not verdict.allow:
                raise SynapseError(403, verdict.reason, Codes.FORBIDDEN)
        return True, None

    async def user_may_join_room(self, user_id: str, room_id: str, _is_invited: bool) -> Any:
        """Somebody of ours wants to join, perhaps over another homeserver."""
        if user_id != self._bot and await self._is_joined(user_id, room_id):
            return NOT_SPAM
        return await self._spam_check("join", room_id, user_id)

    async def user_may_send_3pid_invite(self, inviter: str, _medium: str, _address: str, room_id: str) -> Any:
        """Somebody of ours invites a mail address or a telephone number, which is no business of askbridge's."""
        return await self._spam_check("third_party_invite", room_id, inviter)

    async def federated_user_may_invite(self, event: Any) -> Any:
        """Another homeserver wants us to sign its invite of somebody of ours."""
        return await self._spam_check("invite", event.room_id, event.sender, event.state_key)

    async def _spam_check(self, act: str, room_id: str, sender: str, target: str | None = None) -> Any:
        if sender == self._bot:
            return NOT_SPAM
        verdict = await self._askbridge.verdict(_asking(act, room_id, sender, target))
        return NOT_SPAM if verdict.allow else (Codes.FORBIDDEN, {"error": verdict.reason})

    async def _is_joined(self, user_id: str, room_id: str) -> bool:
        """Then it is a change of name or picture, which Synapse takes for a join."""
        state = await self._api.get_room_state(room_id, [(_MEMBER, user_id)])
        return bool(_membership(state, user_id) == "join")


def _asking(act: str, room_id: str, sender: str, target: str | None = None) -> JsonObject:
    return {"act": act, "room_id": room_id, "sender": sender, "target": target}


def _asked_by(event: Any, state: Mapping[tuple[str, str], Any]) -> JsonObject | None:
    """What askbridge is to be asked about this event; None for most."""
    if not event.is_state():
        return None
    if event.type == _MEMBER:
        return _asked_by_member(event, state)
    if event.type not in ASKED_STATE or _is_alone(event.sender, state):
        return None
    change = {"event_type": event.type, "state_key": event.state_key, "content": event.content}
    return _asking("state", event.room_id, event.sender) | change


def _asked_by_member(event: Any, state: Mapping[tuple[str, str], Any]) -> JsonObject | None:
    membership = event.content.get("membership")
    if membership == "invite":
        return _asking("invite", event.room_id, event.sender, event.state_key)
    if membership not in ("join", "knock") or membership == _membership(state, event.state_key):
        return None
    return None if _is_alone(event.sender, state) else _asking(membership, event.room_id, event.sender)


def _membership(state: Mapping[tuple[str, str], Any], user_id: str) -> Any:
    event = state.get((_MEMBER, user_id))
    return event.content.get("membership") if event is not None else None


def _is_alone(sender: str, state: Mapping[tuple[str, str], Any]) -> bool:
    """Whether nobody else was ever in this room or invited to it, as while it is being made.

    askbridge's bot was not either, so there is nothing yet to protect, and making rooms depends on nobody.
    """
    return all(user_id == sender for kind, user_id in state if kind == _MEMBER)
