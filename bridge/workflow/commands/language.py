"""!language: in which language the bot answers me."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.intents import ChooseLanguage
from bridge.workflow.advising import choose_language


def build(invocation: Invocation) -> ChooseLanguage:
    return ChooseLanguage(origin=invocation.said.origin, language=invocation.rest.lower())


COMMAND = Command(
    name="language",
    group=Group.SELF,
    arguments=(Argument.LANGUAGE,),
    examples=("language fr", "language default"),
    build=build,
    intent=ChooseLanguage,
    handle=choose_language,
)
