import pytest

from bridge.matrix.account import AccountError, Session, as_appservice, by_password, by_token
from bridge.matrix.client import HomeserverClient
from bridge.workflow.ports import RetryLater
from tests.matrix.fake_homeserver import BOT, FakeHomeserver, Fault

UNKNOWN = {"errcode": "M_UNKNOWN_TOKEN", "error": "who are you"}


async def test_a_token_of_the_bot_is_taken(client: HomeserverClient, homeserver: FakeHomeserver) -> None:
    homeserver.answers["whoami"] = {"user_id": BOT, "device_id": "DEV"}
    assert await by_token(client) == Session("tok", "DEV")


async def test_a_token_of_another_names_both(client: HomeserverClient, homeserver: FakeHomeserver) -> None:
    homeserver.answers["whoami"] = {"user_id": "@eve:localhost"}
    with pytest.raises(AccountError, match=f"belongs to @eve:localhost, but bot.user_id is {BOT}"):
        await by_token(client)


@pytest.mark.parametrize(
    ("refusal", "says"), [(UNKNOWN, "get a new one"), ({"errcode": "M_FORBIDDEN", "error": "no"}, "M_FORBIDDEN")]
)
async def test_a_refused_token_is_explained(
    client: HomeserverClient, homeserver: FakeHomeserver, refusal: dict[str, str], says: str
) -> None:
    homeserver.faults["whoami"].append(Fault(401, refusal))
    with pytest.raises(AccountError, match=says):
        await by_token(client)


async def test_a_homeserver_that_is_down_is_no_account_error(
    client: HomeserverClient, homeserver: FakeHomeserver
) -> None:
    homeserver.faults["whoami"].append(Fault(503))
    with pytest.raises(RetryLater):
        await by_token(client)


class TestPassword:
    async def test_logs_in_as_the_kept_device(self, client: HomeserverClient, homeserver: FakeHomeserver) -> None:
        homeserver.answers |= {
            "login": {"access_token": "fresh", "device_id": "DEV"},
            "whoami": {"user_id": BOT, "device_id": "DEV"},
        }
        session = await by_password(client, "secret", device_id="DEV", device_name="askbridge")
        assert session == Session("fresh", "DEV")
        login = homeserver.calls("login")[0]
        assert login.token == ""
        assert login.body == {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": BOT},
            "password": "secret",
            "initial_device_display_name": "askbridge",
            "device_id": "DEV",
        }
        assert homeserver.calls("whoami")[0].token == "fresh"

    async def test_a_first_login_asks_for_a_device(self, client: HomeserverClient, homeserver: FakeHomeserver) -> None:
        homeserver.answers |= {"login": {"access_token": "t", "device_id": "NEW"}, "whoami": {"user_id": BOT}}
        session = await by_password(client, "secret", device_id=None, device_name="askbridge")
        assert session.device_id == "NEW"
        assert "device_id" not in homeserver.calls("login")[0].body

    async def test_a_kept_token_needs_no_login(self, client: HomeserverClient, homeserver: FakeHomeserver) -> None:
        homeserver.answers["whoami"] = {"user_id": BOT, "device_id": "DEV"}
        session = await by_password(client, "secret", device_id="DEV", device_name="a", access_token="kept")
        assert session == Session("kept", "DEV")
        assert not homeserver.calls("login")

    async def test_a_kept_token_that_is_dead_leads_to_a_login(
        self, client: HomeserverClient, homeserver: FakeHomeserver
    ) -> None:
        homeserver.faults["whoami"].append(Fault(401, UNKNOWN))
        homeserver.answers |= {"login": {"access_token": "fresh", "device_id": "DEV"}, "whoami": {"user_id": BOT}}
        session = await by_password(client, "secret", device_id="DEV", device_name="a", access_token="dead")
        assert session == Session("fresh", "DEV")

    async def test_a_kept_token_of_another_is_not_glossed_over(
        self, client: HomeserverClient, homeserver: FakeHomeserver
    ) -> None:
        homeserver.answers["whoami"] = {"user_id": "@eve:localhost"}
        with pytest.raises(AccountError, match="@eve"):
            await by_password(client, "secret", device_id="DEV", device_name="a", access_token="eves")

    @pytest.mark.parametrize(("code", "says"), [("M_FORBIDDEN", "refuses the password"), ("M_UNKNOWN", "access_token")])
    async def test_a_refusal_is_explained_without_the_password(
        self, client: HomeserverClient, homeserver: FakeHomeserver, code: str, says: str
    ) -> None:
        homeserver.faults["login"].append(Fault(403, {"errcode": code, "error": "no"}))
        with pytest.raises(AccountError, match=says) as raised:
            await by_password(client, "secret", device_id=None, device_name="a")
        assert "secret" not in str(raised.value)


class TestAppservice:
    async def test_the_account_is_made(self, client: HomeserverClient, homeserver: FakeHomeserver) -> None:
        homeserver.answers["whoami"] = {"user_id": BOT}
        assert await as_appservice(client) == Session("tok", None)
        assert homeserver.calls("register")[0].body == {
            "type": "m.login.application_service",
            "username": "bot",
            "inhibit_login": True,
        }

    async def test_an_account_that_exists_is_fine(self, client: HomeserverClient, homeserver: FakeHomeserver) -> None:
        homeserver.answers["whoami"] = {"user_id": BOT}
        homeserver.faults["register"].append(Fault(400, {"errcode": "M_USER_IN_USE"}))
        assert (await as_appservice(client)).access_token == "tok"

    @pytest.mark.parametrize(
        ("code", "says"),
        [
            ("M_UNKNOWN_TOKEN", "as_token"),
            ("M_EXCLUSIVE", "does not claim @bot:localhost"),
            ("M_FORBIDDEN", "M_FORBIDDEN"),
        ],
    )
    async def test_a_refusal_says_what_to_do(
        self, client: HomeserverClient, homeserver: FakeHomeserver, code: str, says: str
    ) -> None:
        homeserver.faults["register"].append(Fault(401, {"errcode": code, "error": "no"}))
        with pytest.raises(AccountError, match=says):
            await as_appservice(client)
