"""check, init, registration and what all verbs have in common, without a homeserver."""

import re
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bridge import __version__
from bridge.config.load import load
from bridge.config.values import Language, Level
from tests.cli.conftest import PROGRAM, PUSH, SECRET, SYNC, Askbridge, program
from tests.config.broken import BROKEN, GOOD

VERBS = "version init check run demo doctor registration export backup migrate"
INIT = ("init", "--defaults", "--user-id", "@qa:example.org")


def test_every_verb_explains_itself(askbridge: Askbridge) -> None:
    listed = askbridge("--help")
    assert listed.code == 0
    for verb in VERBS.split():
        assert re.search(rf"^  {verb} ", listed.out, re.MULTILINE)
        told = askbridge(verb, "--help")
        assert told.code == 0
        assert re.search(rf"^Usage: askbridge {verb} ", told.out, re.MULTILINE)
    assert askbridge("version").out.strip() == __version__


@pytest.mark.parametrize("wrong", [["bogus"], ["check", "--bogus"], ["backup"], ["init", "--level", "secret"]])
def test_a_wrong_command_line_is_exit_code_2(wrong: list[str], askbridge: Askbridge) -> None:
    result = askbridge(*wrong)
    assert result.code == 2
    assert "Error: " in result.err
    assert result.out == ""


# --- check -----------------------------------------------------------------------------------------------------------


def test_a_right_config_and_what_it_asks_for_in_vain(askbridge: Askbridge) -> None:
    Path("config.yaml").write_text(SYNC + "rules: []\nteams: {net: ['@nina:example.org']}\n")
    result = askbridge("check")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        "config.yaml: fine (1 space, 1 room)",
        "note   config.yaml:6:15: teams.net[0]: no staff of yours; gets questions only of rooms that people from "
        "outside are in",
    ]


def test_all_problems_at_once_each_at_its_place(askbridge: Askbridge) -> None:
    Path("config.yaml").write_text(SYNC.replace("user_id", "user-id").replace("level: internal", "level: intern"))
    result = askbridge("check")
    assert (result.code, result.out) == (1, "")
    lines = result.err.splitlines()
    assert any(re.match(r'config\.yaml:2:\d+: bot\.user-id: .*did you mean "user_id"\?', line) for line in lines)
    assert any(re.match(r"config\.yaml:4:\d+: spaces\.helpdesk\.level: ", line) for line in lines)


def test_each_broken_config_names_its_line_and_remedy(askbridge: Askbridge) -> None:
    assert len(BROKEN) >= 20
    Path("empty").write_text("\n")
    Path("folder").mkdir()
    Path("binary").write_bytes(b"\xff\xfe")
    for broken in BROKEN:
        Path("config.yaml").write_text(GOOD.replace(broken.old, broken.new, 1))
        result = askbridge("check")
        assert result.code == 1, broken.name
        assert broken.says in result.err, broken.name
        if broken.line:
            assert f"config.yaml:{broken.line}:" in result.err, broken.name
        assert "Traceback" not in result.all


def test_without_a_config_init_is_named(askbridge: Askbridge, tmp_path: Path) -> None:
    results = [program("run", cwd=tmp_path)]
    results += [
        askbridge(*verb.split()) for verb in ("check", "doctor", "registration", "export", "migrate", "backup x")
    ]
    for result in results:
        assert result.code == 1
        assert result.err.startswith("config.yaml: no such file;")
        assert "askbridge init" in result.err
        assert len(result.err.splitlines()) == 1


# --- init ------------------------------------------------------------------------------------------------------------


def test_init_by_options_alone(askbridge: Askbridge, tmp_path: Path) -> None:
    (tmp_path / "pass").write_text("s3same-pass\n")
    result = askbridge(*INIT, "--password-file", "pass", "--space", "it", "--language", "fr", "-c", "qa/config.yaml")
    assert result.code == 0, result.err
    assert SECRET not in result.all
    assert "askbridge check -c qa/config.yaml --online" in result.out
    config = load(Path("qa/config.yaml")).config
    assert config.homeserver.url == "https://example.org"
    assert config.bot.password is not None
    assert config.spaces["it"].rooms == ("#it:example.org",)
    assert config.people.staff == ("@*:example.org",)
    assert stat.S_IMODE(Path("qa/secrets/password").stat().st_mode) == 0o600
    assert askbridge("check", "-c", "qa/config.yaml").code == 0


def test_init_asks_and_asks_again(tmp_path: Path) -> None:
    answers = ["qa", "@qa:example.org", "http://127.0.0.1:8008", "", f"{SECRET}-typed", "Help Desk", "help", *[""] * 5]
    result = program("init", cwd=tmp_path, stdin="\n".join(answers) + "\n")
    assert result.code == 0, result.err
    assert "Error: not a Matrix user id" in result.out
    assert "Error: not a usable name" in result.out
    assert SECRET not in result.all
    config = load(tmp_path / "config.yaml").config
    assert config.homeserver.url == "http://127.0.0.1:8008"
    assert config.bot.access_token is not None
    assert config.bot.access_token.get_secret_value() == f"{SECRET}-typed"
    assert list(config.spaces) == ["help"]


def test_init_takes_a_password_where_there_is_no_token(tmp_path: Path) -> None:
    answers = ["@qa:example.org", "", "sync", "", f"{SECRET}-pass", *[""] * 6]
    assert program("init", cwd=tmp_path, stdin="\n".join(answers) + "\n").code == 0
    assert load(tmp_path / "config.yaml").config.bot.password is not None


def test_init_that_is_broken_off_writes_nothing(tmp_path: Path) -> None:
    result = program("init", cwd=tmp_path, stdin="@qa:example.org\n")
    assert result.code == 1
    assert "nothing was written" in result.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["init", "--defaults"], "--user-id"),
        (["init", "--defaults", "--user-id", "qa"], "not a Matrix user id"),
        ([*INIT], "--access-token-file"),
        ([*INIT, "--access-token-file", "absent"], "no such file"),
        ([*INIT, "--access-token-file", "."], "a directory"),
        ([*INIT, "--mode", "appservice", "--database", "mysql://x"], "not a database URL"),
        ([*INIT, "--mode", "appservice", "--room", "help"], "expected #alias:server or !id"),
    ],
)
def test_init_with_wrong_options(arguments: list[str], says: str, askbridge: Askbridge, tmp_path: Path) -> None:
    result = askbridge(*arguments)
    assert result.code == 2
    assert says in result.err
    assert list(tmp_path.iterdir()) == []


def test_init_never_overwrites_silently(askbridge: Askbridge, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("mine")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets/as_token").write_text("my token")
    refused = askbridge(*INIT, "--mode", "appservice")
    assert refused.code == 1
    assert "config.yaml exists already: --force" in refused.err
    assert (tmp_path / "config.yaml").read_text() == "mine"
    forced = askbridge(*INIT, "--mode", "appservice", "--force")
    assert forced.code == 0, forced.err
    assert forced.out.count("kept the old ") == 2
    kept = {path.read_text() for path in tmp_path.rglob("*.old")}
    assert kept == {"mine", "my token"}
    assert load(tmp_path / "config.yaml").config.appservice is not None


def test_init_leaves_a_foreign_secret_alone(askbridge: Askbridge, tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets/hs_token").write_text("mine")
    result = askbridge(*INIT, "--mode", "appservice")
    assert result.code == 1
    assert "hs_token exists already" in result.err
    assert not (tmp_path / "config.yaml").exists()


def test_a_config_with_a_password_in_its_database_is_for_the_owner_alone(askbridge: Askbridge) -> None:
    url = f"postgresql://qa:{SECRET}@127.0.0.1/qa"
    result = askbridge(*INIT, "--mode", "appservice", "--database", url)
    assert result.code == 0, result.err
    assert stat.S_IMODE(Path("config.yaml").stat().st_mode) == 0o600
    assert SECRET not in result.all


def test_init_takes_every_level_and_language_there_is(askbridge: Askbridge) -> None:
    for option, values in (("--level", Level), ("--language", Language)):
        for value in values.__args__:  # type: ignore[attr-defined]
            result = askbridge(*INIT, "--mode", "appservice", option, value, "--force")
            assert result.code == 0, result.err


# --- registration ----------------------------------------------------------------------------------------------------


def test_registration_on_standard_output(askbridge: Askbridge) -> None:
    Path("config.yaml").write_text(PUSH)
    result = askbridge("registration")
    assert result.code == 0
    assert yaml.safe_load(result.out)["as_token"] == f"{SECRET}-as"
    assert "app_service_config_files" in result.err
    assert SECRET not in result.err


def test_registration_in_a_file_of_the_owner(askbridge: Askbridge, tmp_path: Path) -> None:
    Path("config.yaml").write_text(PUSH)
    first = askbridge("registration", "-o", "reg.yaml")
    assert first.code == 0
    assert SECRET not in first.all
    assert f"app_service_config_files: [{tmp_path}/reg.yaml]" in first.out
    assert stat.S_IMODE(Path("reg.yaml").stat().st_mode) == 0o600
    Path("reg.yaml").write_text("mine")
    refused = askbridge("registration", "-o", "reg.yaml")
    assert (refused.code, Path("reg.yaml").read_text()) == (1, "mine")
    assert "reg.yaml exists already: --force replaces it" in refused.err
    assert askbridge("registration", "-o", "reg.yaml", "--force").code == 0
    assert yaml.safe_load(Path("reg.yaml").read_text())["hs_token"] == f"{SECRET}-hs"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.yaml", "reg.yaml"]


def test_registration_that_cannot_be_written(askbridge: Askbridge, tmp_path: Path) -> None:
    Path("config.yaml").write_text(PUSH)
    assert "is a directory" in askbridge("registration", "-o", str(tmp_path)).err
    result = askbridge("registration", "-o", "nowhere/reg.yaml")
    assert result.code == 1
    assert "No such file or directory" in result.err
    Path("config.yaml").write_text(SYNC)
    assert "no section appservice" in askbridge("registration").err


# --- all of them -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [SYNC, PUSH], ids=["sync", "push"])
def test_no_verb_prints_a_secret_or_a_traceback(text: str, askbridge: Askbridge) -> None:
    Path("config.yaml").write_text(text)
    for verb in ("check", "check --online", "doctor", "export", "migrate", "backup copy.db"):
        result = askbridge(*verb.split())
        assert SECRET not in result.all, verb
        assert "Traceback" not in result.all, verb
        assert "bug" not in result.all, verb
    broken = text.replace("level: internal", "level: s3same-typo").replace("user_id", "user-id")
    Path("config.yaml").write_text(broken)
    assert SECRET not in askbridge("check").all


def test_a_bug_is_told_by_a_reference(askbridge: Askbridge, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def bug(*_: object) -> None:
        raise LookupError(f"{SECRET}-access is not there")

    monkeypatch.setattr("bridge.verbs.data.copy", bug)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    Path("config.yaml").write_text(SYNC)
    assert askbridge("migrate").code == 0
    result = askbridge("backup", "copy.db")
    assert result.code == 1
    told = re.search(r"has a bug here \(reference (\w{6}), LookupError\).* with (\S+)$", result.err.strip())
    assert told is not None
    assert SECRET not in result.err
    kept = Path(told[2])
    assert told[1] in kept.name
    assert "LookupError: [hidden] is not there" in kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """`askbridge init`, waiting for an answer; it hears SIGINT even where this whole run was started to ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [PROGRAM, "init"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    signal.signal(signal.SIGINT, before)
    with process:
        yield process
        process.kill()


def test_ctrl_c_is_quiet(asked: subprocess.Popen[str]) -> None:
    assert asked.stdout is not None
    assert asked.stderr is not None
    assert asked.stdout.read(20) == "The bot's Matrix id,"
    asked.send_signal(signal.SIGINT)
    assert asked.wait(10) == 1
    assert asked.stderr.read().strip().startswith("nothing was written")
