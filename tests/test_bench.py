"""The benchmark itself, with numbers too small to measure anything: it runs, and it would notice what is wrong."""

from collections import Counter
from pathlib import Path

import pytest

from bench import encrypted
from bench.access import Figures, options, site_of, table, whole
from bench.bots import BARE, OURS, Bot, Way
from bench.crowd import Crowd
from bench.devices import DEVICE, Peer, People
from bench.ledger import CARD_KEY, EFFECT_KEY, JsonObject, Ledger
from bench.load import Measured, Size, measure
from bench.sealed import read_by
from bench.speed import HEAD, order, rows
from bench.stored import stored_wrong

TINY = Size(burst=120, latency=5, rooms=6)


def card(root: str, effect: str) -> JsonObject:
    relation = {"rel_type": "m.thread", "event_id": root}
    return {CARD_KEY: {"question": 1}, EFFECT_KEY: effect, "m.relates_to": relation}


@pytest.mark.parametrize(("way", "echoes"), [("sync", False), ("push", True)])
async def test_every_question_of_a_burst_is_stored_and_has_its_one_card(way: Way, echoes: bool, tmp_path: Path) -> None:
    measured = await measure(OURS[way], TINY, tmp_path, echoes=echoes)
    assert measured.wrong == Counter()
    assert measured.per_second > 0
    assert 0 < measured.p50 <= measured.p99

    nothing_asked = stored_wrong(tmp_path / "askbridge.db", Ledger())
    assert nothing_asked == {"stored unasked": 131}


async def test_what_is_lost_doubled_or_misplaced_is_counted() -> None:
    ledger = Ledger()
    first, second, third = [ledger.ask(f"!room{n}:localhost", f"question {n}") for n in range(3)]
    ledger.reply(first.room_id, "t1", card(first.event_id, "t1"))
    assert ledger.reply(first.room_id, "t1", card(first.event_id, "t1")) == (first.reply_id, False)
    assert not ledger.wrong().keys() - {"lost"}

    ledger.reply(first.room_id, "t2", card(first.event_id, "t2"))
    ledger.reply(first.room_id, "t3", card(second.event_id, "t1"))
    ledger.reply(third.room_id, "t4", card("$never-asked", "t4"))
    assert ledger.wrong() == {
        "lost": 1,
        "doubled": 1,
        "in the wrong room": 1,
        "replies to nothing": 1,
        "effect id other than the transaction id": 1,
        "effect id not unique": 1,
    }
    assert not ledger.all_replied.is_set()
    ledger.reply(third.room_id, "t5", {"body": "noted: question 2"})
    assert ledger.all_replied.is_set()


async def test_the_table_has_a_line_for_each_bot(tmp_path: Path) -> None:
    bare = await measure(BARE["sync"], TINY, tmp_path)
    assert bare.wrong == Counter()
    runs: dict[Bot, list[Measured]] = {bot: [bare] for bot in order(0, "sync")}
    lines = rows(runs, ["sync"])
    assert [len(line) for line in lines] == [len(HEAD)] * 3
    assert [line[3] for line in lines] == ["1.00"] * 3
    assert lines[0][-1] == "nothing"


async def test_the_doors_of_a_few_small_rooms_are_kept_as_those_of_a_thousand_big_ones() -> None:
    size, figures = options(["--events", "60", "--joins", "3"]), Figures()
    async with site_of(Crowd(rooms=8, members=40)) as site:
        assert await whole(site, size, figures) >= 0
    assert figures.wrong == Counter()
    lines = table(size, [figures, figures, Figures()]).splitlines()
    assert [line.count("|") for line in lines] == [5] * (len(figures.rows) + 2)


@pytest.mark.parametrize("way", ["sync", "push"])
async def test_every_card_of_encrypted_rooms_is_read_by_all_their_devices(way: Way, tmp_path: Path) -> None:
    size = encrypted.Size(questions=60, latency=5, rooms=4, members=2)
    measured = await encrypted.measure(way, True, size, tmp_path)
    assert measured.wrong == Counter()
    assert measured.first > 0
    assert measured.later > 0
    assert (measured.letters, measured.requests) == (8, 4), "each device gets one key, those of a room in one request"
    lines = encrypted.rows({(way, True): [measured], (way, False): [measured]}, [way])
    assert [(line[3], line[5], line[-1]) for line in lines] == [("1.00", "1.00", "nothing")] * 2


def test_a_card_that_a_device_cannot_read_is_counted() -> None:
    people = People(["!room:localhost"], 2)
    bot, ann = people.in_room["!room:localhost"]
    us, them = [Peer(each.user_id, DEVICE, each.account.curve, each.account.ed) for each in (bot, ann)]
    [one_time_key] = people.claim(ann.user_id)[DEVICE].values()
    key = bot.room_key(them, one_time_key["key"])
    card = bot.seal({CARD_KEY: {}, EFFECT_KEY: "t1"})
    assert read_by(ann, "t1", card)[0] == "unreadable: its key never came"
    people.receive(ann.user_id, key["type"], key["content"], us)
    assert read_by(ann, "t1", card) == ("", (bot.outbound.id, 0))
    assert read_by(ann, "t2", card)[0] == "no card inside"
    assert read_by(ann, "t1", card | {"ciphertext": card["ciphertext"][:-4] + "AAAA"})[0].startswith("unreadable: ")
