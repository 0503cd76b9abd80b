"""What several verbs are given on the command line, and what is said where it is wrong."""

import typer


def refuse_no_person(given: str | None, option: str) -> None:
    """Where something else than a Matrix id is given. Raises typer.BadParameter."""
    if given is not None and not (given.startswith("@") and ":" in given):
        raise typer.BadParameter("expected a Matrix id such as @ann:example.org", param_hint=option)
