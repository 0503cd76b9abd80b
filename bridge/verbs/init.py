"""`askbridge init`: a first config from a few answers, given as options or asked for. It asks no homeserver."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer

from bridge.config.initial import Answers, Initial, initial, write
from bridge.config.load import load
from bridge.verbs.asking import Asker
from bridge.verbs.ending import Refused, hidden, say, say_all


@dataclass(frozen=True)
class Given:
    """What was said on the command line; None has to be asked for. `defaults`: ask nothing."""

    homeserver_url: str | None = None
    user_id: str | None = None
    mode: str | None = None
    space: str | None = None
    level: str | None = None
    room: str | None = None
    staff: str | None = None
    database: str | None = None
    language: str | None = None
    access_token_file: Path | None = None
    password_file: Path | None = None
    defaults: bool = False


def init(config: Path, given: Given, force: bool) -> None:
    """Write a config and its secret files; what was there is kept beside them, and only replaced with `force`."""
    if config.exists() and not force:
        raise Refused(_exists(config))
    try:
        made = initial(_answers(given))
    except typer.Abort:
        raise Refused(
            "\nnothing was written; whatever is not to be asked can be given: `askbridge init --help`"
        ) from None
    _rehearse(made, config.name)
    _write(made, config, force)
    say_all(_next_steps(config, appservice="\nappservice:" in made.text))


def _exists(path: Path) -> str:
    return f"{path} exists already: --force replaces it and keeps the old one beside it"


def _answers(given: Given) -> Answers:
    ask = Asker(given.defaults)
    user_id = ask.user_id("--user-id", "The bot's Matrix id", given.user_id, None)
    server = user_id.partition(":")[2]
    url = ask.url("--homeserver-url", "The homeserver's address", given.homeserver_url, f"https://{server}")
    words = "Read events as an ordinary account (sync) or be pushed them (appservice)"
    mode = ask.mode("--mode", words, given.mode, "sync")
    token, password = _secrets(ask, given) if mode == "sync" else (None, None)
    space = ask.name("--space", "Name of the first space", given.space, "helpdesk")
    return Answers(
        homeserver_url=url,
        user_id=user_id,
        mode=mode,
        space=space,
        level=ask.level("--level", "Its level (internal, extranet, community, public)", given.level, "internal"),
        room=ask.room("--room", "Its first room", given.room, f"#{space}:{server}"),
        staff=ask.glob("--staff", "Who belongs to the staff", given.staff, f"@*:{server}"),
        database=ask.database("--database", "Where questions are kept", given.database, "sqlite:///askbridge.db"),
        language=ask.language("--language", "The bot's language (en, fr, nl, ru, de)", given.language, "en"),
        access_token=token,
        password=password,
    )


def _secrets(ask: Asker, given: Given) -> tuple[str | None, str | None]:
    """The access token or the password: from files, else asked for without an echo."""
    if given.access_token_file:
        return ask.secret_file("--access-token-file", given.access_token_file), None
    if given.password_file:
        return None, ask.secret_file("--password-file", given.password_file)
    return ask.token_or_password()


def _rehearse(made: Initial, name: str) -> None:
    """Load it from elsewhere first, so that nothing is written that would not load."""
    hidden.add(*(file.content.strip() for file in made.files))
    with tempfile.TemporaryDirectory(prefix="askbridge-") as folder:
        rehearsed = Path(folder, name)
        write(made, rehearsed)
        load(rehearsed, {})


def _write(made: Initial, config: Path, force: bool) -> None:
    targets = [config, *(config.parent / file.name for file in made.files)]
    moved: list[tuple[Path, Path]] = _set_aside(targets) if force else []
    try:
        write(made, config)
    except FileExistsError as error:
        raise Refused(_exists(Path(str(error).removesuffix(" exists")))) from None
    except OSError:
        for path, aside in moved:
            aside.replace(path)
        raise
    if "://" in made.text and "@" in made.text.partition("\ndatabase:")[2].partition("\n")[0]:
        config.chmod(0o600)
    for path, aside in moved:
        say(f"kept the old {path} as {aside.name}")
    for path in targets:
        say(f"wrote {path}")


def _set_aside(targets: Sequence[Path]) -> list[tuple[Path, Path]]:
    stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    there = [(path, path.with_name(f"{path.name}.{stamp}.old")) for path in targets if path.exists()]
    for path, aside in there:
        path.rename(aside)
    return there


def _next_steps(config: Path, *, appservice: bool) -> list[str]:
    option = "" if config == Path("config.yaml") else f" -c {config}"
    register = [
        f"`askbridge registration{option} -o registration.yaml`; name that file under app_service_config_files",
        "in homeserver.yaml and restart the homeserver",
    ]
    steps = [
        *([" ".join(register)] if appservice else []),
        "invite the bot to its rooms",
        f"`askbridge check{option} --online` says whether all is in place",
        f"`askbridge verify{option}` makes the bot's identity for encrypted rooms and shows its recovery key once",
        f"`askbridge run{option}`",
    ]
    return ["", "Next:", *(f"  {number}. {step}" for number, step in enumerate(steps, 1))]
