"""How much of what people say in encrypted rooms is kept, and where it may be repeated. Functions of values."""

from dataclasses import replace

from bridge.domain.questions import NO_ANSWER, Answer, Question


def may_quote(encrypted_from: bool, encrypted_into: bool) -> bool:
    """Whether words said in one room may be repeated in another: none leave the encrypted rooms for a plain one."""
    return encrypted_into or not encrypted_from


def without_words(question: Question) -> Question:
    """What is left of a question without anything that somebody wrote: number, people, times, state, event ids."""
    reason = question.reason if question.withdrawn or question.reason == NO_ANSWER else ""
    return replace(question, text="", tags=(), attachments=(), reason=reason)


def answer_without_words(answer: Answer) -> Answer:
    return replace(answer, text="")
