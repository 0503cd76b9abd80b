"""The whole config as values. `bridge.config.load` makes one from a file and checks what one section cannot know alone.

A description here becomes the comment in `config.example.yaml` and the text of `docs/reference/config.md`.
"""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from bridge.config.addresses import Database, DatabaseUrl, ListenOn, Url
from bridge.config.rules import Rule
from bridge.config.section import Section
from bridge.config.terms import TermsFile
from bridge.config.times import Country, DayRange, Duration, DurationOrOff, Hours, Interval, TimeZone, parse_days
from bridge.config.values import (
    LISTED,
    FilePath,
    Flag,
    Language,
    Level,
    Name,
    Prefix,
    RoomRef,
    Secret,
    ServerName,
    Switch,
    UserGlob,
    UserId,
    wrong,
)


class Homeserver(Section):
    url: Url = Field(description="Where the homeserver's client API is.")


class Bot(Section):
    user_id: UserId = Field(description="The bot's own Matrix id.")
    access_token: Secret | None = Field(
        default=None, description="Logs the bot in. One of token and password is needed without `appservice`."
    )
    access_token_file: FilePath | None = Field(default=None, description="A file that holds the access token.")
    password: Secret | None = Field(default=None, description="Logs the bot in where there is no access token.")
    password_file: FilePath | None = Field(default=None, description="A file that holds the password.")
    device_name: str = Field(default="askbridge", min_length=1, description="How the bot's session is called.")


class AppService(Section):
    id: str = Field(
        min_length=1,
        default="askbridge",
        description="The name under which the homeserver knows the application service.",
    )
    url: Url = Field(default="http://127.0.0.1:9100", description="Where the homeserver reaches us.")
    listen: ListenOn = Field(
        default="127.0.0.1:9100", validate_default=True, description="Where we listen for the homeserver."
    )
    as_token: Secret = Field(description="What we show to the homeserver.")
    as_token_file: FilePath | None = Field(default=None, description="A file that holds it.")
    hs_token: Secret = Field(description="What the homeserver shows to us.")
    hs_token_file: FilePath | None = Field(default=None, description="A file that holds it.")
    sync: Flag = Field(
        default=False,
        description="Run `/sync` beside the pushed events. An event that comes by both is handled once.",
    )


class Encryption(Section):
    enabled: Flag = Field(default=True, description="Take part in encrypted rooms.")
    store: FilePath = Field(
        default="./crypto",
        validate_default=True,
        description="Folder of the secret under which the keys lie in the database; made at the first start. "
        "Where none is named it is beside an SQLite database.",
    )
    pickle_key: Secret | None = Field(
        default=None,
        min_length=16,
        description="That secret, in place of the folder's; any text of 16 or more characters.",
    )
    pickle_key_file: FilePath | None = Field(default=None, description="A file that holds it.")
    tracking: Literal["full", "metadata"] = Field(
        default="full", description="`metadata` keeps no text from encrypted rooms."
    )
    trust: Literal["cross_signed", "all"] = Field(
        default="cross_signed",
        description="Which devices get keys: of people with a cross-signing identity only those they signed, or all.",
    )
    backup: Flag = Field(default=True, description="Keep the keys of rooms in the homeserver's key backup, too.")


class Flood(Section):
    enabled: Flag = Field(default=True, description="Whether somebody's commands ever have to wait for others'.")
    burst: int = Field(default=200, ge=1, description="How many commands one person may give at once.")
    per_minute: int = Field(default=60, ge=1, description="How many more with time.")


class Commands(Section):
    prefix: Prefix = Field(default="!", description="What a command begins with.")
    flood: Flood = Field(
        default=Flood(),
        description="From when on what one person asks for is carried out behind what others do; nothing is refused.",
    )


class People(Section):
    staff: Annotated[tuple[UserGlob, ...], LISTED] = Field(default=(), description="Who belongs to the organisation.")
    trusted: Annotated[tuple[UserGlob, ...], LISTED] = Field(
        default=(), description="Outsiders who are treated as staff."
    )
    moderators: Annotated[tuple[UserId, ...], LISTED] = Field(
        default=(), description="Moderators of every room, whatever their power level."
    )
    denied: Annotated[tuple[UserGlob, ...], LISTED] = Field(
        default=(), description="People who have no place in any room, whatever else would admit them."
    )


class Externals(Section):
    servers: Annotated[tuple[ServerName, ...], LISTED] = Field(
        default=(), description="Partner servers that externals may come from; none: any server."
    )
    granted_by: Literal["staff", "moderators"] = Field(default="staff", description="Who may let externals in.")
    max_days: int | None = Field(default=None, ge=1, le=36500, description="How long a grant may last at most.")
    terms: TermsFile | None = Field(default=None, description="A file with the text that an external accepts first.")
    terms_grace: Duration = Field(
        default="14d", validate_default=True, description="How long who accepted older terms stays in without the new."
    )


class RoomPolicy(Section):
    join_rule: Literal["invite", "knock", "restricted", "knock_restricted", "public"] | None = Field(
        default=None, description="The join rule that rooms ought to have."
    )
    history_visibility: Literal["joined", "invited", "shared", "world_readable"] | None = Field(
        default=None, description="The history visibility that rooms ought to have."
    )
    guest_access: Literal["forbidden", "can_join"] | None = Field(default=None, description="Whether guests may join.")
    encrypted: Flag | None = Field(default=None, description="Whether rooms ought to be encrypted.")
    listed: Flag | None = Field(default=None, description="Whether rooms stand in the homeserver's public directory.")
    federated: Flag | None = Field(default=None, description="Whether people of other servers can be in rooms at all.")
    server_acl: Literal["partners"] | None = Field(
        default=None, description="`partners`: only our own, trusted people's and the partners' servers take part."
    )
    integrations: Flag | None = Field(default=None, description="Whether widgets and bridges may be there.")
    outsider_power: int | None = Field(
        default=None, ge=0, le=100, description="The highest power level that somebody not of ours may hold."
    )


class Retention(Section):
    closed_after: Duration | None = Field(
        default=None, description="Answered and closed questions are forgotten after this time."
    )


class Assignment(Section):
    remind_after: DurationOrOff = Field(
        default="8h",
        validate_default=True,
        description="An assignee who says nothing for so many business hours is reminded, once.",
    )
    return_after: DurationOrOff = Field(
        default="24h",
        validate_default=True,
        description="After so many the question is open again, and the next in line is asked.",
    )

    @field_validator("return_after")
    @classmethod
    def _after_the_reminder(cls, value: timedelta | None, info: ValidationInfo) -> timedelta | None:
        reminded = info.data.get("remind_after")
        if value and reminded and value <= reminded:
            raise wrong("not later than the reminder", "more than remind_after, or off")
        return value


class Calendar(Section):
    timezone: TimeZone = Field(default="UTC", validate_default=True, description="The zone of days and hours.")
    hours: dict[DayRange, Annotated[tuple[Hours, ...], LISTED]] = Field(
        default={}, description="Business hours by day or range of days; none means always."
    )
    holidays: Country | None = Field(default=None, description="Whose public holidays are free.")

    @field_validator("hours")
    @classmethod
    def _some(cls, hours: dict[str, tuple[Interval, ...]]) -> dict[str, tuple[Interval, ...]]:
        if hours and not any(hours.values()):
            raise wrong("a calendar that is never open", "some hours, or none at all, which means always")
        return hours

    def over(self, general: "Calendar") -> "Calendar":
        """This one, with what it does not say as in the general one."""
        return general.model_copy(update={key: getattr(self, key) for key in self.model_fields_set})

    def week(self) -> tuple[tuple[Interval, ...], ...]:
        """The business hours of Monday to Sunday, in order; a day named twice has both."""
        days: list[list[Interval]] = [[] for _ in range(7)]
        for names, intervals in self.hours.items():
            for day in parse_days(names):
                days[day] += intervals
        return tuple(tuple(sorted(day)) for day in days)


class Statistics(Section):
    names: Flag = Field(default=True, description="Whether statistics say who helped.")


class Space(Section):
    level: Level = Field(description="How open the space is.")
    rooms: Annotated[tuple[RoomRef, ...], LISTED] = Field(default=(), description="Rooms of the space.")
    matrix_space: RoomRef | None = Field(
        default=None, description="A Matrix space: every child room belongs too, live."
    )
    triage_room: RoomRef | None = Field(
        default=None, description="Room of the staff that gets a card per new question."
    )
    language: Language | None = Field(default=None, description="The bot's language here; else the general one.")
    timezone: TimeZone | None = Field(
        default=None, description="The zone in which a day ends here, for grants; else that of `calendar`."
    )
    calendar: Calendar | None = Field(
        default=None, description="Business hours of this space; what is not said here is as in the general `calendar`."
    )
    assignment: Assignment = Field(
        default=Assignment(), description="What becomes of a question whose assignee stays silent."
    )
    staff_may_accept: Flag = Field(default=False, description="Any member of staff may accept an answer for the asker.")
    shares_with: Annotated[tuple[Name, ...], LISTED] = Field(
        default=(), description="Spaces that may also be shown this space's questions."
    )
    even_if_more_open: Flag = Field(
        default=False, description="Let `shares_with` name spaces that are more open than this one."
    )
    externals: Externals = Field(default=Externals(), description="How people from outside get in.")
    enforce: Switch = Field(
        default="off", description="Whether rooms are kept as the policy says; `report` is a dry run."
    )
    room: RoomPolicy = Field(default=RoomPolicy(), description="What the rooms ought to be like.")
    mark: Literal["name", "topic", "none"] = Field(
        default="none", description="Where rooms open to externals are marked."
    )
    retention: Retention = Field(default=Retention(), description="How long questions are kept.")
    ask_experts: Flag = Field(default=False, description="Ask the likely experts where no rule says who.")
    nudge_after: DurationOrOff = Field(
        default="8h",
        validate_default=True,
        description="The asker is asked once whether it helps when an answer is so old, in business hours; or `off`.",
    )
    cost_per_question: float | None = Field(
        default=None, ge=0, allow_inf_nan=False, description="What an answered question is worth, for statistics."
    )
    statistics: Statistics = Field(default=Statistics(), description="What statistics show of the space.")


class Search(Section):
    semantic: Flag = Field(
        default=True,
        description="Compare what questions mean, across languages; needs the extra `semantic`, 130 MB of memory, "
        "and 66 bytes a question.",
    )
    suggestions: Flag = Field(default=True, description="Show answered questions like it on the card of a new one.")
    threshold: float = Field(
        default=0.62, gt=0, le=1, description="How clearly they have to be the same question: 1 is a repetition."
    )


class Experts(Section):
    at_most: int = Field(default=2, ge=1, le=10, description="How many likely experts are asked about a question.")
    per_day: int = Field(default=3, ge=1, description="How often the same person is asked in 24 hours, at most.")


class Enforcement(Section):
    max_removals: int = Field(
        default=5, ge=0, description="With more removals than this due at once, moderators are asked first."
    )


class Caps(Section):
    everyone: int | None = Field(
        default=None, ge=1, description="How many unanswered questions one person is given at most by rules."
    )
    people: dict[UserId, Annotated[int, Field(ge=0)]] = Field(default={}, description="The same for single people.")


class Web(Section):
    listen: ListenOn = Field(
        default="127.0.0.1:8090", validate_default=True, description="Where health, metrics and pages are served."
    )
    public_url: Url | None = Field(default=None, description="How people reach it.")


class Metrics(Section):
    enabled: Flag = Field(default=True, description="Serve `/metrics` at `web.listen`.")


class SynapseModule(Section):
    secret: Secret = Field(description="What the module in Synapse shows to us.")
    secret_file: FilePath | None = Field(default=None, description="A file that holds it.")


class Log(Section):
    format: Literal["json", "console"] = Field(default="json", description="JSON lines, or lines for reading.")
    level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="The least that is logged.")


class Config(Section):
    homeserver: Homeserver = Field(description="The Matrix homeserver.")
    bot: Bot = Field(description="The bot's account.")
    appservice: AppService | None = Field(
        default=None, description="Present: events are pushed to us. Absent: we `/sync` as an ordinary bot."
    )
    database: DatabaseUrl = Field(
        default="sqlite:///askbridge.db",
        validate_default=True,
        description="Where questions are kept; a relative file is looked for beside this one.",
    )
    database_file: FilePath | None = Field(default=None, description="A file that holds the database URL.")
    database_password: Secret | None = Field(
        default=None, description="The password of a PostgreSQL URL that has none."
    )
    database_password_file: FilePath | None = Field(default=None, description="A file that holds it.")
    encryption: Encryption = Field(default={}, validate_default=True, description="Encrypted rooms.")
    commands: Commands = Field(default=Commands(), description="How commands are written.")
    language: Language = Field(default="en", description="The bot's language; a space and a person may override it.")
    people: People = Field(default=People(), description="Who is who.")
    spaces: dict[Name, Space] = Field(min_length=1, description="Collaboration spaces by name.")
    search: Search = Field(default=Search(), description="Finding, and what is like a new question.")
    enforcement: Enforcement = Field(default=Enforcement(), description="Limits of keeping rooms in order.")
    teams: dict[Name, Annotated[tuple[UserId, ...], LISTED]] = Field(
        default={}, description="Teams by name, for rules."
    )
    experts: Experts = Field(default=Experts(), description="Limits of `ask_experts`.")
    caps: Caps = Field(default=Caps(), description="Who has so many questions gets no more from a team.")
    calendar: Calendar = Field(default=Calendar(), description="Business hours.")
    rules: Annotated[tuple[Rule, ...], LISTED] = Field(
        default=(), description="First match wins unless it says `continue: true`."
    )
    web: Web | None = Field(default=None, description="HTTP for operators; absent: nothing listens.")
    synapse_module: SynapseModule | None = Field(
        default=None,
        description="Present: a module in Synapse may ask at `web.listen`, on loopback, whether something is allowed.",
    )
    metrics: Metrics = Field(default=Metrics(), description="Prometheus metrics.")
    log: Log = Field(default=Log(), description="The program's log, on standard error.")

    def secrets(self) -> tuple[str, ...]:
        """Every secret in use, for the log to hide."""
        held: list[SecretStr | None] = [self.bot.access_token, self.bot.password, self.database_password]
        held.append(self.encryption.pickle_key)
        if self.appservice:
            held += [self.appservice.as_token, self.appservice.hs_token]
        if self.synapse_module:
            held.append(self.synapse_module.secret)
        return tuple(secret.get_secret_value() for secret in held if secret) + database_secrets(self.database)


def database_secrets(database: Database) -> tuple[str, ...]:
    return (database.password,) if database.password else ()
