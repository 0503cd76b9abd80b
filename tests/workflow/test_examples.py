"""How much the properties try in CI: read from where their settings come from."""

from pathlib import Path

import tests.workflow.test_nobody_sees
import tests.workflow.test_removals
from tests.workflow.examples import in_full

ROOT = Path(__file__).parents[2]


def test_ci_tries_twenty_thousand_examples_of_what_nobody_may_see_and_whom_nobody_may_put_out() -> None:
    assert tests.workflow.test_nobody_sees and tests.workflow.test_removals
    assert sum(in_full.values()) >= 20_000
    assert "export EXAMPLES=1\n" in (ROOT / ".ci/run").read_text()
