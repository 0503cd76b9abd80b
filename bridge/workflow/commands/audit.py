"""!audit: what differs between rooms and the policy of their space, and a moderator's word that it is meant so."""

from bridge.chat.command import Argument, Command, Group, Invocation, Users
from bridge.chat.grammar import Problem
from bridge.workflow.auditing import Audit, audit

WORD = "accept"


def build(invocation: Invocation) -> Audit | Problem:
    origin = invocation.said.origin
    first, *others = invocation.rest.split() or [""]
    if first.lower() == WORD:
        number = others[0].lstrip("#") if len(others) == 1 else ""
        if not number.isdecimal() or not number.isascii() or len(number) > 15:
            return Problem("usage", {})
        return Audit(origin=origin, accept=int(number))
    space, page = "", 1
    for word in (first, *others):
        key, colon, value = word.partition(":")
        if key.lower() == "page" and value.isdecimal() and len(value) < 6:
            page = int(value)
        elif space or (colon and key.lower() != "space"):
            return Problem("usage-unexpected", {"word": word[:64]})
        else:
            space = value if colon else word
    return Audit(origin=origin, space=space, page=page)


COMMAND = Command(
    name="audit",
    group=Group.ACCESS,
    arguments=(Argument.AUDITED,),
    examples=("audit", "audit acme", "audit accept 12"),
    build=build,
    intent=Audit,
    handle=audit,
    users=Users.STAFF,
    confidential=True,
)
