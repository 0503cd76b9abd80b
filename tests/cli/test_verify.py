"""`askbridge verify` before it reaches a homeserver; the rest is told in tests/real."""

import re
from pathlib import Path

from bridge.store.database import Database
from bridge.workers.standing import ABOUT, Standing, is_fine, remarks, warnings
from tests.cli.conftest import SYNC, Askbridge


def test_what_cannot_be_verified(askbridge: Askbridge, tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(f"{SYNC}encryption: {{enabled: off}}\n")
    off = askbridge("verify")
    assert (off.code, off.out) == (1, "")
    assert off.err == "encryption.enabled is off: there is nothing to verify\n"
    assert not (tmp_path / "askbridge.db").exists()

    config.write_text(SYNC)
    nobody = askbridge("verify", "ann")
    assert (nobody.code, "such as @ann:example.org" in nobody.err) == (2, True)
    missing = askbridge("verify", "--recovery-key-file", "nowhere")
    assert missing.code == 1
    assert missing.err.startswith("nowhere: ")
    (tmp_path / "empty").write_text("\n")
    assert askbridge("verify", "--recovery-key-file", "empty").err == "the recovery key is empty\n"
    away = askbridge("verify")
    assert away.code == 1
    assert "cannot connect" in away.err
    assert askbridge("verify", "--forget-keys").code == 1

    running = Database.open(f"sqlite:///{tmp_path / 'askbridge.db'}")
    try:
        in_use = askbridge("verify")
    finally:
        running.close()
    assert in_use.code == 1
    assert re.search(r"is in use by process \d+; stop it first", in_use.err)


def test_the_doctor_before_there_is_a_device(askbridge: Askbridge, tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(f"{SYNC}encryption: {{enabled: off}}\n")
    assert "note   encryption: off: encrypted rooms are left alone" in askbridge("doctor").out
    config.write_text(SYNC)
    assert "device" not in askbridge("doctor").out
    assert askbridge("migrate").code == 0
    assert "note   device: the bot has none for encrypted rooms yet" in askbridge("doctor").out


def test_each_state_has_words_and_whatever_is_wrong_a_remedy() -> None:
    states = (
        *(Standing(identity=state) for state in ("none", "foreign", "refused")),
        *(Standing("ours", device=state) for state in ("signed", "unsigned", "unpublished", "other keys")),
        *(Standing("ours", "signed", storage=state) for state in ("none", "ours", "elsewhere", "foreign")),
        *(
            Standing("ours", "signed", "ours", backup=state)
            for state in ("off", "none", "ours", "trusted", "foreign", "changed")
        ),
    )
    for standing in states:
        found = remarks(standing)
        assert [remark.about for remark in found] == list(ABOUT[: len(found)])
        for remark in found:
            assert remark.said
            assert is_fine(standing, remark.about) or remark.remedy
        wrong = {about for about, words in warnings(standing).items() if words}
        assert wrong == {remark.about for remark in found if not is_fine(standing, remark.about)}
