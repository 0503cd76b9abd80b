"""A wrong config is refused with place, path and remedy; never with a traceback, never with a secret in it."""

from pathlib import Path

import pytest

from bridge.config.load import ConfigErrors, Problem, load
from tests.config.broken import BROKEN, GOOD, Broken


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    return tmp_path


def problems_of(folder: Path, content: str | bytes, environ: dict[str, str] | None = None) -> tuple[Problem, ...]:
    path = folder / "config.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(ConfigErrors) as caught:
        load(path, environ or {})
    return caught.value.problems


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_broken_config_names_line_path_and_remedy(broken: Broken, folder: Path) -> None:
    assert broken.old in GOOD
    problems = problems_of(folder, GOOD.replace(broken.old, broken.new, 1))

    named = [problem for problem in problems if problem.path == broken.path and broken.says in str(problem)]
    assert named, [str(problem) for problem in problems]
    assert named[0].line == broken.line
    place = f"config.yaml:{broken.line}:" if broken.line else "config.yaml: "
    assert place in str(named[0])
    assert not any("syt_very_secret" in str(problem) for problem in problems)


def test_a_problem_reads_as_promised(folder: Path) -> None:
    (problem,) = problems_of(folder, GOOD.replace("level: internal", "levl: internal"))
    assert str(problem).startswith(
        f"{folder / 'config.yaml'}:10:5: spaces.helpdesk.levl: unknown key; expected one of level, "
    )


def test_all_problems_come_at_once_in_the_order_of_the_file(folder: Path) -> None:
    text = (
        GOOD.replace("https://", "ftp://")
        .replace("@qa:", "qa:")
        .replace("@*:", "*:")
        .replace("internal", "extern")
        .replace('["#helpdesk:example.org"]', '["#a:b", "#a:b"]\n    shares_with: [nobody]\n    enforce: maybe')
    )
    paths = [problem.path for problem in problems_of(folder, text, {"ASKBRIDGE_LOG__LEVL": "info"})]
    assert paths == [
        "",
        "homeserver.url",
        "bot.user_id",
        "people.staff[0]",
        "spaces.helpdesk.level",
        "spaces.helpdesk.rooms[1]",
        "spaces.helpdesk.shares_with[0]",
        "spaces.helpdesk.enforce",
    ]


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"bot:\n  x: \xe9\n", 2, "save the file as UTF-8"),
        (b"a: b\n" * 300_000, 0, "a file larger than 1024 KiB"),
        (b"{" * 20_000, 1, "nested too deeply"),
    ],
)
def test_files_that_are_no_config(content: bytes, line: int, says: str, folder: Path) -> None:
    (problem,) = problems_of(folder, content)
    assert problem.line == line
    assert says in str(problem)


def test_no_file_a_folder_and_an_unusable_name(tmp_path: Path) -> None:
    for path, says in (
        (tmp_path / "none.yaml", "no such file"),
        (tmp_path, "a directory, not a file"),
        (tmp_path / ("x" * 300), "cannot be read"),
        (tmp_path / "a\0b", "cannot be read"),
    ):
        with pytest.raises(ConfigErrors, match=says) as caught:
            load(path, {})
        assert "expected a YAML file" in str(caught.value)


def test_an_unreadable_secret_file_is_complained_about_once(folder: Path) -> None:
    text = GOOD.replace("people:", "appservice: {as_token_file: none, hs_token_file: empty}\npeople:")
    assert [problem.path for problem in problems_of(folder, text)] == [
        "appservice.as_token_file",
        "appservice.hs_token_file",
    ]


SECRET = "syt_c3VwZXI_secret"


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("access_token: syt_very_secret", f"access_token:{SECRET}"),
        GOOD.replace("access_token: syt_very_secret", f"access_token: [{SECRET}]"),
        GOOD.replace("access_token: syt_very_secret", f"access_token: !{SECRET}"),
        GOOD.replace("access_token: syt_very_secret", f"access_token: *{SECRET}"),
        GOOD.replace("access_token: syt_very_secret", f"access_token: '{SECRET}\n\n  x"),
        GOOD.replace("access_token: syt_very_secret", f"access_token: ' {SECRET}'"),
        GOOD.replace("access_token: syt_very_secret", f"acces_token: {SECRET}"),
        GOOD.replace("access_token: syt_very_secret", f"access_token: &{SECRET} a\n  x: &{SECRET} b\n  y: *{SECRET}"),
        GOOD.replace("access_token: syt_very_secret", "{access_token:" + SECRET + "}"),
        GOOD.replace('"@qa:example.org"', SECRET),
        GOOD.replace("people:", f"database: postgresql://me:{SECRET}@host:port/db\npeople:"),
        GOOD.replace("people:", f"database: postgres://me:{SECRET}@host/db\npeople:"),
        GOOD.replace("https://", f"https://me:{SECRET}@"),
    ],
)
def test_a_secret_never_stands_in_a_problem(text: str, folder: Path) -> None:
    problems = problems_of(folder, text)
    assert problems
    assert not any(SECRET in str(problem) or SECRET in repr(problem) for problem in problems)
