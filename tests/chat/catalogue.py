"""The catalogues as data: messages, their variables and words; and the keys that the source uses."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from fluent.syntax import ast as fluent
from fluent.syntax import parse

import bridge
from bridge.chat.command import Group
from bridge.domain import grants
from bridge.domain.admission import NoPlace
from bridge.domain.drift import Kind, Remedy
from bridge.domain.enforcement import PRESENT, Obstacle
from bridge.domain.people import PersonClass
from bridge.domain.questions import Priority, Standing, State
from bridge.workflow.commands import commands
from bridge.workflow.phrasing import LISTS
from bridge.workflow.rule_words import CONDITION_VALUES

_SOURCE = Path(bridge.__file__).parent


@dataclass(frozen=True)
class Text:
    """One message or attribute: the names of its variables, its plural categories, and all that it may show."""

    variables: frozenset[str]
    plurals: tuple[frozenset[str], ...]
    shown: str


@cache
def catalogue(language: str) -> dict[str, Text]:
    """Every message, and every attribute as `message.attribute`; a part that does not parse is an error."""
    source = resources.files("bridge.chat.locales").joinpath(f"{language}.ftl").read_text("utf-8")
    entries = parse(source).body
    assert not [e for e in entries if isinstance(e, fluent.Junk)]
    messages = [e for e in entries if isinstance(e, fluent.Message)]
    keys = [m.id.name for m in messages]
    assert len(keys) == len(set(keys))
    texts = {m.id.name: _text(m.value) for m in messages if m.value}
    return texts | {f"{m.id.name}.{a.id.name}": _text(a.value) for m in messages for a in m.attributes}


def _text(pattern: fluent.Pattern) -> Text:
    nodes = list(_walk(pattern))
    variables = frozenset(n.id.name for n in nodes if isinstance(n, fluent.VariableReference))
    selects = [n for n in nodes if isinstance(n, fluent.SelectExpression)]
    categories = [frozenset(v.key.name for v in s.variants if isinstance(v.key, fluent.Identifier)) for s in selects]
    shown = "".join(
        n.value if isinstance(n, fluent.TextElement) else f"${n.id.name}"
        for n in nodes
        if isinstance(n, fluent.TextElement | fluent.VariableReference)
    )
    return Text(variables, tuple(c for c in categories if "one" in c), shown)


def _walk(node: fluent.BaseNode) -> Iterator[fluent.BaseNode]:
    yield node
    for value in vars(node).values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, fluent.BaseNode):
                yield from _walk(child)


def fixed_words(text: Text) -> list[str]:
    """What stays as it is in every language: commands, filters, emoji, ids."""
    kept = r"\$prefix\w+|\w+:\$?[@\w…]+|\bhere,|\bdefault\b|[\U0001f300-\U0001faff✅❓]"
    return sorted(set(re.findall(kept, text.shown)))


@cache
def used_keys() -> frozenset[str]:
    """The keys that the source asks for, as far as they can be told without running it."""
    keys = {f"state-{s.value}" for s in State} | {f"priority-{p.value}" for p in Priority}
    keys |= {f"group-{g.value}" for g in Group} | {f"standing-{s.value}" for s in Standing if s is not Standing.GIVEN}
    keys |= {f"drift-{kind.value}" for kind in Kind} | {f"drift-remedy-{remedy.value}" for remedy in Remedy}
    keys |= _keys_of_access()
    keys |= {f"rule-because-{condition.replace('_', '-')}" for condition in CONDITION_VALUES}
    keys |= {key for c in commands().declared for key in (f"help-{c.name}", f"help-{c.name}.details")}
    for path in (p for room in ("domain", "chat", "workflow") for p in (_SOURCE / room).rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                keys |= set(_keys_in(function))
    counted = {"list-unanswered", "list-questions", "list-mine", "search-found"}
    return frozenset(keys | {f"{key}-many" for key in keys & counted})


def _keys_of_access() -> set[str]:
    """What codes about access are called."""
    keys = {f"{family}-{reason.value}" for family in ("no-place", "why") for reason in NoPlace}
    keys |= {f"membership-{membership}" for membership in PRESENT} | {f"told-stuck-{each.value}" for each in Obstacle}
    keys |= {f"class-{each.value}" for each in PersonClass} | {f"grant-{each.value}" for each in grants.Standing}
    asked_first = (NoPlace.INTERNAL, NoPlace.DENIED, NoPlace.SERVER, NoPlace.UNGRANTED)
    keys |= {f"module-invite-{reason.value}" for reason in asked_first}
    return keys | {"grant-orphaned", *LISTS.values()}


def _keys_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    for call in (n for n in ast.walk(function) if isinstance(n, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name == "Refused":
            yield from (f"refused-{code}" for code in _strings(call.args[0], function))
        if name in {"Problem", "say", "_refused", "_compared", "_listed", "listed"} and call.args:
            yield from _strings(call.args[0], function)
        if name in {"reply", "_answer_link", "_tell_followers"}:
            yield from (key for argument in call.args[1:] for key in _strings(argument, function))
        named = [k.value for k in call.keywords if k.arg in {"key", "heading"}]
        yield from (key for value in named for key in _strings(value, function) if key.islower())
    constants = (n.value for n in ast.walk(function) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    yield from (text for text in constants if re.fullmatch(r"(told|terms)(-[a-z]+)+", text))


def _strings(node: ast.expr, function: ast.AST) -> Iterator[str]:
    """The strings that an expression may be: itself, either arm of a choice, or what its name was given."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from _strings(node.body, function)
        yield from _strings(node.orelse, function)
    if isinstance(node, ast.Name):
        for given in (n for n in ast.walk(function) if isinstance(n, ast.Assign)):
            if any(isinstance(t, ast.Name) and t.id == node.id for t in given.targets):
                yield from _strings(given.value, function)
