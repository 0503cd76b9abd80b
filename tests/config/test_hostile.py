"""Whatever a file and the environment hold, loading answers with a config or with problems."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge.config.environment import variable
from bridge.config.example import example
from bridge.config.load import ConfigErrors, load
from bridge.config.schema import keys
from tests.config.broken import GOOD

QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

SCRAPS = st.sampled_from(
    [
        "{",
        "[",
        "]",
        "}",
        "&a",
        "*a",
        "<<: ",
        "!!str ",
        "? ",
        "- ",
        ": ",
        "|",
        ">",
        "'",
        '"',
        "#",
        "\t",
        "\n",
        "\x00",
        "\ud800",
        "=",
        "~",
        "0x",
        "1e999",
        "9" * 5000,
        ".nan",
        "2026-13-01",
        "on",
        "%YAML 9.9",
        "---",
        "...",
        "@",
        "`",
        "é",
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def answered(folder: Path, text: str, environ: dict[str, str] | None = None) -> None:
    path = folder / "config.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        load(path, environ or {})
    except ConfigErrors as errors:
        assert errors.problems
        assert all(str(problem) for problem in errors.problems)


@QUIET
@given(at=st.integers(0, len(GOOD)), scrap=SCRAPS, cut=st.integers(0, 8))
def test_scraps_of_yaml_anywhere(at: int, scrap: str, cut: int, tmp_path: Path) -> None:
    answered(tmp_path, GOOD[:at] + scrap + GOOD[at + cut :])


@QUIET
@given(key=st.sampled_from(list(keys())), value=VALUES)
def test_any_value_at_any_key(key: Any, value: Any, tmp_path: Path) -> None:
    data: Any = yaml.safe_load(example())
    section = data
    for part in key.path[:-1]:
        section = section["acme" if part == "NAME" else part]
    section[key.path[-1]] = value
    answered(tmp_path, yaml.safe_dump(data))


@QUIET
@given(key=st.sampled_from(list(keys())), value=st.text(max_size=12) | SCRAPS)
def test_any_text_in_any_variable(key: Any, value: str, tmp_path: Path) -> None:
    answered(tmp_path, GOOD, {variable(key.path).replace("NAME", "HELPDESK"): value})


@pytest.mark.parametrize("name", ["true", "null", "12", "2026-01-01", "0o7"])
def test_names_that_yaml_would_read_as_something_else(name: str, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(GOOD.replace("helpdesk:\n", f"{name}:\n"))
    assert list(load(path, {}).config.spaces) == [name]
