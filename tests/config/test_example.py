"""The example config carries every key and loads; generated pages are not stale."""

import shutil
from pathlib import Path

import pytest

from bridge.config.example import EXAMPLE, REFERENCE, example, main, pages, reference, stale, write
from bridge.config.load import load
from bridge.config.model import Config
from bridge.config.pending import PENDING
from bridge.config.schema import ANY_NAME, dotted, hint_at, keys

TOP = Path(__file__).parents[2]
SECRETS = {
    f"ASKBRIDGE_{name}": "s3same"
    for name in ("BOT__ACCESS_TOKEN", "APPSERVICE__AS_TOKEN", "APPSERVICE__HS_TOKEN", "SYNAPSE_MODULE__SECRET")
}


def test_the_example_loads(tmp_path: Path) -> None:
    shutil.copy(TOP / EXAMPLE, tmp_path)
    result = load(tmp_path / EXAMPLE, SECRETS)
    assert set(result.config.model_fields_set) >= set(Config.model_fields) - {"database_file", "database_password"} - {
        "database_password_file"
    }
    assert "web.public_url: accepted, not acted on by this version" in result.notices


def test_the_example_carries_every_key_with_its_description() -> None:
    lines = [line.strip() for line in example().splitlines()]
    for key in keys():
        name = key.path[-1]
        assert any(line.startswith((f"{name}:", f"#{name}:")) for line in lines), dotted(key.path)
        assert key.field.description, dotted(key.path)
        assert any(line.startswith(f"# {key.field.description}") for line in lines), dotted(key.path)
    assert not any(line.endswith(": None") for line in lines)


def test_the_reference_has_a_row_for_every_key() -> None:
    rows = [line for line in reference().splitlines() if line.startswith("| `")]
    assert len(rows) == len(list(keys()))
    assert "| `enforce` | off, report or on | `off` |" in reference()


def test_pending_keys_exist_and_are_marked() -> None:
    known = {key.path for key in keys()}
    assert known >= PENDING
    (row,) = [line for line in reference().splitlines() if line.startswith("| `public_url`")]
    assert row.endswith("| no |")


def test_a_place_that_the_model_does_not_have() -> None:
    assert hint_at(("spaces", ANY_NAME, "level")) is not None
    assert hint_at(("spaces", ANY_NAME, "level", "deeper")) is None
    assert hint_at(("nothing",)) is None


def test_the_pages_in_the_repository_are_fresh() -> None:
    assert stale(TOP) == []


def test_a_stale_page_fails_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--check"]) == 1
    assert main(["--write"]) == 0
    assert main(["--check"]) == 0
    (tmp_path / REFERENCE).write_text("old")
    assert main(["--check"]) == 1
    assert f"{REFERENCE} is stale: run scripts/docs" in capsys.readouterr().err
    assert main([]) == 2


def test_writing_makes_every_page(tmp_path: Path) -> None:
    write(tmp_path)
    assert {name: (tmp_path / name).read_text() for name in pages()} == pages()
