"""askbridge with bugs: a message that holds one of these words breaks the part that is named after it."""

import json
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from bridge import cli, wiring
from bridge.workflow import cards, inbound

COMMAND = (sys.executable, "-m", "tests.real.poisoned")
READING, HANDLING, WORDING = "poison-for-reading", "poison-for-handling", "poison-for-wording"


class Bug(Exception):
    """What nobody foresaw."""


def _breaking(work: Callable[..., Any], word: str, text: Callable[..., str]) -> Callable[..., Any]:
    def broken(*told: Any, **more: Any) -> Any:
        if word in text(*told):
            raise Bug(word)
        return work(*told, **more)

    return broken


def _of_event(event: Any, *_more: Any) -> str:
    return json.dumps(event)


def _break(module: ModuleType, name: str, word: str, text: Callable[..., str]) -> None:
    setattr(module, name, _breaking(getattr(module, name), word, text))


def main() -> None:
    _break(inbound, "read", READING, _of_event)
    _break(wiring, "wanted", READING, _of_event)
    _break(inbound, "carry_out", HANDLING, lambda intent, *_: repr(intent))
    _break(cards, "card", WORDING, lambda question, *_: str(question.text))
    cli.main()


if __name__ == "__main__":
    main()
