"""From what was said to what somebody wants. Pure: whatever has to be looked up is handed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bridge.chat import text
from bridge.chat.command import Invocation, Setting, invoked, understand_command
from bridge.chat.events import (
    Echoed,
    Edited,
    Ignored,
    MemberChanged,
    Origin,
    Reacted,
    Reading,
    Redacted,
    Said,
    StateChanged,
    read,
    read_fetched,
)
from bridge.chat.intents import (
    Accept,
    Ask,
    Claim,
    Close,
    Consent,
    Edit,
    Follow,
    Intent,
    MembershipChanged,
    Misunderstood,
    Ref,
    RoomChanged,
    Settle,
    TakePart,
    TakeSuggestion,
    Vote,
    Withdraw,
)
from bridge.domain.questions import Attachment

ACCEPTING = frozenset({"✅", "✔", "☑"})
CLAIMING, FOLLOWING, ASKING, VOTES = "🙋", "👀", frozenset({"❓", "❔"}), frozenset({"👍", "👎"})
TAKING = {"1\u20e3": 0, "2\u20e3": 1, "3\u20e3": 2}
"""1️⃣ 2️⃣ 3️⃣, without what makes them colourful."""
MOST_DIRECTED = 20
"""People that one question can be directed to."""
CLOSING = frozenset({"❌", "✖"})
MEANINGFUL = ACCEPTING | CLOSING | ASKING | VOTES | {CLAIMING, FOLLOWING, *TAKING}


def _none(_event_id: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Known:
    """What was looked up about one event.

    `tracked` says whether an event belongs to a question, `prompted` whether it is a message that a ✅ says yes to;
    `fetched` holds messages that were asked from the homeserver.
    """

    tracked: Callable[[str], bool]
    private: bool = False
    fetched: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    prompted: Callable[[str], bool] = _none


def wanted(event: dict[str, Any], setting: Setting) -> bool:
    """Whether an event can matter at all; what does not is never stored. Costs no look-up."""
    reading = read(event, setting.me)
    if isinstance(reading, Ignored):
        return False
    if isinstance(reading, Reacted):
        return reading.key in MEANINGFUL
    if isinstance(reading, Said):
        related = reading.origin.thread_root or reading.origin.reply_to
        return bool(related) or invoked(reading, setting) is not None or mentions_bot(reading, setting)
    return True


def mentions_bot(said: Said, setting: Setting) -> bool:
    """By `m.mentions`, a pill or the plain id; in a reply only by the text, since clients add whom one replies to."""
    if said.mentions is not None and setting.me in said.mentions and not said.origin.reply_to:
        return True
    return setting.me in text.pills(said.html) or setting.me in text.plain_ids(said.body)


def references(reading: Reading, invocation: Invocation | None) -> tuple[set[str], set[int]]:
    """Event ids and numbers that have to be looked up before `understand`."""
    if isinstance(reading, Ignored | Echoed | MemberChanged | StateChanged):
        return set(), set()
    origin = reading.origin
    events = {origin.event_id, origin.thread_root, origin.reply_to, getattr(reading, "target", None)}
    return {e for e in events if e}, {invocation.number} if invocation and invocation.number else set()


def target_to_fetch(reading: Reading, setting: Setting) -> str | None:
    """The message that this event makes a question, or takes a file from; only the homeserver has it."""
    if isinstance(reading, Reacted) and reading.key in ASKING:
        return reading.target
    if isinstance(reading, Edited):
        return reading.target if _asks(invoked(reading.said, setting), setting) else None
    if not isinstance(reading, Said) or not reading.origin.reply_to:
        return None
    invocation = invoked(reading, setting)
    asks = _asks(invocation, setting) if invocation else mentions_bot(reading, setting)
    return reading.origin.reply_to if asks else None


def _asks(invocation: Invocation | None, setting: Setting) -> bool:
    command = setting.commands.by_name.get(invocation.name) if invocation else None
    return command is not None and command.intent is Ask


def understand(reading: Reading, setting: Setting, known: Known) -> Intent | Ignored:
    """What an event asks of us."""
    match reading:
        case Ignored():
            return reading
        case Echoed(origin, effect_id):
            return Settle(origin=origin, effect_id=effect_id)
        case MemberChanged(origin):
            return MembershipChanged(origin=origin, change=reading)
        case StateChanged(origin):
            return RoomChanged(origin=origin, change=reading)
        case Redacted(origin, target):
            return Withdraw(origin=origin, target=target)
        case Reacted():
            return _reaction(reading, setting, known)
        case Edited():
            return _edit(reading, setting, known)
    return _message(reading, setting, known)


def _message(said: Said, setting: Setting, known: Known) -> Intent | Ignored:
    invocation = invoked(said, setting)
    if invocation:
        return _command(invocation, setting, known) or Ignored("unknown command")
    origin = said.origin
    about = next((e for e in (origin.reply_to, origin.thread_root) if e and known.tracked(e)), None)
    if about:
        return TakePart(
            origin=origin, ref=Ref(None, about, origin.thread_root), text=said.body or _file_name(said.attachment)
        )
    if mentions_bot(said, setting) and not known.private:
        return ask(said, _unaddressed(said, setting), known, setting)
    return Ignored("chat")


def _file_name(file: Attachment | None) -> str:
    return (file.name.strip() or file.kind) if file else ""


def _command(invocation: Invocation, setting: Setting, known: Known) -> Intent | None:
    if _asks(invocation, setting):
        return ask(invocation.said, invocation.rest, known, setting)
    return understand_command(invocation, setting, private=known.private)


def _unaddressed(said: Said, setting: Setting) -> str:
    shown = text.pills(said.html).get(setting.me, "")
    return text.without_mention(said.body, (setting.me, shown, *setting.names))


def ask(said: Said, words: str, known: Known, setting: Setting) -> Intent:
    """A question in the words of its writer; without words, the message replied to, asked by its author."""
    target = known.fetched.get(said.origin.reply_to or "")
    replied = read_fetched(target, setting.me) if target else None
    directed, question = _directed(words, said, setting)
    if not question and not said.attachment and isinstance(replied, Said):
        return _ask_for(said.origin, replied, setting, directed)
    files = tuple(a for a in (said.attachment, replied.attachment if isinstance(replied, Said) else None) if a)
    if not question and not files:
        # An empty message stands for one that cannot be had, or is sealed with a key that we lack.
        replied_to = 0 if target is None else 1 if target else 2
        return Misunderstood(origin=said.origin, key="usage-ask", arguments={"replied": replied_to})
    return Ask(
        origin=said.origin,
        event_id=said.origin.event_id,
        by=said.origin.sender,
        said_at=said.origin.at,
        thread_root=said.origin.thread_root or said.origin.event_id,
        text=question or _file_name(files[0]),
        tags=text.tags(question),
        directed_to=directed,
        attachments=files,
    )


def _ask_for(
    origin: Origin, replied: Said, setting: Setting, directed: tuple[str, ...] = (), *, quiet: bool = False
) -> Intent:
    """Somebody else's message becomes the question."""
    words = _question_in(replied, setting)
    files = (replied.attachment,) if replied.attachment else ()
    if not words and not files:
        return Misunderstood(origin=origin, quiet=quiet, key="usage-ask", arguments={"replied": 1})
    return Ask(
        origin=origin,
        quiet=quiet,
        event_id=replied.origin.event_id,
        by=replied.origin.sender,
        said_at=replied.origin.at,
        thread_root=replied.origin.thread_root or replied.origin.event_id,
        text=words or _file_name(replied.attachment),
        tags=text.tags(words),
        directed_to=directed,
        attachments=files,
    )


def _question_in(said: Said, setting: Setting) -> str:
    """The words of a message that is made a question; a command other than `!ask` has none."""
    invocation = invoked(said, setting)
    if invocation and invocation.name in setting.commands.by_name:
        return invocation.rest if _asks(invocation, setting) else ""
    return _unaddressed(said, setting)


def _directed(words: str, said: Said, setting: Setting) -> tuple[tuple[str, ...], str]:
    """The people named at the very start, and the words behind their names."""
    names = {shown.strip(): who for who, shown in text.pills(said.html).items() if shown.strip() and who != setting.me}
    names |= {who.partition(":")[0]: who for who in said.mentions or () if who != setting.me}
    names |= {who: who for who in text.plain_ids(words) if who != setting.me}
    longest_first = sorted(names, key=len, reverse=True)
    directed: list[str] = []
    while first := next((n for n in longest_first if _starts_with_name(words, n)), None):
        if len(directed) == MOST_DIRECTED:
            break
        directed.append(names[first])
        words = words[len(first) + words.startswith("@" + first) :].lstrip(" :,\t")
    return tuple(dict.fromkeys(directed)), words.strip()


def _starts_with_name(words: str, name: str) -> bool:
    bare = words[1:] if words.startswith("@") and not name.startswith("@") else words
    behind = bare[len(name) : len(name) + 2]
    other_server = name.startswith("@") and behind[:1] == ":" and behind[1:].isalnum()
    return bare.startswith(name) and not behind[:1].isalnum() and not other_server


def _reaction(reacted: Reacted, setting: Setting, known: Known) -> Intent | Ignored:
    origin, target, key = reacted.origin, reacted.target, reacted.key
    if key in ASKING:
        event = known.fetched.get(target)
        said = read_fetched(event, setting.me) if event else None
        return _ask_for(origin, said, setting, quiet=True) if isinstance(said, Said) else Ignored("nothing to ask")
    if known.private and key in ACCEPTING and known.prompted(target):
        return Consent(origin=origin, quiet=True, target=target)
    if not known.tracked(target):
        return Ignored("reaction")
    ref = Ref(None, target)
    if key in ACCEPTING:
        return Accept(origin=origin, quiet=True, ref=ref, answer=target)
    if key in TAKING:
        return TakeSuggestion(origin=origin, quiet=True, ref=ref, place=TAKING[key])
    if key == CLAIMING:
        return Claim(origin=origin, quiet=True, ref=ref)
    if key in CLOSING:
        return Close(origin=origin, quiet=True, ref=ref)
    if key == FOLLOWING:
        return Follow(origin=origin, quiet=True, ref=ref)
    return Vote(origin=origin, quiet=True, ref=ref, key=key) if key in VOTES else Ignored("reaction")


def _edit(edited: Edited, setting: Setting, known: Known) -> Intent | Ignored:
    """An edit changes what is tracked; a message that was no question may become one."""
    said = replace(edited.said, origin=replace(edited.said.origin, sender=edited.origin.sender))
    invocation = invoked(said, setting)
    if known.tracked(edited.target):
        plain = invocation.rest if invocation else said.body
        words = _directed(plain if invocation else _unaddressed(said, setting), said, setting)[1]
        return Edit(
            origin=edited.origin, quiet=True, target=edited.target, text=words, plain=plain, tags=text.tags(words)
        )
    original = _original(edited, setting, known)
    if invocation is None or original is None or not _asks(invocation, setting) or known.private:
        return Ignored("edit")
    placed = replace(said, origin=replace(original.origin, reply_to=None))
    intent = ask(placed, invocation.rest, known, setting)
    return replace(intent, origin=edited.origin) if isinstance(intent, Ask) else Ignored("edit")


def _original(edited: Edited, setting: Setting, known: Known) -> Said | None:
    """The message that was edited, where it is the editor's own."""
    event = known.fetched.get(edited.target)
    original = read(event, setting.me) if event else None
    return original if isinstance(original, Said) and original.origin.sender == edited.origin.sender else None
