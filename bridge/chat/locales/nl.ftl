# De woorden van askbridge. $number is het nummer van een vraag, $prefix waarmee opdrachten beginnen, $person een weergavenaam.

## De kaart

state-open = open
state-claimed = opgepakt
state-answered = beantwoord
state-closed = gesloten
state-open-for = open, voor { $person }
state-claimed-by = opgepakt door { $person }
state-closed-because = gesloten ({ $reason })
state-forgotten = { $state }, tekst verwijderd
reason-withdrawn = ingetrokken
reason-no-answer = zonder antwoord
escalated = moderators erbij gehaald
triage-in = in { $room }
triage-hint = 🙋 pakt op, ✅ accepteert het nieuwste antwoord, ❌ sluit. In deze discussie werken ook opdrachten, zoals { $prefix }assign @bob
triage-note = Notitie van { $person }: { $note }
triage-note-withdrawn = Een notitie van { $person } is teruggenomen.
triage-escalated = { $person } vraagt moderators naar Q{ $number } te kijken{ $note ->
    [none] .
   *[other] : { $note }
}
triage-escalated-by-rule = Een regel vraagt moderators naar Q{ $number } te kijken.
state-duplicate = gesloten (al eerder gesteld)
state-duplicate-of = gesloten (al eerder gesteld: Q{ $number })
asked-times = { $count } keer gesteld
asked-by = gesteld door { $person }
asked-by-external = gesteld door { $person } (extern, { $space })
card-hint = Antwoord in deze discussie. { $prefix }answered of ✅ bij het beste antwoord rondt de vraag af.
card-suggestions = Misschien al beantwoord:
card-take-first = { $count ->
    [1] Klopt dat? Dan reageert de vraagsteller hier met ✅ en wordt deze vraag gesloten.
   *[other] Klopt dat? Dan reageert de vraagsteller hier met { $marks } (✅ voor de eerste) en wordt deze vraag gesloten.
}
card-take = Klopt dat? Dan reageert de vraagsteller hier met { $marks } en wordt deze vraag gesloten.
card-accepted = Geaccepteerd antwoord van { $person }
card-proposed = Voorgesteld antwoord van { $person }
nudge = { $person }: is het antwoord van { $author } wat je zocht? Accepteer het met ✅ of { $prefix }answered.

## Lijsten

list-unanswered = { $count ->
    [0] Geen onbeantwoorde vragen.
    [one] 1 onbeantwoorde vraag
   *[other] { $count } onbeantwoorde vragen
}
list-unanswered-many = Meer dan { $count } onbeantwoorde vragen
list-questions = { $count ->
    [0] Geen vragen gevonden.
    [one] 1 vraag
   *[other] { $count } vragen
}
list-questions-many = Meer dan { $count } vragen
list-mine = { $count ->
    [0] Geen vragen die je hebt gesteld of die aan jou zijn toegewezen.
    [one] 1 vraag die je hebt gesteld of die aan jou is toegewezen
   *[other] { $count } vragen die je hebt gesteld of die aan jou zijn toegewezen
}
list-mine-many = Meer dan { $count } vragen die je hebt gesteld of die aan jou zijn toegewezen
search-found = { $count ->
    [0] Niets gevonden. Probeer het met minder of andere woorden.
    [one] 1 vraag gevonden
   *[other] { $count } vragen gevonden
}
search-found-many = Meer dan { $count } vragen gevonden; deze passen het best
list-more = Pagina { $page } van { $pages }. Voeg voor de volgende page:{ $next } toe
priority-low = lage prioriteit
priority-normal = normale prioriteit
priority-high = hoge prioriteit
priority-urgent = dringend
untold = in een versleutelde kamer
show-untold = De tekst blijft in de versleutelde kamer; de links leiden erheen.
show-notes = { $count ->
    [one] 1 notitie
   *[other] { $count } notities
}
show-forgotten = De tekst van deze vraag is voorgoed verwijderd. Het nummer blijft.
held = blijft altijd bewaard
show-answers = { $count ->
    [0] Nog geen antwoorden.
    [one] 1 antwoord
   *[other] { $count } antwoorden
}
standing-proposed = voorgesteld
standing-accepted = geaccepteerd
standing-endorsed = geaccepteerd en bevestigd
votes = stemmen { $score }

## Wat volgers te horen krijgen

told-answered = Q{ $number } is beantwoord:
told-closed = Q{ $number } is gesloten:
told-reopened = Q{ $number } staat weer open:
told-assigned = { $person } vraagt je Q{ $number } te beantwoorden{ $note ->
    [none] :
   *[other] {" "}(“{ $note }”):
}
told-your-turn = Jij bent aan de beurt om Q{ $number } te beantwoorden:
told-reminded = Q{ $number } wacht nog op je antwoord. Lukt het niet, dan geeft { $prefix }unclaim { $number } de vraag terug:
told-escalated = { $person } vraagt moderators naar Q{ $number } te kijken{ $note ->
    [none] :
   *[other] {" "}(“{ $note }”):
}
told-escalated-by-rule = Een regel vraagt moderators naar Q{ $number } te kijken:
assigned-away = Q{ $number } is nu voor { $person }, afwezig tot en met { $until }.
told-answer-withdrawn = Q{ $number } staat weer open, het geaccepteerde antwoord is ingetrokken:

## Hulp

help-intro = Ik houd de vragen in deze kamer bij totdat ze beantwoord zijn.
help-more = Typ { $prefix }help en de naam van een opdracht voor meer uitleg. Reacties werken ook: ❓ maakt van een bericht een vraag, ✅ accepteert een antwoord, 🙋 pakt een vraag op, 👀 volgt, 👍 en 👎 stemmen.
help-aliases = Ook: { $names }
group-ask = Vragen
group-answer = Antwoorden
group-work = Vragen in de gaten houden
group-find = Zoeken
group-access = Toegang
group-self = Voor jezelf
help-ask = Stel een vraag.
    .details = De eerste regel is de titel. Een #woord is een label. Noem aan het begin mensen om de vraag aan hen te richten. Als reactie zonder tekst maakt de opdracht van het bericht waarop je reageert een vraag. Mij vermelden is ook vragen.
help-answer = Beantwoord een vraag zonder de discussie te openen.
    .details = In de discussie van een vraag is elk bericht van een ander een antwoord; deze opdracht is voor daarbuiten.
help-answered = Rond een vraag af.
    .details = Als reactie op een antwoord accepteert de opdracht dat antwoord; in een discussie het nieuwste antwoord van iemand anders. Met een tekst wordt die tekst het antwoord. De vraagsteller en moderators accepteren; doet iemand anders het, dan wordt het antwoord aan de vraagsteller voorgesteld.
help-claim = Laat weten dat je een vraag oppakt.
    .details = Anderen zien wie ermee bezig is. Hetzelfde als 🙋 bij de vraag.
help-unclaim = Geef een opgepakte vraag terug.
    .details = Iedereen kan de vraag dan weer oppakken. Moderators kunnen dit ook voor anderen doen.
help-close = Sluit een vraag die geen antwoord meer nodig heeft.
    .details = Vermeld eventueel waarom. Voor de vraagsteller, degene aan wie de vraag is toegewezen en moderators.
help-assign = Zeg wie een vraag moet beantwoorden.
    .details = Die persoon krijgt bericht en de kaart laat het zien. Die moet in de kamer van de vraag zijn. Wat je achter de naam schrijft, is voor die persoon; “me” ben jijzelf. Wie niets laat horen, krijgt één herinnering; daarna is de volgende aan de beurt.
help-tag = Geef een vraag labels of haal labels weg.
    .details = +vpn of vpn voegt er een toe, -vpn haalt dat weg; meer tegelijk mag ook. Een vraag heeft hooguit tien labels.
help-priority = Zeg hoe dringend een vraag is.
    .details = low, normal, high of urgent; laag, normaal, hoog en dringend mag ook.
help-noanswer = Sluit een vraag die zonder antwoord blijft.
    .details = Er is geen antwoord nodig, of er is er geen. Voor de vraagsteller, degene aan wie de vraag is toegewezen en moderators.
help-escalate = Vraag moderators naar een vraag te kijken.
    .details = De vraag krijgt hoge prioriteit en zij krijgen één keer bericht. Zeg erbij waarom, als je wilt. Voor de vraagsteller, degene aan wie de vraag is toegewezen en medewerkers.
help-note = Schrijf een notitie die alleen de triagekamer ziet.
    .details = Die staat daar onder de kaart van de vraag, en { $prefix }show laat die daar zien. Bewerk of verwijder je bericht om de notitie te veranderen.
help-duplicate = Sluit een vraag die al eerder is gesteld.
    .details = De vraag krijgt een link naar de andere, en wie haar volgt, volgt voortaan die. Voor de vraagsteller, degene aan wie de vraag is toegewezen en moderators. { $prefix }reopen maakt het ongedaan.
help-reopen = Heropen een afgeronde vraag.
    .details = Geaccepteerde antwoorden zijn dan niet langer geaccepteerd. Voor de vraagsteller, degene aan wie de vraag is toegewezen en moderators.
help-follow = Blijf op de hoogte van een vraag, of van wat onder een label, in een ruimte of door iemand wordt gevraagd.
    .details = Ik schrijf je in een privégesprek als een vraag wordt beantwoord, gesloten of heropend, en als er een nieuwe komt met een label (tag:vpn), in een ruimte (space:acme) of van iemand, ook als diegene antwoordt. Hetzelfde als 👀 bij een vraag. In ons privégesprek, zonder meer: wat je volgt.
help-unfollow = Volg een vraag, label, ruimte of persoon niet langer.
    .details = Ik schrijf je er dan niet meer over.
help-hold = Voorkom dat een vraag na afloop van de bewaartermijn wordt verwijderd.
    .details = De tekst blijft dan staan na de bewaartermijn van de ruimte, en ook als iemand vraagt om vergeten te worden. “off” geeft de vraag weer vrij. Voor moderators.
help-forget = Laat alles verwijderen wat je aan mij hebt geschreven.
    .details = Ik zeg eerst in ons privégesprek wat er weggaat en wat er blijft, en doe het zodra je bevestigt. “me” is het enige woord dat kan, en dat ben jij.
help-unanswered = Toon vragen die op een antwoord wachten, de oudste eerst.
    .details = Filters in willekeurige volgorde: here, space:…, tag:…, by:@…, assigned:@…, assigned:none, assigned:me, older:2d, since:7d, from:external, priority:high, page:2.
help-questions = Toon vragen, de nieuwste eerst.
    .details = Filters in willekeurige volgorde: here, space:…, tag:…, by:@…, assigned:@…, is:open, is:claimed, is:answered, is:closed, older:2d, since:7d, from:external, priority:high, page:2.
help-search = Vind vragen op woorden, de beste eerst.
    .details = Zoekt in vragen, antwoorden en labels; hoofdletters, accenten en kleine spelfouten maken niet uit. Filters zoals is:answered of tag:vpn mogen tussen de woorden staan; wat tussen aanhalingstekens staat, is geen filter.
help-mine = Toon wat je hebt gevraagd en wat aan jou is toegewezen.
    .details = Met dezelfde filters als { $prefix }questions.
help-show = Toon een vraag met de antwoorden.
    .details = In een discussie mag je het nummer weglaten.
help-audit = Toon wat verschilt tussen kamers en het beleid van hun ruimte.
    .details = Met de naam van een ruimte alleen die. Elk verschil heeft een nummer; met “accept” en dat nummer zegt een moderator dat het zo bedoeld is. Wat ik had hersteld, zet ik dan terug.
help-help = Laat zien wat ik hier kan.
    .details = Met de naam van een opdracht krijg je uitleg over die opdracht.
help-language = Kies de taal waarin ik je antwoord geef.
    .details = Kaarten houden de taal van de kamer. “default” volgt de kamer weer.
language-now = { $language ->
    [none] Ik antwoord je in de taal van de kamer. Kies een andere met { $prefix }language en een van: { $languages }
   *[other] Ik antwoord je in het Nederlands. Kies een andere taal met { $prefix }language en een van: { $languages }, of “default”.
}
language-chosen = { $language ->
    [none] Vanaf nu antwoord ik je in de taal van de kamer.
   *[other] Vanaf nu antwoord ik je in het Nederlands.
}

## Wat niet werd begrepen; de eerste drie staan in gebruiksregels voor wat de schrijver daar invult

usage-text = tekst…
usage-filters = filters…
usage-command = [opdracht]
broken = Er ging bij mij iets mis en het is me niet gelukt. Meld dit aan wie mij beheert; de referentie is { $reference }.
unreadable = Ik kan dit bericht niet lezen: de sleutel ervan heeft me niet bereikt, hoewel ik erom heb gevraagd. Stuur het bericht alsjeblieft nog een keer.
unreadable-unverified = Ik kan dit bericht niet lezen: je client geeft sleutels alleen aan apparaten die hij vertrouwt, en het mijne hoort daar niet bij. Verifieer mij, of vraag wie mij beheert om { $command } uit te voeren; stuur het bericht daarna nog een keer.
slowed = Dat is veel tegelijk. Ik doe het allemaal, maar anderen gaan voor.
unknown-command = Ik ken { $command } niet. Bedoel je { $near }?
usage = Typ: { $usage }
usage-unexpected = Ik kan hier niets met “{ $word }”. Typ: { $usage }
usage-in-a-room = { $usage } werkt alleen in een kamer, waar anderen het kunnen lezen.
usage-ask = { $replied ->
    [0] Een vraag heeft woorden nodig. Typ: { $prefix }ask Hoe kan ik …?
    [2] Het bericht waarop je reageert, kan ik niet lezen. Typ de vraag zelf: { $prefix }ask Hoe kan ik …?
   *[other] In dat bericht staat niets om te vragen. Typ: { $prefix }ask Hoe kan ik …?
}
usage-filter-unknown = { $hint ->
    [none] Ik ken het filter “{ $word }” niet. Filters zien eruit als tag:vpn, older:2d of is:open.
   *[other] Ik ken het filter “{ $word }” niet. Bedoel je “{ $hint }”?
}
usage-filter-value = Ik kan niets met “{ $word }”. Bijvoorbeeld: { $example }
usage-search = Zeg ook wat je zoekt: “{ $word }” beperkt alleen. Typ: { $usage }
usage-tag = “{ $word }” kan geen label zijn. Bijvoorbeeld: { $prefix }tag 42 +vpn -lan
usage-priority = Ik ken de prioriteit “{ $word }” niet. Er zijn: low, normal, high, urgent
usage-person = Ik weet niet wie “{ $word }” is. Typ het hele adres, zoals @ann:acme.com, of vermeld de persoon.
usage-date = Ik weet niet wanneer “{ $word }” is. Bijvoorbeeld: voor 30 dagen, tot 31 december, tot 2026-12-31
usage-date-ambiguous = “{ $word }” kan twee dagen betekenen. Typ { $first } of { $second }.
usage-granting-word = { $hint ->
    [none] Ik begrijp “{ $word }” hier niet. Typ: { $usage }
   *[other] Ik begrijp “{ $word }” hier niet. Bedoel je “{ $hint }”? Typ: { $usage }
}

## Wat wordt geweigerd

refused-not-unanswered = Q{ $number } wacht niet op een antwoord: de vraag is { $state }. { $prefix }reopen { $number } heropent de vraag.
refused-already-yours = Je hebt Q{ $number } al opgepakt.
refused-already-claimed = Q{ $number } is al opgepakt door { $person }. Overleg samen, of wacht op { $prefix }unclaim.
refused-assigned-already = Q{ $number } is al voor { $person }.
refused-assignee-not-there = { $person } is niet in de kamer van Q{ $number } en zou de vraag niet kunnen zien.
refused-enough-tags = Q{ $number } zou te veel labels hebben; de grens is { $limit }. Haal er eerst een weg, zoals { $prefix }tag { $number } -lan
refused-tagged-already = Dat verandert niets aan de labels van Q{ $number }.
refused-prioritized-already = Q{ $number } heeft die prioriteit al.
refused-escalated-already = Moderators is kort geleden al gevraagd naar Q{ $number } te kijken.
refused-may-not-escalate = Alleen de vraagsteller, degene aan wie Q{ $number } is toegewezen, medewerkers en moderators kunnen de vraag aan moderators voorleggen.
refused-words-stay = Woorden uit versleutelde kamers worden daar niet bewaard, dus Q{ $number } blijft zoals die is.
refused-note-elsewhere = Notities zijn alleen voor medewerkers. Schrijf ze in de triagekamer.
refused-no-triage-room = Er is geen triagekamer voor Q{ $number }, dus niemand zou de notitie zien.
refused-note-stays = Deze kamer is versleuteld en de triagekamer niet. Schrijf de notitie over Q{ $number } daar.
refused-ask-elsewhere = In een triagekamer worden geen vragen gesteld. Vraag het in een kamer van de ruimte; de kaart komt dan hier.
refused-not-claimed = Niemand heeft Q{ $number } opgepakt.
refused-not-your-claim = Q{ $number } is opgepakt door { $person }. Alleen die persoon en moderators kunnen de vraag teruggeven.
refused-may-not-close = Alleen de vraagsteller, degene aan wie Q{ $number } is toegewezen en moderators kunnen de vraag sluiten.
refused-already-closed = Q{ $number } is al gesloten.
refused-same-question = Q{ $number } kan geen duplicaat van zichzelf zijn.
refused-withdrawn = Q{ $number } is ingetrokken.
refused-forgotten = De tekst van Q{ $number } is voorgoed verwijderd. Stel de vraag opnieuw.
refused-held-already = Q{ $number } blijft al voor altijd bewaard.
refused-not-held = Q{ $number } blijft niet altijd bewaard; de vraag gaat weg na de bewaartermijn.
refused-forgetting-already = Ik ben al bezig te verwijderen wat je hebt geschreven, en schrijf je als het klaar is.
refused-not-settled = Q{ $number } staat al open.
refused-may-not-reopen = Alleen de vraagsteller, degene aan wie Q{ $number } is toegewezen en moderators kunnen de vraag heropenen.
refused-closed = Q{ $number } is gesloten. { $prefix }reopen { $number } heropent de vraag.
refused-said-already = Dat heb je al gezegd; Q{ $number } blijft zoals het is.
refused-already-accepted = Dat antwoord op Q{ $number } is al geaccepteerd door { $person }.
refused-which-question = Welke vraag? Geef het nummer, zoals { $prefix }show 42, of schrijf in de discussie van de vraag.
refused-no-such-question = Er is hier geen vraag Q{ $number }.
refused-not-in-its-room = Q{ $number } hoort bij een andere kamer. Ga naar die kamer om er iets mee te doen.
refused-ask-in-a-room = Vragen stel je in een kamer, waar anderen kunnen antwoorden. Typ daar { $prefix }ask.
refused-own-message = Dat bericht is van mij; het kan geen vraag worden.
refused-already-a-question = Dat bericht is al een vraag: Q{ $number }.
refused-in-a-thread = Deze discussie hoort bij Q{ $number }. Stel je vraag in de kamer zelf.
refused-too-long = Dat is te lang: { $count } tekens. De limiet is { $limit }.
refused-own-question = Q{ $number } is je eigen vraag. Heb je het antwoord gevonden, typ dan: { $prefix }answered { $number } en het antwoord.
refused-nothing-to-accept = Q{ $number } heeft nog geen antwoord dat geaccepteerd kan worden. Is het er eenmaal, reageer er dan op met { $prefix }answered, of typ { $prefix }answered { $number } en het antwoord.
refused-following-already = Je volgt Q{ $number } al.
refused-not-following = Je volgt Q{ $number } niet.
refused-no-such-command = De opdracht { $command } bestaat niet. Bedoel je { $near }?
refused-no-such-language = Ik spreek geen “{ $language }”. Ik spreek: { $languages }

## Kamers en het beleid van hun ruimte

room-mark = open voor mensen van buiten
drift-join_rule = wie mag deelnemen
drift-history = wie mag lezen wat eerder is gezegd
drift-guests = toegang voor gasten
drift-encryption = versleuteling
drift-alias = adres
drift-listed = kamergids
drift-power = machtsniveau
drift-servers = servers die mogen meedoen
drift-parent = bovenliggende ruimte
drift-integration = widget of brug
drift-federation = meedoen vanaf andere servers
drift-mark = de vermelding in naam of onderwerp
drift-label = de gebeurtenis voor andere programma’s
drift-remedy-rights = Ik mis het machtsniveau daarvoor.
drift-remedy-reverted = Het is telkens weer veranderd, daarom laat ik het aan jou over.
drift-remedy-refused = De server stond het mij niet toe.
drift-remedy-encrypt = Je kunt versleuteling aanzetten; zolang die in mijn configuratie uitstaat, lees ik niets in versleutelde kamers.
drift-remedy-remake = Dat is in een bestaande kamer niet te veranderen: maak een nieuwe.
drift-remedy-upgrade = De versie van de kamer kent dit niet: waardeer de kamer op.
drift-remedy-family = Er is geen Matrix-ruimte bekend waarvan de leden binnen mogen: noem er een in de configuratie (matrix_space).
drift-remedy-creator = Wie een kamer heeft gemaakt, staat daar boven iedereen: maak een nieuwe.
drift-remedy-above = Deze persoon staat even hoog als ik: vraag om het te verlagen, of geef mij een hoger machtsniveau.
drift-remedy-everybody = Iedereen heeft het: geef een niveau aan wie het nodig heeft en verlaag dan de standaard (users_default).
drift-remedy-owned = Alleen de persoon van wie het is kan het verwijderen.
drift-remedy-look = Controleer alsjeblieft of het hier hoort.
told-drift-mended = { $who } heeft { $room } tegen het beleid veranderd: { $drift } was { $found }. Ik heb het teruggezet op { $wanted }. Was het de bedoeling, dan kan een moderator schrijven: { $prefix }audit accept { $number }
told-drift-would = { $who } heeft { $room } tegen het beleid veranderd: { $drift } is { $found } en hoort { $wanted } te zijn. Ik meld dit alleen. Was het de bedoeling, dan kan een moderator schrijven: { $prefix }audit accept { $number }
told-drift-rights = { $room } wijkt af van het beleid sinds een verandering door { $who }: { $drift } is { $found } en hoort { $wanted } te zijn. Ik mag { $event } niet veranderen: daarvoor is machtsniveau { $needed } nodig, ik heb { $has }. Geef { $bot } machtsniveau { $needed }, of schrijf { $prefix }audit accept { $number }
told-drift-refused = { $room } wijkt af van het beleid sinds een verandering door { $who }: { $drift } is { $found } en hoort { $wanted } te zijn. De server liet het mij niet veranderen: { $problem }. Doe het zelf, of schrijf { $prefix }audit accept { $number }
told-drift-stuck = { $room } wijkt af van het beleid sinds een verandering door { $who }: { $drift } is { $found } en hoort { $wanted } te zijn. { $remedy } Is het zo bedoeld, schrijf dan { $prefix }audit accept { $number }
told-drift-summary = Ik heb de kamers van { $space } met het beleid vergeleken. Verschillen: { $count }, waarvan door mij hersteld: { $mended }, en alleen door jou te herstellen: { $stuck }. Kamers: { $rooms }. { $prefix }audit { $space } toont wat er over is.
audit-found = Verschillen met het beleid: { $count }
audit-clean = Niets wijkt af van het beleid.
audit-line = { $number }: { $room }: { $drift } is { $found } en hoort { $wanted } te zijn; { $ago }, door { $who }.
audit-open = Ik meld dit alleen.
audit-due = Ik ga het zo herstellen.
audit-accepted = Een moderator heeft het aanvaard.
audit-lacks = { $room }: ik mag dit niet veranderen: { $lacks }. Mijn machtsniveau is { $has }: geef { $bot } { $needed }.
audit-keeps = Aanvaard. { $drift } in { $room } mag { $found } blijven.
audit-restores = Aanvaard. Ik zet { $drift } in { $room } terug op { $found }.
refused-no-such-drift = Er is geen verschil { $number }. { $prefix }audit toont wat er is.
refused-drift-over = { $number } is al voorbij.

## Hulp over toegang

help-invite = Laat iemand van buiten toe.
    .details = Jij staat voor diegene in. In alle kamers van de ruimte, of met “here” (“hier”) alleen in deze kamer. Zeg tot wanneer en waarom; zonder einde is het zo lang als de ruimte toestaat. Noem in een privégesprek de ruimte. Waar moderators beslissen, wordt het eerst aan hen gevraagd.
help-extend = Laat iemands toegang later eindigen.
    .details = Zonder datum is het vanaf vandaag nog eens zo lang als het was. Hetzelfde als ✅ bij mijn waarschuwing.
help-revoke = Beëindig iemands toegang nu.
    .details = Ik verwijder diegene uit alle kamers van deze ruimte, met “everywhere” (“overal”) uit die van alle ruimtes, en meld het als dat gedaan is.
help-externals = Toon wie van buiten toegang heeft.
    .details = Met wie voor hen instaat, de laatste dag en de reden. Voeg voor de volgende pagina page:2 toe.
help-who = Toon wie iemand voor ons is.
    .details = Wie voor diegene instaat, sinds wanneer, tot wanneer en waarom, en in welke van onze kamers diegene is.
help-requests = Toon wat op een moderator wacht, of beslis.
    .details = Moderators kunnen ook ✅ bij mijn bericht zetten om goed te keuren.
help-terms = Toon de toegangsvoorwaarden opnieuw, of accepteer ze.
    .details = Ik stuur ze je in ons privégesprek. ✅ bij mijn bericht accepteert ze ook.

## Wie toegang heeft

class-staff = een van onze medewerkers
class-trusted = gelijkgesteld met onze medewerkers
class-external = van buiten, met toegang
class-outsider = van buiten, zonder toegang
grant-live = van kracht
grant-requested = wacht op een moderator
grant-terms = voorwaarden nog niet geaccepteerd
grant-orphaned = wie ervoor instond is vertrokken, iemand moet het overnemen
grant-ended = afgelopen
grant-line = { $who }: { $scope ->
    [room] { $room }
   *[other] alle kamers van { $space }
}, sinds { $since }, { $until ->
    [none] zonder einde
   *[other] tot en met { $until }
}, { $sponsor } staat in, { $standing }{ $reason ->
    [none] {""}
   *[other] , reden: { $reason }
}
request-line = { $number }: { $who }, { $scope ->
    [room] { $room }
   *[other] alle kamers van { $space }
}, { $until ->
    [none] zonder einde
   *[other] tot en met { $until }
}, gevraagd door { $by }{ $reason ->
    [none] {""}
   *[other] , reden: { $reason }
}
externals-list = { $count ->
    [0] Niemand van buiten heeft toegang
   *[other] Van buiten met toegang: { $count }
}{ $space ->
    [none] {""}
   *[other] {" "}({ $space })
}
requests-list = { $count ->
    [0] Niets wacht op een moderator.
   *[other] Wacht op een moderator: { $count }. Typ { $prefix }requests approve of { $prefix }requests refuse en het nummer.
}
who-ours = { $who }: { $class }.
who-is = { $who }: { $class }. { $count ->
    [0] In geen van onze kamers.
   *[other] In onze kamers: { $rooms }
}

## Wat over toegang geweigerd wordt

refused-for-staff = Dat is alleen voor mensen van deze organisatie. Heb je het nodig, vraag het dan aan wie je heeft uitgenodigd.
refused-no-such-space = Er is geen ruimte “{ $word }”. Er zijn: { $list }
refused-which-space = Welke ruimte? Voeg space: toe en een van: { $list }
refused-no-extranet = Geen ruimte is hier bedoeld voor genoemde mensen van buiten. Mijn beheerders kunnen er een inrichten (level: extranet).
refused-here-in-a-room = “here” betekent de kamer waarin je typt, en deze hoort niet bij { $space }. Typ het in die kamer, of laat “here” weg.
refused-space-internal = In { $space } is alleen plaats voor medewerkers. Typ dit in een kamer voor mensen van buiten, of noem zo’n ruimte met space:
refused-space-open = Iedereen mag in { $space } komen: { $who } heeft geen toestemming nodig. Nodig diegene gewoon uit in de kamer.
refused-one-of-ours = { $who } is een van ons en heeft geen toestemming nodig. Nodig diegene gewoon uit in de kamer.
refused-one-of-ours-stays = { $who } is een van ons; daar kan ik geen einde aan maken. Mijn beheerders kunnen het wijzigen (people.staff, people.trusted, people.denied).
refused-that-is-me = Dat ben ik. Noem wie er binnen mag komen.
refused-person-denied = { $who } wordt door de configuratie uit alle kamers geweerd. Vraag het mijn beheerders (people.denied).
refused-server-not-allowed = { $space } laat alleen mensen van { $list } toe, en { $who } komt ergens anders vandaan. Gebruik hun adres daar, of vraag mijn beheerders hun server toe te staan.
refused-end-past = { $until } is al voorbij. Noem een dag die nog komt.
refused-end-too-late = Dat is langer dan { $space } toestaat. De laatst mogelijke dag is { $until }.
refused-granted-already = { $who } heeft al toegang, { $until ->
    [none] zonder einde
   *[other] tot en met { $until }
}; { $sponsor } staat in. Om dat te wijzigen: { $prefix }extend { $who }
refused-requested-already = Toegang voor { $who } wacht al op een moderator; { $sponsor } vroeg erom. { $prefix }requests toont het.
refused-no-grant = { $who } heeft geen toegang tot { $space }. { $elsewhere ->
    [none] { $prefix }invite { $who } zou die geven.
   *[other] Elders: { $elsewhere }. Noem dat met space:
}
refused-no-grant-anywhere = { $who } heeft nergens toegang en is in geen van onze kamers. Klopt het adres? { $prefix }externals toont iedereen.
refused-no-end = De toegang van { $who } heeft geen einde. Om er een te geven: { $prefix }extend { $who } until 2026-12-31
refused-ends-then-already = Dat is al zo: { $who } heeft toegang { $until ->
    [none] zonder einde
   *[other] tot en met { $until }
}. Noem een andere dag, zoals: { $prefix }extend { $who } until 2026-12-31
refused-no-moderators = In { $space } beslissen moderators hierover, en die zijn er niet. Vraag mijn beheerders er te benoemen (people.moderators).
refused-may-not-revoke = Alleen wie ervoor instaat en moderators kunnen dat beëindigen. Vraag { $sponsor }, die voor { $who } instaat.
refused-no-such-request = Er wacht geen verzoek { $number }. { $prefix }requests toont wat er wacht.
refused-moderators-only = Daarover beslissen moderators. Vraag het een van hen: { $list }
refused-no-terms = Er zijn geen voorwaarden die je moet accepteren. Verwachtte je die wel, vraag het dan aan wie je heeft uitgenodigd.

## Wat over toegang gezegd wordt; $person en $who zijn gebruikers-id’s, want namen kunnen liegen

told-granted = { $person } heeft toegang tot { $scope ->
    [room] { $rooms }
   *[other] { $space }, alle kamers
}, { $until ->
    [none] zonder einde
   *[other] tot en met { $until }
}. Jij staat ervoor in.{ $count ->
    [0] {" "}Ik ben nog in geen van die kamers; de uitnodiging volgt zodra ik er ben.
   *[other] {""}
}
    { $then ->
    [terms] Ik leg de voorwaarden voor; zodra die geaccepteerd zijn, nodig ik uit.
   *[other] Ik nodig uit.
}
    Langer: { $prefix }extend { $person }. Beëindigen: { $prefix }revoke { $person }
told-requested = Je verzoek voor { $person } in { $space } wacht op een moderator, { $until ->
    [none] zonder einde
   *[other] tot en met { $until }
}. Ik laat het weten als er beslist is. Het nummer is { $number }.
told-approve = { $by } vraagt toegang voor { $person } tot { $scope ->
    [room] { $rooms }
   *[other] { $space }, alle kamers
}, { $until ->
    [none] zonder einde
   *[other] tot en met { $until }
}{ $reason ->
    [none] {""}
   *[other] , reden: { $reason }
}.
    ✅ hier keurt het goed, of { $prefix }requests approve { $number }. Weigeren: { $prefix }requests refuse { $number }
told-approve-end = { $by } vraagt de toegang van { $person } tot { $space } te verlengen: { $until ->
    [none] zonder einde
   *[other] tot en met { $until }
}.
    ✅ hier keurt het goed, of { $prefix }requests approve { $number }. Weigeren: { $prefix }requests refuse { $number }
told-refused = { $by } heeft de toegang van { $person } tot { $space } niet goedgekeurd. Vraag diegene naar de reden.
told-refused-end = { $by } heeft de verlenging voor { $person } niet goedgekeurd. Het blijft { $until ->
    [none] zonder einde
   *[other] tot en met { $until }
}.
told-extended = { $person } heeft nu toegang tot { $space } { $until ->
    [none] zonder einde
   *[other] tot en met { $until }
} (door { $by }). { $sponsor } staat in.
told-extended-you = Je toegang tot { $space } gaat door, { $until ->
    [none] zonder einde
   *[other] tot en met { $until }
}.
told-adopted = Jij staat nu in voor { $person } in { $space }, { $until ->
    [none] zonder einde
   *[other] tot en met { $until }
}. Beëindigen: { $prefix }revoke { $person }
told-orphaned = { $sponsor }, die instond voor { $person } in { $space }, is niet meer een van ons. De toegang loopt door { $until ->
    [none] zonder einde
   *[other] tot en met { $until }
}{ $reason ->
    [none] {""}
   *[other] ; de reden was: { $reason }
}.
    ✅ hier betekent dat jij ervoor instaat. Beëindigen: { $prefix }revoke { $person }
told-warning = De toegang van { $person } tot { $space } eindigt op { $until }; dan verwijder ik diegene.
    ✅ hier verlengt met nog eens zo lang, of { $prefix }extend { $person }
told-warning-you = Je toegang tot { $space } eindigt op { $until }. Heb je die nog nodig, vraag het { $sponsor }; die kan verlengen.
told-lapsed = Niemand heeft op tijd beslist over de toegang van { $person } tot { $space }; het verzoek is vervallen. Je kunt opnieuw vragen: { $prefix }invite { $person }
told-revoked-by = { $by } heeft de toegang van { $person } tot { $space } beëindigd{ $reason ->
    [none] {""}
   *[other] , reden: { $reason }
}. Jij stond ervoor in.
told-kept = { $person } heeft nog toegang tot { $space }: alleen { $sponsor }, die ervoor instaat, en moderators daar kunnen dat beëindigen.
told-terms-accepted = { $person } heeft de voorwaarden van { $space } geaccepteerd; ik nodig uit.
told-terms-overdue = { $person } heeft de nieuwe voorwaarden van { $space } niet op tijd geaccepteerd, dus verwijder ik diegene. Na acceptatie, met { $prefix }terms in het privégesprek met mij, nodig ik opnieuw uit.
terms-first = { $sponsor } wil je uitnodigen voor { $space }. Lees eerst deze voorwaarden:
terms-anew = De voorwaarden van { $space } zijn gewijzigd. Accepteer ze uiterlijk op { $until }, anders kun je niet blijven:
terms-ask = Accepteer je deze voorwaarden van { $space }? Zet ✅ bij dit bericht, of typ { $prefix }terms accept. Vragen kun je stellen aan { $sponsor }.

## Bij de deuren van kamers

no-place-denied = Je kunt niet in kamers van deze organisatie zijn. { $whom ->
    [none] Klopt dat niet volgens jou, vraag het dan aan je contactpersoon hier.
   *[other] Klopt dat niet volgens jou, vraag het dan aan { $whom }.
}
no-place-internal = Deze kamer is alleen voor medewerkers. { $whom ->
    [none] Klopt dat niet volgens jou, vraag het dan aan je contactpersoon hier.
   *[other] Klopt dat niet volgens jou, vraag het dan aan { $whom }.
}
no-place-server = Mensen van jouw server kunnen niet in deze kamer zijn. { $whom ->
    [none] Klopt dat niet volgens jou, vraag het dan aan je contactpersoon hier.
   *[other] Klopt dat niet volgens jou, vraag het dan aan { $whom }.
}
no-place-requested = Je toegang tot deze kamer is nog niet goedgekeurd. Zodra dat zo is, nodig ik je uit. { $whom ->
    [none] Klopt dat niet volgens jou, vraag het dan aan je contactpersoon hier.
   *[other] Klopt dat niet volgens jou, vraag het dan aan { $whom }.
}
no-place-ungranted = Je hebt geen toegang tot deze kamer. { $whom ->
    [none] Vraag je contactpersoon hier om { $prefix }invite voor je te typen.
   *[other] Vraag { $whom } om { $prefix }invite voor je te typen.
}
no-place-ended = Je toegang tot deze kamer is afgelopen. { $whom ->
    [none] Heb je die nog nodig, vraag dan je contactpersoon hier om { $prefix }invite voor je te typen.
   *[other] Heb je die nog nodig, vraag dan { $whom } om { $prefix }invite voor je te typen.
}
no-place-terms = Je hebt de voorwaarden voor deze kamer nog niet geaccepteerd. Ik heb ze je gestuurd in ons privégesprek; { $prefix }terms toont ze daar opnieuw. Zodra je ze accepteert, nodig ik je uit. { $whom ->
    [none] Je contactpersoon hier kan vragen beantwoorden.
   *[other] Vragen kun je stellen aan { $whom }.
}
why-denied = de configuratie weert diegene overal (people.denied)
why-internal = de kamer is alleen voor medewerkers
why-ungranted = niemand heeft diegene toegang gegeven
why-server = de ruimte laat niemand van die server toe
why-requested = de toegang is nog niet goedgekeurd
why-terms = de voorwaarden zijn niet geaccepteerd
why-ended = de toegang is afgelopen
membership-join = was in de kamer
membership-invite = was uitgenodigd
membership-knock = vroeg om binnen te komen
told-removed = Ik heb { $person } uit { $room } verwijderd ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Uitgenodigd door { $by }.
} Moet diegene er wel in, zie { $prefix }help invite
told-inviter = Je hebt { $person } uitgenodigd in { $room }, en ik moest diegene verwijderen: { $why }. Moet diegene er wel in, typ dan in die kamer: { $prefix }invite { $person }
told-inviter-never = Je hebt { $person } uitgenodigd in { $room }, en ik moest diegene verwijderen: { $why }. Spreek af in een kamer die voor mensen van buiten open is, of vraag mijn beheerders.
told-would-remove = Ik zou { $person } uit { $room } verwijderen ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Uitgenodigd door { $by }.
} Ik heb niets gedaan, want deze ruimte staat op enforce: report.
told-waiting = { $person } hoort niet in { $room } ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Uitgenodigd door { $by }.
} Ik verwijder nu niemand: dat wacht op { $prefix }enforce confirm, of op een configuratie die geladen kan worden.
told-stuck-rights = { $person } hoort niet in { $room } ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Uitgenodigd door { $by }.
} Ik mag daar niemand verwijderen. Geef { $bot } machtsniveau { $power } in die kamer, of verwijder diegene zelf.
told-stuck-themselves = { $person } hoort niet in { $room } ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Uitgenodigd door { $by }.
} Ik kan diegene niet verwijderen, want het machtsniveau is niet lager dan het mijne. Verlaag dat en geef { $bot } ten minste { $power }, of verwijder diegene zelf.
told-would-remove-all = Mensen die ik zou verwijderen: { $count } – { $list }{ $more ->
    [0] {""}
   *[other] , en nog { $more }
}. Ik heb niets gedaan, want deze ruimtes staan op enforce: report. { $prefix }enforce toont alles.
told-stuck-all = Mensen die niet horen waar ze zijn, en die ik niet kan verwijderen: { $count } – { $list }{ $more ->
    [0] {""}
   *[other] , en nog { $more }
}. Geef { $bot } een hoger machtsniveau dat mag verwijderen, of verwijder hen zelf. { $prefix }enforce toont alles.
told-halted = Mensen die niet horen waar ze zijn: { $count } – { $list }{ $more ->
    [0] {""}
   *[other] , en nog { $more }
}. Dat is meer dan ik zonder vragen verwijder. Kijk het na; { $prefix }enforce confirm voert het uit.
told-revoked = Het is gedaan: de toegang van { $person } is ingetrokken. Verlaten kamers: { $count }.{ $stuck ->
    [0] {""}
   *[other] {" "}Niet gelukt in: { $rooms }. Doe het daar zelf, of geef { $bot } een hoger machtsniveau.
}{ $problem ->
    [none] {""}
   *[other] {" "}De server zei: { $problem }
}
told-ended = { $person } heeft geen toegang meer. Verlaten kamers: { $count }.{ $stuck ->
    [0] {""}
   *[other] {" "}Niet gelukt in: { $rooms }. Doe het daar zelf, of geef { $bot } een hoger machtsniveau.
}{ $problem ->
    [none] {""}
   *[other] {" "}De server zei: { $problem }
}
told-not-invited = Ik kon { $person } niet uitnodigen in { $room }: { $problem }. Nodig diegene daar zelf uit, of geef { $bot } dat recht.

## Enforcement, and what the homeserver is told that asks first

help-enforce = Toon wie ergens is waar hij niet hoort, of laat verwijderingen doorgaan.
    .details = Zijn er veel verwijderingen tegelijk nodig, dan wacht ik op een moderator: bekijk de lijst en voeg dan “confirm” toe. Klopt de lijst niet, laat dan eerst de configuratie nakijken.
enforce-now = { $count ->
    [0] Niemand is ergens waar hij niet hoort.
   *[other] Wacht op { $prefix }enforce confirm: { $waiting }. Buiten mijn macht: { $stuck }. Alleen gemeld: { $report }.
}{ $list ->
    [none] {""}
   *[other] {" "}Onder hen: { $list }
}
enforce-confirmed = { $count ->
    [one] 1 verwijdering gaat door.
   *[other] { $count } verwijderingen gaan door.
}
refused-for-moderators = Daarover beslissen moderators. Vraag het een moderator van deze kamer.
refused-nothing-waits = Er wacht geen verwijdering. { $prefix }enforce toont hoe het ervoor staat.
told-impersonation = { $person } heet in { $room } “{ $name }”, en dat lijkt op de naam van { $resembles }. Is dat misleidend, vraag dan om een andere naam of verwijder deze persoon.
told-taken-back = { $by } heeft iemand per mail of telefoon ({ $name }) uitgenodigd in { $room }. Ik heb dat ingetrokken, want niemand kan weten wie erop ingaat. Laat mensen binnen met hun Matrix-adres: { $prefix }invite @name:server
told-would-take-back = { $by } heeft iemand per mail of telefoon ({ $name }) uitgenodigd in { $room }. Ik zou dat intrekken; nu meld ik het alleen.
told-not-taken-back = { $by } heeft iemand per mail of telefoon ({ $name }) uitgenodigd in { $room }, en ik mag dat niet intrekken. Doe het zelf, of geef { $bot } een hoger machtsniveau.
module-state = Het beleid van deze ruimte staat dat niet toe: het zou { $found } zijn en hoort { $wanted } te zijn. Vraag de beheerders van de bot het beleid te wijzigen.
module-invite-by-mail = Niemand kan weten wie op een uitnodiging per mail of telefoon ingaat. Laat mensen binnen met hun Matrix-adres: { $prefix }invite @name:server
module-invite-internal = Deze kamer is alleen voor medewerkers. Nodig { $person } uit in een kamer die voor mensen van buiten open is.
module-invite-denied = { $person } heeft nergens toegang. Vraag de beheerders van de bot.
module-invite-server = Mensen van de server van { $person } worden hier niet toegelaten. Vraag de beheerders van de bot dat toe te staan.
module-invite-ungranted = { $person } heeft nog geen toegang tot deze kamer. Schrijf hier: { $prefix }invite { $person }

## Keeping and forgetting

forget-ask = Je wilt alles laten verwijderen wat je aan mij hebt geschreven. Ik zou verwijderen: de tekst van je vragen, antwoorden en notities, je naam bij je reacties, wat je hebt gekozen en wat je volgt. Wat blijft: nummers, tijden en aantallen, zonder je naam; wie wat wanneer deed, in het logboek dat niet gewijzigd kan worden; je toegang tot kamers; wat moderators altijd bewaren. Ook je berichten in de kamers zelf blijven: verwijder die in je eigen app. Dit kan niet ongedaan worden gemaakt. Bevestig binnen een dag met ✅ op dit bericht, of schrijf { $prefix }forget me confirm.
forget-begun = Ik verwijder wat je aan mij hebt geschreven, en schrijf je als het klaar is.
forget-done = { $held ->
    [0] Het is klaar: wat je aan mij hebt geschreven, is verwijderd.
    [one] Het is klaar: wat je aan mij hebt geschreven, is verwijderd, behalve in 1 vraag die moderators altijd bewaren. Vraag het aan hen.
   *[other] Het is klaar: wat je aan mij hebt geschreven, is verwijderd, behalve in { $held } vragen die moderators altijd bewaren. Vraag het aan hen.
}

## Overzichten

help-digest = Ontvang elke dag of elke week een overzicht: wat nieuw is, beantwoord is en nog openstaat.
    .details = In een kamer voor de kamer (moderators), in ons privégesprek voor jezelf. Met filters blijft het bij wat die doorlaten. Als er niets te melden is, wordt er niets gestuurd.
usage-digest = Zeg hoe vaak en hoe laat: { $prefix }digest daily 09:00, { $prefix }digest weekly ma 09:00 of { $prefix }digest off
digest-now = { $every ->
    [off] Er is hier nog geen overzicht: met { $prefix }digest daily 09:00 vraag je er een aan.
    [daily] Er komt elke dag om { $time } een overzicht ({ $zone }).
   *[weekly] Er komt elke { $weekday ->
        [0] maandag
        [1] dinsdag
        [2] woensdag
        [3] donderdag
        [4] vrijdag
        [5] zaterdag
       *[other] zondag
    } om { $time } een overzicht ({ $zone }).
}{ $filters ->
    [none] {""}
   *[other] {" "}Filters: { $filters }
}
digest-set = { $every ->
    [daily] Vanaf nu komt er elke dag om { $time } een overzicht ({ $zone }).
   *[weekly] Vanaf nu komt er elke { $weekday ->
        [0] maandag
        [1] dinsdag
        [2] woensdag
        [3] donderdag
        [4] vrijdag
        [5] zaterdag
       *[other] zondag
    } om { $time } een overzicht ({ $zone }).
}{ $filters ->
    [none] {""}
   *[other] {" "}Filters: { $filters }
}
digest-off = Er komen hier geen overzichten meer.
digest-title = Overzicht · { $age }
digest-new = Nieuw: { $count }
digest-answered = Beantwoord: { $count }
digest-unanswered = Onbeantwoord, oudste eerst: { $count }
digest-more = Alles zien: { $prefix }unanswered, { $prefix }questions
refused-digest-for-moderators = Het overzicht van een kamer stellen de moderators in. Voor een eigen overzicht schrijf je { $prefix }digest in ons privégesprek.
refused-no-digest = Er is hier geen overzicht.
refused-digest-without-tags = Ik bewaar geen woorden uit versleutelde kamers; een overzicht kan hier dus niet op labels filteren.

## Volgen, deskundigen, wat mensen over zichzelf zeggen

usage-follow = Zeg wat: een vraag (42), een label (tag:vpn), een ruimte (space:acme), een persoon (@alice:example.org), of filters samen. Typ: { $usage }
refused-no-space-to-follow = Er is geen ruimte “{ $word }” die je kunt zien.
refused-keeps-no-words = Ik bewaar geen woorden uit versleutelde kamers. Typ dit in een kamer of gesprek zonder versleuteling.
refused-follows-enough = Je volgt al { $limit } dingen. Haal er eerst een weg met { $prefix }unfollow
refused-follows-that-already = Dat volg je al.
refused-follows-no-such-thing = Dat volg je niet. Typ { $prefix }follow in ons privégesprek om te zien wat je volgt.
follows-now = Labels, ruimtes en mensen die je volgt: { $count }. Vragen: { $questions }. Meer met { $prefix }follow tag:vpn of { $prefix }follow @alice:example.org, minder met { $prefix }unfollow
list-followed = Vragen die je volgt: { $count }
told-asked = Nieuwe vraag Q{ $number }:
told-answer-by = { $author } heeft op Q{ $number } geantwoord:
told-expert = Misschien weet jij het antwoord op Q{ $number }; nog niemand heeft de vraag opgepakt:
told-nudge = Er is een antwoord op je vraag Q{ $number }. Is dat het, zet er dan ✅ bij of typ daar { $prefix }answered. Zo niet, dan hoef je niets te doen:
help-notify = Kies waarover ik je schrijf.
    .details = “all”: alles wat je volgt. “mentions”: alleen wat over jou gaat, zoals een toewijzing. “off”: niets behalve waar je zelf om vraagt.
notify-now = { $notify ->
    [all] Ik schrijf je over alles wat je volgt.
    [mentions] Ik schrijf je alleen over wat jou zelf aangaat.
   *[off] Ik schrijf je alleen waar je zelf om vraagt.
} Wijzig het met { $prefix }notify all, { $prefix }notify mentions of { $prefix }notify off
notify-set = { $notify ->
    [all] Vanaf nu schrijf ik je over alles wat je volgt.
    [mentions] Vanaf nu schrijf ik je alleen over wat jou zelf aangaat.
   *[off] Vanaf nu schrijf ik je alleen waar je zelf om vraagt.
}
help-profile = Zeg of bekijk wat je over jezelf vertelt: talen, regio, werktijden, tijdzone, stille uren.
    .details = In je stille uren schrijf ik je niet; het wacht. “none” neemt iets terug. Onze medewerkers zien je talen, regio, kennis en tijden met { $prefix }profile en je naam.
usage-profile = Dat begrijp ik niet. Bijvoorbeeld: { $prefix }profile languages fr, en – { $prefix }profile hours 09:00-17:00 – { $prefix }profile zone Europe/Paris – { $prefix }profile quiet 22:00-07:00 – { $prefix }profile region Lyon – { $prefix }profile quiet none
profile-now = Wat je me over jezelf hebt verteld:
    Talen: { $languages }
    Regio: { $region }
    Kennis: { $expertise }
    Werktijden: { $hours }
    Stille uren: { $quiet }
    Tijdzone: { $zone }
    Berichten van mij: { $notify ->
        [all] over alles wat je volgt
        [mentions] alleen over wat jou aangaat
       *[off] alleen waar je om vraagt
    }{ $until ->
        [none] {""}
       *[other] . Afwezig tot en met { $until }
    }
    Wijzig het met { $prefix }profile hours 09:00-17:00 enzovoort, { $prefix }expertise +vpn, { $prefix }notify
profile-of = Wat { $person } over zichzelf zegt:
    Talen: { $languages }
    Regio: { $region }
    Kennis: { $expertise }
    Werktijden: { $hours } (tijdzone: { $zone }){ $until ->
        [none] {""}
       *[other] . Afwezig tot en met { $until }
    }
refused-no-profile = { $person } heeft me niets over zichzelf verteld.
refused-no-such-languages = Met “{ $word }” kan ik niets. Typ codes van twee of drie letters, zoals: fr, en
refused-no-such-zone = Ik ken geen tijdzone “{ $word }”. Bijvoorbeeld: { $near }
refused-no-such-hours = “{ $word }” zijn geen uren. Bijvoorbeeld: 09:00-17:00, of over middernacht 22:00-07:00
refused-too-much-expertise = Je kunt hoogstens { $limit } labels noemen. Haal er eerst een paar weg: { $prefix }expertise -lan
help-expertise = Zeg waar je verstand van hebt, of bekijk wat je hebt gezegd.
    .details = Met labels, zoals +vpn en -lan. Je kunt dan gevraagd worden bij vragen met die labels.
usage-expertise = “{ $word }” is geen label. Bijvoorbeeld: { $prefix }expertise +vpn -lan
expertise-now = Waar je zegt verstand van te hebben: { $expertise }. Wijzig het met { $prefix }expertise +vpn -lan
help-experts = Toon wie ergens verstand van heeft.
    .details = Op grond van geaccepteerde antwoorden onder het label, waarbij recente zwaarder wegen, en van wat mensen over zichzelf zeggen. Alleen mensen en antwoorden die hier getoond mogen worden.
experts-title = Wie verstand heeft van { $tag }:
experts-none = Hier is nog niemand bekend voor { $tag }. Wie er verstand van heeft, kan dat zeggen met { $prefix }expertise
expert-line = { $person }: geaccepteerde antwoorden: { $count }{ $declared ->
    [yes] ; zegt het zelf ook
   *[no] {""}
}{ $away ->
    [yes] ; afwezig
   *[no] {""}
}
help-gaps = Toon wat vaak wordt gevraagd en waar niemand voor bekend is.
    .details = Labels van de vragen van de laatste maanden die hier getoond mogen worden.
gaps-title = Vaak gevraagd in de laatste { $days } dagen, en niemand is ervoor bekend:
gaps-none = In de laatste { $days } dagen is niets vaak gevraagd waar niemand voor bekend is.
gap-line = { $tag } – vragen: { $count }

## Statistieken

help-stats = Toon hoe het ervoor staat: nieuwe, beantwoorde en wachtende vragen, en hoe lang antwoorden op zich laten wachten.
    .details = Van de afgelopen 30 dagen, of van een tijd die je noemt, zoals 7d of 12w. Filters maken het preciezer. Er volgt een afbeelding.
usage-stats-time = Ik kijk 1 tot 92 dagen terug. Bijvoorbeeld: 7d, 30d, 12w
stats-title = Statistieken · { $period } (tussen haakjes: dezelfde tijd daarvoor)
stats-counting = Ik ben nog aan het tellen: { $share } van alle vragen is er nu in meegenomen.
stats-empty = In deze tijd is er niets gevraagd of beantwoord, en er wacht niets.
stats-part = Geschat: ik heb één op de { $count } vragen bekeken.
stats-asked = Nieuw: { $amount } ({ $before })
stats-answered = Beantwoord: { $amount } ({ $before })
stats-closed = Gesloten zonder antwoord: { $amount } ({ $before })
stats-deflected = Opgelost door een eerder antwoord: { $amount } ({ $before })
stats-waiting = Wacht nu: { $amount } ({ $before })
stats-rate = Nieuwe die al beantwoord zijn: { $share } ({ $before })
stats-deflection-rate = Nieuwe die een eerder antwoord oploste: { $share }
stats-response = Eerste reactie: de helft binnen { $median } ({ $before }), negen van de tien binnen { $most }
stats-answer = Geaccepteerd antwoord: de helft binnen { $median } ({ $before }), negen van de tien binnen { $most }
stats-at-work = … in werktijd: de helft binnen { $median } ({ $before }), negen van de tien binnen { $most }
stats-hours = Drukste uur: { $hours }, met { $share } van de nieuwe
stats-tags = Labels: { $list }
stats-helpers = Meeste geaccepteerde antwoorden: { $list }
stats-space = In { $space }: nieuw { $asked }, beantwoord { $answered }, eerste reactie { $median }
stats-inside = Gevraagd door medewerkers: nieuw { $asked }, beantwoord { $answered }, eerste reactie { $median }
stats-outside = Gevraagd van buiten: nieuw { $asked }, beantwoord { $answered }, eerste reactie { $median }
stats-worth = Geschatte waarde: { $value }; beantwoorde vragen: { $amount }
chart-title = Vragen, { $period }
chart-asked = Nieuw
chart-answered = Beantwoord
chart-waiting = Wachtend
chart-described = Grafiek van { $since } tot en met { $until }: nieuwe vragen { $asked }, beantwoord { $answered }. Wachtend: { $first } aan het begin, hoogstens { $most }, { $waiting } aan het eind.

## Rules and absence

told-by-rule = Q{ $number } is ook voor jou van belang:
told-team-busy = Niemand van het team { $team } is vrij voor Q{ $number }. Kun jij de vraag oppakken?
told-team-away = Q{ $number } is voor het team { $team }, en niemand daarvan is bereikbaar. Zoek alsjeblieft iemand:
help-why = Toon welke regels voor een vraag golden, en waarom.
    .details = Welke regels dat zijn, zien alleen onze medewerkers; anderen zien hoeveel het er zijn.
rules-counted = { $count ->
    [0] Voor Q{ $number } gold geen regel.
    [one] Voor Q{ $number } gold één regel.
   *[other] Voor Q{ $number } golden { $count } regels.
}
rules-named = Regels die voor Q{ $number } golden:
rule-line = “{ $rule }”, omdat: { $because }{ $done ->
    [none] .
   *[other] . Gedaan: { $done }.
}
rule-always = hij geldt voor elke vraag
rule-gone = de regel staat niet meer in mijn configuratie
rule-because-space = ruimte: { $value }
rule-because-room = kamer: { $value }
rule-because-text = de tekst past bij “{ $value }”
rule-because-from = de vraagsteller is { $value }
rule-because-language = taal: { $value }
rule-because-tag = label: { $value }
rule-because-priority = toen: { $value }
rule-because-assigned = { $value ->
    [yes] iemand moest antwoorden
   *[no] niemand moest antwoorden
}
rule-because-hours = { $value ->
    [open] het was binnen werktijd
   *[closed] het was buiten werktijd
}
rule-because-unanswered-for = wachttijd in werkuren: { $value }
rule-did-assign = gegeven aan { $person }
rule-did-tell = niemand van het team { $team } was vrij, anderen kregen bericht
rule-did-escalate = moderators zijn erbij gehaald
help-away = Zeg dat je weg bent, of terug.
    .details = Tot dan geven teams je geen vragen. Met { $prefix }away off ben je terug.
away-now = { $until ->
    [none] Je bent niet weg: teams kunnen je vragen geven.
   *[other] Je bent weg tot en met { $until }. Met { $prefix }away off ben je terug.
}
refused-away-past = Dat moment is al voorbij. Bijvoorbeeld: { $prefix }away until friday
somebody-forgotten = iemand die vergeten is
