"""Getting a session that works: with a token, with a password, or as an application service."""

import secrets
from dataclasses import dataclass

from bridge.matrix.answers import a_string, an_object
from bridge.matrix.client import V3, HomeserverClient, encoded
from bridge.matrix.errors import UNKNOWN_TOKEN
from bridge.workflow.ports import GiveUp, JsonObject


class AccountError(Exception):
    """The account cannot be used as configured; the message tells an operator why and what to change."""


@dataclass(frozen=True, slots=True)
class Session:
    """What the caller keeps for the next start. An application service has a device only where it asked for one.

    `problem` tells an operator why there is none although one was asked for; plain rooms go on without.
    """

    access_token: str
    device_id: str | None
    problem: str | None = None


SENDER_IS_BOT = (
    "the registration makes the bot its sender, whom Synapse lets take no part in encryption: write the registration "
    "file anew with `askbridge registration`, install it and restart the homeserver: encrypted rooms need it"
)


async def by_token(client: HomeserverClient) -> Session:
    """Check that the client's token works and belongs to the client's bot."""
    try:
        answer = await client.whoami()
    except GiveUp as refusal:
        raise _token_refused(client, refusal) from refusal
    user_id = a_string(answer, "user_id")
    if user_id != client.bot_user_id:
        raise AccountError(f"the access token belongs to {user_id}, but bot.user_id is {client.bot_user_id}")
    device_id = answer.get("device_id")
    return Session(client.access_token, device_id if isinstance(device_id, str) else None)


async def by_password(
    client: HomeserverClient, password: str, *, device_id: str | None, device_name: str, access_token: str | None = None
) -> Session:
    """Log in, or go on with the kept `access_token` while it works.

    With the kept `device_id` the homeserver gives a new token for the same device instead of making one more.
    """
    if access_token:
        client.access_token = access_token
        try:
            return await by_token(client)
        except AccountError as error:
            if not _is_unknown_token(error.__cause__):
                raise
    return await _login(client, password, device_id, device_name)


async def as_appservice(
    client: HomeserverClient, device_id: str | None, device_name: str, with_device: bool
) -> Session:
    """Make the bot's account where there is none, and let the client act as it, by the as_token that it holds.

    `with_device`: also with a device of the bot's own, the kept `device_id` if it still exists.
    """
    client.acts_as(None)
    await _register(client)
    if await sender_is_bot(client):
        await by_token(client)
        return Session(client.access_token, None, SENDER_IS_BOT if with_device else None)
    client.acts_as(client.bot_user_id)
    await by_token(client)
    if not with_device:
        return Session(client.access_token, None)
    return await _with_device(client, device_id, device_name)


async def sender_is_bot(client: HomeserverClient) -> bool:
    """Whether an as_token is the bot's by itself, as it once was. The client must not act as anybody yet."""
    try:
        return (await client.whoami()).get("user_id") == client.bot_user_id
    except GiveUp as refusal:
        if _is_unknown_token(refusal):
            raise _token_refused(client, refusal) from refusal
        # The sender need not exist.
        return False


async def _register(client: HomeserverClient) -> None:
    user_id = client.bot_user_id
    registration = {
        "type": "m.login.application_service",
        "username": user_id[1:].partition(":")[0],
        "inhibit_login": True,
    }
    try:
        await client.request("POST", f"{V3}/register", registration, name="register")
    except GiveUp as refusal:
        if refusal.code != "M_USER_IN_USE":
            raise _registration_refused(user_id, refusal) from refusal


async def _with_device(client: HomeserverClient, device_id: str | None, device_name: str) -> Session:
    try:
        if device_id is None or not await _has_device(client, device_id):
            device_id = await _made_device(client, device_id, device_name)
    except GiveUp as refusal:
        problem = f"{client.base_url} gives the bot no device, which encrypted rooms need: {refusal}"
        return Session(client.access_token, None, problem)
    client.acts_as(client.bot_user_id, device_id)
    return Session(client.access_token, device_id)


async def _has_device(client: HomeserverClient, device_id: str) -> bool:
    try:
        await client.request("GET", f"{V3}/devices/{encoded(device_id)}", name="device")
    except GiveUp as refusal:
        if refusal.code != "M_NOT_FOUND":
            raise
        return False
    return True


async def _made_device(client: HomeserverClient, device_id: str | None, device_name: str) -> str:
    """By logging in, whose token nobody needs; without a login on servers that have none (Matrix 1.17)."""
    login: JsonObject = {
        "type": "m.login.application_service",
        "identifier": {"type": "m.id.user", "user": client.bot_user_id},
        "initial_device_display_name": device_name,
    }
    if device_id is not None:
        login["device_id"] = device_id
    try:
        answer = await client.request("POST", f"{V3}/login", login, name="login")
    except GiveUp:
        device_id = device_id or secrets.token_hex(5).upper()
        path = f"{V3}/devices/{encoded(device_id)}"
        await client.request("PUT", path, {"display_name": device_name}, name="device")
        return device_id
    return a_string(answer, "device_id")


async def _login(client: HomeserverClient, password: str, device_id: str | None, device_name: str) -> Session:
    login: JsonObject = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": client.bot_user_id},
        "password": password,
        "initial_device_display_name": device_name,
    }
    if device_id:
        login["device_id"] = device_id
    client.access_token = ""
    try:
        answer = an_object(await client.request("POST", f"{V3}/login", login, name="login"))
    except GiveUp as refusal:
        raise _login_refused(client, refusal) from refusal
    client.access_token = a_string(answer, "access_token")
    await by_token(client)
    return Session(client.access_token, a_string(answer, "device_id"))


def _is_unknown_token(error: BaseException | None) -> bool:
    return isinstance(error, GiveUp) and error.code == UNKNOWN_TOKEN


def _token_refused(client: HomeserverClient, refusal: GiveUp) -> AccountError:
    if _is_unknown_token(refusal):
        return AccountError(
            f"{client.base_url} does not know the access token of {client.bot_user_id}: get a new one, "
            "or, for an application service, install the registration file and restart the homeserver"
        )
    return AccountError(f"{client.base_url} does not say whose the access token is: {refusal}")


def _login_refused(client: HomeserverClient, refusal: GiveUp) -> AccountError:
    if refusal.code == "M_FORBIDDEN":
        return AccountError(f"{client.base_url} refuses the password of {client.bot_user_id}: {refusal.reason}")
    return AccountError(
        f"{client.base_url} does not log {client.bot_user_id} in by password, use bot.access_token: {refusal}"
    )


def _registration_refused(user_id: str, refusal: GiveUp) -> AccountError:
    if _is_unknown_token(refusal):
        return AccountError(
            "the homeserver does not know our as_token, so install the registration file and restart it"
        )
    if refusal.code == "M_EXCLUSIVE":
        return AccountError(f"the registration file does not claim {user_id}: write it anew with `registration`")
    return AccountError(f"the homeserver does not make the account {user_id}: {refusal}")
