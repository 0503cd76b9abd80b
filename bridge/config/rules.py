"""The rules of a config: when a question looks like this, do that."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bridge.config.section import Section
from bridge.config.times import Duration
from bridge.config.values import (
    ONE_OR_MANY,
    Flag,
    Language,
    Name,
    PersonClass,
    Priority,
    Regex,
    RoomRef,
    Tag,
    Template,
    UserId,
    wrong,
)


class Condition(Section):
    space: Annotated[tuple[Name, ...], ONE_OR_MANY] = Field(default=(), description="Only questions of these spaces.")
    room: Annotated[tuple[RoomRef, ...], ONE_OR_MANY] = Field(default=(), description="Only questions of these rooms.")
    text: Regex | None = Field(default=None, description="Title or body match this, in any case.")
    from_: Annotated[tuple[PersonClass, ...], ONE_OR_MANY] = Field(
        default=(), alias="from", description="Only questions by people of these classes."
    )
    language: Annotated[tuple[Language, ...], ONE_OR_MANY] = Field(
        default=(), description="Only questions in these languages."
    )
    tag: Annotated[tuple[Tag, ...], ONE_OR_MANY] = Field(
        default=(), description="Only questions with one of these tags."
    )
    priority: Annotated[tuple[Priority, ...], ONE_OR_MANY] = Field(
        default=(), description="Only questions of these priorities."
    )
    assigned: Flag | None = Field(default=None, description="Only questions that somebody, or nobody, is to answer.")
    hours: Literal["open", "closed"] | None = Field(
        default=None, description="Only within, or outside of, the business hours of the space."
    )
    unanswered_for: Duration | None = Field(default=None, description="Business hours that the question has waited.")


class Assign(Section):
    team: Name = Field(description="A team of `teams`.")
    by: Literal["round_robin", "least_loaded", "expert"] = Field(
        default="round_robin", description="How the next of the team is chosen."
    )


class Action(Section):
    tag: Annotated[tuple[Tag, ...], ONE_OR_MANY] = Field(default=(), description="Tags to add.")
    priority: Priority | None = Field(default=None, description="Priority to set.")
    assign: Assign | None = Field(default=None, description="Who gets the question.")
    notify: Annotated[tuple[UserId, ...], ONE_OR_MANY] = Field(default=(), description="People to tell.")
    say: Template | None = Field(default=None, description="Text to write in the thread.")
    escalate: Flag = Field(default=False, description="Call moderators.")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.tag or self.priority or self.assign or self.notify or self.say or self.escalate):
            raise wrong("a rule that does nothing", "some of tag, priority, assign, notify, say, escalate")
        return self


class Rule(Section):
    name: str = Field(min_length=1, max_length=80, description="What `!why` calls the rule.")
    when: Condition = Field(default=Condition(), description="What must hold, all of it.")
    then: Action = Field(description="What is done.")
    continue_: Flag = Field(
        default=False, alias="continue", description="Look at later rules too after this one matched."
    )
