"""!notify: what the bot writes to me for."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.grammar import Problem
from bridge.domain.profile import Notify
from bridge.workflow.profiling import ChooseNotify, choose_notify


def build(invocation: Invocation) -> ChooseNotify | Problem:
    word = invocation.rest.lower()
    if word and word not in set(Notify):
        return Problem("usage", {})
    return ChooseNotify(origin=invocation.said.origin, notify=Notify(word) if word else None)


COMMAND = Command(
    name="notify",
    group=Group.SELF,
    arguments=(Argument.NOTIFY,),
    examples=("notify", "notify mentions"),
    build=build,
    intent=ChooseNotify,
    handle=choose_notify,
    confidential=True,
)
