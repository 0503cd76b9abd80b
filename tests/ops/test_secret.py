"""The secret of the keys: made once, by one of several, and for its owner alone; the number beside it."""

import os
import stat
import threading
from pathlib import Path

import pytest

from bridge.ops.epoch import EpochFile
from bridge.ops.secret import FILE, SecretLost, exposed, pickle_key


def test_it_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "crypto"
    before = os.umask(0)
    try:
        made = pickle_key(folder, None, make=True)
    finally:
        os.umask(before)
    assert len(made) >= 32
    assert pickle_key(folder, None, make=True) == pickle_key(folder, None, make=False) == made
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / FILE)] == [0o700, 0o600]
    assert exposed(folder) is None
    (folder / FILE).chmod(0o640)
    assert exposed(folder) == folder / FILE
    assert exposed(tmp_path) is None
    assert pickle_key(folder, "given in the config", make=True) == b"given in the config"


def test_of_many_at_once_one_makes_it_and_all_have_the_same(tmp_path: Path) -> None:
    together = threading.Barrier(8)
    found: list[bytes] = []

    def start() -> None:
        together.wait()
        found.append(pickle_key(tmp_path / "crypto", None, make=True))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert [path.name for path in (tmp_path / "crypto").iterdir()] == [FILE]


def test_what_is_lost_or_empty_is_said(tmp_path: Path) -> None:
    with pytest.raises(SecretLost, match=r"pickle\.key is not there.*put it back"):
        pickle_key(tmp_path, None, make=False)
    (tmp_path / FILE).write_text("\n")
    with pytest.raises(SecretLost, match=r"pickle\.key is empty.*put it back"):
        pickle_key(tmp_path, None, make=True)


def test_the_epoch_is_kept_beside_it(tmp_path: Path) -> None:
    file, other = EpochFile(tmp_path, "a"), EpochFile(tmp_path, "b")
    assert file.read() == 0
    for epoch in (1, 12):
        file.write(epoch)
        assert (file.read(), other.read()) == (epoch, 0)
    [path] = tmp_path.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("no number")
    assert file.read() == 0
    nowhere = EpochFile(tmp_path / "nowhere", "a")
    nowhere.write(3)
    assert nowhere.read() == 0
    assert not (tmp_path / "nowhere").exists()
