# Die Worte von askbridge. $number ist die Nummer einer Frage, $prefix der Anfang von Befehlen, $person ein Anzeigename.

## Die Karte

state-open = offen
state-claimed = in Bearbeitung
state-answered = beantwortet
state-closed = geschlossen
state-open-for = offen, für { $person }
state-claimed-by = in Bearbeitung bei { $person }
state-closed-because = geschlossen ({ $reason })
state-forgotten = { $state }, Text gelöscht
reason-withdrawn = zurückgezogen
reason-no-answer = ohne Antwort
escalated = Moderation gerufen
triage-in = in { $room }
triage-hint = 🙋 übernimmt, ✅ akzeptiert die neueste Antwort, ❌ schließt. In diesem Thread wirken auch Befehle, etwa { $prefix }assign @bob
triage-note = Notiz von { $person }: { $note }
triage-note-withdrawn = Eine Notiz von { $person } wurde zurückgenommen.
triage-escalated = { $person } bittet die Moderation, sich Q{ $number } anzusehen{ $note ->
    [none] .
   *[other] : { $note }
}
triage-escalated-by-rule = Eine Regel bittet die Moderation, sich Q{ $number } anzusehen.
state-duplicate = geschlossen (schon gefragt)
state-duplicate-of = geschlossen (schon gefragt: Q{ $number })
asked-times = { $count }-mal gefragt
asked-by = gefragt von { $person }
asked-by-external = gefragt von { $person } (extern, { $space })
card-hint = Antworten Sie in diesem Thread. { $prefix }answered oder ✅ an der besten Antwort erledigt die Frage.
card-suggestions = Vielleicht schon beantwortet:
card-take-first = { $count ->
    [1] Wenn ja, reagiert die fragende Person hier mit ✅, und diese Frage wird geschlossen.
   *[other] Wenn ja, reagiert die fragende Person hier mit { $marks } (✅ für die erste), und diese Frage wird geschlossen.
}
card-take = Wenn ja, reagiert die fragende Person hier mit { $marks }, und diese Frage wird geschlossen.
card-accepted = Akzeptierte Antwort von { $person }
card-proposed = Vorgeschlagene Antwort von { $person }
nudge = { $person }: Ist die Antwort von { $author } das, was Sie brauchten? Akzeptieren Sie sie mit ✅ oder { $prefix }answered.

## Listen

list-unanswered = { $count ->
    [0] Keine unbeantworteten Fragen.
    [one] 1 unbeantwortete Frage
   *[other] { $count } unbeantwortete Fragen
}
list-unanswered-many = Mehr als { $count } unbeantwortete Fragen
list-questions = { $count ->
    [0] Keine Fragen gefunden.
    [one] 1 Frage
   *[other] { $count } Fragen
}
list-questions-many = Mehr als { $count } Fragen
list-mine = { $count ->
    [0] Keine Fragen, die Sie gestellt haben oder die Ihnen zugewiesen sind.
    [one] 1 Frage, die Sie gestellt haben oder die Ihnen zugewiesen ist
   *[other] { $count } Fragen, die Sie gestellt haben oder die Ihnen zugewiesen sind
}
list-mine-many = Mehr als { $count } Fragen, die Sie gestellt haben oder die Ihnen zugewiesen sind
search-found = { $count ->
    [0] Nichts gefunden. Versuchen Sie es mit weniger oder anderen Wörtern.
    [one] 1 Frage gefunden
   *[other] { $count } Fragen gefunden
}
search-found-many = Mehr als { $count } Fragen gefunden; diese passen am besten
list-more = Seite { $page } von { $pages }. Für die nächste ergänzen Sie page:{ $next }
priority-low = niedrige Priorität
priority-normal = normale Priorität
priority-high = hohe Priorität
priority-urgent = dringend
untold = in einem verschlüsselten Raum
show-untold = Der Text bleibt im verschlüsselten Raum; die Links führen dorthin.
show-notes = { $count ->
    [one] 1 Notiz
   *[other] { $count } Notizen
}
show-forgotten = Der Text dieser Frage wurde endgültig gelöscht. Ihre Nummer bleibt.
held = wird dauerhaft aufbewahrt
show-answers = { $count ->
    [0] Noch keine Antworten.
    [one] 1 Antwort
   *[other] { $count } Antworten
}
standing-proposed = vorgeschlagen
standing-accepted = akzeptiert
standing-endorsed = akzeptiert und bestätigt
votes = Stimmen { $score }

## Was Folgende erfahren

told-answered = Q{ $number } ist beantwortet:
told-closed = Q{ $number } wurde geschlossen:
told-reopened = Q{ $number } ist wieder offen:
told-assigned = { $person } bittet Sie, Q{ $number } zu beantworten{ $note ->
    [none] :
   *[other] {" "}(„{ $note }“):
}
told-your-turn = Sie sind an der Reihe, Q{ $number } zu beantworten:
told-reminded = Q{ $number } wartet noch auf Ihre Antwort. Wenn Sie nicht können: { $prefix }unclaim { $number } gibt die Frage zurück:
told-escalated = { $person } bittet die Moderation, sich Q{ $number } anzusehen{ $note ->
    [none] :
   *[other] {" "}(„{ $note }“):
}
told-escalated-by-rule = Eine Regel bittet die Moderation, sich Q{ $number } anzusehen:
assigned-away = Q{ $number } ist jetzt für { $person }, abwesend bis { $until }.
told-answer-withdrawn = Q{ $number } ist wieder offen, die akzeptierte Antwort wurde zurückgezogen:

## Hilfe

help-intro = Ich behalte die Fragen in diesem Raum im Blick, bis sie beantwortet sind.
help-more = Schreiben Sie { $prefix }help und den Namen eines Befehls, um mehr zu erfahren. Auch Reaktionen wirken: ❓ macht eine Nachricht zur Frage, ✅ akzeptiert eine Antwort, 🙋 übernimmt, 👀 folgt, 👍 und 👎 stimmen ab.
help-aliases = Auch: { $names }
group-ask = Fragen
group-answer = Antworten
group-work = Sich um Fragen kümmern
group-find = Finden
group-access = Zugang
group-self = Für Sie selbst
help-ask = Eine Frage stellen.
    .details = Die erste Zeile ist der Titel. Ein #wort ist ein Schlagwort. Nennen Sie am Anfang Personen, um die Frage an sie zu richten. Als Antwort ohne Text macht der Befehl die Nachricht, auf die Sie antworten, zur Frage. Auch wer mich erwähnt, fragt.
help-answer = Eine Frage beantworten, ohne ihren Thread zu öffnen.
    .details = Im Thread einer Frage ist jede Nachricht einer anderen Person eine Antwort; dieser Befehl ist für andere Stellen.
help-answered = Eine Frage als beantwortet kennzeichnen.
    .details = Als Antwort auf eine Antwort akzeptiert der Befehl diese; in einem Thread die neueste Antwort einer anderen Person. Mit Text wird der Text zur Antwort. Wer gefragt hat und die Moderation akzeptieren; bei allen anderen wird die Antwort der fragenden Person vorgeschlagen.
help-claim = Sagen, dass Sie sich um eine Frage kümmern.
    .details = Andere sehen, wer daran arbeitet. Dasselbe wie 🙋 an der Frage.
help-unclaim = Eine übernommene Frage zurückgeben.
    .details = Sie steht wieder allen offen. Die Moderation kann das auch für andere tun.
help-close = Eine Frage schließen, die keine Antwort mehr braucht.
    .details = Sagen Sie, wenn Sie möchten, warum. Für die fragende und die zuständige Person sowie die Moderation.
help-assign = Sagen, wer eine Frage beantworten soll.
    .details = Die Person erfährt es, und die Karte zeigt es. Sie muss im Raum der Frage sein. Was Sie hinter den Namen schreiben, ist für sie; „me“ sind Sie selbst. Wer schweigt, wird einmal erinnert; dann ist die nächste Person an der Reihe.
help-tag = Einer Frage Schlagwörter geben oder nehmen.
    .details = +vpn oder vpn fügt eins hinzu, -vpn nimmt es weg; auch mehrere auf einmal. Eine Frage hat höchstens zehn Schlagwörter.
help-priority = Sagen, wie dringend eine Frage ist.
    .details = low, normal, high oder urgent; auch niedrig, normal, hoch, dringend.
help-noanswer = Eine Frage schließen, die ohne Antwort bleibt.
    .details = Eine Antwort ist nicht nötig oder nicht zu bekommen. Für die fragende und die zuständige Person und die Moderation.
help-escalate = Die Moderation bitten, sich eine Frage anzusehen.
    .details = Die Frage bekommt hohe Priorität, und die Moderation erfährt es einmal. Sagen Sie warum, wenn Sie mögen. Für die fragende und die zuständige Person und für Mitarbeitende.
help-note = Eine Notiz schreiben, die nur der Triage-Raum sieht.
    .details = Sie steht dort unter der Karte der Frage, und { $prefix }show zeigt sie dort. Bearbeiten oder entfernen Sie Ihre Nachricht, um sie zu ändern.
help-duplicate = Eine Frage schließen, die schon gestellt wurde.
    .details = Sie erhält einen Link zur anderen; wer ihr folgt, folgt ab dann jener. Für die fragende und die zuständige Person sowie die Moderation. { $prefix }reopen macht es rückgängig.
help-reopen = Eine erledigte Frage wieder öffnen.
    .details = Akzeptierte Antworten gelten dann nicht mehr als akzeptiert. Für die fragende und die zuständige Person sowie die Moderation.
help-follow = Erfahren, was aus einer Frage wird, oder was mit einem Schlagwort, in einem Bereich oder von jemandem gefragt wird.
    .details = Ich schreibe Ihnen in einem Direktchat, wenn eine Frage beantwortet, geschlossen oder wieder geöffnet wird, und wenn eine neue kommt: mit einem Schlagwort (tag:vpn), in einem Bereich (space:acme) oder von einer Person, auch wenn diese antwortet. Dasselbe wie 👀 an einer Frage. In unserem Direktchat, ohne weitere Worte: wem und was Sie folgen.
help-unfollow = Einer Frage, einem Schlagwort, einem Bereich oder einer Person nicht mehr folgen.
    .details = Ich schreibe Ihnen nicht mehr dazu.
help-hold = Verhindern, dass eine Frage nach Ablauf der Frist gelöscht wird.
    .details = Ihr Text bleibt dann über die Aufbewahrungsfrist des Bereichs hinaus, und auch, wenn jemand vergessen werden möchte. „off“ gibt sie wieder frei. Für die Moderation.
help-forget = Alles löschen lassen, was Sie mir geschrieben haben.
    .details = Ich sage Ihnen zuerst in unserem Direktchat, was geht und was bleibt, und tue es, sobald Sie bestätigen. „me“ ist das einzige mögliche Wort, und es meint Sie.
help-unanswered = Fragen auflisten, die auf eine Antwort warten, die älteste zuerst.
    .details = Filter in beliebiger Reihenfolge: here, space:…, tag:…, by:@…, assigned:@…, assigned:none, assigned:me, older:2d, since:7d, from:external, priority:high, page:2.
help-questions = Fragen auflisten, die neueste zuerst.
    .details = Filter in beliebiger Reihenfolge: here, space:…, tag:…, by:@…, assigned:@…, is:open, is:claimed, is:answered, is:closed, older:2d, since:7d, from:external, priority:high, page:2.
help-search = Fragen nach Wörtern finden, die besten zuerst.
    .details = Sucht in Fragen, Antworten und Schlagwörtern; Großschreibung, Akzente und kleine Tippfehler spielen keine Rolle. Filter wie is:answered oder tag:vpn dürfen zwischen den Wörtern stehen; was in Anführungszeichen steht, ist kein Filter.
help-mine = Auflisten, was Sie gefragt haben und was Ihnen zugewiesen ist.
    .details = Nimmt dieselben Filter wie { $prefix }questions.
help-show = Eine Frage mit ihren Antworten zeigen.
    .details = In einem Thread können Sie die Nummer weglassen.
help-audit = Zeigen, was in Räumen von den Vorgaben ihres Bereichs abweicht.
    .details = Mit dem Namen eines Bereichs nur diesen. Jede Abweichung hat eine Nummer; mit „accept“ und der Nummer sagt die Moderation, dass es so gewollt ist. Was ich behoben hatte, stelle ich dann wieder her.
help-help = Zeigen, was ich hier kann.
    .details = Mit dem Namen eines Befehls wird dieser erklärt.
help-language = Die Sprache wählen, in der ich Ihnen antworte.
    .details = Karten bleiben in der Sprache des Raums. „default“ folgt wieder dem Raum.
language-now = { $language ->
    [none] Ich antworte Ihnen in der Sprache des Raums. Wählen Sie eine andere mit { $prefix }language und einem von: { $languages }
   *[other] Ich antworte Ihnen auf Deutsch. Wählen Sie eine andere Sprache mit { $prefix }language und einem von: { $languages }, oder „default“.
}
language-chosen = { $language ->
    [none] Ab jetzt antworte ich Ihnen in der Sprache des Raums.
   *[other] Ab jetzt antworte ich Ihnen auf Deutsch.
}

## Was nicht verstanden wurde; die ersten drei stehen in Aufrufzeilen für das, was man dort einsetzt

usage-text = Text…
usage-filters = Filter…
usage-command = [Befehl]
broken = Bei mir ist etwas schiefgegangen, das konnte ich nicht ausführen. Bitte sagen Sie es denen, die mich betreiben; die Referenz ist { $reference }.
unreadable = Ich kann diese Nachricht nicht lesen: Ihr Schlüssel hat mich nicht erreicht, obwohl ich darum gebeten habe. Bitte senden Sie die Nachricht noch einmal.
unreadable-unverified = Ich kann diese Nachricht nicht lesen: Ihr Client gibt Schlüssel nur an Geräte, denen er vertraut, und meines gehört nicht dazu. Verifizieren Sie mich, oder bitten Sie diejenigen, die mich betreiben, { $command } auszuführen; senden Sie die Nachricht danach noch einmal.
slowed = Das ist viel auf einmal. Ich erledige alles, aber andere kommen zuerst an die Reihe.
unknown-command = Ich kenne { $command } nicht. Meinten Sie { $near }?
usage = Schreiben Sie: { $usage }
usage-unexpected = Mit „{ $word }“ kann ich hier nichts anfangen. Schreiben Sie: { $usage }
usage-in-a-room = { $usage } geht nur in einem Raum, wo andere es lesen können.
usage-ask = { $replied ->
    [0] Eine Frage braucht Worte. Schreiben Sie: { $prefix }ask Wie kann ich …?
    [2] Ich kann die Nachricht, auf die Sie antworten, nicht lesen. Schreiben Sie die Frage selbst: { $prefix }ask Wie kann ich …?
   *[other] In dieser Nachricht steht nichts, was man fragen könnte. Schreiben Sie: { $prefix }ask Wie kann ich …?
}
usage-filter-unknown = { $hint ->
    [none] Ich kenne den Filter „{ $word }“ nicht. Filter sehen aus wie tag:vpn, older:2d oder is:open.
   *[other] Ich kenne den Filter „{ $word }“ nicht. Meinten Sie „{ $hint }“?
}
usage-filter-value = Mit „{ $word }“ kann ich nichts anfangen. Zum Beispiel: { $example }
usage-search = Sagen Sie auch, wonach gesucht wird: „{ $word }“ grenzt nur ein. Schreiben Sie: { $usage }
usage-tag = „{ $word }“ kann kein Schlagwort sein. Zum Beispiel: { $prefix }tag 42 +vpn -lan
usage-priority = Die Priorität „{ $word }“ kenne ich nicht. Es gibt: low, normal, high, urgent
usage-person = „{ $word }“ bezeichnet niemanden. Schreiben Sie die ganze Adresse, zum Beispiel @ann:acme.com, oder erwähnen Sie die Person.
usage-date = Ich weiß nicht, wann „{ $word }“ ist. Zum Beispiel: für 30 Tage, bis 31. Dezember, bis 2026-12-31
usage-date-ambiguous = „{ $word }“ kann zwei Tage bedeuten. Schreiben Sie { $first } oder { $second }.
usage-granting-word = { $hint ->
    [none] Mit „{ $word }“ kann ich hier nichts anfangen. Schreiben Sie: { $usage }
   *[other] Mit „{ $word }“ kann ich hier nichts anfangen. Meinten Sie „{ $hint }“? Schreiben Sie: { $usage }
}

## Was abgelehnt wird

refused-not-unanswered = Q{ $number } wartet auf keine Antwort: Die Frage ist { $state }. { $prefix }reopen { $number } öffnet sie wieder.
refused-already-yours = Sie haben Q{ $number } schon übernommen.
refused-already-claimed = Q{ $number } ist schon bei { $person } in Bearbeitung. Sprechen Sie sich ab oder warten Sie auf { $prefix }unclaim.
refused-assigned-already = Q{ $number } ist schon für { $person }.
refused-assignee-not-there = { $person } ist nicht im Raum von Q{ $number } und könnte die Frage nicht sehen.
refused-enough-tags = Q{ $number } hätte zu viele Schlagwörter; möglich sind { $limit }. Nehmen Sie erst eins weg, etwa mit { $prefix }tag { $number } -lan
refused-tagged-already = Das ändert nichts an den Schlagwörtern von Q{ $number }.
refused-prioritized-already = Q{ $number } hat diese Priorität schon.
refused-escalated-already = Die Moderation wurde vor Kurzem schon gebeten, sich Q{ $number } anzusehen.
refused-may-not-escalate = Nur die fragende und die zuständige Person, Mitarbeitende und die Moderation können mit Q{ $number } die Moderation rufen.
refused-words-stay = Worte aus verschlüsselten Räumen werden dort nicht aufbewahrt; Q{ $number } bleibt, wie es ist.
refused-note-elsewhere = Notizen sind nur für Mitarbeitende. Schreiben Sie sie im Triage-Raum.
refused-no-triage-room = Für Q{ $number } gibt es keinen Triage-Raum; niemand sähe die Notiz.
refused-note-stays = Dieser Raum ist verschlüsselt, der Triage-Raum nicht. Schreiben Sie die Notiz zu Q{ $number } dort.
refused-ask-elsewhere = In einem Triage-Raum werden keine Fragen gestellt. Fragen Sie in einem Raum des Bereichs; die Karte kommt dann hierher.
refused-not-claimed = Niemand hat Q{ $number } übernommen.
refused-not-your-claim = Q{ $number } ist bei { $person } in Bearbeitung. Nur diese Person und die Moderation können die Frage zurückgeben.
refused-may-not-close = Nur die fragende und die zuständige Person sowie die Moderation können Q{ $number } schließen.
refused-already-closed = Q{ $number } ist schon geschlossen.
refused-same-question = Q{ $number } kann kein Duplikat von sich selbst sein.
refused-withdrawn = Q{ $number } wurde zurückgezogen.
refused-forgotten = Der Text von Q{ $number } wurde endgültig gelöscht. Stellen Sie die Frage neu.
refused-held-already = Q{ $number } wird schon dauerhaft aufbewahrt.
refused-not-held = Q{ $number } wird nicht dauerhaft aufbewahrt, sondern nach Ablauf der Frist gelöscht.
refused-forgetting-already = Ich lösche schon, was Sie geschrieben haben, und schreibe Ihnen, wenn es erledigt ist.
refused-not-settled = Q{ $number } ist schon offen.
refused-may-not-reopen = Nur die fragende und die zuständige Person sowie die Moderation können Q{ $number } wieder öffnen.
refused-closed = Q{ $number } ist geschlossen. { $prefix }reopen { $number } öffnet sie wieder.
refused-said-already = Das haben Sie schon gesagt; Q{ $number } bleibt, wie es ist.
refused-already-accepted = Diese Antwort auf Q{ $number } wurde schon von { $person } akzeptiert.
refused-which-question = Welche Frage? Geben Sie ihre Nummer an, wie { $prefix }show 42, oder schreiben Sie in ihren Thread.
refused-no-such-question = Hier gibt es keine Frage Q{ $number }.
refused-not-in-its-room = Q{ $number } gehört in einen anderen Raum. Treten Sie ihm bei, um daran zu arbeiten.
refused-ask-in-a-room = Fragen stellt man in einem Raum, in dem andere antworten können. Schreiben Sie dort { $prefix }ask.
refused-own-message = Diese Nachricht ist von mir; sie kann keine Frage werden.
refused-already-a-question = Diese Nachricht ist schon eine Frage: Q{ $number }.
refused-in-a-thread = Dieser Thread gehört zu Q{ $number }. Fragen Sie im Raum selbst.
refused-too-long = Das ist zu lang: { $count } Zeichen. Möglich sind { $limit }.
refused-own-question = Q{ $number } ist Ihre eigene Frage. Wenn Sie die Antwort gefunden haben, schreiben Sie: { $prefix }answered { $number } und die Antwort.
refused-nothing-to-accept = Q{ $number } hat noch keine Antwort, die man akzeptieren könnte. Sobald es eine gibt, antworten Sie darauf mit { $prefix }answered, oder schreiben Sie { $prefix }answered { $number } und die Antwort.
refused-following-already = Sie folgen Q{ $number } schon.
refused-not-following = Sie folgen Q{ $number } nicht.
refused-no-such-command = Den Befehl { $command } gibt es nicht. Meinten Sie { $near }?
refused-no-such-language = Ich spreche kein „{ $language }“. Ich spreche: { $languages }

## Räume und die Vorgaben ihres Bereichs

room-mark = offen für Menschen von außen
drift-join_rule = wer beitreten darf
drift-history = wer Früheres lesen darf
drift-guests = Zugang für Gäste
drift-encryption = Verschlüsselung
drift-alias = Adresse
drift-listed = Raumverzeichnis
drift-power = Berechtigungsstufe
drift-servers = Server, die teilnehmen dürfen
drift-parent = übergeordneter Bereich
drift-integration = Widget oder Brücke
drift-federation = Teilnahme von anderen Servern
drift-mark = Kennzeichen in Name oder Thema
drift-label = Ereignis für andere Programme
drift-remedy-rights = Mir fehlt dafür die Berechtigungsstufe.
drift-remedy-reverted = Es wurde immer wieder geändert, daher überlasse ich es Ihnen.
drift-remedy-refused = Der Server hat es mir nicht erlaubt.
drift-remedy-encrypt = Sie können die Verschlüsselung einschalten; solange sie in meiner Konfiguration ausgeschaltet ist, lese ich in verschlüsselten Räumen nichts.
drift-remedy-remake = Das lässt sich in einem bestehenden Raum nicht ändern: Legen Sie einen neuen an.
drift-remedy-upgrade = Die Version des Raums kennt das nicht: Aktualisieren Sie den Raum.
drift-remedy-family = Kein Matrix-Space ist bekannt, dessen Mitglieder hereinkommen könnten: Nennen Sie einen in der Konfiguration (matrix_space).
drift-remedy-creator = Wer einen Raum angelegt hat, steht dort über allen: Legen Sie einen neuen an.
drift-remedy-above = Diese Person steht nicht unter mir: Bitten Sie sie, ihre Stufe zu senken, oder geben Sie mir eine höhere.
drift-remedy-everybody = Alle haben sie: Geben Sie denen eine Stufe, die eine brauchen, und senken Sie dann die Vorgabe (users_default).
drift-remedy-owned = Nur die Person, der es gehört, kann es entfernen.
drift-remedy-look = Bitte prüfen Sie, ob das hierher gehört.
told-drift-mended = { $who } hat { $room } gegen die Vorgaben geändert: { $drift } war { $found }. Ich habe es auf { $wanted } zurückgesetzt. War es so gewollt, kann jemand von der Moderation { $prefix }audit accept { $number } schreiben.
told-drift-would = { $who } hat { $room } gegen die Vorgaben geändert: { $drift } ist { $found } und sollte { $wanted } sein. Ich melde das nur. War es so gewollt, kann jemand von der Moderation { $prefix }audit accept { $number } schreiben.
told-drift-rights = { $room } weicht seit einer Änderung durch { $who } von den Vorgaben ab: { $drift } ist { $found } und sollte { $wanted } sein. Ich darf { $event } nicht ändern: Nötig ist Berechtigungsstufe { $needed }, ich habe { $has }. Geben Sie { $bot } Berechtigungsstufe { $needed } oder schreiben Sie { $prefix }audit accept { $number }
told-drift-refused = { $room } weicht seit einer Änderung durch { $who } von den Vorgaben ab: { $drift } ist { $found } und sollte { $wanted } sein. Der Server hat mich das nicht ändern lassen: { $problem }. Bitte tun Sie es selbst oder schreiben Sie { $prefix }audit accept { $number }
told-drift-stuck = { $room } weicht seit einer Änderung durch { $who } von den Vorgaben ab: { $drift } ist { $found } und sollte { $wanted } sein. { $remedy } Ist es so gewollt, schreiben Sie { $prefix }audit accept { $number }
told-drift-summary = Ich habe die Räume von { $space } mit den Vorgaben verglichen. Abweichungen: { $count }, davon von mir behoben: { $mended }, nur durch Sie zu beheben: { $stuck }. Räume: { $rooms }. { $prefix }audit { $space } zeigt, was noch offen ist.
audit-found = Abweichungen von den Vorgaben: { $count }
audit-clean = Nichts weicht von den Vorgaben ab.
audit-line = { $number }: { $room }: { $drift } ist { $found } und sollte { $wanted } sein; { $ago }, durch { $who }.
audit-open = Ich melde das nur.
audit-due = Ich behebe es gleich.
audit-accepted = Die Moderation hat es akzeptiert.
audit-lacks = { $room }: Ich darf Folgendes nicht ändern: { $lacks }. Meine Berechtigungsstufe ist { $has }: Geben Sie { $bot } { $needed }.
audit-keeps = Akzeptiert. { $drift } in { $room } darf { $found } bleiben.
audit-restores = Akzeptiert. Ich setze { $drift } in { $room } auf { $found } zurück.
refused-no-such-drift = Eine Abweichung { $number } gibt es nicht. { $prefix }audit zeigt, was es gibt.
refused-drift-over = { $number } besteht schon nicht mehr.

## Hilfe zum Zugang

help-invite = Jemanden von außen hereinlassen.
    .details = Sie bürgen für diese Person. In alle Räume des Bereichs, mit „here“ („hier“) nur in diesen Raum. Sagen Sie, bis wann und warum; ohne Ende gilt es so lange, wie der Bereich erlaubt. Nennen Sie im Direktchat den Bereich. Wo Moderatoren entscheiden, werden sie zuerst gefragt.
help-extend = Jemandes Zugang später enden lassen.
    .details = Ohne Datum gilt er ab heute noch einmal so lange wie bisher. Dasselbe wie ✅ an meiner Warnung.
help-revoke = Jemandes Zugang sofort beenden.
    .details = Ich entferne die Person aus allen Räumen dieses Bereichs, mit „everywhere“ („überall“) aus denen aller Bereiche, und melde, wenn das getan ist.
help-externals = Auflisten, wer von außen Zugang hat.
    .details = Mit Bürge, letztem Tag und Grund. Für die nächste Seite ergänzen Sie page:2.
help-who = Sagen, wer jemand für uns ist.
    .details = Wer für sie bürgt, seit wann, bis wann und warum, und in welchen unserer Räume die Person ist.
help-requests = Auflisten, was auf einen Moderator wartet, oder entscheiden.
    .details = Moderatoren können auch mit ✅ an meiner Nachricht zustimmen.
help-terms = Die Zugangsbedingungen noch einmal zeigen oder annehmen.
    .details = Ich schicke sie Ihnen in unserem Direktchat. Auch ✅ an meiner Nachricht nimmt sie an.

## Wer Zugang hat

class-staff = jemand von unserem Personal
class-trusted = unserem Personal gleichgestellt
class-external = von außen, mit Zugang
class-outsider = von außen, ohne Zugang
grant-live = in Kraft
grant-requested = wartet auf einen Moderator
grant-terms = Bedingungen noch nicht angenommen
grant-orphaned = der Bürge ist gegangen, jemand muss übernehmen
grant-ended = beendet
grant-line = { $who }: { $scope ->
    [room] { $room }
   *[other] alle Räume von { $space }
}, seit { $since }, { $until ->
    [none] ohne Ende
   *[other] bis { $until }
}, Bürge { $sponsor }, { $standing }{ $reason ->
    [none] {""}
   *[other] , Grund: { $reason }
}
request-line = { $number }: { $who }, { $scope ->
    [room] { $room }
   *[other] alle Räume von { $space }
}, { $until ->
    [none] ohne Ende
   *[other] bis { $until }
}, gewünscht von { $by }{ $reason ->
    [none] {""}
   *[other] , Grund: { $reason }
}
externals-list = { $count ->
    [0] Niemand von außen hat Zugang
   *[other] Von außen mit Zugang: { $count }
}{ $space ->
    [none] {""}
   *[other] {" "}({ $space })
}
requests-list = { $count ->
    [0] Nichts wartet auf einen Moderator.
   *[other] Es warten auf einen Moderator: { $count }. Schreiben Sie { $prefix }requests approve oder { $prefix }requests refuse und die Nummer.
}
who-ours = { $who }: { $class }.
who-is = { $who }: { $class }. { $count ->
    [0] In keinem unserer Räume.
   *[other] In unseren Räumen: { $rooms }
}

## Was beim Zugang abgelehnt wird

refused-for-staff = Das ist nur für Personen dieser Organisation. Wenn Sie es brauchen, fragen Sie, wer Sie eingeladen hat.
refused-no-such-space = Es gibt keinen Bereich „{ $word }“. Es gibt: { $list }
refused-which-space = Welcher Bereich? Ergänzen Sie space: und einen von: { $list }
refused-no-extranet = Kein Bereich ist hier für benannte Personen von außen vorgesehen. Meine Betreiber können einen einrichten (level: extranet).
refused-here-in-a-room = „here“ meint den Raum, in dem Sie schreiben, und dieser gehört nicht zu { $space }. Schreiben Sie es in jenem Raum, oder lassen Sie „here“ weg.
refused-space-internal = In { $space } ist nur Platz für Personal. Schreiben Sie dies in einem Raum für Personen von außen, oder nennen Sie einen solchen Bereich mit space:
refused-space-open = In { $space } darf jeder kommen: { $who } braucht keinen Zugang. Laden Sie die Person einfach in den Raum ein.
refused-one-of-ours = { $who } gehört zu uns und braucht keinen Zugang. Laden Sie die Person einfach in den Raum ein.
refused-one-of-ours-stays = { $who } gehört zu uns; das kann ich nicht beenden. Meine Betreiber können es ändern (people.staff, people.trusted, people.denied).
refused-that-is-me = Das bin ich. Nennen Sie die Person, die hereinkommen soll.
refused-person-denied = { $who } ist durch die Konfiguration von allen Räumen ausgeschlossen. Fragen Sie meine Betreiber (people.denied).
refused-server-not-allowed = { $space } lässt nur Personen von { $list } herein, und { $who } ist von anderswo. Nehmen Sie die Adresse dort, oder bitten Sie meine Betreiber, den Server zu erlauben.
refused-end-past = Der { $until } ist schon vorbei. Nennen Sie einen Tag, der noch kommt.
refused-end-too-late = Das ist länger, als { $space } erlaubt. Der letzte mögliche Tag ist der { $until }.
refused-granted-already = { $who } hat schon Zugang, { $until ->
    [none] ohne Ende
   *[other] bis { $until }
}; Bürge ist { $sponsor }. Um das zu ändern: { $prefix }extend { $who }
refused-requested-already = Zugang für { $who } wartet schon auf einen Moderator; gewünscht von { $sponsor }. { $prefix }requests zeigt es.
refused-no-grant = { $who } hat keinen Zugang zu { $space }. { $elsewhere ->
    [none] { $prefix }invite { $who } würde ihn geben.
   *[other] Anderswo: { $elsewhere }. Nennen Sie es mit space:
}
refused-no-grant-anywhere = { $who } hat nirgends Zugang und ist in keinem unserer Räume. Stimmt die Adresse? { $prefix }externals zeigt alle.
refused-no-end = Der Zugang von { $who } hat kein Ende. Um eines zu setzen: { $prefix }extend { $who } until 2026-12-31
refused-ends-then-already = So ist es schon: { $who } hat Zugang { $until ->
    [none] ohne Ende
   *[other] bis { $until }
}. Nennen Sie einen anderen Tag, etwa: { $prefix }extend { $who } until 2026-12-31
refused-no-moderators = In { $space } entscheiden darüber Moderatoren, und es gibt keine. Bitten Sie meine Betreiber, welche zu ernennen (people.moderators).
refused-may-not-revoke = Nur der Bürge und Moderatoren können das beenden. Fragen Sie { $sponsor }, Bürge von { $who }.
refused-no-such-request = Es wartet keine Anfrage { $number }. { $prefix }requests listet auf, was wartet.
refused-moderators-only = Darüber entscheiden Moderatoren. Fragen Sie einen von ihnen: { $list }
refused-no-terms = Es gibt keine Bedingungen, die Sie annehmen müssten. Wenn Sie welche erwartet haben, fragen Sie, wer Sie eingeladen hat.

## Was über Zugang gesagt wird; $person und $who sind Nutzer-IDs, denn Namen können lügen

told-granted = { $person } hat Zugang zu { $scope ->
    [room] { $rooms }
   *[other] { $space }, alle Räume
}, { $until ->
    [none] ohne Ende
   *[other] bis { $until }
}. Sie bürgen dafür.{ $count ->
    [0] {" "}Ich bin noch in keinem dieser Räume; die Einladung folgt, sobald ich dort bin.
   *[other] {""}
}
    { $then ->
    [terms] Ich zeige der Person die Bedingungen; sobald sie angenommen sind, lade ich sie ein.
   *[other] Ich lade die Person ein.
}
    Länger: { $prefix }extend { $person }. Beenden: { $prefix }revoke { $person }
told-requested = Ihre Anfrage für { $person } in { $space } wartet auf einen Moderator, { $until ->
    [none] ohne Ende
   *[other] bis { $until }
}. Ich melde mich, wenn entschieden ist. Ihre Nummer ist { $number }.
told-approve = { $by } bittet um Zugang für { $person } zu { $scope ->
    [room] { $rooms }
   *[other] { $space }, alle Räume
}, { $until ->
    [none] ohne Ende
   *[other] bis { $until }
}{ $reason ->
    [none] {""}
   *[other] , Grund: { $reason }
}.
    ✅ hier stimmt zu, oder { $prefix }requests approve { $number }. Ablehnen: { $prefix }requests refuse { $number }
told-approve-end = { $by } bittet, den Zugang von { $person } zu { $space } zu verlängern: { $until ->
    [none] ohne Ende
   *[other] bis { $until }
}.
    ✅ hier stimmt zu, oder { $prefix }requests approve { $number }. Ablehnen: { $prefix }requests refuse { $number }
told-refused = { $by } hat den Zugang von { $person } zu { $space } nicht genehmigt. Fragen Sie dort nach dem Grund.
told-refused-end = { $by } hat die Verlängerung für { $person } nicht genehmigt. Es bleibt dabei: { $until ->
    [none] ohne Ende
   *[other] bis { $until }
}.
told-extended = { $person } hat jetzt Zugang zu { $space } { $until ->
    [none] ohne Ende
   *[other] bis { $until }
} (durch { $by }). Bürge ist { $sponsor }.
told-extended-you = Ihr Zugang zu { $space } gilt weiter, { $until ->
    [none] ohne Ende
   *[other] bis { $until }
}.
told-adopted = Sie bürgen jetzt für { $person } in { $space }, { $until ->
    [none] ohne Ende
   *[other] bis { $until }
}. Beenden: { $prefix }revoke { $person }
told-orphaned = { $sponsor }, Bürge von { $person } in { $space }, gehört nicht mehr zu uns. Der Zugang gilt weiter { $until ->
    [none] ohne Ende
   *[other] bis { $until }
}{ $reason ->
    [none] {""}
   *[other] ; der Grund war: { $reason }
}.
    Mit ✅ hier bürgen Sie. Beenden: { $prefix }revoke { $person }
told-warning = Der Zugang von { $person } zu { $space } endet am { $until }, dann entferne ich die Person.
    ✅ hier verlängert noch einmal so lange, oder { $prefix }extend { $person }
told-warning-you = Ihr Zugang zu { $space } endet am { $until }. Wenn Sie ihn noch brauchen, fragen Sie { $sponsor }, dort kann man ihn verlängern.
told-lapsed = Niemand hat rechtzeitig über den Zugang von { $person } zu { $space } entschieden; die Anfrage ist verfallen. Sie können neu fragen: { $prefix }invite { $person }
told-revoked-by = { $by } hat den Zugang von { $person } zu { $space } beendet{ $reason ->
    [none] {""}
   *[other] , Grund: { $reason }
}. Sie haben gebürgt.
told-kept = { $person } hat weiterhin Zugang zu { $space }: Nur { $sponsor } als Bürge und die Moderatoren dort können das beenden.
told-terms-accepted = { $person } hat die Bedingungen von { $space } angenommen; ich lade die Person ein.
told-terms-overdue = { $person } hat die neuen Bedingungen von { $space } nicht rechtzeitig angenommen, deshalb entferne ich die Person. Sobald sie angenommen sind, mit { $prefix }terms im Direktchat mit mir, lade ich wieder ein.
terms-first = { $sponsor } möchte Sie in { $space } einladen. Bitte lesen Sie zuerst diese Bedingungen:
terms-anew = Die Bedingungen von { $space } haben sich geändert. Bitte nehmen Sie sie bis zum { $until } an, sonst können Sie nicht bleiben:
terms-ask = Nehmen Sie diese Bedingungen von { $space } an? Setzen Sie ✅ an diese Nachricht, oder schreiben Sie { $prefix }terms accept. Bei Fragen wenden Sie sich an { $sponsor }.

## An den Türen der Räume

no-place-denied = Sie können nicht in Räumen dieser Organisation sein. { $whom ->
    [none] Wenn Sie das für falsch halten, fragen Sie Ihre Kontaktperson hier.
   *[other] Wenn Sie das für falsch halten, fragen Sie { $whom }.
}
no-place-internal = Dieser Raum ist nur für Personal. { $whom ->
    [none] Wenn Sie das für falsch halten, fragen Sie Ihre Kontaktperson hier.
   *[other] Wenn Sie das für falsch halten, fragen Sie { $whom }.
}
no-place-server = Personen von Ihrem Server können nicht in diesem Raum sein. { $whom ->
    [none] Wenn Sie das für falsch halten, fragen Sie Ihre Kontaktperson hier.
   *[other] Wenn Sie das für falsch halten, fragen Sie { $whom }.
}
no-place-requested = Ihr Zugang zu diesem Raum ist noch nicht genehmigt. Ich lade Sie ein, sobald er es ist. { $whom ->
    [none] Wenn Sie das für falsch halten, fragen Sie Ihre Kontaktperson hier.
   *[other] Wenn Sie das für falsch halten, fragen Sie { $whom }.
}
no-place-ungranted = Sie haben keinen Zugang zu diesem Raum. { $whom ->
    [none] Bitten Sie Ihre Kontaktperson hier, { $prefix }invite für Sie zu schreiben.
   *[other] Bitten Sie { $whom }, { $prefix }invite für Sie zu schreiben.
}
no-place-ended = Ihr Zugang zu diesem Raum ist beendet. { $whom ->
    [none] Wenn Sie ihn noch brauchen, bitten Sie Ihre Kontaktperson hier, { $prefix }invite für Sie zu schreiben.
   *[other] Wenn Sie ihn noch brauchen, bitten Sie { $whom }, { $prefix }invite für Sie zu schreiben.
}
no-place-terms = Sie haben die Bedingungen für diesen Raum noch nicht angenommen. Ich habe sie Ihnen im Direktchat geschickt; { $prefix }terms zeigt sie dort noch einmal. Sobald Sie sie annehmen, lade ich Sie ein. { $whom ->
    [none] Fragen beantwortet Ihre Kontaktperson hier.
   *[other] Bei Fragen wenden Sie sich an { $whom }.
}
why-denied = die Konfiguration schließt die Person überall aus (people.denied)
why-internal = der Raum ist nur für Personal
why-ungranted = niemand hat der Person Zugang gegeben
why-server = der Bereich lässt niemanden von diesem Server herein
why-requested = der Zugang ist noch nicht genehmigt
why-terms = die Bedingungen sind nicht angenommen
why-ended = der Zugang ist beendet
membership-join = war im Raum
membership-invite = war eingeladen
membership-knock = bat um Einlass
told-removed = Ich habe { $person } aus { $room } entfernt ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Eingeladen von { $by }.
} Soll die Person herein, siehe { $prefix }help invite
told-inviter = Sie haben { $person } in { $room } eingeladen, und ich musste die Person entfernen: { $why }. Soll sie herein, schreiben Sie in jenem Raum: { $prefix }invite { $person }
told-inviter-never = Sie haben { $person } in { $room } eingeladen, und ich musste die Person entfernen: { $why }. Treffen Sie sich in einem Raum, der für Menschen von außen offen ist, oder fragen Sie meine Betreiber.
told-would-remove = Ich würde { $person } aus { $room } entfernen ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Eingeladen von { $by }.
} Getan habe ich nichts, denn dieser Bereich steht auf enforce: report.
told-waiting = { $person } hat in { $room } keinen Platz ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Eingeladen von { $by }.
} Ich entferne vorerst niemanden: Das wartet auf { $prefix }enforce confirm oder auf eine Konfiguration, die sich laden lässt.
told-stuck-rights = { $person } hat in { $room } keinen Platz ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Eingeladen von { $by }.
} Ich darf dort niemanden entfernen. Geben Sie { $bot } in diesem Raum das Berechtigungslevel { $power }, oder entfernen Sie die Person selbst.
told-stuck-themselves = { $person } hat in { $room } keinen Platz ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Eingeladen von { $by }.
} Ich kann die Person nicht entfernen, weil ihr Berechtigungslevel nicht unter meinem liegt. Senken Sie es und geben Sie { $bot } mindestens { $power }, oder entfernen Sie sie selbst.
told-would-remove-all = Personen, die ich entfernen würde: { $count } – { $list }{ $more ->
    [0] {""}
   *[other] , und { $more } weitere
}. Getan habe ich nichts, denn diese Bereiche stehen auf enforce: report. { $prefix }enforce zeigt alle.
told-stuck-all = Personen, die keinen Platz haben, wo sie sind, und die ich nicht entfernen kann: { $count } – { $list }{ $more ->
    [0] {""}
   *[other] , und { $more } weitere
}. Geben Sie { $bot } ein höheres Berechtigungslevel, das entfernen darf, oder entfernen Sie sie selbst. { $prefix }enforce zeigt alle.
told-halted = Personen, die keinen Platz haben, wo sie sind: { $count } – { $list }{ $more ->
    [0] {""}
   *[other] , und { $more } weitere
}. Das ist mehr, als ich ungefragt entferne. Bitte sehen Sie nach; { $prefix }enforce confirm führt es aus.
told-revoked = Erledigt: Der Zugang von { $person } ist widerrufen. Verlassene Räume: { $count }.{ $stuck ->
    [0] {""}
   *[other] {" "}Nicht entfernen konnte ich die Person aus: { $rooms }. Tun Sie es dort selbst, oder geben Sie { $bot } ein höheres Berechtigungslevel.
}{ $problem ->
    [none] {""}
   *[other] {" "}Der Server sagte: { $problem }
}
told-ended = { $person } hat keinen Zugang mehr. Verlassene Räume: { $count }.{ $stuck ->
    [0] {""}
   *[other] {" "}Nicht entfernen konnte ich die Person aus: { $rooms }. Tun Sie es dort selbst, oder geben Sie { $bot } ein höheres Berechtigungslevel.
}{ $problem ->
    [none] {""}
   *[other] {" "}Der Server sagte: { $problem }
}
told-not-invited = Ich konnte { $person } nicht in { $room } einladen: { $problem }. Laden Sie die Person dort selbst ein, oder geben Sie { $bot } das Recht dazu.

## Enforcement, and what the homeserver is told that asks first

help-enforce = Zeigen, wer ist, wo er nicht hingehört, oder Entfernungen freigeben.
    .details = Sind viele Entfernungen auf einmal fällig, warte ich auf die Moderation: Sehen Sie sich die Liste an und fügen Sie dann „confirm“ hinzu. Sieht die Liste falsch aus, lassen Sie zuerst die Konfiguration prüfen.
enforce-now = { $count ->
    [0] Niemand ist, wo er nicht hingehört.
   *[other] Warten auf { $prefix }enforce confirm: { $waiting }. Außerhalb meiner Macht: { $stuck }. Nur gemeldet: { $report }.
}{ $list ->
    [none] {""}
   *[other] {" "}Darunter: { $list }
}
enforce-confirmed = { $count ->
    [one] 1 Entfernung wird ausgeführt.
   *[other] { $count } Entfernungen werden ausgeführt.
}
refused-for-moderators = Darüber entscheidet die Moderation. Fragen Sie jemanden, der diesen Raum moderiert.
refused-nothing-waits = Keine Entfernung wartet. { $prefix }enforce zeigt, wie es steht.
told-impersonation = { $person } nennt sich in { $room } „{ $name }“, und das sieht aus wie der Name von { $resembles }. Falls das irreführt, bitten Sie um einen anderen Namen oder entfernen Sie die Person.
told-taken-back = { $by } hat jemanden per Mail oder Telefon ({ $name }) in { $room } eingeladen. Ich habe das zurückgenommen, denn niemand kann wissen, wer der Einladung folgt. Lassen Sie Menschen mit ihrer Matrix-Adresse herein: { $prefix }invite @name:server
told-would-take-back = { $by } hat jemanden per Mail oder Telefon ({ $name }) in { $room } eingeladen. Ich würde das zurücknehmen; zurzeit melde ich es nur.
told-not-taken-back = { $by } hat jemanden per Mail oder Telefon ({ $name }) in { $room } eingeladen, und ich darf das nicht zurücknehmen. Bitte tun Sie es, oder geben Sie { $bot } eine höhere Berechtigungsstufe.
module-state = Die Regeln dieses Bereichs lassen das nicht zu: Es wäre { $found } und soll { $wanted } sein. Bitten Sie die Betreiber des Bots, die Regeln zu ändern.
module-invite-by-mail = Niemand kann wissen, wer einer Einladung per Mail oder Telefon folgt. Lassen Sie Menschen mit ihrer Matrix-Adresse herein: { $prefix }invite @name:server
module-invite-internal = Dieser Raum ist nur für Mitarbeitende. Laden Sie { $person } in einen Raum ein, der für Menschen von außen offen ist.
module-invite-denied = { $person } hat nirgends Zutritt. Fragen Sie die Betreiber des Bots.
module-invite-server = Menschen vom Server von { $person } werden hier nicht eingelassen. Bitten Sie die Betreiber des Bots, das zu erlauben.
module-invite-ungranted = { $person } hat noch keinen Zugang zu diesem Raum. Schreiben Sie hier: { $prefix }invite { $person }

## Keeping and forgetting

forget-ask = Sie möchten, dass alles gelöscht wird, was Sie mir geschrieben haben. Ich würde löschen: den Text Ihrer Fragen, Antworten und Notizen, Ihren Namen bei Ihren Reaktionen, Ihre Einstellungen und wem oder was Sie folgen. Es bleiben: Nummern, Zeiten und Anzahlen ohne Ihren Namen; wer was wann getan hat, im Protokoll, das niemand ändern kann; Ihr Zugang zu Räumen; was die Moderation dauerhaft aufbewahrt. Auch Ihre Nachrichten in den Räumen selbst bleiben: Löschen Sie diese in Ihrem Programm. Das lässt sich nicht rückgängig machen. Zum Bestätigen setzen Sie innerhalb eines Tages ✅ auf diese Nachricht oder schreiben { $prefix }forget me confirm.
forget-begun = Ich lösche, was Sie mir geschrieben haben, und schreibe Ihnen, wenn es erledigt ist.
forget-done = { $held ->
    [0] Erledigt: Was Sie mir geschrieben haben, ist gelöscht.
    [one] Erledigt: Was Sie mir geschrieben haben, ist gelöscht, außer in 1 Frage, die von der Moderation dauerhaft aufbewahrt wird. Wenden Sie sich an sie.
   *[other] Erledigt: Was Sie mir geschrieben haben, ist gelöscht, außer in { $held } Fragen, die von der Moderation dauerhaft aufbewahrt werden. Wenden Sie sich an sie.
}

## Zusammenfassungen

help-digest = Täglich oder wöchentlich eine Zusammenfassung erhalten: was neu, beantwortet und noch offen ist.
    .details = In einem Raum für den Raum (Moderation), in unserem Direktchat für Sie selbst. Mit Filtern beschränkt sie sich auf das, was diese durchlassen. Wo es nichts zu melden gibt, kommt nichts.
usage-digest = Sagen Sie, wie oft und wann: { $prefix }digest daily 09:00, { $prefix }digest weekly mo 09:00 oder { $prefix }digest off
digest-now = { $every ->
    [off] Hier gibt es noch keine Zusammenfassung: { $prefix }digest daily 09:00 bestellt eine.
    [daily] Jeden Tag um { $time } kommt eine Zusammenfassung ({ $zone }).
   *[weekly] Jeden { $weekday ->
        [0] Montag
        [1] Dienstag
        [2] Mittwoch
        [3] Donnerstag
        [4] Freitag
        [5] Samstag
       *[other] Sonntag
    } um { $time } kommt eine Zusammenfassung ({ $zone }).
}{ $filters ->
    [none] {""}
   *[other] {" "}Filter: { $filters }
}
digest-set = { $every ->
    [daily] Ab jetzt kommt jeden Tag um { $time } eine Zusammenfassung ({ $zone }).
   *[weekly] Ab jetzt kommt jeden { $weekday ->
        [0] Montag
        [1] Dienstag
        [2] Mittwoch
        [3] Donnerstag
        [4] Freitag
        [5] Samstag
       *[other] Sonntag
    } um { $time } eine Zusammenfassung ({ $zone }).
}{ $filters ->
    [none] {""}
   *[other] {" "}Filter: { $filters }
}
digest-off = Hier kommen keine Zusammenfassungen mehr.
digest-title = Zusammenfassung · { $age }
digest-new = Neu: { $count }
digest-answered = Beantwortet: { $count }
digest-unanswered = Unbeantwortet, die ältesten zuerst: { $count }
digest-more = Alle zeigen: { $prefix }unanswered, { $prefix }questions
refused-digest-for-moderators = Die Zusammenfassung eines Raums legt seine Moderation fest. Für eine eigene schreiben Sie mir { $prefix }digest in unserem Direktchat.
refused-no-digest = Hier gibt es keine Zusammenfassung.
refused-digest-without-tags = Ich bewahre keine Wörter aus verschlüsselten Räumen auf; hier kann eine Zusammenfassung daher nicht nach Schlagwörtern gehen.

## Folgen, Kundige, was Menschen von sich sagen

usage-follow = Sagen Sie, was: eine Frage (42), ein Schlagwort (tag:vpn), ein Bereich (space:acme), eine Person (@alice:example.org), oder mehrere Filter zusammen. Schreiben Sie: { $usage }
refused-no-space-to-follow = Es gibt keinen Bereich „{ $word }“, den Sie sehen können.
refused-keeps-no-words = Ich bewahre keine Wörter aus verschlüsselten Räumen auf. Schreiben Sie das in einem Raum oder Chat ohne Verschlüsselung.
refused-follows-enough = Sie folgen schon { $limit } Dingen. Nehmen Sie zuerst eines mit { $prefix }unfollow weg.
refused-follows-that-already = Dem folgen Sie schon.
refused-follows-no-such-thing = Dem folgen Sie nicht. Schreiben Sie { $prefix }follow in unserem Direktchat, um zu sehen, wem und was Sie folgen.
follows-now = Schlagwörter, Bereiche und Personen, denen Sie folgen: { $count }. Fragen: { $questions }. Mehr mit { $prefix }follow tag:vpn oder { $prefix }follow @alice:example.org, weniger mit { $prefix }unfollow
list-followed = Fragen, denen Sie folgen: { $count }
told-asked = Neue Frage Q{ $number }:
told-answer-by = { $author } hat Q{ $number } beantwortet:
told-expert = Vielleicht wissen Sie die Antwort auf Q{ $number }; noch kümmert sich niemand darum:
told-nudge = Zu Ihrer Frage Q{ $number } gibt es eine Antwort. Wenn sie hilft, setzen Sie dort ✅ an die Antwort oder schreiben Sie dort { $prefix }answered. Wenn nicht, brauchen Sie nichts zu tun:
help-notify = Wählen, wozu ich Ihnen schreibe.
    .details = „all“: alles, dem Sie folgen. „mentions“: nur, was Sie selbst betrifft, etwa eine Zuweisung. „off“: nichts, außer worum Sie mich bitten.
notify-now = { $notify ->
    [all] Ich schreibe Ihnen zu allem, dem Sie folgen.
    [mentions] Ich schreibe Ihnen nur zu dem, was Sie selbst betrifft.
   *[off] Ich schreibe Ihnen nur, worum Sie mich bitten.
} Ändern Sie es mit { $prefix }notify all, { $prefix }notify mentions oder { $prefix }notify off
notify-set = { $notify ->
    [all] Ab jetzt schreibe ich Ihnen zu allem, dem Sie folgen.
    [mentions] Ab jetzt schreibe ich Ihnen nur zu dem, was Sie selbst betrifft.
   *[off] Ab jetzt schreibe ich Ihnen nur, worum Sie mich bitten.
}
help-profile = Sagen oder sehen, was Sie von sich angeben: Sprachen, Region, Arbeitszeiten, Zeitzone, Ruhezeiten.
    .details = In Ihren Ruhezeiten schreibe ich Ihnen nicht; es wartet. „none“ nimmt etwas zurück. Unsere Mitarbeitenden sehen Ihre Sprachen, Region, Kenntnisse und Zeiten mit { $prefix }profile und Ihrem Namen.
usage-profile = Das verstehe ich nicht. Zum Beispiel: { $prefix }profile languages fr, en – { $prefix }profile hours 09:00-17:00 – { $prefix }profile zone Europe/Paris – { $prefix }profile quiet 22:00-07:00 – { $prefix }profile region Lyon – { $prefix }profile quiet none
profile-now = Was Sie mir von sich gesagt haben:
    Sprachen: { $languages }
    Region: { $region }
    Kenntnisse: { $expertise }
    Arbeitszeiten: { $hours }
    Ruhezeiten: { $quiet }
    Zeitzone: { $zone }
    Nachrichten von mir: { $notify ->
        [all] zu allem, dem Sie folgen
        [mentions] nur zu dem, was Sie betrifft
       *[off] nur, worum Sie bitten
    }{ $until ->
        [none] {""}
       *[other] . Abwesend bis { $until }
    }
    Ändern Sie es mit { $prefix }profile hours 09:00-17:00 und so weiter, { $prefix }expertise +vpn, { $prefix }notify
profile-of = Was { $person } von sich sagt:
    Sprachen: { $languages }
    Region: { $region }
    Kenntnisse: { $expertise }
    Arbeitszeiten: { $hours } (Zeitzone: { $zone }){ $until ->
        [none] {""}
       *[other] . Abwesend bis { $until }
    }
refused-no-profile = { $person } hat mir nichts von sich gesagt.
refused-no-such-languages = Mit „{ $word }“ kann ich nichts anfangen. Schreiben Sie Kürzel mit zwei oder drei Buchstaben, etwa: fr, en
refused-no-such-zone = Ich kenne keine Zeitzone „{ $word }“. Zum Beispiel: { $near }
refused-no-such-hours = „{ $word }“ sind keine Zeiten. Zum Beispiel: 09:00-17:00, oder über Mitternacht 22:00-07:00
refused-too-much-expertise = Sie können bis zu { $limit } Schlagwörter nennen. Nehmen Sie zuerst welche weg: { $prefix }expertise -lan
help-expertise = Sagen, womit Sie sich auskennen, oder sehen, was Sie gesagt haben.
    .details = Mit Schlagwörtern, etwa +vpn und -lan. Sie können dann zu Fragen mit diesen Schlagwörtern gefragt werden.
usage-expertise = „{ $word }“ ist kein Schlagwort. Zum Beispiel: { $prefix }expertise +vpn -lan
expertise-now = Womit Sie sich nach eigenen Worten auskennen: { $expertise }. Ändern Sie es mit { $prefix }expertise +vpn -lan
help-experts = Zeigen, wer sich womit auskennt.
    .details = Nach akzeptierten Antworten unter dem Schlagwort, von denen neuere mehr zählen, und nach dem, was Menschen von sich sagen. Nur Menschen und Antworten, die hier gezeigt werden dürfen.
experts-title = Wer sich mit { $tag } auskennt:
experts-none = Für { $tag } ist hier noch niemand bekannt. Wer sich auskennt, kann es mit { $prefix }expertise sagen.
expert-line = { $person }: akzeptierte Antworten: { $count }{ $declared ->
    [yes] ; sagt es auch selbst
   *[no] {""}
}{ $away ->
    [yes] ; abwesend
   *[no] {""}
}
help-gaps = Zeigen, was oft gefragt wird und wofür niemand bekannt ist.
    .details = Schlagwörter der Fragen der letzten Monate, die hier gezeigt werden dürfen.
gaps-title = In den letzten { $days } Tagen oft gefragt, und niemand ist dafür bekannt:
gaps-none = In den letzten { $days } Tagen wurde nichts oft gefragt, wofür niemand bekannt ist.
gap-line = { $tag } – Fragen: { $count }

## Statistik

help-stats = Zeigen, wie es steht: neue, beantwortete und wartende Fragen, und wie lange Antworten brauchen.
    .details = Für die letzten 30 Tage oder für einen Zeitraum, den Sie nennen, etwa 7d oder 12w. Filter grenzen ein. Ein Bild folgt.
usage-stats-time = Ich blicke 1 bis 92 Tage zurück. Zum Beispiel: 7d, 30d, 12w
stats-title = Statistik · { $period } (in Klammern: derselbe Zeitraum davor)
stats-counting = Ich zähle noch: { $share } aller Fragen sind bisher enthalten.
stats-empty = In dieser Zeit wurde nichts gefragt oder beantwortet, und nichts wartet.
stats-part = Geschätzt: Ich habe eine von { $count } Fragen angesehen.
stats-asked = Neu: { $amount } ({ $before })
stats-answered = Beantwortet: { $amount } ({ $before })
stats-closed = Ohne Antwort geschlossen: { $amount } ({ $before })
stats-deflected = Durch eine frühere Antwort erledigt: { $amount } ({ $before })
stats-waiting = Wartend: { $amount } ({ $before })
stats-rate = Neue, die schon beantwortet sind: { $share } ({ $before })
stats-deflection-rate = Neue, die eine frühere Antwort erledigt hat: { $share }
stats-response = Erste Reaktion: die Hälfte in { $median } ({ $before }), neun von zehn in { $most }
stats-answer = Akzeptierte Antwort: die Hälfte in { $median } ({ $before }), neun von zehn in { $most }
stats-at-work = … in der Arbeitszeit: die Hälfte in { $median } ({ $before }), neun von zehn in { $most }
stats-hours = Stunde mit den meisten Fragen: { $hours }, { $share } der neuen
stats-tags = Schlagwörter: { $list }
stats-helpers = Meiste akzeptierte Antworten: { $list }
stats-space = In { $space }: neu { $asked }, beantwortet { $answered }, erste Reaktion { $median }
stats-inside = Von Mitarbeitenden gefragt: neu { $asked }, beantwortet { $answered }, erste Reaktion { $median }
stats-outside = Von außen gefragt: neu { $asked }, beantwortet { $answered }, erste Reaktion { $median }
stats-worth = Geschätzter Wert: { $value }; beantwortete Fragen: { $amount }
chart-title = Fragen, { $period }
chart-asked = Neu
chart-answered = Beantwortet
chart-waiting = Wartend
chart-described = Diagramm vom { $since } bis { $until }: neue Fragen { $asked }, beantwortet { $answered }. Wartend: { $first } am Anfang, höchstens { $most }, { $waiting } am Ende.

## Rules and absence

told-by-rule = Q{ $number } betrifft auch Sie:
told-team-busy = Niemand aus dem Team { $team } ist frei für Q{ $number }. Können Sie die Frage übernehmen?
told-team-away = Q{ $number } ist für das Team { $team }, und dort ist niemand zu erreichen. Bitte finden Sie jemanden:
help-why = Sagen, welche Regeln auf eine Frage zutrafen und warum.
    .details = Welche das sind, sehen nur unsere Mitarbeitenden; andere sehen, wie viele es sind.
rules-counted = { $count ->
    [0] Auf Q{ $number } traf keine Regel zu.
    [one] Auf Q{ $number } traf eine Regel zu.
   *[other] Auf Q{ $number } trafen { $count } Regeln zu.
}
rules-named = Regeln, die auf Q{ $number } zutrafen:
rule-line = „{ $rule }“, weil: { $because }{ $done ->
    [none] .
   *[other] . Getan: { $done }.
}
rule-always = sie gilt für jede Frage
rule-gone = die Regel steht nicht mehr in meiner Konfiguration
rule-because-space = Bereich: { $value }
rule-because-room = Raum: { $value }
rule-because-text = der Text passt zu „{ $value }“
rule-because-from = wer fragt, ist { $value }
rule-because-language = Sprache: { $value }
rule-because-tag = Schlagwort: { $value }
rule-because-priority = damals: { $value }
rule-because-assigned = { $value ->
    [yes] jemand sollte antworten
   *[no] niemand sollte antworten
}
rule-because-hours = { $value ->
    [open] es war innerhalb der Arbeitszeit
   *[closed] es war außerhalb der Arbeitszeit
}
rule-because-unanswered-for = Wartezeit in Arbeitsstunden: { $value }
rule-did-assign = vergeben an { $person }
rule-did-tell = niemand aus dem Team { $team } war frei, andere wurden benachrichtigt
rule-did-escalate = die Moderation wurde gerufen
help-away = Sagen, dass Sie abwesend oder wieder da sind.
    .details = Bis dahin geben Teams Ihnen keine Fragen. Mit { $prefix }away off sind Sie wieder da.
away-now = { $until ->
    [none] Sie sind nicht abwesend: Teams können Ihnen Fragen geben.
   *[other] Sie sind bis einschließlich { $until } abwesend. Mit { $prefix }away off sind Sie wieder da.
}
refused-away-past = Dieser Zeitpunkt ist schon vorbei. Zum Beispiel: { $prefix }away until friday
somebody-forgotten = eine vergessene Person
