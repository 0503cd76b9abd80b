"""The pages tell the truth: links lead somewhere, what they name exists, examples and the walk-through work."""

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from bridge.chat.events import Said, read
from bridge.chat.intents import Misunderstood
from bridge.chat.understand import Known, understand
from bridge.cli import app
from bridge.config.load import load
from bridge.ops.metrics import reference as metrics_page
from bridge.workflow import reference
from bridge.workflow.commands import commands
from tests.flow.pocket import BOT, POLICY, ROOM, pocket

TOP = Path(__file__).parents[1]
PAGES = sorted([*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")])
SVG = "{http://www.w3.org/2000/svg}"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^\*\*`([^`]+)`\*\*\n\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)", re.DOTALL)
_COMMAND = re.compile(r"(?<![\w`])!([a-z]+)\b|`!([a-z]+)\b")
_CODE = re.compile(r"`([^`\n]+)`")


def text(name: str) -> str:
    return (TOP / name).read_text("utf-8")


def prose(page: str) -> str:
    return _FENCE.sub("", page)


def blocks(page: str, language: str) -> list[str]:
    return [block for kind, block in _FENCE.findall(page) if kind == language]


def anchors(page: str) -> set[str]:
    """The anchors that forges make of headings."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands_in(page: str) -> set[str]:
    return {first or second for first, second in _COMMAND.findall(page)}


# --- links and names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TOP)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(prose(page.read_text("utf-8"))):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.is_relative_to(TOP), link
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text("utf-8")), link


def test_pictures_are_whole_and_need_nothing_from_elsewhere() -> None:
    pictures = list((TOP / "docs/images").glob("*.svg"))
    assert {picture.name for picture in pictures} == {"flow.svg", "room.svg"}
    for picture in pictures:
        root = ElementTree.parse(picture).getroot()
        assert root.find(f"{SVG}title") is not None
        assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)|<image|<script", picture.read_text("utf-8"))


def test_decisions_are_numbered_once_and_say_what_follows() -> None:
    pages = sorted((TOP / "docs/decisions").glob("*.md"))
    numbers = [int(page.name[:4]) for page in pages]
    assert numbers == list(range(1, len(pages) + 1))
    for number, page in zip(numbers, pages, strict=True):
        assert page.read_text("utf-8").startswith(f"# {number}. "), page.name
        assert len(re.findall(r"^## ", page.read_text("utf-8"), re.MULTILINE)) >= 3, page.name


def test_files_that_the_architecture_names_exist() -> None:
    named = {name for code in _CODE.findall(text("docs/develop/architecture.md")) for name in code.split(": ")[:1]}
    files = {name for name in named if re.fullmatch(r"[\w/]+\.(py|toml)", name)}
    assert len(files) > 15
    for name in files:
        assert (TOP / name).exists() or (TOP / "bridge" / name).exists(), name


def test_verbs_in_the_pages_exist() -> None:
    verbs = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    for name in ("README.md", "docs/operate.md"):
        named = set(re.findall(r"\baskbridge ([a-z]+)(?= |`|$)", "\n".join(_shown_code(text(name))), re.MULTILINE))
        assert {"check", "run"} <= named <= verbs, name


def _shown_code(page: str) -> list[str]:
    return [*blocks(page, "console"), *_CODE.findall(prose(page))]


def test_metrics_in_the_pages_exist() -> None:
    named = set(re.findall(r"`(askbridge_\w+)`", text("docs/operate.md")))
    assert named
    assert all(f"`{name}`" in metrics_page() for name in named)


# --- commands ------------------------------------------------------------------------------------------------------


def test_people_are_told_of_every_command_and_of_none_that_does_not_exist() -> None:
    named = commands_in(text("docs/users.md"))
    assert named <= set(commands().by_name)
    assert named >= {command.name for command in commands().declared}


def test_the_readme_names_commands_that_exist_or_says_that_they_do_not() -> None:
    sentences = text("README.md").split(". ")
    absent = {name for sentence in sentences if "do not exist" in sentence for name in commands_in(sentence)}
    assert absent
    assert absent.isdisjoint(commands().by_name)
    assert commands_in(text("README.md")) - absent <= set(commands().by_name)


def test_examples_are_understood() -> None:
    """Those of the page for people, and those that each command gives of itself."""
    shown = [line for block in blocks(text("docs/users.md"), "text") for line in block.splitlines() if line[:1] == "!"]
    declared = ["!" + example for command in commands().declared for example in command.examples]
    assert len(shown) > 8
    for line in [*shown, *declared]:
        event = {"room_id": ROOM, "event_id": "$1", "sender": "@amy:example.org", "type": "m.room.message"}
        said = read({**event, "content": {"msgtype": "m.text", "body": line}}, BOT)
        assert isinstance(said, Said)
        intent = understand(said, POLICY.setting, Known(tracked=lambda _: False))
        assert type(intent) in {command.intent for command in commands().declared}, line
        assert not isinstance(intent, Misunderstood), line


def test_the_conversation_in_the_picture_is_what_the_bot_says(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob") as room:
        asked = room.says("amy", "!ask How do I reach the VPN from home? #vpn")
        answer = room.says("bob", "Use the new client: the old one was switched off.", thread=asked)
        room.reacts("amy", answer, "✅")
        room.says("bob", "!unanswered")
        messages = [event["content"] for event in room.said if "body" in event["content"]]
    said = [line for content in messages for line in str(content["body"]).removeprefix("* ").splitlines()]
    assert [re.sub(r" \(https://\S+\)", "", line) for line in said] == _lines_of_picture("docs/images/room.svg")


def _lines_of_picture(name: str) -> list[str]:
    texts = ElementTree.parse(TOP / name).getroot().iter(f"{SVG}text")
    spoken = [element for element in texts if (element.get("class") or "").split()[:1] in (["says"], ["bot-says"])]
    return [str(element.text) for element in spoken if element.text != "Amy"]


# --- config and reference pages ------------------------------------------------------------------------------------


def test_the_first_config_loads(tmp_path: Path) -> None:
    block, partners = blocks(text("README.md"), "yaml")
    config = tmp_path / "config.yaml"
    config.write_text(block)
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets/access_token").write_text("syt_token\n")
    found = load(config, {})
    assert found.notices == ()
    assert found.config.bot.access_token is not None
    assert found.config.spaces["helpdesk"].rooms == ("#helpdesk:example.org",)
    config.write_text(block + partners.partition("spaces:\n")[2])
    assert load(config, {}).config.spaces["acme"].externals.servers == ("acme.com",)


def test_pages_of_commands_and_facts_are_fresh() -> None:
    assert reference.stale(TOP) == []


def test_every_command_and_fact_is_explained() -> None:
    for command in commands().declared:
        assert f"### `{command.usage('!')}`" in reference.commands_page()
    assert len(reference.kinds()) > 15
    for kind in reference.kinds():
        assert reference.meaning(kind), f"{kind.__name__} needs a docstring"
        assert f"| `{kind.__name__}` |" in reference.facts_page()


def test_a_stale_page_fails_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert reference.main(["--check"]) == 1
    assert reference.main(["--write"]) == 0
    assert reference.main(["--check"]) == 0
    (tmp_path / reference.FACTS).write_text("old")
    assert reference.main(["--check"]) == 1
    assert f"{reference.FACTS} is stale: run scripts/docs" in capsys.readouterr().err
    assert reference.main([]) == 2


# --- the walk-through ----------------------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program and of what its flow tests need."""
    shutil.copytree(TOP / "bridge", tmp_path / "bridge", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tests/__init__.py", "tests/flow/__init__.py", "tests/flow/pocket.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(TOP / name, tmp_path / name)
    return tmp_path


_HELP = """
import pathlib, sys
from tests.flow.pocket import pocket
with pocket(pathlib.Path(sys.argv[1]), "amy") as room:
    for line in ("!help", "!help backlog", "!backlogg", "!language de", "!backlog"):
        print(*room.answers("amy", line), sep="\\n")
"""


def test_the_walk_through_adds_a_command(copy: Path) -> None:
    files = _FILE.findall(text("docs/develop/add-a-command.md"))
    assert len(files) == 7
    for name, content in files:
        with (copy / name).open("a", encoding="utf-8") as file:
            file.write(content)
    assert "1 passed" in python(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/flow/test_backlog.py")
    said = python(copy, "-c", _HELP, str(copy))
    assert "- !backlog – Say how many questions wait here." in said
    assert "Only those that were asked in this room count." in said
    assert "I do not know !backlogg. Did you mean !backlog?" in said
    assert "Hier wartet nichts." in said
    assert python(copy, "-m", "bridge.workflow.reference", "--write") == ""
    assert "### `!backlog`" in (copy / reference.COMMANDS).read_text("utf-8")


def python(folder: Path, *arguments: str) -> str:
    """What the interpreter prints, run in a folder with the packages that lie there."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
