"""The keys of encrypted rooms when askbridge starts: on a restored copy, with a lost secret, beside another process."""

import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import structlog
from structlog.testing import LogCapture
from structlog.typing import EventDict

from bridge import copies, encrypting
from bridge.config.load import load
from bridge.crypto.ratchets import Ratchets
from bridge.encrypting import open_database
from bridge.ops.secret import FILE
from bridge.store.errors import StoreError
from bridge.store.settings import DEVICE, TOKEN
from bridge.store.transaction import StoreTransaction
from bridge.workflow.encryption.identity import make_identity, make_storage_key
from bridge.workflow.encryption.records import KeyRequest, OlmPickle, OwnDevice, OwnRoomSession, RoomKey, Source
from tests.cli.conftest import PROGRAM, SYNC, Askbridge, program
from tests.store.samples import ANN, NOW, ROOM

PASSWORD = SYNC.replace("access_token: s3same-access", "password: s3same-password")
PUSH = SYNC.replace(", access_token: s3same-access", "") + "appservice: {as_token: s3same-as, hs_token: s3same-hs}\n"
NEW, SAME = "new", "the same, without its sessions"

Seen = dict[str, object]
FULL: Seen = {
    "device": "BOT",
    "olm": True,
    "outbound": True,
    "shared": True,
    "queued": 1,
    "requests": 1,
    "login": ("BOT", "token"),
    "room keys": 1,
    "secret": "seed",
}
LEFT = FULL | {"olm": False, "outbound": False, "shared": False, "queued": 0, "requests": 0}
AS_ANOTHER = LEFT | {"device": None, "login": (None, None)}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text(PASSWORD)
    return tmp_path


@pytest.fixture(autouse=True)
def logged(monkeypatch: pytest.MonkeyPatch) -> list[EventDict]:
    """What is logged at the start, however the verbs set up the log."""
    capture = LogCapture()
    all_levels = structlog.make_filtering_bound_logger(0)
    for module in (copies, encrypting):
        log = structlog.wrap_logger(None, processors=[capture], wrapper_class=all_levels)
        monkeypatch.setattr(module, "log", log)
    return capture.entries


def fill(tx: StoreTransaction) -> None:
    account = Ratchets(b"any").new_account().pickle()
    tx.keys.save_own(OwnDevice("@qa:example.org", "BOT", account))
    tx.keys.save_olm(OlmPickle("o", ANN, "curve", "pickle", NOW))
    tx.keys.save_own_session(OwnRoomSession(ROOM, "out", "pickle", NOW))
    tx.keys.note_shared("out", [(ANN, "PHONE")], 0)
    tx.keys.queue("m.dummy", {})
    tx.keys.save_request(KeyRequest(ROOM, "in", "id", ANN, NOW))
    tx.keys.save_room_key(RoomKey(ROOM, "in", "curve", "ed", ANN, "pickle", 0, Source.ROOM_KEY))
    tx.keys.save_secret("seed", "seed")
    tx.settings.set(DEVICE, "BOT")
    tx.settings.set(TOKEN, "token")


def look(tx: StoreTransaction) -> Seen:
    own = tx.keys.own()
    return {
        "device": own and own.device_id,
        "olm": bool(tx.keys.olm(ANN, "curve")),
        "outbound": tx.keys.own_session(ROOM) is not None,
        "shared": bool(tx.keys.shared_with("out")),
        "queued": len(tx.keys.queued(9)),
        "requests": len(tx.keys.requests()),
        "login": (tx.settings.get(DEVICE), tx.settings.get(TOKEN)),
        "room keys": tx.keys.room_key_count()[0],
        "secret": tx.keys.secret("seed"),
    }


Starts = Callable[..., tuple[Seen, list[tuple[str, str]]]]


@pytest.fixture
def starts(folder: Path, logged: list[EventDict]) -> Starts:
    """What is there after a start, and what was said of a copy: (by what it was known, which device goes on)."""

    def start(name: str = "config.yaml", *, filled: bool = False) -> tuple[Seen, list[tuple[str, str]]]:
        logged.clear()
        database, _ = open_database(load(folder / name).config)
        with closing(database):
            if filled:
                database.write_now(fill)
            said = [(log["sign"], log["device"]) for log in logged if log["event"] == "restored_copy"]
            return database.write_now(look), said

    return start


def puts_back(copy: Path) -> None:
    """As an operator restores."""
    for ending in ("-wal", "-shm", ".lock"):
        copy.with_name(f"askbridge.db{ending}").unlink(missing_ok=True)
    shutil.copy(copy, copy.with_name("askbridge.db"))


@pytest.mark.parametrize(
    ("config", "left", "device"), [(PASSWORD, AS_ANOTHER, NEW), (PUSH, AS_ANOTHER, NEW), (SYNC, LEFT, SAME)]
)
def test_a_restored_backup_goes_on_without_its_sessions(
    folder: Path, starts: Starts, askbridge: Askbridge, config: str, left: Seen, device: str
) -> None:
    (folder / "config.yaml").write_text(config)
    assert starts(filled=True) == (FULL, [])
    assert starts() == (FULL, []), "a start is no restore"
    done = askbridge("backup", "copy.db")
    assert f"needed besides, to open the keys of encrypted rooms: {folder}/crypto/{FILE}\n" in done.out
    assert askbridge("doctor").code == 1
    puts_back(folder / "copy.db")
    looked, _ = open_database(load(Path("config.yaml")).config, read_only=True)
    with closing(looked):
        assert looked.read_now(look) == FULL, "who only looks changes nothing"
    found, [(sign, which)] = starts()
    assert sign.startswith("`askbridge backup` made it at ")
    assert (found, which) == (left, device)
    assert starts() == (left, [])


def test_a_file_put_back_by_other_means_is_known_by_the_folder_of_the_secret(folder: Path, starts: Starts) -> None:
    assert starts(filled=True) == (FULL, [])
    shutil.copy(folder / "askbridge.db", folder / "before.db")
    (folder / "other.yaml").write_text(PASSWORD.replace("askbridge.db", "other.db"))
    for filled in (True, False, False):
        assert starts("other.yaml", filled=filled) == (FULL, []), "databases that share the folder do not disturb"
    assert starts() == (FULL, [])
    puts_back(folder / "before.db")
    assert starts() == (AS_ANOTHER, [("a newer state of it was in use", NEW)])
    assert starts() == (AS_ANOTHER, [])


def test_with_a_secret_in_the_config_no_folder_is_made(folder: Path, starts: Starts, askbridge: Askbridge) -> None:
    (folder / "config.yaml").write_text(SYNC + "encryption: {pickle_key: a-long-enough-secret}\n")
    assert starts(filled=True) == (FULL, [])
    assert "encryption.pickle_key of the config" in askbridge("backup", "copy.db").out
    assert not (folder / "crypto").exists()


@pytest.mark.parametrize("verb", ["run", "verify"])
def test_a_lost_or_another_secret_is_refused(folder: Path, starts: Starts, verb: str) -> None:
    starts(filled=True)
    secret = folder / "crypto" / FILE
    kept = secret.read_bytes()
    secret.unlink()
    lost = program(verb, cwd=folder)
    secret.write_text("another secret altogether")
    other = program(verb, cwd=folder)
    for result, said in ((lost, "is not there, and it opens"), (other, "does not open")):
        assert result.code == 1
        assert f"{secret} {said} the keys in {folder}/askbridge.db: put back" in result.all
        assert "`askbridge verify --forget-keys`" in result.all
        assert "Traceback" not in result.all
    assert secret.read_text() == "another secret altogether", "what an operator put there stays"
    secret.write_bytes(kept)
    assert starts() == (FULL, [])


def test_a_place_where_no_secret_can_be_is_refused(folder: Path, starts: Starts) -> None:
    """Before there are keys, too: encrypted rooms are not left out in silence."""
    (folder / "crypto").write_text("a file")
    refused = [program("run", cwd=folder), program("verify", cwd=folder)]
    (folder / "crypto").unlink()
    assert starts(filled=True) == (FULL, [])
    (folder / "crypto").rename(folder / "elsewhere")
    (folder / "crypto").write_text("a file")
    for result in (*refused, program("run", cwd=folder)):
        assert result.code == 1
        assert f"encryption.store: {folder}/crypto is not a folder" in result.all
        assert "Traceback" not in result.all
    (folder / "config.yaml").write_text(PASSWORD.replace("askbridge", "other") + "encryption: {store: /proc/ours}\n")
    readonly = program("run", cwd=folder)
    assert readonly.code == 1
    assert "encryption.store: /proc/ours cannot be written" in readonly.all
    assert "name a folder that askbridge may write" in readonly.all


def test_keys_that_are_not_lost_are_forgotten_only_by_who_was_warned(folder: Path, starts: Starts) -> None:
    starts()
    database, _ = open_database(load(Path("config.yaml")).config)
    with closing(database):
        database.write_now(lambda tx: (make_identity(tx, "@qa:example.org"), make_storage_key(tx, "@qa:example.org")))
    unseen = program("verify", "--forget-keys", cwd=folder, stdin="n\n")
    assert "Nobody has seen that key yet, and the secret is not lost: `askbridge verify` shows it." in unseen.out
    assert (unseen.code, "nothing was changed" in unseen.err) == (1, True)
    (folder / "crypto" / FILE).unlink()
    lost = program("verify", "--forget-keys", cwd=folder, stdin="n\n")
    assert "and the bot's identity, come back by its recovery key alone" in lost.out
    assert "Nobody has seen" not in lost.out


def test_a_secret_that_others_can_read_is_said(folder: Path, starts: Starts, logged: list[EventDict]) -> None:
    starts(filled=True)
    assert logged == []
    (folder / "crypto" / FILE).chmod(0o644)
    assert starts() == (FULL, [])
    [said] = logged
    assert said["event"] == "secret_exposed"
    assert "chmod 600" in said["remedy"]


@pytest.mark.parametrize("arguments", [["run"], ["verify"], ["verify", "--forget-keys"]])
def test_one_process_at_a_time_has_the_keys(folder: Path, arguments: list[str]) -> None:
    database, _ = open_database(load(Path("config.yaml")).config)
    with closing(database):
        database.write_now(fill)
        result = program(*arguments, cwd=folder, stdin="y\n")
        assert result.code == 1
        assert f"{folder}/askbridge.db is in use by process" in result.all
        assert "stop it first" in result.all
        assert "Traceback" not in result.all
        assert database.write_now(look) == FULL
        with pytest.raises(StoreError, match="in use"):
            open_database(load(Path("config.yaml")).config)


def test_two_that_start_at_once_make_one_secret(folder: Path, starts: Starts) -> None:
    """One of them finds the database in use, and leaves the secret as it is."""
    both = [
        subprocess.Popen([PROGRAM, "run"], cwd=folder, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    deadline = time.monotonic() + 30
    while all(one.poll() is None for one in both):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    [refused] = [one for one in both if one.poll() is not None]
    [going] = [one for one in both if one is not refused]
    assert "is in use by process" in refused.communicate()[1]
    assert refused.returncode == 1
    secret = (folder / "crypto" / FILE).read_bytes()
    going.terminate()
    going.communicate(timeout=20)
    assert going.returncode == 0
    assert starts(filled=True) == (FULL, [])
    assert (folder / "crypto" / FILE).read_bytes() == secret
    assert [path.name for path in (folder / "crypto").iterdir() if path.suffix != ".epoch"] == [FILE]
