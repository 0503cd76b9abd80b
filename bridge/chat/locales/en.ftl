# The words of askbridge. $number is a question's number, $prefix what commands start with, $person a display name.

## The card

state-open = open
state-claimed = claimed
state-answered = answered
state-closed = closed
state-open-for = open, for { $person }
state-claimed-by = claimed by { $person }
state-closed-because = closed ({ $reason })
reason-withdrawn = withdrawn
asked-by = asked by { $person }
asked-by-external = asked by { $person } (external, { $space })
card-hint = Answer in this thread. { $prefix }answered or ✅ on the best answer settles it.
card-accepted = Accepted answer by { $person }
card-proposed = Proposed answer by { $person }
nudge = { $person }: is the answer by { $author } what you needed? Accept it with ✅ or { $prefix }answered.

## Lists

list-unanswered = { $count ->
    [0] No unanswered questions.
    [one] 1 unanswered question
   *[other] { $count } unanswered questions
}
list-questions = { $count ->
    [0] No questions found.
    [one] 1 question
   *[other] { $count } questions
}
list-mine = { $count ->
    [0] No questions asked by you or assigned to you.
    [one] 1 question asked by you or assigned to you
   *[other] { $count } questions asked by you or assigned to you
}
list-more = Page { $page } of { $pages }. For the next one, add page:{ $next }
priority-low = low priority
priority-normal = normal priority
priority-high = high priority
priority-urgent = urgent
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
told-answer-withdrawn = Q{ $number } is open again, its accepted answer was withdrawn:

## Help

help-intro = I keep track of questions in this room until they are answered.
help-more = Write { $prefix }help and the name of a command to learn more about it. Reactions work too: ❓ makes a message a question, ✅ accepts an answer, 🙋 claims, 👀 follows, 👍 and 👎 vote.
help-aliases = Also: { $names }
group-ask = Ask
group-answer = Answer
group-work = Look after questions
group-find = Find
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
help-reopen = Open a settled question again.
    .details = Accepted answers are accepted no longer. For the asker, the assignee and moderators.
help-follow = Be told what becomes of a question.
    .details = I write to you in a direct chat when it is answered, closed or opened again. The same as 👀 on it.
help-unfollow = Stop following a question.
    .details = I no longer write to you about it.
help-unanswered = List questions that wait for an answer, the oldest first.
    .details = Filters in any order: here, space:…, tag:…, by:@…, assigned:@…, assigned:none, assigned:me, older:2d, since:7d, from:external, priority:high, page:2.
help-questions = List questions, the newest first.
    .details = Filters in any order: here, space:…, tag:…, by:@…, assigned:@…, is:open, is:claimed, is:answered, is:closed, older:2d, since:7d, from:external, priority:high, page:2.
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
slowed = You are asking for a lot at once. I will do all of it, but others go first.
unknown-command = I do not know { $command }. Did you mean { $near }?
usage = Write: { $usage }
usage-unexpected = I cannot use “{ $word }” here. Write: { $usage }
usage-in-a-room = { $usage } works in a room only, where others can read it.
usage-ask = { $replied ->
    [0] A question needs words. Write: { $prefix }ask How do I …?
   *[other] There is nothing to ask in that message. Write: { $prefix }ask How do I …?
}
usage-filter-unknown = { $hint ->
    [none] I do not know the filter “{ $word }”. Filters look like tag:vpn, older:2d or is:open.
   *[other] I do not know the filter “{ $word }”. Did you mean “{ $hint }”?
}
usage-filter-value = I cannot use “{ $word }”. For example: { $example }
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
refused-not-claimed = Nobody has claimed Q{ $number }.
refused-not-your-claim = Q{ $number } is claimed by { $person }. Only they and moderators can give it back.
refused-may-not-close = Only its asker, its assignee and moderators can close Q{ $number }.
refused-already-closed = Q{ $number } is closed already.
refused-withdrawn = Q{ $number } was withdrawn.
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
drift-remedy-encrypt = You can turn encryption on, but this version of me reads nothing in encrypted rooms.
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
