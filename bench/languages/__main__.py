"""Finding across languages, and what is suggested: `python -m bench.languages`. About half a minute; see README.md."""

import sys
from collections.abc import Callable, Sequence
from time import perf_counter

from bench.languages import finding
from bench.languages.dataset import LANGUAGES, distractors, other, questions, same
from bench.languages.encoding import Kept
from bench.languages.suggesting import (
    SHOWN,
    Candidate,
    Kind,
    Outcome,
    Score,
    five_times,
    in_five_languages,
    in_one_language,
    lowest,
    outcome,
    pairs,
)
from bench.table import markdown
from bridge.domain.clearness import CLEAR

Row = list[str]
BY: dict[str, Score] = {"closeness": lambda one: one.closeness, "clearness": lambda one: one.clearness}
MIXES: dict[str, tuple[Kind, ...]] = {
    "asked before, in other words": (Kind.REWORDED,),
    "and as many never asked": (Kind.REWORDED, Kind.NEW),
    "all, with near misses": tuple(Kind),
    "all but those in nearly the same words": (Kind.REWORDED, Kind.NEW, Kind.NEAR_MISS),
}
DESKS: dict[str, Callable[[Kept], list[Candidate]]] = {
    "one language": in_one_language,
    "five languages": in_five_languages,
    "five languages, everything five times": five_times,
}


def say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


def section(title: str, head: Sequence[str], rows: Sequence[Row]) -> None:
    say("", f"## {title}", "", markdown(head, rows))


def shares(one: Outcome) -> Row:
    recall = f"{one.recall:.2f}" if one.asked_before else ""
    return [f"{one.right} of {one.shown}", f"{one.precision:.2f}", recall]


def of_kinds(found: Sequence[Candidate], kinds: Sequence[Kind]) -> list[Candidate]:
    return [one for one in found if one.ask.kind in kinds]


def held_out(found: Sequence[Candidate], score: Score) -> tuple[str, Outcome]:
    """The threshold from one half of the topics, tried on the other; both ways, counted together."""
    thresholds = [lowest([one for one in found if one.half == half], score) for half in (0, 1)]
    tried = [outcome([one for one in found if one.half == half], score, thresholds[1 - half]) for half in (0, 1)]
    together = Outcome(
        max(thresholds),
        sum(one.shown for one in tried),
        sum(one.right for one in tried),
        sum(one.helped for one in tried),
        sum(one.asked_before for one in tried),
    )
    return " and ".join(f"{one:.2f}" if one <= 1 else "none" for one in thresholds), together


def decisions(found: Sequence[Candidate]) -> list[Row]:
    rows = []
    for mix, kinds in MIXES.items():
        for name, score in BY.items():
            thresholds, together = held_out(of_kinds(found, kinds), score)
            rows.append([mix, name, thresholds, *shares(together)])
    return rows


def at_clear(found: Sequence[Candidate]) -> list[Row]:
    """What happens at the threshold in use, by what is asked and by language."""
    rows = [_row(kind.value, of_kinds(found, [kind])) for kind in Kind]
    rows += [_row(f"together: {mix}", of_kinds(found, kinds)) for mix, kinds in MIXES.items()]
    for language in LANGUAGES:
        rows.append(_row(f"all in {language}", [one for one in found if one.ask.language == language]))
    return rows


def _row(name: str, found: Sequence[Candidate]) -> Row:
    return [name, str(len(found) // SHOWN), *shares(outcome(found, BY["clearness"], CLEAR))]


def pair_rows(found: Sequence[tuple[float, bool]]) -> list[Row]:
    rows = []
    total = sum(is_right for _, is_right in found)
    for threshold in (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9):
        right = [is_right for closeness, is_right in found if closeness >= threshold]
        row = [f"{threshold:.2f}", f"{sum(right)} of {len(right)}"]
        rows.append([*row, f"{sum(right) / max(1, len(right)):.2f}", f"{sum(right) / total:.2f}"])
    return rows


def finding_tables(kept: Kept) -> None:
    section("The English question for one in another language", finding.HEAD, finding.table(kept))
    section("What may be done beforehand", finding.BEFOREHAND_HEAD, finding.beforehand(kept))


def suggesting_tables(kept: Kept) -> None:
    found = pairs(kept)
    count = sum(is_right for _, is_right in found)
    title = f"Closeness of {count} pairs that are the same, and {len(found) - count} that only sound so"
    section(title, ["from", "right", "precision", "recall"], pair_rows(found))
    for name, desk in DESKS.items():
        nearest = desk(kept)
        head = ["what is asked", "by", "thresholds", "right", "precision", "recall"]
        section(f"A desk in {name}: the threshold of one half tried on the other", head, decisions(nearest))
        head = ["what is asked", "asked", "right", "precision", "recall"]
        section(f"A desk in {name}: what is shown from {CLEAR} on", head, at_clear(nearest))


def main() -> None:
    began = perf_counter()
    counted = (len(questions()), len(LANGUAGES), len(same()), len(other()), len(distractors()))
    say("{} questions in {} languages, {} other wordings, {} near misses, {} distractors".format(*counted))
    kept = Kept()
    finding_tables(kept)
    suggesting_tables(kept)
    say("", f"{perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
