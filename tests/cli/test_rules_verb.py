"""`askbridge rules test`, and what `askbridge check` says of rules."""

from contextlib import closing
from pathlib import Path

from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.records import Room
from tests.cli.conftest import SYNC, Askbridge

ROOM = "!acme:example.org"
STAFF = 'people: {staff: ["@*:example.org"]}\n'
RULES = """
teams: {network: ["@nina:example.org", "@omar:example.org"]}
calendar: {timezone: Europe/Paris, hours: {mon-fri: ["09:00-17:00"]}, holidays: FR}
rules:
  - name: vpn
    when: {space: helpdesk, text: vpn, from: [staff, external], language: fr}
    then: {tag: network, priority: high, assign: {team: network}, say: "Ok !"}
    continue: true
  - {name: rest, when: {text: zzz}, then: {tag: rest, notify: "@lead:example.org"}}
  - {name: late, when: {unanswered_for: 2h}, then: {escalate: on, assign: {team: network}}}
"""


def fill(tx: StoreTransaction) -> None:
    state = {"m.room.canonical_alias": {"": {"content": {"alias": "#acme:example.org"}}}}
    tx.rooms.save(Room(ROOM, space="helpdesk", joined=True, state=state))
    tx.rooms.replace_members(ROOM, {"@omar:example.org": ("join", "Omar")})


def test_rules_test_says_what_would_happen_and_why(askbridge: Askbridge, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SYNC + STAFF + RULES)
    command = ("rules", "test", "Mon VPN ne marche plus du tout", "--from", "staff", "--at", "2026-07-13T16:00")
    before = askbridge(*command).out
    assert "room unknown" in before and "nobody of team network is there and free" in before, "there is no database yet"
    with closing(Database.open(f"sqlite:///{tmp_path / 'askbridge.db'}")) as database:
        database.write_now(fill)
    said = askbridge(*command)
    assert said.code == 0, said.err
    assert said.out.splitlines() == [
        f"Asked in helpdesk, room {ROOM}",
        "by somebody (staff)",
        "on Mon 2026-07-13 16:00 (Europe/Paris), within business hours; language: fr",
        "",
        "When it is asked:",
        "  ✓ vpn",
        "      when: ✓ space  ✓ text  ✓ from  ✓ language",
        "      then: tags network; priority high; goes to @omar:example.org (team network, round_robin); says 'Ok !'",
        "  ✗ rest",
        "      when: ✗ text",
        "",
        "If it is unanswered on Wed 2026-07-15 10:00 (Europe/Paris):",
        "  ✓ late",
        "      when: ✓ unanswered_for",
        "      then: stays with @omar:example.org instead of going to team network; calls moderators",
    ]
    by_omar = askbridge(*command[:3], "--from", "@omar:example.org", "--room", "#acme:example.org", "--language", "en")
    assert "✗ language" in by_omar.out and "by @omar:example.org (staff)" in by_omar.out
    for options, hint in (
        (("--space", "helpdsk"), 'did you mean "helpdesk"?'),
        (("--from", "everybody"), "staff, trusted, external, outsider"),
        (("--at", "soon"), "2026-12-31T09:30"),
    ):
        refused = askbridge("rules", "test", "x", *options)
        assert refused.code == 1 and hint in refused.err


NEVER = """
teams: {network: ["@nina:example.org", "@eve:evil.example", "@nina:example.org"], nobody: []}
rules:
  - {name: a, when: {from: external}, then: {tag: a}}
  - {name: b, when: {priority: high, language: [fr, fr]}, then: {tag: b}}
  - {name: c, when: {text: vpn}, then: {tag: c}}
  - {name: d, when: {text: vpn, language: fr}, then: {tag: d}}
  - {name: e, when: {hours: closed}, then: {assign: {team: nobody}}}
  - {name: taken, when: {assigned: on}, then: {tag: taken}}
  - {name: gives, when: {tag: c}, then: {assign: {team: network}}, continue: on}
  - {name: given, when: {assigned: on}, then: {tag: given}}
  - {name: f, then: {tag: f}}
  - {name: g, when: {text: '\\bсеть'}, then: {notify: "@eve:evil.example"}}
  - {name: h, when: {text: vpn, unanswered_for: 2h}, then: {escalate: on}}
"""


def test_check_warns_of_rules_that_never_match_and_people_who_get_nothing(askbridge: Askbridge, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SYNC + STAFF + NEVER)
    said = askbridge("check")
    assert said.code == 0, said.err
    notes = [line.split(": ", 1)[1] for line in said.out.splitlines() if "note" in line]
    assert "note   config.yaml:9:28: rules[0].when.from: never matches" in said.out
    expected = [
        "teams.network[1]: no staff of yours; gets questions only of rooms that people from outside are in",
        "teams.network[2]: stands in this team twice, and gets two turns",
        "rules[0].when.from: never matches: internal spaces have no externals",
        "rules[1].when.priority: never matches: a new question has the priority normal",
        "rules[1].when.language: names something twice",
        "rules[3]: never matches: whatever it is for, rules[2] (c) takes before it",
        "rules[4].when.hours: never matches: no calendar has hours, so it is never closed",
        "rules[4].then.assign.team: nobody is in this team",
        "rules[9]: never matches: whatever it is for, rules[8] (f) takes before it",
        r"rules[9].when.text: \b and \w know the letters a to z alone; \p{L} is any letter",
        "rules[9].then.notify[0]: no staff of yours; is told only of what they may see",
    ]
    assert [note for note in notes if note.startswith(("rules", "teams"))] == expected
