"""What pydantic found wrong, in words for people who write YAML."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bridge.config.draft import Draft, kind
from bridge.config.environment import variable
from bridge.config.problems import nearest
from bridge.config.schema import ANY_NAME, Path, describe, dotted, fields_of, hint_at, keys, model_of, secret_files
from bridge.config.values import WRONG


def explain(error: ValidationError, draft: Draft) -> None:
    """Record each error of a validation, once, at its place."""
    details = error.errors(include_url=False, include_input=False)
    meant = {path for detail in details if (path := _meant(detail))}
    for detail in details:
        path = _written(draft, detail)
        if path not in meant and not draft.blamed(path):
            _record(draft, detail, path)


def _meant(detail: ErrorDetails) -> Path | None:
    """For an unknown key, the path of the key that it looks like, so that this one is not reported missing too."""
    if detail["type"] != "extra_forbidden":
        return None
    *above, wrong = detail["loc"]
    hint = nearest(str(wrong), _siblings((*above,)))
    return (*above, hint.split('"')[1]) if hint else None


def _siblings(section: Path) -> list[str]:
    model = model_of(hint_at(section))
    return list(fields_of(model)) if model else []


def _written(draft: Draft, detail: ErrorDetails) -> Path:
    """The path of an error, as far as somebody wrote it: validation may have wrapped a text in a list."""
    path = tuple(part for part in detail["loc"] if part != "[key]")
    while detail["type"] != "missing" and path and draft.get(*path) is None and draft.get(*path[:-1]) is None:
        path = path[:-1]
    if path and isinstance(draft.get(*path[:-1]), str):
        path = path[:-1]
    return path


def _record(draft: Draft, detail: ErrorDetails, path: Path) -> None:
    if detail["type"] == "extra_forbidden":
        _unknown_key(draft, path)
    elif detail["type"] == "missing":
        draft.blame(path, "missing key", _described(path), _other_ways(path))
    else:
        message, expected, hint = _said(detail, draft.get(*path), path)
        draft.blame(path, message, expected, hint, at_key="[key]" in detail["loc"])


def _unknown_key(draft: Draft, path: Path) -> None:
    *above, name = path
    word, colon, _ = str(name).partition(":")
    siblings = _siblings((*above,))
    hint = "put a space after the colon" if colon else nearest(word, siblings) or _elsewhere(word)
    shown = (*above, word[:60])
    if path in draft.places:
        draft.places[shown] = draft.places[path]
    draft.blame(shown, "unknown key", "one of " + ", ".join(siblings), hint, at_key=True)


def _elsewhere(word: str) -> str:
    """Where a key of this name belongs; empty where there is none."""
    homes = [key.path for key in keys() if key.path[-1] == word]
    return f"{dotted(homes[0])} is such a key" if homes else ""


def _described(path: Path) -> str:
    hint = hint_at(path)
    return "" if hint is None else describe(hint)


def _other_ways(path: Path) -> str:
    """How else a missing secret may be given."""
    for secret, file in secret_files():
        if path == secret:
            return f"or give {dotted(file)}, or {variable(path)} in the environment"
    return ""


def _said(detail: ErrorDetails, value: Any, path: Path) -> tuple[str, str, str]:
    """Message, what was expected, and a hint; the value itself is never quoted."""
    context = detail.get("ctx", {})
    if detail["type"] == WRONG:
        return context["message"], context["expected"], context["hint"]
    if detail["type"] == "literal_error":
        return "not a known value", _described(path), nearest(str(value), _choices(context))
    if detail["type"].endswith("_type") or detail["type"] == "is_instance_of":
        return f"found {kind(value)}", _described(path), _quoting(detail["type"], value)
    if detail["type"] == "too_short" and path == ("spaces",):
        return "no space at all", f"at least one, as in {_example()}", ""
    return _lowered(detail["msg"]), _described(path), ""


def _choices(context: dict[str, Any]) -> list[str]:
    return [part.strip("'\" ") for part in str(context.get("expected", "")).replace(" or ", ", ").split(", ")]


def _quoting(error: str, value: Any) -> str:
    if error == "string_type" and not isinstance(value, dict | list) and value is not None:
        return "put it in quotes"
    return "write it as [one, two], or each on a line that begins with -" if error == "tuple_type" else ""


def _lowered(message: str) -> str:
    return message.removeprefix("Input ")[:1].lower() + message.removeprefix("Input ")[1:]


def _example() -> str:
    return f'spaces: {{{ANY_NAME.lower()}: {{level: internal, rooms: ["#help:example.org"]}}}}'
