"""A true PostgreSQL for the tests: an unprivileged cluster of their own, on loopback, gone when they end."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import psycopg
import pytest

from bridge.demo.homeserver import free_port

_USER = "askbridge"
_DEFAULT_ROOT = "/usr/lib/postgresql"
_READY_WITHIN_SECONDS = 30.0


def needed_on_ci(missing: str) -> NoReturn:
    """Skip what cannot run here; on CI nothing is skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)


def postgres_binaries() -> Path | None:
    """The newest directory that has `initdb`: Debian keeps it off the PATH. scripts/setup looks in the same places."""
    given = os.environ.get("ASKBRIDGE_POSTGRES_ROOT")
    found = sorted(Path(given or _DEFAULT_ROOT).glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = None if given else shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Cluster:
    """A PostgreSQL cluster in a temporary directory; `url(name)` addresses a database in it."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._directory = Path(tempfile.mkdtemp(prefix="askbridge-postgres-"))
        self._port = free_port()
        self._server: subprocess.Popen[bytes] | None = None
        self._account = _unprivileged()

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{_USER}@127.0.0.1:{self._port}/{database}"

    def start(self) -> None:
        if self._account is not None:
            os.chown(self._directory, self._account.pw_uid, self._account.pw_gid)
        data = self._directory / "data"
        flags = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", f"--username={_USER}"]
        made = subprocess.run(
            self._as_account(["initdb", *flags, "-D", str(data)]), cwd=self._directory, capture_output=True, text=True
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stdout[-1000:]}{made.stderr[-1000:]}")
        self._launch(data)
        self._wait()

    def stop(self) -> None:
        if self._server is not None:
            self._server.terminate()
            try:
                self._server.wait(10)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
        shutil.rmtree(self._directory, ignore_errors=True)

    def run(self, statement: str) -> None:
        """One statement by the owner of everything, outside any transaction."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _launch(self, data: Path) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self._port),
            "unix_socket_directories": "",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "60",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self._directory / "log").open("wb") as log:
            self._server = subprocess.Popen(
                self._as_account(["postgres", "-D", str(data), *options], dies_with_parent=True),
                cwd=self._directory,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _wait(self) -> None:
        deadline = time.monotonic() + _READY_WITHIN_SECONDS
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=2).close()
                return
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline or (self._server is not None and self._server.poll() is not None):
                    log = (self._directory / "log").read_text(errors="replace")[-2000:]
                    raise RuntimeError(f"PostgreSQL did not come up: {error}\n{log}") from error
                time.sleep(0.05)

    def _as_account(self, command: Sequence[str], *, dies_with_parent: bool = False) -> list[str]:
        """PostgreSQL refuses to run as root: setpriv (util-linux) gives up the rights, and ties its life to ours."""
        flags: list[str] = []
        if self._account is not None:
            flags += [f"--reuid={self._account.pw_uid}", f"--regid={self._account.pw_gid}", "--clear-groups"]
        if dies_with_parent:
            flags += ["--pdeathsig", "QUIT"]
        known = shutil.which("setpriv") if flags else None
        prefix = [known, *flags] if known else []
        return [*prefix, str(self._binaries / command[0]), *command[1:]]


def _unprivileged() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    binaries = postgres_binaries()
    if binaries is None:
        needed_on_ci("PostgreSQL is not installed: apt-get install postgresql")
    cluster = Cluster(binaries)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="session")
def postgres_url(postgres_cluster: Cluster) -> str:
    """The cluster's maintenance database, shared by the whole session: for tests that leave it as it was."""
    return postgres_cluster.url()


@pytest.fixture
def postgres_database(postgres_cluster: Cluster) -> Iterator[str]:
    """The URL of an empty database that only this test uses."""
    name = f"test_{uuid4().hex[:12]}"
    postgres_cluster.run(f"CREATE DATABASE {name}")
    yield postgres_cluster.url(name)
    postgres_cluster.run(f"DROP DATABASE {name} WITH (FORCE)")
