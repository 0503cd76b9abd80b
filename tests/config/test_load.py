"""What a right config becomes."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bridge.config.load import ConfigErrors, LoadedConfig, load
from bridge.config.times import Interval
from bridge.domain.spaces import Assignment
from bridge.policy import plan_of, policy_of
from tests.config.broken import GOOD


def loaded(folder: Path, text: str = GOOD, environ: dict[str, str] | None = None) -> LoadedConfig:
    path = folder / "config.yaml"
    path.write_text(text)
    return load(path, environ or {})


def space_with(text: str) -> str:
    return GOOD + "".join(f"    {line}\n" for line in text.splitlines())


def test_a_small_config_has_sane_defaults(tmp_path: Path) -> None:
    config = loaded(tmp_path).config
    assert config.database.path == tmp_path / "askbridge.db"
    assert config.database.reveal() == f"sqlite:///{tmp_path}/askbridge.db"
    assert (config.appservice, config.web, config.language, config.commands.prefix) == (None, None, "en", "!")
    assert config.spaces["helpdesk"].enforce == "off"
    assert config.log.format == "json"


def test_the_secret_of_keys_is_kept_where_the_database_is_unless_told(tmp_path: Path) -> None:
    """The config's own folder is read-only for a service or in a container."""
    data = tmp_path / "data"
    data.mkdir()
    elsewhere = f"database: sqlite:///{data}/askbridge.db\n"
    for said, store in (
        ("", tmp_path / "crypto"),
        (elsewhere, data / "crypto"),
        (f"{elsewhere}encryption: {{store: keys}}\n", tmp_path / "keys"),
        ("database: postgresql://qa:word@127.0.0.1/qa\n", tmp_path / "crypto"),
    ):
        assert loaded(tmp_path, GOOD + said).config.encryption.store == store


@pytest.mark.parametrize(
    ("written", "meant"),
    [("on", "on"), ("off", "off"), ('"on"', "on"), ("'off'", "off"), ("report", "report"), ("yes", "on")],
)
def test_enforce_may_be_bare_or_quoted(written: str, meant: str, tmp_path: Path) -> None:
    assert loaded(tmp_path, space_with(f"enforce: {written}")).config.spaces["helpdesk"].enforce == meant


@pytest.mark.parametrize(
    ("written", "meant"), [("on", True), ('"on"', True), ('"Off"', False), ("no", False), ("true", True)]
)
def test_flags_may_be_bare_or_quoted(written: str, meant: bool, tmp_path: Path) -> None:
    assert (
        loaded(tmp_path, space_with(f"staff_may_accept: {written}")).config.spaces["helpdesk"].staff_may_accept is meant
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("30m", timedelta(minutes=30)),
        ("2h", timedelta(hours=2)),
        ("730d", timedelta(days=730)),
        ("1w", timedelta(weeks=1)),
    ],
)
def test_durations(written: str, meant: timedelta, tmp_path: Path) -> None:
    config = loaded(tmp_path, space_with(f"retention: {{closed_after: {written}}}")).config
    assert config.spaces["helpdesk"].retention.closed_after == meant


def test_rooms_of_version_12_have_no_server_part(tmp_path: Path) -> None:
    text = GOOD.replace('"#helpdesk:example.org"', '"!0paque-Id_x", "!old:example.org", "#späße:example.org"')
    assert len(loaded(tmp_path, text).config.spaces["helpdesk"].rooms) == 3


def test_a_week_of_hours(tmp_path: Path) -> None:
    text = GOOD + "calendar: {timezone: Europe/Paris, hours: {fri-mon: ['09:00-12:00'], fri: ['13:00-24:00']}}\n"
    calendar = loaded(tmp_path, text).config.calendar
    morning = Interval(540, 720)
    assert calendar.week() == ((morning,), (), (), (), (morning, Interval(780, 1440)), (morning,), (morning,))
    assert calendar.timezone.key == "Europe/Paris"


def test_a_space_has_the_general_calendar_but_for_what_it_says_itself(tmp_path: Path) -> None:
    general = "calendar: {timezone: Europe/Paris, hours: {mon-fri: ['09:00-17:00']}, holidays: FR}\n"
    text = space_with("calendar: {timezone: Europe/Berlin, holidays: DE-BY}") + general
    berlin = policy_of(loaded(tmp_path, text).config).spaces["helpdesk"]
    assert (berlin.zone, berlin.calendar.zone.key) == ("Europe/Berlin", "Europe/Berlin")
    assert berlin.calendar.week == (((540, 1020),),) * 5 + ((), ())
    assert date(2026, 11, 1) in berlin.calendar.holidays and date(2026, 7, 14) not in berlin.calendar.holidays
    text = space_with("timezone: Asia/Tokyo\ncalendar: {holidays: null}") + general
    tokyo = policy_of(loaded(tmp_path, text).config).spaces["helpdesk"]
    assert tokyo.calendar.zone.key == "Asia/Tokyo" and date(2026, 7, 14) not in tokyo.calendar.holidays


def test_spaces_may_share_a_triage_room_which_is_kept_as_the_strictest_wants_it(tmp_path: Path) -> None:
    text = space_with("triage_room: '!triage'\nassignment: {remind_after: 30m, return_after: off}") + (
        "  acme: {level: extranet, rooms: ['!acme'], triage_room: '!triage', enforce: on, language: fr}\n"
        "  open: {level: community, rooms: ['!open']}\n"
    )
    config = loaded(tmp_path, text).config
    spaces = policy_of(config).spaces
    room = spaces["helpdesk+acme triage"]
    assert (room.triages, room.level, room.enforce) == (("helpdesk", "acme"), "internal", "on")
    assert [spaces[name].triage for name in ("helpdesk", "acme", "open")] == [room.name, room.name, ""]
    assert plan_of(config).rooms["!triage"] == room.name
    assert spaces["helpdesk"].assignment == Assignment(1_800_000, None)
    assert spaces["open"].assignment == Assignment(8 * 3_600_000, 24 * 3_600_000)


def test_merged_and_aliased_parts(tmp_path: Path) -> None:
    text = GOOD + (
        "  one: &base\n    level: internal\n    rooms: ['!one']\n    language: fr\n"
        "  two:\n    <<: *base\n    rooms: ['!two']\n"
        "  three:\n    <<: [*base, {mark: topic}]\n    rooms: ['!three']\n"
    )
    spaces = loaded(tmp_path, text).config.spaces
    assert (spaces["two"].language, spaces["two"].rooms) == ("fr", ("!two",))
    assert spaces["three"].mark == "topic"


def test_secrets_come_from_files_beside_the_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets/token").write_text("from_file\n")
    monkeypatch.chdir("/")
    text = GOOD.replace("access_token: syt_very_secret", "access_token_file: secrets/token")
    token = loaded(tmp_path, text).config.bot.access_token
    assert token is not None
    assert token.get_secret_value() == "from_file"


def test_a_secret_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def refuse(path: Path, *arguments: Any, **named: Any) -> Any:
        if path.name == "token":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ConfigErrors, match="access_token_file: a file that may not be read: permission denied"):
        loaded(tmp_path, GOOD.replace("access_token: syt_very_secret", "access_token_file: token"))


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    text = GOOD.replace("access_token: syt_very_secret", "access_token_file: not-there")
    environ = {
        "ASKBRIDGE_BOT__ACCESS_TOKEN": "12345",
        "ASKBRIDGE_HOMESERVER__URL": "http://127.0.0.1:8008/",
        "ASKBRIDGE_METRICS__ENABLED": "off",
        "ASKBRIDGE_SPACES__HELPDESK__ENFORCE": "on",
        "ASKBRIDGE_PEOPLE__STAFF": "['@*:example.com']",
        "ASKBRIDGE_ENFORCEMENT__MAX_REMOVALS": "7",
        "ASKBRIDGE_SYNAPSE_PYTHON": "ignored",
        "PATH": "ignored",
    }
    config = loaded(tmp_path, text, environ).config
    assert config.bot.access_token is not None
    assert config.bot.access_token.get_secret_value() == "12345"
    assert config.homeserver.url == "http://127.0.0.1:8008"
    assert config.metrics.enabled is False
    assert config.spaces["helpdesk"].enforce == "on"
    assert config.people.staff == ("@*:example.com",)
    assert config.enforcement.max_removals == 7


def test_a_file_named_by_the_environment_goes_before_a_secret_in_the_config(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from_file")
    token = loaded(tmp_path, GOOD, {"ASKBRIDGE_BOT__ACCESS_TOKEN_FILE": "token"}).config.bot.access_token
    assert token is not None
    assert token.get_secret_value() == "from_file"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("ASKBRIDGE_BOT__ACESS_TOKEN", "zzz_secret", 'did you mean "ASKBRIDGE_BOT__ACCESS_TOKEN"?'),
        ("ASKBRIDGE_SPACES__HELPDSK__LEVEL", "internal", 'did you mean "ASKBRIDGE_SPACES__HELPDESK__LEVEL"?'),
        (
            "ASKBRIDGE_LOG__LEVEL",
            "inf",
            'log.level: not a known value; expected one of debug, info, warning, error; did you mean "info"?',
        ),
        ("ASKBRIDGE_BOT__ACCESS_TOKEN", "", "bot.access_token: empty"),
        ("ASKBRIDGE_BOT__ACCESS_TOKEN_FILE", "none", "bot.access_token_file: no such file"),
        ("ASKBRIDGE_TEAMS", "{a: [", "teams: not valid YAML"),
        ("ASKBRIDGE_TEAMS", "{Net: []}", "teams.Net: not a usable name"),
    ],
)
def test_a_wrong_variable_is_named(name: str, value: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigErrors) as caught:
        loaded(tmp_path, GOOD, {name: value})
    assert f"environment variable {name}: " in str(caught.value)
    assert says in str(caught.value)
    assert "zzz_secret" not in str(caught.value)


def test_a_database_password_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "pw").write_text("p@ss/word\n")
    text = GOOD + "database: postgresql://qa@db.example.org:5433/qa\ndatabase_password_file: pw\n"
    database = loaded(tmp_path, text).config.database
    assert database.reveal() == "postgresql://qa:p%40ss%2Fword@db.example.org:5433/qa"
    assert str(database) == "postgresql://qa:***@db.example.org:5433/qa"


@pytest.mark.parametrize("url", ["sqlite:///a.db", "postgresql://qa:other@host/qa"])
def test_a_database_password_that_has_no_place(url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigErrors, match=r"config\.yaml:13:20: database_password: "):
        loaded(tmp_path, GOOD + f"database: {url}\ndatabase_password: sesame\n")


def test_the_whole_database_url_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("sqlite:////var/tmp/qa.db")
    assert loaded(tmp_path, GOOD + "database_file: url\n").config.database.path == Path("/var/tmp/qa.db")


def test_secrets_are_known_and_never_printed(tmp_path: Path) -> None:
    text = GOOD + "appservice: {as_token: as_s3cret, hs_token: hs_s3cret}\ndatabase: postgresql://u:db_s3cret@h/d\n"
    text += "web: {}\nsynapse_module: {secret: module_s3cret}\n"
    config = loaded(tmp_path, text).config
    secrets = ("syt_very_secret", "as_s3cret", "hs_s3cret", "db_s3cret", "module_s3cret")
    assert set(config.secrets()) == set(secrets)
    printed = repr(config) + str(config) + repr(config.database) + str(config.model_dump())
    assert not any(secret in printed for secret in secrets)


def test_what_is_not_built_yet_is_said(tmp_path: Path) -> None:
    text = space_with("enforce: on") + "web: {public_url: https://qa.example.org}\n"
    assert loaded(tmp_path, text).notices == ("web.public_url: accepted, not acted on by this version",)


def test_nothing_is_said_of_defaults(tmp_path: Path) -> None:
    assert (
        loaded(tmp_path, space_with("enforce: off\nmark: none") + "rules: []\nencryption: {enabled: off}\n").notices
        == ()
    )


def test_a_url_that_does_not_lead_to_us_is_noticed(tmp_path: Path) -> None:
    service = "appservice: {{as_token: a, hs_token: b, url: '{}', listen: '127.0.0.1:9100'}}\n"
    (notice,) = loaded(tmp_path, GOOD + service.format("http://localhost:9000")).notices
    assert notice.startswith("appservice.url: its port is not that of appservice.listen, 127.0.0.1:9100")
    assert loaded(tmp_path, GOOD + service.format("https://qa.example.org")).notices == ()


def test_one_port_on_two_addresses_is_right(tmp_path: Path) -> None:
    text = GOOD + "appservice: {as_token: a, hs_token: b, listen: '10.0.0.1:9100'}\nweb: {listen: '[::1]:9100'}\n"
    web = loaded(tmp_path, text).config.web
    assert web is not None
    assert str(web.listen) == "[::1]:9100"


def test_an_application_service_needs_no_login(tmp_path: Path) -> None:
    text = GOOD.replace("  access_token: syt_very_secret\n", "") + "appservice: {as_token: a, hs_token: b}\n"
    service = loaded(tmp_path, text).config.appservice
    assert service is not None
    assert service.sync is False
