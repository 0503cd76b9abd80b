import pytest

from bridge.matrix.account import SENDER_IS_BOT, AccountError, Session, as_appservice, by_password, by_token
from bridge.matrix.client import HomeserverClient
from bridge.workflow.ports import RetryLater
from tests.matrix.fake_homeserver import BOT, ROOM, FakeHomeserver, Fault

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
    @pytest.fixture(autouse=True)
    def sender(self, homeserver: FakeHomeserver) -> None:
        """The token is another's, as whom it is not asked to act."""
        homeserver.sender = "@_askbridge:localhost"

    async def test_the_account_is_made_and_acted_as(self, client: HomeserverClient, homeserver: FakeHomeserver) -> None:
        assert await as_appservice(client, None, "askbridge", False) == Session("tok", None)
        assert homeserver.calls("register")[0].body == {
            "type": "m.login.application_service",
            "username": "bot",
            "inhibit_login": True,
        }
        assert "user_id" not in homeserver.calls("register")[0].query
        await client.joined_rooms()
        await client.send(ROOM, "m.room.message", {}, "t")
        await client.request("GET", "/_matrix/client/v3/other", query={"since": "s"})
        assert [dict(asked.query) for asked in homeserver.asked[-3:]] == [
            {"user_id": BOT},
            {"user_id": BOT},
            {"since": "s", "user_id": BOT},
        ]
        assert not homeserver.calls("login")

    async def test_an_account_that_exists_is_fine(self, client: HomeserverClient, homeserver: FakeHomeserver) -> None:
        homeserver.faults["register"].append(Fault(400, {"errcode": "M_USER_IN_USE"}))
        assert (await as_appservice(client, None, "askbridge", False)).access_token == "tok"

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
            await as_appservice(client, None, "askbridge", False)

    async def test_a_device_of_its_own_is_made_once(self, client: HomeserverClient, homeserver: FakeHomeserver) -> None:
        homeserver.answers["login"] = {"access_token": "never used", "device_id": "DEV"}
        assert await as_appservice(client, None, "askbridge", True) == Session("tok", "DEV")
        assert homeserver.calls("login")[0].body == {
            "type": "m.login.application_service",
            "identifier": {"type": "m.id.user", "user": BOT},
            "initial_device_display_name": "askbridge",
        }
        await client.send(ROOM, "m.room.message", {}, "t")
        [sent] = homeserver.calls("send")
        assert (dict(sent.query), sent.token) == ({"user_id": BOT, "device_id": "DEV"}, "tok")

        # The next start, with the same client or another.
        assert await as_appservice(client, "DEV", "askbridge", True) == Session("tok", "DEV")
        assert len(homeserver.calls("login")) == 1
        assert [dict(asked.query) for asked in homeserver.calls("devices/DEV")] == [{"user_id": BOT}]

    async def test_a_kept_device_that_was_deleted_is_made_anew(
        self, client: HomeserverClient, homeserver: FakeHomeserver
    ) -> None:
        homeserver.faults["devices/DEV"].append(Fault(404, {"errcode": "M_NOT_FOUND"}))
        homeserver.answers["login"] = {"access_token": "never used", "device_id": "DEV"}
        assert (await as_appservice(client, "DEV", "askbridge", True)).device_id == "DEV"
        assert homeserver.calls("login")[0].body["device_id"] == "DEV"

    @pytest.mark.parametrize("kept", [None, "DEV"])
    async def test_a_homeserver_without_this_login_takes_a_device_as_it_is(
        self, client: HomeserverClient, homeserver: FakeHomeserver, kept: str | None
    ) -> None:
        homeserver.faults["devices/DEV"].append(Fault(404, {"errcode": "M_NOT_FOUND"}))
        homeserver.faults["login"].append(Fault(400, {"errcode": "M_APPSERVICE_LOGIN_UNSUPPORTED"}))
        session = await as_appservice(client, kept, "askbridge", True)
        assert session.device_id
        assert kept in (None, session.device_id)
        put = homeserver.calls(f"devices/{session.device_id}")[-1]
        assert (put.method, put.body) == ("PUT", {"display_name": "askbridge"})

    async def test_without_any_device_plain_rooms_go_on(
        self, client: HomeserverClient, homeserver: FakeHomeserver
    ) -> None:
        homeserver.faults["devices/DEV"] += [
            Fault(404, {"errcode": "M_NOT_FOUND"}),
            Fault(403, {"errcode": "M_FORBIDDEN", "error": "no devices here"}),
        ]
        homeserver.faults["login"].append(Fault(400, {"errcode": "M_UNKNOWN"}))
        session = await as_appservice(client, "DEV", "askbridge", True)
        assert (session.access_token, session.device_id) == ("tok", None)
        assert "no devices here" in str(session.problem)
        await client.joined_rooms()
        assert dict(homeserver.asked[-1].query) == {"user_id": BOT}

    @pytest.mark.parametrize(("with_device", "problem"), [(False, None), (True, SENDER_IS_BOT)])
    async def test_a_registration_of_former_times_serves_plain_rooms(
        self, client: HomeserverClient, homeserver: FakeHomeserver, with_device: bool, problem: str | None
    ) -> None:
        homeserver.sender = BOT
        for _ in range(2):
            assert await as_appservice(client, "DEV", "askbridge", with_device) == Session("tok", None, problem)
        await client.joined_rooms()
        assert dict(homeserver.asked[-1].query) == {}
        assert {asked.name for asked in homeserver.asked} == {"register", "whoami", "joined_rooms"}

    async def test_a_sender_that_does_not_exist_is_no_obstacle(
        self, client: HomeserverClient, homeserver: FakeHomeserver
    ) -> None:
        homeserver.faults["whoami"].append(Fault(403, {"errcode": "M_FORBIDDEN", "error": "no such user"}))
        assert await as_appservice(client, None, "askbridge", False) == Session("tok", None)

    async def test_a_token_that_is_not_known_any_more(
        self, client: HomeserverClient, homeserver: FakeHomeserver
    ) -> None:
        homeserver.faults["whoami"].append(Fault(401, UNKNOWN))
        with pytest.raises(AccountError, match="install the registration file"):
            await as_appservice(client, None, "askbridge", True)
