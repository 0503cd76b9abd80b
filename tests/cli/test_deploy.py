"""The files that put askbridge into service name verbs, options and paths that there are."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import Askbridge

TOP = Path(__file__).parents[2]
UNIT = TOP / "deploy/askbridge.service"
CONTAINERFILE = TOP / "deploy/Containerfile"


def settings() -> dict[str, list[str]]:
    """The unit's settings; several of them may be given more than once."""
    found: dict[str, list[str]] = {}
    for line in UNIT.read_text().splitlines():
        if match := re.fullmatch(r"([A-Z]\w+)=(.*)", line):
            found.setdefault(match[1], []).append(match[2])
    return found


def test_the_unit_is_hardened_and_restarts() -> None:
    unit = settings()
    for name, value in {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "DynamicUser": "yes",
        "StateDirectory": "askbridge",
        "Restart": "on-failure",
        "UMask": "0077",
        "CapabilityBoundingSet": "",
    }.items():
        assert unit[name] == [value]
    assert int(unit["TimeoutStopSec"][0]) > 10, "askbridge has 10 seconds to finish"
    assert unit["EnvironmentFile"] == ["-/etc/askbridge/environment"]


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    sections = re.findall(r"^\[(\w+)\]$", UNIT.read_text(), re.MULTILINE)
    assert sections == ["Unit", "Service", "Install"]
    program = shutil.which("systemd-analyze")
    if program is None:
        return
    here = tmp_path / "askbridge.service"
    here.write_text(UNIT.read_text().replace("/opt/askbridge/bin/askbridge", sys.executable))
    done = subprocess.run([program, "verify", here], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_started_is_there(askbridge: Askbridge) -> None:
    started = [shlex.split(line) for name in ("ExecStartPre", "ExecStart") for line in settings()[name]]
    check, hang_up = [shlex.split(line) for line in settings()["ExecReload"]]
    started.append(check)
    assert hang_up == ["/bin/kill", "-HUP", "$MAINPID"]
    entry, command = re.findall(r"^(?:ENTRYPOINT|CMD) (\[.*\])$", CONTAINERFILE.read_text(), re.MULTILINE)
    started.append([*json.loads(entry), *json.loads(command)])
    assert [Path(words[0]).name for words in started] == ["askbridge"] * 4
    for words in started:
        assert words[2] == "-c"
        assert "-c, --config FILE" in askbridge(words[1], "--help").out


def test_the_container_is_nobodys_root_and_names_no_registry() -> None:
    text = CONTAINERFILE.read_text()
    images = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert images == ["python:3.11-slim"] * 2
    last_stage = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER askbridge$", last_stage, re.MULTILINE)
    assert "STOPSIGNAL SIGTERM" in last_stage
    for source in re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.MULTILINE):
        for name in source.split():
            assert (TOP / name).exists()


@pytest.fixture
def health() -> Iterator[HTTPServer]:
    """A server whose `status` is what it answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/well" else 503)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("path", "well"), [("/well", True), ("/ill", False)])
def test_the_health_check_of_the_container(health: HTTPServer, path: str, well: bool) -> None:
    found = re.search(r"HEALTHCHECK .*?CMD (\[.*?\])\n", CONTAINERFILE.read_text(), re.DOTALL)
    assert found is not None
    _, *arguments = json.loads(found[1])
    environment = {"HEALTH_URL": f"http://127.0.0.1:{health.server_port}{path}"}
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, timeout=30, check=False)
    assert (done.returncode == 0) is well
