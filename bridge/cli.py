"""The command line. What a verb does stands in `bridge.verbs`; it is imported when it is called."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="askbridge: questions in Matrix rooms, answered.",
)

HOME = Path("config.yaml")
ConfigFile = Annotated[Path, typer.Option("--config", "-c", metavar="FILE", help="The config file.")]
Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]


def main(arguments: list[str] | None = None) -> None:
    """Exit code 0, 1 where something is wrong, 2 where the command line is."""
    try:
        app(arguments, prog_name="askbridge")
    except Exception as error:
        from bridge.verbs.ending import end

        sys.exit(end(error))


@app.command()
def version() -> None:
    """Say which version this is."""
    from bridge import __version__

    typer.echo(__version__)


@app.command()
def init(
    config: ConfigFile = HOME,
    homeserver_url: Annotated[str | None, typer.Option(metavar="URL", help="The homeserver's address.")] = None,
    user_id: Annotated[str | None, typer.Option(metavar="USER", help="The bot's Matrix id.")] = None,
    mode: Annotated[
        Literal["sync", "appservice"] | None, typer.Option(help="An ordinary account, or events are pushed to us.")
    ] = None,
    space: Annotated[str | None, typer.Option(metavar="NAME", help="The first space.")] = None,
    level: Annotated[
        Literal["internal", "extranet", "community", "public"] | None, typer.Option(help="How open it is.")
    ] = None,
    room: Annotated[str | None, typer.Option(metavar="ROOM", help="Its first room: #alias:server or !id.")] = None,
    staff: Annotated[str | None, typer.Option(metavar="GLOB", help="Who is staff, such as @*:example.org.")] = None,
    database: Annotated[
        str | None, typer.Option(metavar="URL", help="sqlite:///FILE or postgresql://user@host/name.")
    ] = None,
    language: Annotated[Literal["en", "fr", "nl", "ru", "de"] | None, typer.Option(help="The bot's language.")] = None,
    access_token_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Holds the account's token; - is standard input.")
    ] = None,
    password_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Holds the account's password; - is standard input.")
    ] = None,
    defaults: Annotated[
        bool, typer.Option("--defaults", help="Ask nothing: what is not given gets its default.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a config; the old one is kept beside it.")] = False,
) -> None:
    """Write a first config: asks what is not given. The homeserver need not be there."""
    from bridge.verbs.init import Given
    from bridge.verbs.init import init as write

    given = Given(
        homeserver_url=homeserver_url,
        user_id=user_id,
        mode=mode,
        space=space,
        level=level,
        room=room,
        staff=staff,
        database=database,
        language=language,
        access_token_file=access_token_file,
        password_file=password_file,
        defaults=defaults,
    )
    write(config, given, force)


@app.command()
def check(
    config: ConfigFile = HOME,
    online: Annotated[bool, typer.Option("--online", help="Also ask the homeserver: account, rooms, way in.")] = False,
) -> None:
    """Name everything that is wrong with a config, by file, line and column; exit code 1 if anything is."""
    from bridge.verbs.check import check as look

    raise typer.Exit(look(config, online))


@app.command()
def run(config: ConfigFile = HOME) -> None:
    """Run the bot until SIGTERM or Ctrl-C; it then finishes what it has, within 10 seconds."""
    from bridge.verbs.run import run as go

    raise typer.Exit(go(config))


@app.command()
def demo(
    story: Annotated[bool, typer.Option("--story", help="Tell the story in a new town, then end.")] = False,
    directory: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the town is or will be.")] = None,
    mode: Annotated[Literal["sync", "push"] | None, typer.Option(help="How askbridge hears of events.")] = None,
) -> None:
    """Open a town to try askbridge in: a homeserver on this machine, people, rooms and a story."""
    from bridge.demo.play import play

    raise typer.Exit(play(story, directory, mode))


@app.command()
def doctor(config: ConfigFile = HOME) -> None:
    """Show rights and facts of every room and the state of the database; exit code 1 if something is wrong."""
    from bridge.verbs.doctor import doctor as look

    raise typer.Exit(look(config))


@app.command()
def verify(
    user: Annotated[
        str | None, typer.Argument(metavar="[USER]", help="Compare emoji with this person: @name:server.")
    ] = None,
    recovery_key_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Holds the recovery key or passphrase of the bot's account, for a new machine; - is standard input.",
        ),
    ] = None,
    forget_keys: Annotated[
        bool,
        typer.Option(
            "--forget-keys", help="Begin anew as another device, where the secret in encryption.store is lost for good."
        ),
    ] = False,
    config: ConfigFile = HOME,
) -> None:
    """Put the bot's cross-signing identity in order and show how it stands; its recovery key is shown once.

    With USER: verify that person by emoji, and sign their identity. `run` must not be running.
    """
    from bridge.verbs.verify import verify as settle

    raise typer.Exit(settle(config, user, recovery_key_file, forget=forget_keys))


@app.command()
def registration(
    config: ConfigFile = HOME,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there.")] = None,
    force: Force = False,
) -> None:
    """Print the file by which the homeserver learns of the application service. It holds secrets."""
    from bridge.verbs.registration import register

    register(config, output, force)


@app.command()
def export(
    config: ConfigFile = HOME,
    space: Annotated[str | None, typer.Option(help="Only what belongs to this space.")] = None,
    person: Annotated[
        str | None, typer.Option(metavar="USER", help="Only what concerns this person: @name:server.")
    ] = None,
) -> None:
    """Print everything as JSON Lines; `run` may go on meanwhile."""
    from bridge.verbs.data import export as write

    write(config, space, person)


@app.command("import")
def import_(
    source: Annotated[
        Path, typer.Argument(metavar="FILE", help="What `export` printed.", exists=True, dir_okay=False, readable=True)
    ],
    config: ConfigFile = HOME,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look whether it is whole.")] = False,
) -> None:
    """Read an export back into an empty database: all of it or nothing. `run` must not be running."""
    from bridge.verbs.importing import load

    load(config, source, dry_run=dry_run)


@app.command()
def purge(
    config: ConfigFile = HOME,
    space: Annotated[str | None, typer.Option(metavar="NAME", help="Only what is overdue in this space.")] = None,
    user: Annotated[
        str | None, typer.Option(metavar="USER", help="Instead, all that this person wrote: @name:server.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go; `run` may go on.")] = False,
) -> None:
    """Forget questions whose retention is over, or what somebody wrote. `run` must not be running."""
    from bridge.verbs.purge import purge as forget

    forget(config, space, user, dry_run=dry_run)


@app.command()
def audit(
    config: ConfigFile = HOME,
    person: Annotated[str | None, typer.Option(metavar="USER", help="Done by them, or naming them.")] = None,
    question: Annotated[int | None, typer.Option(metavar="NUMBER", min=1, help="About this question.")] = None,
    space: Annotated[str | None, typer.Option(metavar="NAME", help="In this space.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="Of this kind, such as AccessGranted.")] = None,
    since: Annotated[str | None, typer.Option(metavar="AGE", help="Not older than this, such as 30d.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON Lines.")] = False,
) -> None:
    """Print the log of who did what, when, the oldest first; `run` may go on meanwhile."""
    from bridge.verbs.audit import Asked
    from bridge.verbs.audit import audit as look

    asked = Asked(person=person, question=question, space=space, kind=kind, since=since)
    look(config, asked, as_json=as_json)


@app.command()
def rules(
    _what: Annotated[Literal["test"], typer.Argument(metavar="test", help="Try the rules on a question.")],
    text: Annotated[str, typer.Argument(help="What is asked.")],
    config: ConfigFile = HOME,
    space: Annotated[str | None, typer.Option(metavar="NAME", help="In which space.")] = None,
    by: Annotated[
        str | None,
        typer.Option("--from", metavar="WHO", help="Who asks: @name:server, or staff, trusted, external, outsider."),
    ] = None,
    room: Annotated[str | None, typer.Option(metavar="ROOM", help="In which room: #alias:server or !id.")] = None,
    at: Annotated[str | None, typer.Option(metavar="TIME", help="When, such as 2026-12-31T09:30.")] = None,
    language: Annotated[
        Literal["en", "fr", "nl", "ru", "de"] | None, typer.Option(help="Its language; else it is found out.")
    ] = None,
) -> None:
    """Say what the rules would do with a question, and why; nothing is done, and `run` may go on meanwhile."""
    from bridge.verbs.rules import Asked
    from bridge.verbs.rules import test as try_out

    try_out(config, Asked(text, space, by, room, at, language))


@app.command()
def stats(
    config: ConfigFile = HOME,
    csv: Annotated[bool, typer.Option("--csv", help="A row for each day and space, for other programs.")] = False,
    space: Annotated[str | None, typer.Option(metavar="NAME", help="Only this space.")] = None,
    since: Annotated[str, typer.Option(metavar="TIME", help="How far back: 30d, 12w; today is counted in.")] = "30d",
) -> None:
    """Show what was asked and answered, and how long it took, by space; `run` may go on meanwhile."""
    from bridge.verbs.stats import stats as show

    show(config, csv, space, since)


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="The file to make; nothing is overwritten.")], config: ConfigFile = HOME
) -> None:
    """Copy the database while it is in use: SQLite as a database, PostgreSQL by pg_dump."""
    from bridge.verbs.data import backup as copy

    copy(config, target)


@app.command()
def migrate(config: ConfigFile = HOME) -> None:
    """Bring the database forward to this version; `run` does so by itself."""
    from bridge.verbs.data import migrate as forward

    forward(config)
