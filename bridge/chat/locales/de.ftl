# Die Worte von askbridge. $number ist die Nummer einer Frage, $prefix der Anfang von Befehlen, $person ein Anzeigename.

## Die Karte

state-open = offen
state-claimed = in Bearbeitung
state-answered = beantwortet
state-closed = geschlossen
state-open-for = offen, für { $person }
state-claimed-by = in Bearbeitung bei { $person }
state-closed-because = geschlossen ({ $reason })
reason-withdrawn = zurückgezogen
asked-by = gefragt von { $person }
asked-by-external = gefragt von { $person } (extern, { $space })
card-hint = Antworten Sie in diesem Thread. { $prefix }answered oder ✅ an der besten Antwort erledigt die Frage.
card-accepted = Akzeptierte Antwort von { $person }
card-proposed = Vorgeschlagene Antwort von { $person }
nudge = { $person }: Ist die Antwort von { $author } das, was Sie brauchten? Akzeptieren Sie sie mit ✅ oder { $prefix }answered.

## Listen

list-unanswered = { $count ->
    [0] Keine unbeantworteten Fragen.
    [one] 1 unbeantwortete Frage
   *[other] { $count } unbeantwortete Fragen
}
list-questions = { $count ->
    [0] Keine Fragen gefunden.
    [one] 1 Frage
   *[other] { $count } Fragen
}
list-mine = { $count ->
    [0] Keine Fragen, die Sie gestellt haben oder die Ihnen zugewiesen sind.
    [one] 1 Frage, die Sie gestellt haben oder die Ihnen zugewiesen ist
   *[other] { $count } Fragen, die Sie gestellt haben oder die Ihnen zugewiesen sind
}
list-more = Seite { $page } von { $pages }. Für die nächste ergänzen Sie page:{ $next }
priority-low = niedrige Priorität
priority-normal = normale Priorität
priority-high = hohe Priorität
priority-urgent = dringend
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
told-answer-withdrawn = Q{ $number } ist wieder offen, die akzeptierte Antwort wurde zurückgezogen:

## Hilfe

help-intro = Ich behalte die Fragen in diesem Raum im Blick, bis sie beantwortet sind.
help-more = Schreiben Sie { $prefix }help und den Namen eines Befehls, um mehr zu erfahren. Auch Reaktionen wirken: ❓ macht eine Nachricht zur Frage, ✅ akzeptiert eine Antwort, 🙋 übernimmt, 👀 folgt, 👍 und 👎 stimmen ab.
help-aliases = Auch: { $names }
group-ask = Fragen
group-answer = Antworten
group-work = Sich um Fragen kümmern
group-find = Finden
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
help-reopen = Eine erledigte Frage wieder öffnen.
    .details = Akzeptierte Antworten gelten dann nicht mehr als akzeptiert. Für die fragende und die zuständige Person sowie die Moderation.
help-follow = Erfahren, was aus einer Frage wird.
    .details = Ich schreibe Ihnen in einem Direktchat, wenn sie beantwortet, geschlossen oder wieder geöffnet wird. Dasselbe wie 👀 an der Frage.
help-unfollow = Einer Frage nicht mehr folgen.
    .details = Ich schreibe Ihnen nicht mehr dazu.
help-unanswered = Fragen auflisten, die auf eine Antwort warten, die älteste zuerst.
    .details = Filter in beliebiger Reihenfolge: here, space:…, tag:…, by:@…, assigned:@…, assigned:none, assigned:me, older:2d, since:7d, from:external, priority:high, page:2.
help-questions = Fragen auflisten, die neueste zuerst.
    .details = Filter in beliebiger Reihenfolge: here, space:…, tag:…, by:@…, assigned:@…, is:open, is:claimed, is:answered, is:closed, older:2d, since:7d, from:external, priority:high, page:2.
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
slowed = Das ist viel auf einmal. Ich erledige alles, aber andere kommen zuerst an die Reihe.
unknown-command = Ich kenne { $command } nicht. Meinten Sie { $near }?
usage = Schreiben Sie: { $usage }
usage-unexpected = Mit „{ $word }“ kann ich hier nichts anfangen. Schreiben Sie: { $usage }
usage-in-a-room = { $usage } geht nur in einem Raum, wo andere es lesen können.
usage-ask = { $replied ->
    [0] Eine Frage braucht Worte. Schreiben Sie: { $prefix }ask Wie kann ich …?
   *[other] In dieser Nachricht steht nichts, was man fragen könnte. Schreiben Sie: { $prefix }ask Wie kann ich …?
}
usage-filter-unknown = { $hint ->
    [none] Ich kenne den Filter „{ $word }“ nicht. Filter sehen aus wie tag:vpn, older:2d oder is:open.
   *[other] Ich kenne den Filter „{ $word }“ nicht. Meinten Sie „{ $hint }“?
}
usage-filter-value = Mit „{ $word }“ kann ich nichts anfangen. Zum Beispiel: { $example }
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
refused-not-claimed = Niemand hat Q{ $number } übernommen.
refused-not-your-claim = Q{ $number } ist bei { $person } in Bearbeitung. Nur diese Person und die Moderation können die Frage zurückgeben.
refused-may-not-close = Nur die fragende und die zuständige Person sowie die Moderation können Q{ $number } schließen.
refused-already-closed = Q{ $number } ist schon geschlossen.
refused-withdrawn = Q{ $number } wurde zurückgezogen.
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
drift-remedy-encrypt = Sie können die Verschlüsselung einschalten, aber diese Version von mir liest in verschlüsselten Räumen nichts.
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
