"""Finding across languages, and what is suggested: `python -m bench.languages`. About half a minute; see README.md."""

import sys
from collections.abc import Callable, Sequence
from time import perf_counter

from bench.languages import finding
from bench.languages.dataset import LANGUAGES, distractors, other, questions, same
from bench.languages.encoding import Kept
from bench.languages.suggesting import (
    Candidate,
    Kind,
    Outcome,
    asked_before,
    in_five_languages,
    in_one_language,
    lowest,
    outcome,
    pairs,
)
from bench.table import markdown
from bridge.domain.clearness import CLEAR

Row = list[str]
Score = Callable[[Candidate], float]
BY: dict[str, Score] = {"closeness": lambda one: one.closeness, "clearness": lambda one: one.clearness}
MIXES: dict[str, tuple[Kind, ...]] = {
    "asked before": (Kind.REWORDED,),
    "half of it new": (Kind.REWORDED, Kind.NEW),
    "and near misses": (Kind.REWORDED, Kind.NEW, Kind.NEAR_MISS),
}
"""None of them has what is asked again in nearly the same words, which is easy."""


def say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


def section(title: str, head: Sequence[str], rows: Sequence[Row]) -> None:
    say("", f"## {title}", "", markdown(head, rows))


def shown(one: Outcome) -> Row:
    return [f"{one.threshold:.2f}", f"{one.right} of {one.shown}", f"{one.precision:.2f}", f"{one.recall:.2f}"]


def of_kinds(found: Sequence[Candidate], kinds: Sequence[Kind]) -> list[Candidate]:
    return [one for one in found if one.ask.kind in kinds]


def scored(found: Sequence[Candidate], score: Score) -> list[tuple[float, bool]]:
    return [(score(one), one.is_right) for one in found]


def held_out(found: Sequence[Candidate], score: Score) -> Outcome:
    """The threshold from one half of the topics, tried on the other; both ways, counted together."""
    tried = []
    for half in (0, 1):
        learnt = scored([one for one in found if one.half != half], score)
        rest = [one for one in found if one.half == half]
        tried.append(outcome(scored(rest, score), lowest(learnt), asked_before(rest)))
    return Outcome(
        sum(one.threshold for one in tried) / 2,
        sum(one.shown for one in tried),
        sum(one.right for one in tried),
        sum(one.asked_before for one in tried),
    )


def decisions(found: Sequence[Candidate]) -> list[Row]:
    return [
        [mix, name, *shown(held_out(of_kinds(found, kinds), score))]
        for mix, kinds in MIXES.items()
        for name, score in BY.items()
    ]


def at_clear(found: Sequence[Candidate]) -> list[Row]:
    """What happens at the threshold in use, by what is asked and by language."""
    rows = []
    for kind in Kind:
        rows.append(_row(kind.value, of_kinds(found, [kind])))
    half_new = of_kinds(found, MIXES["half of it new"])
    for language in LANGUAGES:
        rows.append(_row(f"{language}, half of it new", [one for one in half_new if one.ask.language == language]))
    return [*rows, _row("all languages, half of it new", half_new)]


def _row(name: str, found: Sequence[Candidate]) -> Row:
    one = outcome(scored(found, BY["clearness"]), CLEAR, asked_before(found))
    asked = len(found) // 3
    if not one.asked_before:
        return [name, str(asked), f"{one.right} of {one.shown}", "", ""]
    return [name, str(asked), *shown(one)[1:]]


def main() -> None:
    began = perf_counter()
    kept = Kept()
    say(
        f"{len(questions())} questions in {len(LANGUAGES)} languages, {len(same())} other wordings, "
        f"{len(other())} near misses, {len(distractors())} distractors"
    )
    section("The English question for one in another language", finding.HEAD, finding.table(kept))
    section("What may be done beforehand", finding.BEFOREHAND_HEAD, finding.beforehand(kept))
    of_pairs = pairs(kept)
    same_pairs = sum(right for _, right in of_pairs)
    steps = [0.5 + step / 20 for step in range(9)]
    rows = [shown(outcome(of_pairs, step, same_pairs)) for step in steps]
    title = (
        f"Closeness of {same_pairs} pairs that are the same and {len(of_pairs) - same_pairs} that only sound like it"
    )
    section(title, ["from", "right", "precision", "recall"], rows)
    for name, found in (("one language", in_one_language(kept)), ("five languages", in_five_languages(kept))):
        head = ["what is asked", "by", "threshold", "right", "precision", "recall"]
        section(f"A desk in {name}: the threshold of one half tried on the other", head, decisions(found))
        head = ["what is asked", "asked", "right", "precision", "recall"]
        section(f"A desk in {name}: what is shown from {CLEAR} on", head, at_clear(found))
    say("", f"{perf_counter() - began:.0f} s")


main()
