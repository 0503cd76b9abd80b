"""What differs between two configs, and what of it a running program takes over."""

from pathlib import Path

import pytest

from bridge.config.changes import changes, needs_restart, taken_over
from bridge.config.load import load
from bridge.config.model import Config
from tests.config.broken import GOOD


def config(folder: Path, old: str = "", new: str = "") -> Config:
    (folder / "config.yaml").write_text(GOOD.replace(old, new))
    return load(folder / "config.yaml", {}).config


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("", "", ()),
        ("syt_very_secret", "syt_another", ("bot.access_token",)),
        ("bot:", "commands: {flood: {burst: 3}}\nbot:", ("commands.flood.burst",)),
        ('"@*:example.org"', '"@*:example.org", "@*:example.net"', ("people.staff",)),
        ("level: internal", "level: community", ("spaces.helpdesk.level",)),
        ("  helpdesk:", "  desk:", ("spaces.desk", "spaces.helpdesk")),
        ("bot:", "web: {}\nlog: {level: debug}\nbot:", ("log.level", "web")),
        ("bot:", "database: sqlite:///other.db\nbot:", ("database",)),
        ("bot:", "rules: [{name: a, then: {tag: x}}]\nlanguage: fr\nbot:", ("language", "rules")),
    ],
)
def test_changes_are_named_by_path_and_taken_over_where_they_may_be(
    old: str, new: str, changed: tuple[str, ...], tmp_path: Path
) -> None:
    before, after = config(tmp_path), config(tmp_path, old, new)
    assert changes(before, after) == changed
    later = tuple(path for path in changed if needs_restart(path))
    assert set(later) <= {"bot.access_token", "log.level", "web", "database"}
    assert changes(taken_over(before, after), after) == later
    assert changes(before, taken_over(before, after)) == tuple(path for path in changed if path not in later)


def test_other_terms_in_the_same_file_are_a_change(tmp_path: Path) -> None:
    (tmp_path / "terms.md").write_text("Be kind.")
    external = ("level: internal", "level: extranet\n    externals: {terms: terms.md}")
    before = config(tmp_path, *external)
    (tmp_path / "terms.md").write_text("Be kind, and quiet.")
    assert changes(before, config(tmp_path, *external)) == ("spaces.helpdesk.externals.terms",)
