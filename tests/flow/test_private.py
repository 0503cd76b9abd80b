"""What a direct chat with the bot is for, and what it is not."""

from pathlib import Path

from tests.flow.pocket import pocket


def test_answers_are_given_in_rooms(tmp_path: Path) -> None:
    """An answer from a direct chat would put a link to a private room on a card that all can see."""
    with pocket(tmp_path, "amy", "bob") as room:
        room.says("amy", "!ask Who has the key?")
        said = room.answers("bob", "!answer 1 I have it.", private=True)
        assert said == ["!answer [42] text… works in a room only, where others can read it."]
        assert room.answers("amy", "!answered 1 Found it.", private=True) == [
            "!answered [42] [text…] works in a room only, where others can read it."
        ]
        assert room.answers("amy", "!ask Who else?", private=True) == [
            "Questions are asked in a room, where others can answer. Write !ask there."
        ]
        assert "No answers yet." in room.answers("bob", "!show 1")[0]


def test_a_direct_chat_is_for_looking_and_working(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob") as room:
        room.says("amy", "!ask Who has the key?")
        assert "Q1 Who has the key?" in room.answers("bob", "!unanswered", private=True)[0]
        room.says("bob", "!claim 1", private=True)
        assert "claimed by Bob" in room.answers("amy", "!show 1")[0]
        listed = room.answers("bob", "!help", private=True)[0]
        assert "!claim [42]" in listed
        assert "!answer [42]" not in listed
