"""What happens to the vector of a question whose text came, changed or went."""

from bridge.domain.facts import Fact
from bridge.domain.questions import Question
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done


def to_be_compared(_fact: Fact, question: Question, around: Circumstances) -> Done:
    """Its text is new: its vector is made behind everything else, and suggestions are looked for then."""
    if around.policy.similarity is not None and question.text:
        around.tx.vectors.want(question.number, around.now)
        return Done()
    return not_compared(_fact, question, around)


def not_compared(_fact: Fact, question: Question, around: Circumstances) -> Done:
    """Its text is gone, or must not be known: so is what was known of it."""
    around.tx.vectors.drop([question.number])
    return Done()
