"""!search and long lists, from what is written to what is shown."""

from pathlib import Path

from bridge.domain.people import People
from bridge.domain.spaces import Level, Space
from tests.flow.pocket import POLICY, SERVER, pocket

DESK, PARTNER, SEALED = f"!desk:{SERVER}", f"!partner:{SERVER}", f"!sealed:{SERVER}"
ACME = POLICY.__class__(
    setting=POLICY.setting,
    people=People(staff=(f"@*:{SERVER}",), moderators=(f"@lead:{SERVER}",)),
    spaces={"helpdesk": Space("helpdesk", Level.INTERNAL), "acme": Space("acme", Level.EXTRANET)},
)


def test_words_and_filters_find_the_best_first_with_what_was_sought_marked(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob") as room:
        asked = room.says("amy", "!ask How do I reset my password? #vpn\nThe portal refuses the old one since Monday.")
        room.says("bob", "Open the self-service page and choose “forgotten password”.", thread=asked)
        room.says("amy", "!answered", thread=asked)
        room.says("bob", "!ask The printer eats paper")
        found = room.hears("bob", "!search pasword VPN is:answered")
        head, entry, snippet = found.splitlines()
        assert head == "1 question found"
        assert entry.startswith("- Q1 How do I reset my *password*?")
        assert snippet == "Open the self-service page and choose “forgotten *password*”."
        html = str(room.said[-1]["content"]["formatted_body"])
        assert "forgotten <strong>password</strong>" in html
        assert "my <strong>password</strong>?" in html
        assert room.hears("bob", "!search printer tag:vpn") == "Nothing found. Try fewer words, or others."
        assert room.hears("bob", "!find printers is:open").startswith("1 question found\n- Q2 The *printer* eats")
        assert "Say what to look for" in room.hears("bob", "!search is:open")
        assert "is:open" in room.hears("bob", "!search printer is:opened")


def test_what_is_withdrawn_edited_or_reopened_is_found_as_it_is_now(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob") as room:
        asked = room.says("amy", "!ask Where is the zeppelin?")
        given = room.says("bob", "In the hangar.", thread=asked)
        assert room.hears("bob", "!search hangar").startswith("1 question found")
        room.edits("amy", asked, "!ask Where is the balloon?")
        assert room.hears("bob", "!search zeppelin").startswith("Nothing found")
        assert room.hears("bob", "!search balloon").startswith("1 question found")
        room.redacts("bob", given)
        assert room.hears("bob", "!search hangar").startswith("Nothing found")
        room.redacts("amy", asked)
        assert room.hears("bob", "!search balloon").startswith("Nothing found")
    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"$event" in on_disk
    for word in (b"zeppelin", b"balloon", b"hangar", b"zeppel", b"ballo", b"hang"):
        assert word not in on_disk


def test_what_may_not_be_shown_is_not_found_and_not_counted(tmp_path: Path) -> None:
    rooms = {DESK: "helpdesk", PARTNER: "acme", SEALED: "helpdesk"}
    with pocket(tmp_path, "amy", "bob", policy=ACME, rooms=rooms, encrypted=(SEALED,)) as town:
        town.says("amy", "!ask The gizmo is broken", room=DESK)
        town.says("amy", "!ask Our gizmo is lost", room=PARTNER)
        town.says("amy", "!ask A gizmo of gold", room=SEALED)
        town.says("bob", "!search gizmo", room=PARTNER)
        assert town.seen_in(PARTNER)[-1].startswith("1 question found\n- Q2 Our *gizmo*")
        town.says("bob", "!search gizmo", room=DESK)
        assert town.seen_in(DESK)[-1].startswith("2 questions found")
        assert "gold" not in town.seen_in(DESK)[-1]
        town.says("bob", "!search gizmo gold", room=SEALED)
        assert town.seen_in(SEALED)[-1].startswith("1 question found\n- Q3 A *gizmo* of *gold*")
        town.says("bob", "!search here gizmo", room=DESK)
        assert town.seen_in(DESK)[-1].startswith("1 question found\n- Q1")


def test_pages(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy") as room:
        for n in range(1, 13):
            room.says("amy", f"!ask Lamp {n} is dark")
        first = room.hears("amy", "!search lamp").splitlines()
        assert first[0] == "12 questions found"
        assert first[-1] == "Page 1 of 2. For the next one, add page:2"
        assert len(room.hears("amy", "!search lamp page:9").splitlines()) == 3
        assert room.hears("amy", "!questions page:99").splitlines()[1].startswith("- Q2 ")
