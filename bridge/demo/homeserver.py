"""A true Synapse of one's own, on loopback, for the demo and the tests. It dies with the process that started it."""

import asyncio
import base64
import hashlib
import hmac
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp

JsonObject = dict[str, Any]

_PER_SECOND_IS_NO_LIMIT = {"per_second": 100_000, "burst_count": 100_000}
_SECRET = "only-for-loopback"
_READY_WITHIN_SECONDS = 60.0

_DIE_WITH_PARENT = """
import ctypes, os, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 9)
if os.getppid() != int(sys.argv[1]):
    sys.exit("the parent is gone")
os.execvp(sys.argv[2], sys.argv[2:])
"""

_MAKE_CERTIFICATE = """
import sys
from datetime import datetime, timedelta, timezone
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
key = ec.generate_private_key(ec.SECP256R1())
name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
now = datetime.now(timezone.utc)
certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
    .not_valid_after(now + timedelta(days=30))
    .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False).sign(key, hashes.SHA256()))
pem = serialization.Encoding.PEM
open(sys.argv[1], "wb").write(certificate.public_bytes(pem))
open(sys.argv[2], "wb").write(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
"""


class HomeserverError(RuntimeError):
    """The local homeserver is not installed, did not come up, or refused something that it should not refuse."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person on the local homeserver, with all that is needed to log in."""

    user_id: str
    password: str
    access_token: str
    device_id: str


def is_free(port: int) -> bool:
    """Whether nobody uses this loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


PORTS = range(20_000, 32_000)
"""Where free ports are looked for."""
_given: set[int] = set()


def free_port() -> int:
    """A loopback port that nobody uses, from below the range that the system gives to outgoing connections.

    So it is still free later, also for a server that comes back after a while. None is given twice by one process.
    """
    while True:
        port = random.choice(PORTS)
        if port not in _given and is_free(port):
            _given.add(port)
            return port


def dying_with_parent(command: Sequence[str | Path]) -> list[str]:
    """The command, wrapped so that the system kills it (on Linux) when the process that starts it is gone."""
    return [sys.executable, "-c", _DIE_WITH_PARENT, str(os.getpid()), *map(str, command)]


def synapse_python() -> Path:
    """The interpreter of the environment that Synapse is installed in; `ASKBRIDGE_SYNAPSE_PYTHON` overrides it."""
    given = os.environ.get("ASKBRIDGE_SYNAPSE_PYTHON")
    return Path(given) if given else Path(__file__).parents[2] / ".venv-synapse/bin/python"


class LocalHomeserver:
    """Synapse on SQLite with one plain listener for clients, known as `localhost:PORT` unless named otherwise.

    With `federation`, it has a second listener with a self-signed certificate at the port in its name, and trusts
    others like itself. `settings` are merged over the generated config, one level deep. There are no rate limits
    but those in `settings`. `modules` are entries of Synapse's own setting of that name, and may be of `bridge`; they
    may still be changed until it starts.
    """

    def __init__(
        self,
        directory: Path,
        *,
        server_name: str | None = None,
        port: int | None = None,
        python: Path | None = None,
        appservices: Sequence[Path] = (),
        federation: bool = False,
        modules: Sequence[JsonObject] = (),
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.directory = directory.absolute()
        self.port = port or free_port()
        self.federation_port = free_port() if federation else None
        self.server_name = server_name or f"localhost:{self.federation_port or self.port}"
        self.url = f"http://127.0.0.1:{self.port}"
        self.log_file = self.directory / "homeserver.log"
        self._python = python or synapse_python()
        self._appservices = [path.absolute() for path in appservices]
        self.modules = list(modules)
        self._settings = dict(settings or {})
        self._process: subprocess.Popen[bytes] | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None and self.running else None

    async def start(self) -> None:
        """Start it and return when it answers; the data of an earlier run in the same directory is kept."""
        if self.running:
            return
        if not self._python.exists():
            raise HomeserverError(
                f"Synapse is not installed: there is no {self._python}. `scripts/test` and `scripts/run` install it; "
                "ASKBRIDGE_SYNAPSE_PYTHON may name the interpreter of another environment that has it."
            )
        self._process = self._launch(self._write_config())
        try:
            await self._answers()
        except BaseException:
            await self.kill()
            raise

    async def stop(self) -> None:
        """Let it finish what it does; killed if that takes more than 10 seconds."""
        await self._end(signal.SIGTERM)

    async def kill(self) -> None:
        """End it as a power cut would."""
        await self._end(signal.SIGKILL)

    async def restart(self) -> None:
        """Stop it and start it again: same port, same data."""
        await self.stop()
        await self.start()

    async def register(self, localpart: str, *, password: str = "secret", admin: bool = False) -> Account:
        """Make an account and log it in."""
        url = f"{self.url}/_synapse/admin/v1/register"
        async with aiohttp.ClientSession() as session:
            nonce = (await _answer(await session.get(url)))["nonce"]
            role = "admin" if admin else "notadmin"
            signed = "\0".join((nonce, localpart, password, role)).encode()
            body = {
                "nonce": nonce,
                "username": localpart,
                "displayname": localpart.title(),
                "password": password,
                "admin": admin,
                "mac": hmac.new(_SECRET.encode(), signed, hashlib.sha1).hexdigest(),
            }
            made = await _answer(await session.post(url, json=body))
        return Account(made["user_id"], password, made["access_token"], made["device_id"])

    def log_tail(self, lines: int = 25) -> str:
        """The end of what it said, for error messages."""
        said = [path.read_text(errors="replace") for path in (self._boot_log, self.log_file) if path.exists()]
        return "\n".join("".join(said).splitlines()[-lines:])

    @property
    def _boot_log(self) -> Path:
        return self.directory / "boot.log"

    def _launch(self, config: Path) -> subprocess.Popen[bytes]:
        with self._boot_log.open("ab") as output:
            return subprocess.Popen(
                dying_with_parent([self._python, "-m", "synapse.app.homeserver", "-c", config]),
                cwd=self.directory,
                env=os.environ | {"PYTHONUTF8": "1"} | self._with_bridge(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def _with_bridge(self) -> dict[str, str]:
        """Lets modules be found, in a folder that holds nothing but `bridge`: Synapse keeps its own pins."""
        if not self.modules:
            return {}
        folder = self.directory / "modules"
        folder.mkdir(exist_ok=True)
        link = folder / "bridge"
        if not link.is_symlink():
            link.symlink_to(Path(__file__).parents[1], target_is_directory=True)
        return {"PYTHONPATH": str(folder)}

    async def _answers(self) -> None:
        deadline = asyncio.get_running_loop().time() + _READY_WITHIN_SECONDS
        async with aiohttp.ClientSession() as session:
            while self.running:
                try:
                    async with session.get(f"{self.url}/_matrix/client/versions") as response:
                        if response.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                if asyncio.get_running_loop().time() > deadline:
                    break
                await asyncio.sleep(0.05)
        raise HomeserverError(f"Synapse did not come up. The end of its log:\n{self.log_tail()}")

    async def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            os.killpg(process.pid, how)
        try:
            await asyncio.to_thread(process.wait, 10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            await asyncio.to_thread(process.wait)

    def _write_config(self) -> Path:
        self.directory.mkdir(parents=True, exist_ok=True)
        key = self.directory / "signing.key"
        if not key.exists():
            seed = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
            key.write_text(f"ed25519 a_{secrets.token_hex(2)} {seed}\n")
        if self.federation_port is not None:
            self._write_certificate()
        (self.directory / "log.json").write_text(json.dumps(_logging(self.log_file)))
        path = self.directory / "homeserver.json"
        path.write_text(json.dumps(self._config(), indent=1))
        return path

    def _write_certificate(self) -> None:
        certificate, key = self.directory / "tls.crt", self.directory / "tls.key"
        if not certificate.exists():
            subprocess.run([self._python, "-c", _MAKE_CERTIFICATE, certificate, key], check=True)

    def _config(self) -> JsonObject:
        config = _base_config(self.directory, self.server_name, self.url)
        config |= _limits()
        config["listeners"] = [_listener(self.port, tls=False)]
        config["modules"] = self.modules
        config["app_service_config_files"] = [str(path) for path in self._appservices]
        if self.federation_port is not None:
            config["listeners"].append(_listener(self.federation_port, tls=True))
            config |= _trusting(self.directory)
        for key, value in self._settings.items():
            known = config.get(key)
            config[key] = known | value if isinstance(known, dict) and isinstance(value, dict) else value
        return config


async def _answer(response: aiohttp.ClientResponse) -> JsonObject:
    async with response:
        body: JsonObject = await response.json()
        if response.status != 200:
            raise HomeserverError(f"{response.method} {response.url.path}: {response.status} {body}")
        return body


def _listener(port: int, *, tls: bool) -> JsonObject:
    resources = [{"names": ["client", "federation"], "compress": False}]
    return {"port": port, "bind_addresses": ["127.0.0.1"], "type": "http", "tls": tls, "resources": resources}


def _base_config(directory: Path, server_name: str, url: str) -> JsonObject:
    return {
        "server_name": server_name,
        "public_baseurl": f"{url}/",
        "pid_file": str(directory / "homeserver.pid"),
        "signing_key_path": str(directory / "signing.key"),
        "media_store_path": str(directory / "media"),
        "log_config": str(directory / "log.json"),
        "database": {"name": "sqlite3", "args": {"database": str(directory / "homeserver.db")}},
        "registration_shared_secret": _SECRET,
        "macaroon_secret_key": _SECRET,
        "form_secret": _SECRET,
        "bcrypt_rounds": 4,
        "trusted_key_servers": [],
        "suppress_key_server_warning": True,
        "report_stats": False,
        "presence": {"enabled": False},
        "push": {"enabled": False},
        "user_directory": {"enabled": False},
        "url_preview_enabled": False,
    }


def _trusting(directory: Path) -> JsonObject:
    return {
        "tls_certificate_path": str(directory / "tls.crt"),
        "tls_private_key_path": str(directory / "tls.key"),
        "federation_verify_certificates": False,
        "ip_range_blacklist": [],
        "federation_ip_range_blacklist": [],
    }


def _limits() -> JsonObject:
    none = _PER_SECOND_IS_NO_LIMIT
    flat = (
        "rc_message rc_registration rc_admin_redaction rc_joins_per_room rc_key_requests rc_3pid_validation "
        "rc_third_party_invite rc_media_create rc_delayed_event_mgmt rc_room_creation rc_reports rc_user_directory "
        "rc_profile rc_registration_token_validity"
    )
    return dict.fromkeys(flat.split(), none) | {
        "rc_login": {"address": none, "account": none, "failed_attempts": none},
        "rc_joins": {"local": none, "remote": none},
        "rc_invites": {"per_room": none, "per_user": none, "per_issuer": none},
        "rc_presence": {"per_user": none},
        "rc_federation": {"window_size": 1000, "sleep_limit": 100_000, "reject_limit": 100_000, "concurrent": 100},
    }


def _logging(path: Path) -> JsonObject:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"file": {"class": "logging.FileHandler", "filename": str(path), "formatter": "plain"}},
        "root": {"level": "WARNING", "handlers": ["file"]},
    }
