"""The homeserver's client-server API over aiohttp: requests only, no memory of rooms.

`send` is the hot path of the whole bot, so it builds its URL and headers by hand and leaves aiohttp the least to do.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter
from types import TracebackType
from typing import Any, NoReturn, Self
from urllib.parse import quote, urlencode

import aiohttp
import orjson
from multidict import CIMultiDict
from yarl import URL

from bridge.matrix import errors
from bridge.matrix.answers import a_list, a_string, an_object, read_answer, strings
from bridge.matrix.direct import DirectRooms
from bridge.matrix.history import Page, read_page, walk_back
from bridge.workflow.ports import GiveUp, JsonObject, RetryLater

OnRequest = Callable[[str, float, str], None]
"""Told after every request: the endpoint's name, how many seconds it took, and `ok`, `retry` or `give_up`."""

V3 = "/_matrix/client/v3"
_CONNECTIONS = 100


@lru_cache(maxsize=4096)
def encoded(segment: str) -> str:
    """One path segment, percent-encoded."""
    return quote(segment, safe="")


@dataclass(frozen=True, slots=True)
class File:
    """The body of a request that is no JSON; `type` is its media type."""

    data: bytes
    type: str


class HomeserverClient:
    """Fills the Homeserver port for one bot account.

    The session opens with the first request, inside the running loop; use `async with`, or `close()` at the end.
    `timeout` bounds a whole request in seconds, `connect_timeout` the making of one connection.
    """

    def __init__(
        self,
        base_url: str,
        access_token: str,
        bot_user_id: str,
        *,
        on_request: OnRequest | None = None,
        timeout: float = 30.0,
        connect_timeout: float = 5.0,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.bot_user_id = bot_user_id
        self._on_request = on_request
        self._connect_timeout = connect_timeout
        self._timeout = self._timeout_of(timeout)
        self._session: aiohttp.ClientSession | None = None
        self._rooms_url = f"{self.base_url}{V3}/rooms/"
        self._direct = DirectRooms(self)
        self.acts_as(None)
        self.access_token = access_token

    @property
    def access_token(self) -> str:
        """May be set at any time; requests from then on carry the new one."""
        return self._access_token

    @access_token.setter
    def access_token(self, token: str) -> None:
        self._access_token = token
        self._headers = CIMultiDict({"User-Agent": "askbridge"})
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        self._json_headers = self._headers.copy()
        self._json_headers["Content-Type"] = "application/json"
        self._headers["Accept-Encoding"] = "gzip, deflate"

    def acts_as(self, user_id: str | None, device_id: str | None = None) -> None:
        """Requests from now on are those of this user and device, which an as_token must say; None: as the token's.

        Application Service API, "Identity assertion".
        """
        asserted = [(key, value) for key, value in (("user_id", user_id), ("device_id", device_id)) if value]
        self._acting = urlencode(asserted)
        self._send_query = f"?{self._acting}" if asserted else ""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections; a later request would open them again."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def send(self, room_id: str, event_type: str, content: JsonObject, txn_id: str) -> str:
        url = f"{self._rooms_url}{encoded(room_id)}/send/{encoded(event_type)}/{quote(txn_id, safe='')}"
        answer = await self._exchange("PUT", url + self._send_query, content, "send")
        return a_string(answer, "event_id")

    async def join(self, room: str, via: Sequence[str] = ()) -> str:
        # Homeservers before Matrix 1.12 know the servers to join through as `server_name`.
        query = urlencode([(key, server) for key in ("via", "server_name") for server in via])
        answer = await self._call("POST", f"{V3}/join/{encoded(room)}", {}, "join", query)
        return a_string(answer, "room_id")

    async def leave(self, room_id: str) -> None:
        await self._call("POST", f"{V3}/rooms/{encoded(room_id)}/leave", {}, "leave")

    async def invite(self, room_id: str, user_id: str) -> None:
        """Invite a person; GiveUp where they are in the room already or banned."""
        await self._call("POST", f"{V3}/rooms/{encoded(room_id)}/invite", {"user_id": user_id}, "invite")

    async def kick(self, room_id: str, user_id: str, reason: str) -> None:
        body = {"user_id": user_id, "reason": reason}
        await self._call("POST", f"{V3}/rooms/{encoded(room_id)}/kick", body, "kick")

    async def resolve(self, alias: str) -> tuple[str, list[str]]:
        answer = await self._call("GET", f"{V3}/directory/room/{encoded(alias)}", None, "resolve")
        servers = answer.get("servers") if isinstance(answer, dict) else None
        return a_string(answer, "room_id"), strings(servers)

    async def joined_rooms(self) -> list[str]:
        answer = await self._call("GET", f"{V3}/joined_rooms", None, "joined_rooms")
        return strings(a_list(answer, "joined_rooms"))

    async def room_state(self, room_id: str) -> list[JsonObject]:
        answer = await self._call("GET", f"{V3}/rooms/{encoded(room_id)}/state", None, "room_state")
        if not isinstance(answer, list):
            raise errors.malformed("room state is no list")
        events = [event for event in answer if isinstance(event, dict)]
        for event in events:
            event["room_id"] = room_id
        return events

    async def set_state(self, room_id: str, event_type: str, state_key: str, content: JsonObject) -> None:
        path = f"{V3}/rooms/{encoded(room_id)}/state/{encoded(event_type)}/{encoded(state_key)}"
        await self._call("PUT", path, content, "set_state")

    async def is_listed(self, room_id: str) -> bool:
        answer = await self._call("GET", f"{V3}/directory/list/room/{encoded(room_id)}", None, "is_listed")
        return a_string(answer, "visibility") == "public"

    async def set_listed(self, room_id: str, listed: bool) -> None:
        wanted = {"visibility": "public" if listed else "private"}
        await self._call("PUT", f"{V3}/directory/list/room/{encoded(room_id)}", wanted, "set_listed")

    async def state_content(self, room_id: str, event_type: str, state_key: str = "") -> JsonObject:
        """The content of one current state event; GiveUp with `M_NOT_FOUND` where there is none."""
        path = f"{V3}/rooms/{encoded(room_id)}/state/{encoded(event_type)}/{encoded(state_key)}"
        return an_object(await self._call("GET", path, None, "state_content"))

    async def event(self, room_id: str, event_id: str) -> JsonObject:
        path = f"{V3}/rooms/{encoded(room_id)}/event/{encoded(event_id)}"
        return an_object(await self._call("GET", path, None, "event")) | {"room_id": room_id}

    def messages_back(
        self, room_id: str, start: str | None = None, end: str | None = None
    ) -> AsyncIterator[JsonObject]:
        return walk_back(self.page_back, room_id, start, end)

    async def page_back(self, room_id: str, start: str | None, end: str | None) -> Page:
        """One page of history, newest first, and the token of the next older one."""
        query = {"dir": "b", "limit": "100"} | {k: v for k, v in (("from", start), ("to", end)) if v is not None}
        answer = await self._call("GET", f"{V3}/rooms/{encoded(room_id)}/messages", None, "messages", urlencode(query))
        return read_page(answer, room_id)

    def encrypts_chats(self) -> None:
        """From now on direct chats are made encrypted."""
        self._direct.encrypted = True

    async def create_direct_room(self, user_id: str) -> str:
        return await self._direct.room_with(user_id)

    async def upload(self, data: bytes, content_type: str, name: str) -> str:
        query = urlencode({"filename": name})
        answer = await self._call("POST", "/_matrix/media/v3/upload", File(data, content_type), "upload", query)
        return a_string(answer, "content_uri")

    async def whoami(self) -> JsonObject:
        """`user_id` and, for a device's token, `device_id`."""
        return an_object(await self._call("GET", f"{V3}/account/whoami", None, "whoami"))

    async def set_displayname(self, name: str) -> None:
        path = f"{V3}/profile/{encoded(self.bot_user_id)}/displayname"
        await self._call("PUT", path, {"displayname": name}, "set_displayname")

    async def versions(self) -> list[str]:
        """The versions of the specification that the homeserver speaks."""
        answer = await self._call("GET", "/_matrix/client/versions", None, "versions")
        return strings(a_list(answer, "versions"))

    async def request(
        self,
        method: str,
        path: str,
        json: object = None,
        *,
        query: Mapping[str, str] | None = None,
        name: str = "other",
        patience: float | None = None,
    ) -> Any:
        """Any other endpoint: `path` is from `/_matrix` on and already percent-encoded. `name` is for the metrics.

        `patience`, in seconds, bounds the whole request in place of the client's `timeout`.
        """
        return await self._call(method, path, json, name, urlencode(query or {}), patience)

    def _call(
        self, method: str, path: str, json: object, name: str, query: str = "", patience: float | None = None
    ) -> Awaitable[Any]:
        query = "&".join(filter(None, (query, self._acting)))
        url = f"{self.base_url}{path}?{query}" if query else f"{self.base_url}{path}"
        return self._exchange(method, url, json, name, patience)

    async def _exchange(self, method: str, url: str, json: object, name: str, patience: float | None = None) -> Any:
        started = perf_counter()
        try:
            status, headers, body = await self._ask(method, url, json, patience)
            answer = read_answer(status, headers, body)
        except (aiohttp.ClientError, OSError, ValueError, orjson.JSONEncodeError, RetryLater, GiveUp) as error:
            self._failed(error, name, started)
        if self._on_request is not None:
            self._on_request(name, perf_counter() - started, "ok")
        return answer

    async def _ask(
        self, method: str, url: str, json: object, patience: float | None
    ) -> tuple[int, Mapping[str, str], bytes]:
        session = self._session or self._open()
        data, headers = self._body(json)
        timeout = self._timeout if patience is None else self._timeout_of(patience)
        async with session.request(
            method, URL(url, encoded=True), data=data, headers=headers, allow_redirects=False, timeout=timeout
        ) as response:
            return response.status, response.headers, await response.read()

    def _body(self, content: object) -> tuple[bytes | None, CIMultiDict[str]]:
        if content is None:
            return None, self._headers
        if isinstance(content, File):
            headers = self._json_headers.copy()
            headers["Content-Type"] = content.type
            return content.data, headers
        return orjson.dumps(content), self._json_headers

    def _timeout_of(self, seconds: float) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(total=seconds, sock_connect=self._connect_timeout)

    def _failed(self, error: Exception, name: str, started: float) -> NoReturn:
        known = errors.from_exception(error, self.base_url)
        if self._on_request is not None:
            result = "retry" if isinstance(known, RetryLater) else "give_up"
            self._on_request(name, perf_counter() - started, result)
        if known is error:
            raise known
        raise known from error

    def _open(self) -> aiohttp.ClientSession:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=30, ttl_dns_cache=60),
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding"),
            timeout=self._timeout,
        )
        return self._session
