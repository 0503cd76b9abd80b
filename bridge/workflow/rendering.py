"""Effects as message content, in the language of whoever reads them; the audience is asked once more."""

from collections.abc import Callable, Mapping
from typing import Any

from bridge.chat.render import help as help_text
from bridge.chat.render import question as show
from bridge.chat.render.content import Content, Line, as_reply, in_thread, line, notice, reaction
from bridge.chat.render.found import Match, matches
from bridge.chat.words import Words
from bridge.domain.questions import Question
from bridge.domain.results import Argument
from bridge.workflow import digesting, expert_lists, informing, picturing, reporting
from bridge.workflow.desk import private_view
from bridge.workflow.effects import (
    Acknowledge,
    DigestToPerson,
    DigestToRoom,
    Effect,
    Inform,
    Remove,
    Reply,
    SayByRule,
    SayInTriage,
    ShowExperts,
    ShowGaps,
    ShowHelp,
    ShowList,
    ShowQuestion,
    ShowSearch,
    ShowStatistics,
    ShowTrend,
    Tell,
    Told,
)
from bridge.workflow.finding import Listed
from bridge.workflow.materials import Materials
from bridge.workflow.notices import is_still_so
from bridge.workflow.phrasing import lines
from bridge.workflow.rule_words import said_by_rule
from bridge.workflow.triage_words import noted, say_in_triage, words_of

PEOPLE = frozenset({"person", "author"})
"""Arguments that are user ids and are shown by display name."""

Placed = Reply | ShowList | ShowSearch | ShowQuestion | ShowHelp | ShowExperts | ShowGaps | ShowStatistics | ShowTrend


def card(question: Question, materials: Materials) -> Content | None:
    """None where the room has left its space since."""
    viewer = materials.viewer(question.room_id)
    if not materials.may_write(question.room_id) or not materials.visible(question.number, viewer):
        return None
    scene = materials.scene(materials.words_of(question.room_id), question.room_id)
    told = materials.told(question, question.room_id)
    return show.card(told, materials.discussed(question, question.room_id), scene, materials.suggestions(question))


def rendered(effect: Effect, materials: Materials) -> Content | None:
    """None where nobody may be told any more, or the room is encrypted and we cannot encrypt."""
    if isinstance(effect, Remove):
        return informing.parting(effect, materials)
    if not materials.may_write(effect.room_id):
        return None
    render = RENDERERS.get(type(effect))
    return render(effect, materials) if render else None


def _placed(content: Content, effect: Placed) -> Content:
    if effect.thread_root:
        return in_thread(content, effect.thread_root, effect.reply_to or effect.thread_root)
    return as_reply(content, effect.reply_to) if effect.reply_to else content


def _named(arguments: Mapping[str, Argument], room_id: str, materials: Materials) -> dict[str, Argument]:
    return {k: materials.name(room_id, v) if k in PEOPLE and isinstance(v, str) else v for k, v in arguments.items()}


def _reply(effect: Reply, materials: Materials) -> Content | None:
    if effect.about and not materials.visible(effect.about, materials.viewer(effect.room_id)):
        return None
    if effect.secluded and not materials.secluded(effect.room_id):
        return None
    language = materials.words_of(effect.room_id, effect.reader)
    arguments = _worded(_named(effect.arguments, effect.room_id, materials), materials, effect)
    return _placed(notice(lines(effect.key, arguments, "", language, materials), effect.mentions), effect)


def _worded(arguments: dict[str, Argument], materials: Materials, effect: Reply) -> dict[str, Argument]:
    """With the prefix of commands, which every message may use; a state is put into words, too."""
    arguments["prefix"] = materials.policy.setting.prefix
    if "state" in arguments:
        words_here = materials.words_of(effect.room_id, effect.reader)
        arguments["state"] = words_here.say(f"state-{arguments['state']}")
    return arguments


def _list(effect: ShowList, materials: Materials) -> Content:
    listed: Listed = materials.found
    scene = materials.scene(materials.words_of(effect.room_id, effect.reader), effect.room_id)
    questions = _still_shown(listed, effect.room_id, materials)
    return _placed(show.listing(effect.heading, questions, _extent(listed), scene), effect)


def _search(effect: ShowSearch, materials: Materials) -> Content:
    listed: Listed = materials.found
    scene = materials.scene(materials.words_of(effect.room_id, effect.reader), effect.room_id)
    found = [
        Match(question, materials.discussed(question, effect.room_id), listed.terms[question.number])
        for question in _still_shown(listed, effect.room_id, materials)
    ]
    return _placed(matches(found, _extent(listed), scene), effect)


def _still_shown(listed: Listed, room_id: str, materials: Materials) -> list[Question]:
    """Those that may no longer be shown are left out."""
    viewer = materials.viewer(room_id)
    found = (materials.visible(number, viewer) for number in listed.page.numbers)
    return [materials.told(question, room_id) for question in found if question and not question.withdrawn]


def _extent(listed: Listed) -> show.Extent:
    page = listed.page
    return show.Extent(page.total, page.page, page.pages, page.more)


def _question(effect: ShowQuestion, materials: Materials) -> Content:
    question = materials.visible(effect.number, materials.viewer(effect.room_id))
    language = materials.words_of(effect.room_id, effect.reader)
    if question is None:
        gone = language.say("refused-no-such-question", {"number": effect.number})
        return _placed(notice([line(gone)]), effect)
    votes = materials.tx.questions.votes(question.number)
    told, discussion = materials.told(question, effect.room_id), materials.discussed(question, effect.room_id)
    scene = materials.scene(language, effect.room_id)
    return _placed(show.full(told, discussion, scene, votes, noted(question, effect.room_id, materials)), effect)


def _help(effect: ShowHelp, materials: Materials) -> Content:
    language = materials.words_of(effect.room_id, effect.reader)
    setting = materials.policy.setting
    if effect.topic:
        content = help_text.topic(setting.commands.by_name[effect.topic], language, setting.prefix)
    else:
        usable = [setting.commands.by_name[name] for name in effect.commands]
        content = help_text.overview(usable, language, setting.prefix)
    return _placed(content, effect)


def _tell(effect: Tell, materials: Materials) -> Content | None:
    """Told in private, and only what they could see in the room itself."""
    viewer = private_view(effect.person, materials.tx, materials.policy)
    found = [(materials.visible(told[0], viewer), told) for told in effect.told]
    seen = [(question, told) for question, told in found if question and is_still_so(told[1], question, effect.person)]
    if not seen or not materials.may_tell(effect.person):
        return None
    language = materials.words_of(seen[0][0].room_id, effect.person)
    return notice([_told(question, told, effect.person, language, materials) for question, told in seen])


def _told(question: Question, told: Told, person: str, language: Words, materials: Materials) -> Line:
    _, key, given = told
    arguments = _named({**given, "number": question.number}, question.room_id, materials)
    arguments["prefix"] = materials.policy.setting.prefix
    if "note" in given:
        note = materials.tx.notes.get(str(given["note"]))
        arguments["note"] = words_of(note, materials.direct_room(person), materials)
    shown = materials.told(question, materials.direct_room(person))
    return line(language.say(key, arguments), " ", show.linked(shown, materials.scene(language)))


def _acknowledge(effect: Acknowledge, _materials: Materials) -> Content:
    return reaction(effect.event_id, effect.sign)


def _trend(effect: ShowTrend, materials: Materials) -> Content | None:
    content = picturing.rendered(effect, materials)
    return _placed(content, effect) if content else None


RENDERERS: dict[type[Effect], Callable[[Any, Materials], Content | None]] = {
    Acknowledge: _acknowledge,
    Reply: _reply,
    SayInTriage: say_in_triage,
    SayByRule: said_by_rule,
    ShowList: _list,
    ShowSearch: _search,
    ShowQuestion: _question,
    ShowHelp: _help,
    Tell: _tell,
    DigestToRoom: digesting.rendered,
    DigestToPerson: digesting.rendered,
    ShowExperts: lambda effect, materials: _placed(expert_lists.experts(effect, materials), effect),
    ShowGaps: lambda effect, materials: _placed(expert_lists.gaps(effect, materials), effect),
    ShowStatistics: lambda effect, materials: _placed(reporting.rendered(effect, materials), effect),
    ShowTrend: _trend,
    Inform: informing.inform,
}
"""What puts an effect into words; None where nobody may be told any more."""
