"""Configs that are wrong, each in one way, with the place and the remedy that must be named."""

from dataclasses import dataclass

GOOD = """\
homeserver:
  url: https://matrix.example.org
bot:
  user_id: "@qa:example.org"
  access_token: syt_very_secret
people:
  staff: ["@*:example.org"]
spaces:
  helpdesk:
    level: internal
    rooms: ["#helpdesk:example.org"]
"""


@dataclass(frozen=True)
class Broken:
    """`old` in the good config becomes `new`; `line` 0 means that the problem has no line."""

    name: str
    old: str
    new: str
    line: int
    path: str
    says: str


_ROOM = '["#helpdesk:example.org"]'

BROKEN = (
    Broken("unknown key", "level: internal", "levl: internal", 10, "spaces.helpdesk.levl", 'did you mean "level"?'),
    Broken("unknown section", "people:", "peopel:", 6, "peopel", 'did you mean "people"?'),
    Broken(
        "key in another section", "people:", "max_days: 3\npeople:", 6, "max_days", "spaces.NAME.externals.max_days"
    ),
    Broken(
        "no space after colon",
        "access_token: syt",
        "access_token:syt",
        5,
        "",
        "put a colon and a space after the key",
    ),
    Broken("unknown level", "internal", "intern", 10, "spaces.helpdesk.level", 'did you mean "internal"?'),
    Broken("wrong type", '"@qa:example.org"', "42", 4, "bot.user_id", "found a number; expected a Matrix user id"),
    Broken("user id without server", "@qa:example.org", "qa", 4, "bot.user_id", "expected a Matrix user id such as"),
    Broken(
        "room without mark", '"#helpdesk', '"helpdesk', 11, "spaces.helpdesk.rooms[0]", "expected #alias:server or !id"
    ),
    Broken("rooms as text", _ROOM, '"#a:b"', 11, "spaces.helpdesk.rooms", "write it as [one, two]"),
    Broken("room twice", _ROOM, '["#a:b", "#a:b"]', 11, "spaces.helpdesk.rooms[1]", "remove one of them"),
    Broken(
        "room in two spaces",
        _ROOM,
        '["#a:b"]\n  it:\n    level: internal\n    rooms: ["#a:b"]',
        14,
        "spaces.it.rooms[0]",
        "remove it from helpdesk or from it",
    ),
    Broken("space without rooms", f"    rooms: {_ROOM}\n", "", 9, "spaces.helpdesk", "expected rooms, or matrix_space"),
    Broken("no spaces", "  helpdesk:\n    level: internal\n    rooms: " + _ROOM, "  {}", 9, "spaces", "at least one"),
    Broken(
        "unknown space shared",
        _ROOM,
        _ROOM + "\n    shares_with: [helpdsk, hlp]",
        12,
        "spaces.helpdesk.shares_with[0]",
        'did you mean "helpdesk"?',
    ),
    Broken(
        "shares with itself",
        _ROOM,
        _ROOM + "\n    shares_with: [helpdesk]",
        12,
        "spaces.helpdesk.shares_with[0]",
        "remove it",
    ),
    Broken(
        "triage in rooms",
        _ROOM,
        _ROOM + '\n    triage_room: "#helpdesk:example.org"',
        12,
        "spaces.helpdesk.triage_room",
        "remove it from rooms",
    ),
    Broken(
        "returned before the reminder",
        _ROOM,
        _ROOM + "\n    assignment: {remind_after: 4h, return_after: 4h}",
        12,
        "spaces.helpdesk.assignment.return_after",
        "more than remind_after, or off",
    ),
    Broken("space name", "  helpdesk:", "  Help Desk:", 9, "spaces.Help Desk", "a name of small letters"),
    Broken("homeserver url", "https://matrix", "matrix", 2, "homeserver.url", "expected a URL such as"),
    Broken("url with user", "https://", "https://me:pw@", 2, "homeserver.url", "expected a URL such as"),
    Broken("missing key", "  url: https://matrix.example.org", "  {}", 1, "homeserver.url", "missing key; expected"),
    Broken("missing section", "homeserver:\n  url: https://matrix.example.org\n", "", 1, "homeserver", "missing key"),
    Broken("no way to log in", "  access_token: syt_very_secret\n", "", 3, "bot", "or set ASKBRIDGE_BOT__ACCESS_TOKEN"),
    Broken("two ways to log in", "people:", "  password: pw\npeople:", 6, "bot.password", "expected one of them"),
    Broken(
        "token twice",
        "people:",
        "  access_token_file: t\npeople:",
        6,
        "bot.access_token_file",
        "remove bot.access_token_file or bot.access_token",
    ),
    Broken(
        "token file missing",
        "access_token: syt_very_secret",
        "access_token_file: none",
        5,
        "bot.access_token_file",
        "no such file; expected a readable file",
    ),
    Broken(
        "token file empty",
        "access_token: syt_very_secret",
        "access_token_file: empty",
        5,
        "bot.access_token_file",
        "an empty file; expected",
    ),
    Broken(
        "token file a folder",
        "access_token: syt_very_secret",
        "access_token_file: folder",
        5,
        "bot.access_token_file",
        "a directory, not a file; expected",
    ),
    Broken(
        "token file binary",
        "access_token: syt_very_secret",
        "access_token_file: binary",
        5,
        "bot.access_token_file",
        "no UTF-8 text; expected",
    ),
    Broken("token a number", "syt_very_secret", "12345", 5, "bot.access_token", "found a number; expected text"),
    Broken(
        "moderator", "people:", 'people:\n  moderators: ["@*:x.org"]', 7, "people.moderators[0]", "a Matrix user id"
    ),
    Broken(
        "bot moderates", "people:", 'people:\n  moderators: ["@qa:example.org"]', 7, "people.moderators[0]", "remove it"
    ),
    Broken("glob", "@*:example.org", "*", 7, "people.staff[0]", "expected a user id or glob such as @*:example.org"),
    Broken("language", "people:", "language: eng\npeople:", 6, "language", 'did you mean "en"?'),
    Broken("prefix", "people:", 'commands: {prefix: "! "}\npeople:', 6, "commands.prefix", "1 to 3 characters"),
    Broken("database", "people:", "database: sqlite:/x.db\npeople:", 6, "database", "expected sqlite:///file.db"),
    Broken("database folder", "people:", "database: sqlite:///none/x.db\npeople:", 6, "database", "make the folder"),
    Broken(
        "database in memory", "people:", "database: 'sqlite:///:memory:'\npeople:", 6, "database", "sqlite:///file.db"
    ),
    Broken("listen", "people:", "web: {listen: '127.0.0.1:99999'}\npeople:", 6, "web.listen", "a port from 1 to 65535"),
    Broken(
        "same port",
        "people:",
        "appservice: {as_token: a, hs_token: b}\nweb: {listen: '0.0.0.0:9100'}\npeople:",
        7,
        "web.listen",
        "expected a port of its own; take another, such as 8090",
    ),
    Broken(
        "appservice tokens",
        "people:",
        "appservice: {as_token: a}\npeople:",
        6,
        "appservice.hs_token",
        "or give appservice.hs_token_file, or ASKBRIDGE_APPSERVICE__HS_TOKEN",
    ),
    Broken("enforce", _ROOM, _ROOM + "\n    enforce: onn", 12, "spaces.helpdesk.enforce", 'did you mean "on"?'),
    Broken(
        "flag",
        _ROOM,
        _ROOM + "\n    staff_may_accept: perhaps",
        12,
        "spaces.helpdesk.staff_may_accept",
        "found text; expected on or off",
    ),
    Broken(
        "duration",
        _ROOM,
        _ROOM + "\n    retention: {closed_after: 730}",
        12,
        "spaces.helpdesk.retention.closed_after",
        "expected a duration such as 30m",
    ),
    Broken(
        "terms",
        _ROOM,
        _ROOM + "\n    externals: {terms: none.md}",
        12,
        "spaces.helpdesk.externals.terms",
        "expected a readable file",
    ),
    Broken(
        "max days",
        _ROOM,
        _ROOM + "\n    externals: {max_days: 0}",
        12,
        "spaces.helpdesk.externals.max_days",
        "greater than or equal to 1",
    ),
    Broken(
        "time zone",
        "people:",
        "calendar: {timezone: Europe/Pari}\npeople:",
        6,
        "calendar.timezone",
        'did you mean "Europe/Paris"?',
    ),
    Broken(
        "hours",
        "people:",
        "calendar: {hours: {mon-fri: ['9-5']}}\npeople:",
        6,
        "calendar.hours.mon-fri[0]",
        "09:00-12:30",
    ),
    Broken(
        "day", "people:", "calendar: {hours: {monday: ['09:00-10:00']}}\npeople:", 6, "calendar.hours.monday", "mon-fri"
    ),
    Broken("no hours", "people:", "calendar: {hours: {sat: []}}\npeople:", 6, "calendar.hours", "which means always"),
    Broken("country", "people:", "calendar: {holidays: ZZ}\npeople:", 6, "calendar.holidays", "no holidays are known"),
    Broken("region", "people:", "calendar: {holidays: DE-BZ}\npeople:", 6, "calendar.holidays", "did you mean"),
    Broken("Norway", "people:", "calendar: {holidays: NO}\npeople:", 6, "calendar.holidays", 'quote it: "NO"'),
    Broken(
        "rule space",
        "people:",
        "rules: [{name: a, when: {space: helpdisk}, then: {}}]\npeople:",
        6,
        "rules[0].when.space",
        'did you mean "helpdesk"?',
    ),
    Broken(
        "rule team",
        "people:",
        "rules: [{name: a, then: {assign: {team: net}}}]\npeople:",
        6,
        "rules[0].then.assign.team",
        "no such team",
    ),
    Broken(
        "rule class",
        "people:",
        "rules: [{name: a, when: {from: extern}, then: {}}]\npeople:",
        6,
        "rules[0].when.from",
        'did you mean "external"?',
    ),
    Broken(
        "rule pattern",
        "people:",
        "rules: [{name: a, when: {text: '('}, then: {}}]\npeople:",
        6,
        "rules[0].when.text",
        "expected a regular expression",
    ),
    Broken(
        "rule look-ahead",
        "people:",
        "rules: [{name: a, when: {text: '(?=vpn)'}, then: {tag: a}}]\npeople:",
        6,
        "rules[0].when.text",
        "RE2 has no look-around",
    ),
    Broken("rule tag", "people:", "rules: [{name: a, then: {tag: '#VPN'}}]\npeople:", 6, "rules[0].then.tag", "small"),
    Broken("idle rule", "people:", "rules: [{name: a, then: {}}]\npeople:", 6, "rules[0].then", "say, escalate"),
    Broken(
        "rule braces",
        "people:",
        "rules: [{name: a, then: {say: 'Hello {askr}'}}]\npeople:",
        6,
        "rules[0].then.say",
        "did you mean {asker}?",
    ),
    Broken(
        "rule number",
        "people:",
        "rules: [{name: a, then: {say: 'This is Q{number}'}}]\npeople:",
        6,
        "rules[0].then.say",
        "leave out the Q before it",
    ),
    Broken(
        "rule twice",
        "people:",
        "rules: [{name: a, then: {tag: a}}, {name: a, then: {tag: b}}]\npeople:",
        6,
        "rules[1].name",
        "another rule has this name: rules[0].name (line 6)",
    ),
    Broken("duplicate key", "people:", "bot: {}\npeople:", 6, "bot", "on line 3 and again on line 6"),
    Broken("tab", "  url:", "\turl:", 2, "", "replace the tab by spaces"),
    Broken("bracket", _ROOM, '["#helpdesk:example.org"', 12, "", "check indentation, quotes and brackets"),
    Broken("indentation", "  access_token:", "    access_token:", 5, "", "check indentation"),
    Broken("date", "https://matrix.example.org", "2026-99-99", 2, "homeserver.url", "put it in quotes"),
    Broken("tag", "https://matrix.example.org", "!!python/name:os.system x", 2, "homeserver.url", "put it in quotes"),
    Broken("alias", "internal", "*nowhere", 10, "", "not valid YAML"),
    Broken("self-reference", "people:", "teams: &a {b: *a}\npeople:", 6, "teams.b", "an alias that holds itself"),
    Broken(
        "bomb",
        "people:",
        "teams: [&a [1,1,1,1,1,1,1,1,1], &b [*a,*a,*a,*a,*a,*a,*a,*a], &c [*b,*b,*b,*b,*b,*b,*b,*b],"
        " &d [*c,*c,*c,*c,*c,*c,*c,*c], &e [*d,*d,*d,*d,*d,*d,*d,*d], [*e,*e,*e]]\npeople:",
        6,
        "",
        "too many values",
    ),
    Broken("deep", "people:", f"teams: {'[' * 45}{']' * 45}\npeople:", 6, "teams[0][0]", "nested too deeply"),
    Broken("deeper", "people:", f"teams: {'[' * 5000}\npeople:", 1, "", "nested too deeply"),
    Broken("second document", "people:", "---\npeople:", 6, "", "remove the line ---"),
    Broken("control character", "internal", "\x01", 10, "", "a character that YAML does not allow"),
    Broken("empty", GOOD, "", 0, "", "askbridge init writes a first config"),
    Broken("only a list", GOOD, "- a\n", 1, "", "found a list; expected the sections homeserver, bot and spaces"),
)
