# The words of askbridge. $number is a question's number, $prefix what commands start with, $person a display name.

## The card

state-open = open
state-claimed = claimed
state-answered = answered
state-closed = closed
state-open-for = open, for { $person }
state-claimed-by = claimed by { $person }
state-closed-because = closed ({ $reason })
state-forgotten = { $state }, its text was deleted
reason-withdrawn = withdrawn
reason-no-answer = without an answer
escalated = moderators called
triage-in = in { $room }
triage-hint = 🙋 claims, ✅ accepts the newest answer, ❌ closes. Commands work in this thread, such as { $prefix }assign @bob
triage-note = Note by { $person }: { $note }
triage-note-withdrawn = A note by { $person } was taken back.
triage-escalated = { $person } asks moderators to look at Q{ $number }{ $note ->
    [none] .
   *[other] : { $note }
}
triage-escalated-by-rule = A rule asks moderators to look at Q{ $number }.
state-duplicate = closed (asked before)
state-duplicate-of = closed (asked before: Q{ $number })
asked-times = asked { $count } times
asked-by = asked by { $person }
asked-by-external = asked by { $person } (external, { $space })
card-hint = Answer in this thread. { $prefix }answered or ✅ on the best answer settles it.
card-suggestions = Perhaps answered already:
card-take-first = { $count ->
    [1] If so, the asker reacts here with ✅, and this question is closed.
   *[other] If so, the asker reacts here with { $marks } (✅ for the first), and this question is closed.
}
card-take = If so, the asker reacts here with { $marks }, and this question is closed.
card-accepted = Accepted answer by { $person }
card-proposed = Proposed answer by { $person }
nudge = { $person }: is the answer by { $author } what you needed? Accept it with ✅ or { $prefix }answered.

## Lists

list-unanswered = { $count ->
    [0] No unanswered questions.
    [one] 1 unanswered question
   *[other] { $count } unanswered questions
}
list-unanswered-many = More than { $count } unanswered questions
list-questions = { $count ->
    [0] No questions found.
    [one] 1 question
   *[other] { $count } questions
}
list-questions-many = More than { $count } questions
list-mine = { $count ->
    [0] No questions asked by you or assigned to you.
    [one] 1 question asked by you or assigned to you
   *[other] { $count } questions asked by you or assigned to you
}
list-mine-many = More than { $count } questions asked by you or assigned to you
search-found = { $count ->
    [0] Nothing found. Try fewer words, or others.
    [one] 1 question found
   *[other] { $count } questions found
}
search-found-many = More than { $count } questions found; these fit best
list-more = Page { $page } of { $pages }. For the next one, add page:{ $next }
priority-low = low priority
priority-normal = normal priority
priority-high = high priority
priority-urgent = urgent
untold = in an encrypted room
show-untold = What was written stays in the encrypted room; the links lead there.
show-notes = { $count ->
    [one] 1 note
   *[other] { $count } notes
}
show-forgotten = The text of this question was deleted for good. Its number stays.
held = kept for good
show-answers = { $count ->
    [0] No answers yet.
    [one] 1 answer
   *[other] { $count } answers
}
standing-proposed = proposed
standing-accepted = accepted
standing-endorsed = accepted and endorsed
votes = votes { $score }

## What followers are told

told-answered = Q{ $number } is answered:
told-closed = Q{ $number } was closed:
told-reopened = Q{ $number } is open again:
told-assigned = { $person } asks you to answer Q{ $number }{ $note ->
    [none] :
   *[other] {" "}(“{ $note }”):
}
told-your-turn = It is your turn to answer Q{ $number }:
told-reminded = Q{ $number } still waits for your answer. If you cannot, { $prefix }unclaim { $number } gives it back:
told-escalated = { $person } asks moderators to look at Q{ $number }{ $note ->
    [none] :
   *[other] {" "}(“{ $note }”):
}
told-escalated-by-rule = A rule asks moderators to look at Q{ $number }:
assigned-away = Q{ $number } is for { $person } now, who is away until { $until }.
told-answer-withdrawn = Q{ $number } is open again, its accepted answer was withdrawn:

## Help

help-intro = I keep track of questions in this room until they are answered.
help-more = Write { $prefix }help and the name of a command to learn more about it. Reactions work too: ❓ makes a message a question, ✅ accepts an answer, 🙋 claims, 👀 follows, 👍 and 👎 vote.
help-aliases = Also: { $names }
group-ask = Ask
group-answer = Answer
group-work = Look after questions
group-find = Find
group-access = Access
group-self = For yourself
help-ask = Ask a question.
    .details = The first line is the title. A #word is a tag. Name people at the start to direct it to them. As a reply without text, it turns the message replied to into a question. Mentioning me asks, too.
help-answer = Answer a question without opening its thread.
    .details = In the thread of a question every message by others is an answer; this command is for elsewhere.
help-answered = Settle a question.
    .details = As a reply to an answer, it accepts that answer; in a thread, the newest answer by somebody else. With a text, the text becomes the answer. The asker and moderators accept; a word by anybody else proposes the answer to the asker.
help-claim = Say that you take care of a question.
    .details = Others see who is on it. The same as 🙋 on the question.
help-unclaim = Give a claimed question back.
    .details = It is open to everybody again. Moderators may do this for others.
help-close = Close a question that needs no answer any more.
    .details = Say why, if you like. For the asker, the assignee and moderators.
help-assign = Say who is to answer a question.
    .details = They are told, and the card shows it. They must be in the question’s room. What you write behind the name is for them; “me” is yourself. Who stays silent is reminded once; then the next in line is asked.
help-tag = Add tags to a question, or take some away.
    .details = +vpn or vpn adds, -vpn takes away; several at once are fine. A question has ten tags at most.
help-priority = Say how urgent a question is.
    .details = low, normal, high or urgent.
help-noanswer = Close a question that stays without an answer.
    .details = No answer is needed, or there is none to be had. For the asker, the assignee and moderators.
help-escalate = Ask moderators to look at a question.
    .details = It gets high priority, and they are told once. Say why, if you like. For the asker, the assignee and staff.
help-note = Write a note that only the triage room sees.
    .details = It stands under the question’s card there, and { $prefix }show shows it there. Edit or remove your message to change it.
help-duplicate = Close a question that was asked before.
    .details = It gets a link to the other one, and who follows it follows that one from now on. For the asker, the assignee and moderators. { $prefix }reopen undoes it.
help-reopen = Open a settled question again.
    .details = Accepted answers are accepted no longer. For the asker, the assignee and moderators.
help-follow = Be told what becomes of a question, or of what is asked under a tag, in a space, by a person.
    .details = I write to you in a direct chat when a question is answered, closed or opened again, and when a new one comes with a tag (tag:vpn), in a space (space:acme), or from a person, who may also be the one who answers. The same as 👀 on a question. In our direct chat, without more words: what you follow.
help-unfollow = Stop following a question, a tag, a space, a person.
    .details = I no longer write to you about it.
help-hold = Keep a question from being deleted when its time is over.
    .details = Its text then outlasts the retention of its space, and what its people ask to be forgotten. “off” lets it go again. For moderators.
help-forget = Have everything deleted that you wrote to me.
    .details = I first say what goes and what stays, in our direct chat, and do it once you confirm. “me” is the only word it takes, and it means you.
help-unanswered = List questions that wait for an answer, the oldest first.
    .details = Filters in any order: here, space:…, tag:…, by:@…, assigned:@…, assigned:none, assigned:me, older:2d, since:7d, from:external, priority:high, page:2.
help-questions = List questions, the newest first.
    .details = Filters in any order: here, space:…, tag:…, by:@…, assigned:@…, is:open, is:claimed, is:answered, is:closed, older:2d, since:7d, from:external, priority:high, page:2.
help-search = Find questions by words, the best first.
    .details = Looks in questions, answers and tags; case, accents and small misspellings do not matter. Filters such as is:answered or tag:vpn may stand among the words; what stands in quotes is no filter.
help-mine = List what you asked and what is assigned to you.
    .details = It takes the same filters as { $prefix }questions.
help-show = Show a question with its answers.
    .details = In a thread, the number may be left out.
help-audit = List what differs between rooms and the policy of their space.
    .details = With the name of a space, only that one. Each difference has a number; moderators say by “accept” and the number that it is meant so. What I had put right I then put back.
help-help = Show what I can do here.
    .details = With the name of a command, it explains that one.
help-language = Choose the language in which I answer you.
    .details = Cards keep the language of the room. “default” follows the room again.
language-now = { $language ->
    [none] I answer you in the language of the room. Choose another one with { $prefix }language and one of: { $languages }
   *[other] I answer you in English. Choose another language with { $prefix }language and one of: { $languages }, or “default”.
}
language-chosen = { $language ->
    [none] From now on I answer you in the language of the room.
   *[other] From now on I answer you in English.
}

## What was not understood; the first three stand in usage lines for what the writer puts there

usage-text = text…
usage-filters = filters…
usage-command = [command]
broken = Something went wrong on my side, and I could not do that. Please tell the people who run me; the reference is { $reference }.
unreadable = I cannot read this message: its key has not reached me, although I asked for it. Please send the message again.
unreadable-unverified = I cannot read this message: your client gives keys only to devices it trusts, and it does not trust mine. Verify me, or ask the people who run me to run { $command }; then send the message again.
slowed = You are asking for a lot at once. I will do all of it, but others go first.
unknown-command = I do not know { $command }. Did you mean { $near }?
usage = Write: { $usage }
usage-unexpected = I cannot use “{ $word }” here. Write: { $usage }
usage-in-a-room = { $usage } works in a room only, where others can read it.
usage-ask = { $replied ->
    [0] A question needs words. Write: { $prefix }ask How do I …?
    [2] I cannot read the message that you reply to. Write the question yourself: { $prefix }ask How do I …?
   *[other] There is nothing to ask in that message. Write: { $prefix }ask How do I …?
}
usage-filter-unknown = { $hint ->
    [none] I do not know the filter “{ $word }”. Filters look like tag:vpn, older:2d or is:open.
   *[other] I do not know the filter “{ $word }”. Did you mean “{ $hint }”?
}
usage-filter-value = I cannot use “{ $word }”. For example: { $example }
usage-search = Say what to look for, too: “{ $word }” only narrows it down. Write: { $usage }
usage-tag = I cannot use “{ $word }” as a tag. For example: { $prefix }tag 42 +vpn -lan
usage-priority = I do not know the priority “{ $word }”. There are: low, normal, high, urgent
usage-person = “{ $word }” names nobody. Write the whole address, like @ann:acme.com, or mention the person.
usage-date = I cannot tell when “{ $word }” is. For example: for 30 days, until 31 December, until 2026-12-31
usage-date-ambiguous = “{ $word }” can be two days. Write { $first } or { $second }.
usage-granting-word = { $hint ->
    [none] I do not understand “{ $word }” here. Write: { $usage }
   *[other] I do not understand “{ $word }” here. Did you mean “{ $hint }”? Write: { $usage }
}

## What is refused

refused-not-unanswered = Q{ $number } is not waiting for an answer: it is { $state }. { $prefix }reopen { $number } opens it again.
refused-already-yours = Q{ $number } is yours already.
refused-already-claimed = Q{ $number } is claimed by { $person }. Talk to them, or wait for { $prefix }unclaim.
refused-assigned-already = Q{ $number } is for { $person } already.
refused-assignee-not-there = { $person } is not in the room of Q{ $number } and could not see it.
refused-enough-tags = Q{ $number } would have too many tags; the limit is { $limit }. Take one away first, like { $prefix }tag { $number } -lan
refused-tagged-already = That changes none of the tags of Q{ $number }.
refused-prioritized-already = Q{ $number } has that priority already.
refused-escalated-already = Moderators were asked to look at Q{ $number } a short while ago.
refused-may-not-escalate = Only its asker, its assignee, staff and moderators can bring Q{ $number } before moderators.
refused-words-stay = Words from encrypted rooms are not kept there, so Q{ $number } stays as it is.
refused-note-elsewhere = Notes are for staff alone. Write them in the triage room.
refused-no-triage-room = There is no triage room for Q{ $number }, so nobody would see a note.
refused-note-stays = This room is encrypted and the triage room is not. Write the note about Q{ $number } there.
refused-ask-elsewhere = Questions are not asked in a triage room. Ask in a room of the space; its card comes here.
refused-not-claimed = Nobody has claimed Q{ $number }.
refused-not-your-claim = Q{ $number } is claimed by { $person }. Only they and moderators can give it back.
refused-may-not-close = Only its asker, its assignee and moderators can close Q{ $number }.
refused-already-closed = Q{ $number } is closed already.
refused-same-question = Q{ $number } cannot be a duplicate of itself.
refused-withdrawn = Q{ $number } was withdrawn.
refused-forgotten = The text of Q{ $number } was deleted for good. Ask anew.
refused-held-already = Q{ $number } is kept for good already.
refused-not-held = Q{ $number } is not kept for good; it goes when its time is over.
refused-forgetting-already = I am deleting what you wrote already, and write to you when it is done.
refused-not-settled = Q{ $number } is open already.
refused-may-not-reopen = Only its asker, its assignee and moderators can open Q{ $number } again.
refused-closed = Q{ $number } is closed. { $prefix }reopen { $number } opens it again.
refused-said-already = You have said so before; Q{ $number } stays as it is.
refused-already-accepted = That answer to Q{ $number } was accepted by { $person } already.
refused-which-question = Which question? Give its number, like { $prefix }show 42, or write in its thread.
refused-no-such-question = There is no question Q{ $number } here.
refused-not-in-its-room = Q{ $number } belongs to another room. Join that room to work on it.
refused-ask-in-a-room = Questions are asked in a room, where others can answer. Write { $prefix }ask there.
refused-own-message = That message is mine; it cannot be a question.
refused-already-a-question = That message is a question already: Q{ $number }.
refused-in-a-thread = This thread belongs to Q{ $number }. Ask in the room itself.
refused-too-long = That is too long: { $count } characters. The limit is { $limit }.
refused-own-question = Q{ $number } is your own question. If you found the answer, write: { $prefix }answered { $number } and the answer.
refused-nothing-to-accept = Q{ $number } has no answer yet that could be accepted. Once there is one, reply to it with { $prefix }answered, or write { $prefix }answered { $number } and the answer.
refused-following-already = You follow Q{ $number } already.
refused-not-following = You do not follow Q{ $number }.
refused-no-such-command = There is no command { $command }. Did you mean { $near }?
refused-no-such-language = I do not speak “{ $language }”. I speak: { $languages }.

## Rooms and the policy of their space

room-mark = open to people from outside
drift-join_rule = who may join
drift-history = who may read what was said before
drift-guests = guest access
drift-encryption = encryption
drift-alias = address
drift-listed = room directory
drift-power = power level
drift-servers = servers that may take part
drift-parent = parent space
drift-integration = widget or bridge
drift-federation = taking part from other servers
drift-mark = the mark in name or topic
drift-label = the event for other programs
drift-remedy-rights = I lack the power level for that.
drift-remedy-reverted = It was changed again and again, so I leave it to you.
drift-remedy-refused = The homeserver did not let me.
drift-remedy-encrypt = You can turn encryption on; as long as it is switched off in my configuration I read nothing in encrypted rooms.
drift-remedy-remake = That cannot be changed in a room that exists: make a new one.
drift-remedy-upgrade = The version of the room does not know this: upgrade the room.
drift-remedy-family = No Matrix space is known whose members could come in: name one in the config (matrix_space).
drift-remedy-creator = Who made a room stands above everybody in it: make a new one.
drift-remedy-above = They stand as high as I do: ask them to lower it, or give me a higher power level.
drift-remedy-everybody = Everybody holds it: give a level to those who need one, then lower users_default.
drift-remedy-owned = Only the person to whom it belongs can remove it.
drift-remedy-look = Please check whether it belongs there.
told-drift-mended = { $who } changed { $room } against its policy: { $drift } was { $found }. I put it back to { $wanted }. If it was meant, a moderator may write { $prefix }audit accept { $number }
told-drift-would = { $who } changed { $room } against its policy: { $drift } is { $found } and ought to be { $wanted }. I only report this. If it was meant, a moderator may write { $prefix }audit accept { $number }
told-drift-rights = { $room } differs from its policy since a change by { $who }: { $drift } is { $found } and ought to be { $wanted }. I may not change { $event }: it needs power level { $needed }, I have { $has }. Give { $bot } power level { $needed }, or write { $prefix }audit accept { $number }
told-drift-refused = { $room } differs from its policy since a change by { $who }: { $drift } is { $found } and ought to be { $wanted }. The homeserver did not let me change it: { $problem }. Please do it yourself, or write { $prefix }audit accept { $number }
told-drift-stuck = { $room } differs from its policy since a change by { $who }: { $drift } is { $found } and ought to be { $wanted }. { $remedy } If it is meant so, write { $prefix }audit accept { $number }
told-drift-summary = I have compared the rooms of { $space } with its policy. Differences: { $count }, of which I put right: { $mended }, and only you can put right: { $stuck }. Rooms: { $rooms }. { $prefix }audit { $space } lists what is left.
audit-found = Differences from the policy: { $count }
audit-clean = Nothing differs from the policy.
audit-line = { $number }: { $room }: { $drift } is { $found } and ought to be { $wanted }; { $ago }, by { $who }.
audit-open = I only report this.
audit-due = I am about to put it right.
audit-accepted = A moderator has accepted it.
audit-lacks = { $room }: I may not change { $lacks }. My power level is { $has }: give { $bot } { $needed }.
audit-keeps = Accepted. { $drift } in { $room } may stay { $found }.
audit-restores = Accepted. I set { $drift } in { $room } back to { $found }.
refused-no-such-drift = There is no difference { $number }. { $prefix }audit lists what there is.
refused-drift-over = { $number } is gone already.

## Help about access

help-invite = Let somebody from outside in.
    .details = You vouch for them. Into all rooms of the space, or with “here” into this room only. Say until when and why; without an end it is as long as the space allows. In a direct chat, name the space. Where moderators decide, they are asked first.
help-extend = Let somebody’s access end later.
    .details = Without a day it is as long again as it was, from today. The same as ✅ on my warning.
help-revoke = End somebody’s access now.
    .details = I remove them from all rooms of this space, with “everywhere” from those of all spaces, and report when it is done.
help-externals = List who from outside may come in.
    .details = With their sponsor, the last day and the reason. For the next page, add page:2.
help-who = Say what somebody is to us.
    .details = Who vouches for them, since when, until when and why, and which of our rooms they are in.
help-requests = List what waits for a moderator’s word, or decide.
    .details = Moderators may also put ✅ on my message to approve.
help-terms = Show the terms of access again, or accept them.
    .details = I send them to you in our direct chat. ✅ on my message accepts them, too.

## Who has access

class-staff = one of our staff
class-trusted = treated like our staff
class-external = from outside, with access
class-outsider = from outside, without access
grant-live = in force
grant-requested = waits for a moderator
grant-terms = terms not accepted yet
grant-orphaned = the sponsor has left, somebody has to take over
grant-ended = over
grant-line = { $who }: { $scope ->
    [room] { $room }
   *[other] all rooms of { $space }
}, since { $since }, { $until ->
    [none] without an end
   *[other] until { $until }
}, sponsor { $sponsor }, { $standing }{ $reason ->
    [none] {""}
   *[other] , because: { $reason }
}
request-line = { $number }: { $who }, { $scope ->
    [room] { $room }
   *[other] all rooms of { $space }
}, { $until ->
    [none] without an end
   *[other] until { $until }
}, asked by { $by }{ $reason ->
    [none] {""}
   *[other] , because: { $reason }
}
externals-list = { $count ->
    [0] Nobody from outside has access
   *[other] From outside with access: { $count }
}{ $space ->
    [none] {""}
   *[other] {" "}({ $space })
}
requests-list = { $count ->
    [0] Nothing waits for a moderator.
   *[other] Waiting for a moderator: { $count }. Write { $prefix }requests approve or { $prefix }requests refuse and the number.
}
who-ours = { $who }: { $class }.
who-is = { $who }: { $class }. { $count ->
    [0] In none of our rooms.
   *[other] In our rooms: { $rooms }
}

## What is refused about access

refused-for-staff = That is only for people of this organisation. If you need it, ask whoever invited you.
refused-no-such-space = There is no space “{ $word }”. There are: { $list }
refused-which-space = Which space? Add space: and one of: { $list }
refused-no-extranet = No space here is for named people from outside. The people who run me can set one up (level: extranet).
refused-here-in-a-room = “here” means the room that you write in, and this one is not in { $space }. Write it in that room, or leave “here” out.
refused-space-internal = Only staff have a place in { $space }. Write this in a room for people from outside, or name such a space with space:
refused-space-open = Everybody may come into { $space }: { $who } needs no grant. Just invite them to the room.
refused-one-of-ours = { $who } is one of us and needs no grant. Just invite them to the room.
refused-one-of-ours-stays = { $who } is one of us; that is not mine to end. The people who run me can change it (people.staff, people.trusted, people.denied).
refused-that-is-me = That is me. Name the person who is to come in.
refused-person-denied = { $who } is kept out of all rooms by the config. Ask the people who run me (people.denied).
refused-server-not-allowed = { $space } lets in people from { $list } only, and { $who } is from elsewhere. Use their address there, or ask the people who run me to allow their server.
refused-end-past = { $until } is over already. Name a day that is still to come.
refused-end-too-late = That is longer than { $space } allows. The last day possible is { $until }.
refused-granted-already = { $who } has access already, { $until ->
    [none] without an end
   *[other] until { $until }
}; the sponsor is { $sponsor }. To change that: { $prefix }extend { $who }
refused-requested-already = Access for { $who } waits for a moderator already; { $sponsor } asked for it. { $prefix }requests shows it.
refused-no-grant = { $who } has no access to { $space }. { $elsewhere ->
    [none] { $prefix }invite { $who } would let them in.
   *[other] Elsewhere: { $elsewhere }. Name it with space:
}
refused-no-grant-anywhere = { $who } has no access anywhere and is in none of our rooms. Is the address right? { $prefix }externals lists all.
refused-no-end = The access of { $who } has no end. To give it one: { $prefix }extend { $who } until 2026-12-31
refused-ends-then-already = It is so already: { $who } has access { $until ->
    [none] without an end
   *[other] until { $until }
}. Name another day, like: { $prefix }extend { $who } until 2026-12-31
refused-no-moderators = In { $space } moderators decide about this, and it has none. Ask the people who run me to name some (people.moderators).
refused-may-not-revoke = Only the sponsor and moderators can end that. Ask { $sponsor }, who vouches for { $who }.
refused-no-such-request = There is no request { $number } that waits. { $prefix }requests lists those that do.
refused-moderators-only = Moderators decide about that. Ask one of them: { $list }
refused-no-terms = There are no terms for you to accept. If you expected some, ask whoever invited you.

## What people are told about access; $person and $who are user ids, since names can lie

told-granted = { $person } has access to { $scope ->
    [room] { $rooms }
   *[other] { $space }, all rooms
}, { $until ->
    [none] without an end
   *[other] until { $until }
}. You are their sponsor.{ $count ->
    [0] {" "}I am in no such room yet; they are invited as soon as I am.
   *[other] {""}
}
    { $then ->
    [terms] I am showing them the terms; once they accept, I invite them.
   *[other] I am inviting them.
}
    Longer: { $prefix }extend { $person }. End it: { $prefix }revoke { $person }
told-requested = What you asked for { $person } in { $space } waits for a moderator, { $until ->
    [none] without an end
   *[other] until { $until }
}. I tell you when it is decided. Its number is { $number }.
told-approve = { $by } asks to let { $person } into { $scope ->
    [room] { $rooms }
   *[other] { $space }, all rooms
}, { $until ->
    [none] without an end
   *[other] until { $until }
}{ $reason ->
    [none] {""}
   *[other] , because: { $reason }
}.
    ✅ here approves, or { $prefix }requests approve { $number }. To refuse: { $prefix }requests refuse { $number }
told-approve-end = { $by } asks to let the access of { $person } to { $space } end later: { $until ->
    [none] without an end
   *[other] until { $until }
}.
    ✅ here approves, or { $prefix }requests approve { $number }. To refuse: { $prefix }requests refuse { $number }
told-refused = { $by } did not approve access to { $space } for { $person }. Ask them for the reason.
told-refused-end = { $by } did not approve a later end for { $person }. It stays { $until ->
    [none] without an end
   *[other] until { $until }
}.
told-extended = { $person } has access to { $space } { $until ->
    [none] without an end
   *[other] until { $until }
} now (by { $by }). The sponsor is { $sponsor }.
told-extended-you = Your access to { $space } goes on, { $until ->
    [none] without an end
   *[other] until { $until }
}.
told-adopted = You are the sponsor of { $person } in { $space } now, { $until ->
    [none] without an end
   *[other] until { $until }
}. End it: { $prefix }revoke { $person }
told-orphaned = { $sponsor }, the sponsor of { $person } in { $space }, is no longer one of us. Access goes on { $until ->
    [none] without an end
   *[other] until { $until }
}{ $reason ->
    [none] {""}
   *[other] ; the reason was: { $reason }
}.
    ✅ here makes you the sponsor. To end it: { $prefix }revoke { $person }
told-warning = The access of { $person } to { $space } ends on { $until }, and I remove them then.
    ✅ here lets it go on as long again, or { $prefix }extend { $person }
told-warning-you = Your access to { $space } ends on { $until }. If you still need it, ask { $sponsor }, who can extend it.
told-lapsed = Nobody decided in time about access to { $space } for { $person }; the request is gone. You can ask anew: { $prefix }invite { $person }
told-revoked-by = { $by } ended the access of { $person } to { $space }{ $reason ->
    [none] {""}
   *[other] , because: { $reason }
}. You were the sponsor.
told-kept = { $person } still has access to { $space }: only { $sponsor }, who vouches for them, and moderators there can end that.
told-terms-accepted = { $person } accepted the terms of { $space }; I am inviting them.
told-terms-overdue = { $person } did not accept the new terms of { $space } in time, so I remove them. Once they accept, with { $prefix }terms in their direct chat with me, I invite them again.
terms-first = { $sponsor } wants to invite you to { $space }. Please read these terms first:
terms-anew = The terms of { $space } have changed. Please accept them by { $until }, or you cannot stay:
terms-ask = Do you accept these terms of { $space }? Put ✅ on this message, or write { $prefix }terms accept. If you have questions, ask { $sponsor }.

## At the doors of rooms

no-place-denied = You cannot be in rooms of this organisation. { $whom ->
    [none] If you think that is wrong, ask your contact here.
   *[other] If you think that is wrong, ask { $whom }.
}
no-place-internal = This room is for staff only. { $whom ->
    [none] If you think that is wrong, ask your contact here.
   *[other] If you think that is wrong, ask { $whom }.
}
no-place-server = People from your homeserver cannot be in this room. { $whom ->
    [none] If you think that is wrong, ask your contact here.
   *[other] If you think that is wrong, ask { $whom }.
}
no-place-requested = Your access to this room is not approved yet. I invite you as soon as it is. { $whom ->
    [none] If you think that is wrong, ask your contact here.
   *[other] If you think that is wrong, ask { $whom }.
}
no-place-ungranted = You have no access to this room. { $whom ->
    [none] Ask your contact here to write { $prefix }invite for you.
   *[other] Ask { $whom } to write { $prefix }invite for you.
}
no-place-ended = Your access to this room has ended. { $whom ->
    [none] If you still need it, ask your contact here to write { $prefix }invite for you.
   *[other] If you still need it, ask { $whom } to write { $prefix }invite for you.
}
no-place-terms = You have not accepted the terms for this room yet. I sent them to you in our direct chat; { $prefix }terms shows them again there. Once you accept, I invite you. { $whom ->
    [none] Your contact here can answer questions.
   *[other] For questions, ask { $whom }.
}
why-denied = the config keeps them out everywhere (people.denied)
why-internal = the room is for staff only
why-ungranted = nobody has granted them access
why-server = the space lets in nobody from that server
why-requested = their access is not approved yet
why-terms = they have not accepted the terms
why-ended = their access has ended
membership-join = was in the room
membership-invite = was invited
membership-knock = asked to come in
told-removed = I put { $person } out of { $room } ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Invited by { $by }.
} If they ought to come in, see { $prefix }help invite
told-inviter = You invited { $person } to { $room }, and I had to put them out: { $why }. If they ought to come in, write in that room: { $prefix }invite { $person }
told-inviter-never = You invited { $person } to { $room }, and I had to put them out: { $why }. Meet them in a room that is open to people from outside, or ask the people who run me.
told-would-remove = I would put { $person } out of { $room } ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Invited by { $by }.
} I did nothing, as this space is set to enforce: report.
told-waiting = { $person } has no place in { $room } ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Invited by { $by }.
} I remove nobody for now: that waits for { $prefix }enforce confirm, or for a config that can be loaded.
told-stuck-rights = { $person } has no place in { $room } ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Invited by { $by }.
} I may not remove anybody there. Give { $bot } the power level { $power } in that room, or remove them yourself.
told-stuck-themselves = { $person } has no place in { $room } ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Invited by { $by }.
} I cannot remove them, as their power level is not below mine. Lower theirs and give { $bot } at least { $power }, or remove them yourself.
told-would-remove-all = People whom I would put out: { $count } – { $list }{ $more ->
    [0] {""}
   *[other] , and { $more } more
}. I did nothing, as these spaces are set to enforce: report. { $prefix }enforce shows all.
told-stuck-all = People who have no place where they are, and whom I cannot remove: { $count } – { $list }{ $more ->
    [0] {""}
   *[other] , and { $more } more
}. Give { $bot } a power level above theirs that may remove people, or remove them yourself. { $prefix }enforce shows all.
told-halted = People who have no place where they are: { $count } – { $list }{ $more ->
    [0] {""}
   *[other] , and { $more } more
}. That is more than I remove without asking. Please look at them; { $prefix }enforce confirm carries it out.
told-revoked = It is done: the access of { $person } is revoked. Rooms they are out of: { $count }.{ $stuck ->
    [0] {""}
   *[other] {" "}I could not remove them from: { $rooms }. Do it there yourself, or give { $bot } a higher power level than theirs.
}{ $problem ->
    [none] {""}
   *[other] {" "}The homeserver said: { $problem }
}
told-ended = { $person } has no access any more. Rooms they are out of: { $count }.{ $stuck ->
    [0] {""}
   *[other] {" "}I could not remove them from: { $rooms }. Do it there yourself, or give { $bot } a higher power level than theirs.
}{ $problem ->
    [none] {""}
   *[other] {" "}The homeserver said: { $problem }
}
told-not-invited = I could not invite { $person } to { $room }: { $problem }. Invite them there yourself, or give { $bot } the right to.

## Enforcement, and what the homeserver is told that asks first

help-enforce = Show who is where they have no place, or let removals go ahead.
    .details = When many removals come due at once, I wait for a moderator: look at the list, then add “confirm”. If the list looks wrong, have the config checked first.
enforce-now = { $count ->
    [0] Nobody is where they have no place.
   *[other] Waiting for { $prefix }enforce confirm: { $waiting }. Beyond my power: { $stuck }. Only reported: { $report }.
}{ $list ->
    [none] {""}
   *[other] {" "}Among them: { $list }
}
enforce-confirmed = { $count ->
    [one] 1 removal goes ahead.
   *[other] { $count } removals go ahead.
}
refused-for-moderators = Moderators decide about that. Ask a moderator of this room.
refused-nothing-waits = No removal is waiting. { $prefix }enforce shows how things stand.
told-impersonation = { $person } goes by the name “{ $name }” in { $room }, which looks like that of { $resembles }. If that misleads people, ask them to change it, or remove them.
told-taken-back = { $by } invited somebody by mail or phone ({ $name }) into { $room }. I took it back, since nobody could tell who follows it. Let people in by their Matrix address: { $prefix }invite @name:server
told-would-take-back = { $by } invited somebody by mail or phone ({ $name }) into { $room }. I would take it back; I only report this.
told-not-taken-back = { $by } invited somebody by mail or phone ({ $name }) into { $room }, and I may not take it back. Please do so, or give { $bot } a higher power level.
module-state = The policy of this space does not allow that: it would be { $found } and ought to be { $wanted }. Ask the people who run the bot to change the policy.
module-invite-by-mail = Nobody can tell who follows an invite by mail or phone. Let people in by their Matrix address: { $prefix }invite @name:server
module-invite-internal = This room is for staff only. Invite { $person } to a room that is open to people from outside.
module-invite-denied = { $person } is kept out of all rooms. Ask the people who run the bot.
module-invite-server = People from the server of { $person } are not let in here. Ask the people who run the bot to allow it.
module-invite-ungranted = { $person } has no access to this room yet. Write here: { $prefix }invite { $person }

## Keeping and forgetting

forget-ask = You want everything deleted that you wrote to me. I would delete: the text of your questions and answers and your notes, your name on your reactions, what you chose and follow. What stays: numbers, times and counts, without your name; who did what and when, in the log that cannot be changed; your access to rooms; what moderators keep for good. Your messages in the rooms themselves stay, too: delete those in your client. This cannot be undone. To confirm, put ✅ on this message within a day, or write { $prefix }forget me confirm.
forget-begun = I am deleting what you wrote to me, and write to you when it is done.
forget-done = { $held ->
    [0] It is done: what you wrote to me is deleted.
    [one] It is done: what you wrote to me is deleted, except in 1 question that moderators keep for good. Ask them about it.
   *[other] It is done: what you wrote to me is deleted, except in { $held } questions that moderators keep for good. Ask them about it.
}

## Digests

help-digest = Get a summary each day or each week: what is new, answered, and still unanswered.
    .details = In a room, for the room (moderators); in our direct chat, for yourself. With filters it keeps to what they let through. Nothing is sent where there is nothing to tell.
usage-digest = Say how often and when: { $prefix }digest daily 09:00, { $prefix }digest weekly mon 09:00, or { $prefix }digest off
digest-now = { $every ->
    [off] There is no digest here yet: { $prefix }digest daily 09:00 asks for one.
    [daily] There is a digest each day at { $time } ({ $zone }).
   *[weekly] There is a digest each { $weekday ->
        [0] Monday
        [1] Tuesday
        [2] Wednesday
        [3] Thursday
        [4] Friday
        [5] Saturday
       *[other] Sunday
    } at { $time } ({ $zone }).
}{ $filters ->
    [none] {""}
   *[other] {" "}Filters: { $filters }
}
digest-set = { $every ->
    [daily] From now on there is a digest each day at { $time } ({ $zone }).
   *[weekly] From now on there is a digest each { $weekday ->
        [0] Monday
        [1] Tuesday
        [2] Wednesday
        [3] Thursday
        [4] Friday
        [5] Saturday
       *[other] Sunday
    } at { $time } ({ $zone }).
}{ $filters ->
    [none] {""}
   *[other] {" "}Filters: { $filters }
}
digest-off = There will be no more digests here.
digest-title = Digest · { $age }
digest-new = New: { $count }
digest-answered = Answered: { $count }
digest-unanswered = Unanswered, oldest first: { $count }
digest-more = All of them: { $prefix }unanswered, { $prefix }questions
refused-digest-for-moderators = The digest of a room is for its moderators to set. For one of your own, write { $prefix }digest to me in our direct chat.
refused-no-digest = There is no digest here.
refused-digest-without-tags = I keep no words of encrypted rooms, so a digest here cannot go by tags.

## Following, experts, what people tell of themselves

usage-follow = Say what: a question (42), a tag (tag:vpn), a space (space:acme), a person (@alice:example.org), or filters together. Write: { $usage }
refused-no-space-to-follow = There is no space “{ $word }” that you can see.
refused-keeps-no-words = I keep no words of encrypted rooms. Write this in a room or chat that is not encrypted.
refused-follows-enough = You follow { $limit } things already. { $prefix }unfollow one of them first.
refused-follows-that-already = You follow that already.
refused-follows-no-such-thing = You do not follow that. Write { $prefix }follow in our direct chat to see what you follow.
follows-now = Tags, spaces and people that you follow: { $count }. Questions: { $questions }. More by { $prefix }follow tag:vpn or { $prefix }follow @alice:example.org, fewer by { $prefix }unfollow
list-followed = Questions you follow: { $count }
told-asked = New question Q{ $number }:
told-answer-by = { $author } answered Q{ $number }:
told-expert = You may know the answer to Q{ $number }, and nobody has taken it yet:
told-nudge = Your question Q{ $number } has an answer. If that is it, put ✅ on it there, or write { $prefix }answered there. If not, you need do nothing:
help-notify = Choose what I write to you for.
    .details = “all”: everything that you follow. “mentions”: only what is about you, such as an assignment. “off”: nothing but what you ask me for.
notify-now = { $notify ->
    [all] I write to you about everything that you follow.
    [mentions] I write to you only about what concerns you yourself.
   *[off] I write to you about nothing but what you ask me for.
} Change it with { $prefix }notify all, { $prefix }notify mentions or { $prefix }notify off
notify-set = { $notify ->
    [all] From now on I write to you about everything that you follow.
    [mentions] From now on I write to you only about what concerns you yourself.
   *[off] From now on I write to you about nothing but what you ask me for.
}
help-profile = Say or see what you tell of yourself: languages, region, working hours, time zone, quiet hours.
    .details = In your quiet hours I do not write to you; it waits. “none” takes something back. Our staff see your languages, region, expertise and hours with { $prefix }profile and your name.
usage-profile = I do not understand that. For example: { $prefix }profile languages fr, en – { $prefix }profile hours 09:00-17:00 – { $prefix }profile zone Europe/Paris – { $prefix }profile quiet 22:00-07:00 – { $prefix }profile region Lyon – { $prefix }profile quiet none
profile-now = What you told me of yourself:
    Languages: { $languages }
    Region: { $region }
    Expertise: { $expertise }
    Working hours: { $hours }
    Quiet hours: { $quiet }
    Time zone: { $zone }
    Messages from me: { $notify ->
        [all] about all that you follow
        [mentions] only about what concerns you
       *[off] none but what you ask for
    }{ $until ->
        [none] {""}
       *[other] . Away until { $until }
    }
    Change it with { $prefix }profile hours 09:00-17:00 and the like, { $prefix }expertise +vpn, { $prefix }notify
profile-of = What { $person } says of themselves:
    Languages: { $languages }
    Region: { $region }
    Expertise: { $expertise }
    Working hours: { $hours } (time zone: { $zone }){ $until ->
        [none] {""}
       *[other] . Away until { $until }
    }
refused-no-profile = { $person } has told me nothing of themselves.
refused-no-such-languages = I cannot use “{ $word }”. Write codes with two or three letters, like: fr, en
refused-no-such-zone = I know no time zone “{ $word }”. For example: { $near }
refused-no-such-hours = I cannot use “{ $word }” as hours. For example: 09:00-17:00, or over midnight 22:00-07:00
refused-too-much-expertise = You can name up to { $limit } tags. Take some away first: { $prefix }expertise -lan
help-expertise = Say what you know about, or see what you said.
    .details = By tags, like +vpn and -lan. You may then be asked about questions with these tags.
usage-expertise = “{ $word }” is no tag. For example: { $prefix }expertise +vpn -lan
expertise-now = What you say you know about: { $expertise }. Change it with { $prefix }expertise +vpn -lan
help-experts = Show who knows about something.
    .details = By accepted answers under the tag, of which later ones count more, and by what people say of themselves. Only people and answers that may be shown here.
experts-title = Who knows about { $tag }:
experts-none = Nobody is known here for { $tag } yet. Whoever knows about it may say so by { $prefix }expertise
expert-line = { $person }: accepted answers: { $count }{ $declared ->
    [yes] ; says so themselves
   *[no] {""}
}{ $away ->
    [yes] ; away
   *[no] {""}
}
help-gaps = Show what is asked often and nobody is known for.
    .details = Tags of the questions of the last months that may be shown here.
gaps-title = Asked often in the last { $days } days, and nobody is known for it:
gaps-none = In the last { $days } days nothing was asked often that nobody is known for.
gap-line = { $tag } – questions: { $count }

## Statistics

help-stats = Show how things stand: new, answered and waiting questions, and how long answers take.
    .details = Of the last 30 days, or of a time that you name, such as 7d or 12w. Filters narrow it. A picture follows.
usage-stats-time = I look back over 1 to 92 days. For example: 7d, 30d, 12w
stats-title = Statistics · { $period } (in brackets: the same time before)
stats-counting = I am still counting: { $share } of all questions are in here by now.
stats-empty = Nothing was asked or answered in this time, and nothing is waiting.
stats-part = Estimated: I looked at one question in { $count }.
stats-asked = New: { $amount } ({ $before })
stats-answered = Answered: { $amount } ({ $before })
stats-closed = Closed without an answer: { $amount } ({ $before })
stats-deflected = Settled by an earlier answer: { $amount } ({ $before })
stats-waiting = Waiting now: { $amount } ({ $before })
stats-rate = New ones that are answered by now: { $share } ({ $before })
stats-deflection-rate = New ones settled by an earlier answer: { $share }
stats-response = First response: half within { $median } ({ $before }), nine in ten within { $most }
stats-answer = Accepted answer: half within { $median } ({ $before }), nine in ten within { $most }
stats-at-work = … in business hours: half within { $median } ({ $before }), nine in ten within { $most }
stats-hours = Busiest hour: { $hours }, with { $share } of the new ones
stats-tags = Tags: { $list }
stats-helpers = Most accepted answers: { $list }
stats-space = In { $space }: new { $asked }, answered { $answered }, first response { $median }
stats-inside = Asked by staff: new { $asked }, answered { $answered }, first response { $median }
stats-outside = Asked from outside: new { $asked }, answered { $answered }, first response { $median }
stats-worth = Estimated worth: { $value }; answered questions: { $amount }
chart-title = Questions, { $period }
chart-asked = New
chart-answered = Answered
chart-waiting = Waiting
chart-described = Chart from { $since } to { $until }: new questions { $asked }, answered { $answered }. Waiting: { $first } at the beginning, { $most } at most, { $waiting } at the end.

## Rules and absence

told-by-rule = You should know of Q{ $number }:
told-team-busy = Nobody on the team { $team } is free for Q{ $number }. Can you take it?
told-team-away = Q{ $number } is for the team { $team }, and nobody on it can be reached. Please find somebody:
help-why = Say which rules matched a question, and why.
    .details = Which rules they are is for our staff only; others see how many matched.
rules-counted = { $count ->
    [0] No rule matched Q{ $number }.
    [one] One rule matched Q{ $number }.
   *[other] { $count } rules matched Q{ $number }.
}
rules-named = Rules that matched Q{ $number }:
rule-line = “{ $rule }”, because: { $because }{ $done ->
    [none] .
   *[other] . Done: { $done }.
}
rule-always = it is for every question
rule-gone = the rule is no longer in my config
rule-because-space = space: { $value }
rule-because-room = room: { $value }
rule-because-text = the text matches “{ $value }”
rule-because-from = the asker is { $value }
rule-because-language = language: { $value }
rule-because-tag = tag: { $value }
rule-because-priority = then: { $value }
rule-because-assigned = { $value ->
    [yes] somebody was to answer
   *[no] nobody was to answer
}
rule-because-hours = { $value ->
    [open] it was within business hours
   *[closed] it was outside of business hours
}
rule-because-unanswered-for = it waited in business hours for { $value }
rule-did-assign = given to { $person }
rule-did-tell = nobody of the team { $team } was free, others were told
rule-did-escalate = moderators were called
help-away = Say that you are away, or back.
    .details = Until then teams give you no questions. With { $prefix }away off you are back.
away-now = { $until ->
    [none] You are not away: teams can give you questions.
   *[other] You are away until { $until }, that day included. With { $prefix }away off you are back.
}
refused-away-past = That time has passed already. For example: { $prefix }away until friday
somebody-forgotten = somebody who was forgotten
