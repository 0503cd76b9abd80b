"""Getting a session that works: with a token, with a password, or as an application service."""

from dataclasses import dataclass

from bridge.matrix.answers import a_string, an_object
from bridge.matrix.client import V3, HomeserverClient
from bridge.matrix.errors import UNKNOWN_TOKEN
from bridge.workflow.ports import GiveUp, JsonObject


class AccountError(Exception):
    """The account cannot be used as configured; the message tells an operator why and what to change."""


@dataclass(frozen=True, slots=True)
class Session:
    """What the caller keeps for the next start. An application service has no device."""

    access_token: str
    device_id: str | None


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


async def as_appservice(client: HomeserverClient) -> Session:
    """Make the bot's account where there is none. The client holds the as_token and goes on with it."""
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
    return await by_token(client)


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
        return AccountError("the homeserver does not know our as_token: install the registration file and restart it")
    if refusal.code == "M_EXCLUSIVE":
        return AccountError(f"the registration file does not claim {user_id}: write it anew with `registration`")
    return AccountError(f"the homeserver does not make the account {user_id}: {refusal}")
