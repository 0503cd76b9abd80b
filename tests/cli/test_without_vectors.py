"""Where the extra `semantic` is not installed: everything else works, and one line says what does not."""

from pathlib import Path

import pytest

from bridge.config.load import load
from bridge.domain.similarity import Similarity
from bridge.policy import policy_of
from bridge.semantic import encoder
from bridge.verbs.check import check
from tests.cli.conftest import SYNC


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "find_spec", lambda _name: None)


def _config(folder: Path, search: str = "") -> Path:
    path = folder / "config.yaml"
    path.write_text(f"{SYNC}{search}")
    return path


def test_meanings_are_compared_where_the_extra_is_and_the_config_lets_it(tmp_path: Path) -> None:
    assert policy_of(load(_config(tmp_path)).config).similarity == Similarity()
    chosen = _config(tmp_path, "search: {suggestions: off, threshold: 0.9}\n")
    assert policy_of(load(chosen).config).similarity == Similarity(suggestions=False, threshold=0.9)
    assert policy_of(load(_config(tmp_path, "search: {semantic: false}\n")).config).similarity is None


@pytest.mark.usefixtures("without")
def test_without_the_extra_words_are_compared_and_check_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert policy_of(load(_config(tmp_path)).config).similarity is None
    assert check(_config(tmp_path), online=False) == 0
    assert "askbridge[semantic]" in capsys.readouterr().out
    assert check(_config(tmp_path, "search: {semantic: false}\n"), online=False) == 0
    assert "semantic" not in capsys.readouterr().out
