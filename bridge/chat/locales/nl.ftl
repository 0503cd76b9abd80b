# De woorden van askbridge. $number is het nummer van een vraag, $prefix waarmee opdrachten beginnen, $person een weergavenaam.

## De kaart

state-open = open
state-claimed = opgepakt
state-answered = beantwoord
state-closed = gesloten
state-open-for = open, voor { $person }
state-claimed-by = opgepakt door { $person }
state-closed-because = gesloten ({ $reason })
reason-withdrawn = ingetrokken
asked-by = gesteld door { $person }
card-hint = Antwoord in deze discussie. { $prefix }answered of ✅ bij het beste antwoord rondt de vraag af.
card-accepted = Geaccepteerd antwoord van { $person }
card-proposed = Voorgesteld antwoord van { $person }
nudge = { $person }: is het antwoord van { $author } wat je zocht? Accepteer het met ✅ of { $prefix }answered.

## Lijsten

list-unanswered = { $count ->
    [0] Geen onbeantwoorde vragen.
    [one] 1 onbeantwoorde vraag
   *[other] { $count } onbeantwoorde vragen
}
list-questions = { $count ->
    [0] Geen vragen gevonden.
    [one] 1 vraag
   *[other] { $count } vragen
}
list-mine = { $count ->
    [0] Geen vragen die je hebt gesteld of die aan jou zijn toegewezen.
    [one] 1 vraag die je hebt gesteld of die aan jou is toegewezen
   *[other] { $count } vragen die je hebt gesteld of die aan jou zijn toegewezen
}
list-more = Pagina { $page } van { $pages }. Voeg voor de volgende page:{ $next } toe
priority-low = lage prioriteit
priority-normal = normale prioriteit
priority-high = hoge prioriteit
priority-urgent = dringend
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
told-answer-withdrawn = Q{ $number } staat weer open, het geaccepteerde antwoord is ingetrokken:

## Hulp

help-intro = Ik houd de vragen in deze kamer bij totdat ze beantwoord zijn.
help-more = Typ { $prefix }help en de naam van een opdracht voor meer uitleg. Reacties werken ook: ❓ maakt van een bericht een vraag, ✅ accepteert een antwoord, 🙋 pakt een vraag op, 👀 volgt, 👍 en 👎 stemmen.
help-aliases = Ook: { $names }
group-ask = Vragen
group-answer = Antwoorden
group-work = Vragen in de gaten houden
group-find = Zoeken
group-self = Voor jezelf
help-ask = Stel een vraag.
    .details = De eerste regel is de titel. Een #woord is een label. Noem aan het begin mensen om de vraag aan hen te richten. Als reactie zonder tekst maakt de opdracht van het bericht waarop je reageert een vraag. Mij vermelden is ook vragen.
help-answer = Beantwoord een vraag zonder de discussie te openen.
    .details = In de discussie van een vraag is elk bericht van een ander een antwoord; deze opdracht is voor daarbuiten.
help-answered = Rond een vraag af.
    .details = Als reactie op een antwoord accepteert de opdracht dat antwoord; in een discussie het nieuwste antwoord van iemand anders. Met een tekst wordt die tekst het antwoord. De vraagsteller en moderatoren accepteren; doet iemand anders het, dan wordt het antwoord aan de vraagsteller voorgesteld.
help-claim = Laat weten dat je een vraag oppakt.
    .details = Anderen zien wie ermee bezig is. Hetzelfde als 🙋 bij de vraag.
help-unclaim = Geef een opgepakte vraag terug.
    .details = Iedereen kan de vraag dan weer oppakken. Moderatoren kunnen dit ook voor anderen doen.
help-close = Sluit een vraag die geen antwoord meer nodig heeft.
    .details = Vermeld eventueel waarom. Voor de vraagsteller, degene aan wie de vraag is toegewezen en moderatoren.
help-reopen = Heropen een afgeronde vraag.
    .details = Geaccepteerde antwoorden zijn dan niet langer geaccepteerd. Voor de vraagsteller, degene aan wie de vraag is toegewezen en moderatoren.
help-follow = Blijf op de hoogte van een vraag.
    .details = Ik schrijf je in een privégesprek als de vraag wordt beantwoord, gesloten of heropend. Hetzelfde als 👀 bij de vraag.
help-unfollow = Volg een vraag niet langer.
    .details = Ik schrijf je er dan niet meer over.
help-unanswered = Toon vragen die op een antwoord wachten, de oudste eerst.
    .details = Filters in willekeurige volgorde: here, space:…, tag:…, by:@…, assigned:@…, assigned:none, assigned:me, older:2d, since:7d, from:external, priority:high, page:2.
help-questions = Toon vragen, de nieuwste eerst.
    .details = Filters in willekeurige volgorde: here, space:…, tag:…, by:@…, assigned:@…, is:open, is:claimed, is:answered, is:closed, older:2d, since:7d, from:external, priority:high, page:2.
help-mine = Toon wat je hebt gevraagd en wat aan jou is toegewezen.
    .details = Met dezelfde filters als { $prefix }questions.
help-show = Toon een vraag met de antwoorden.
    .details = In een discussie mag je het nummer weglaten.
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
slowed = Dat is veel tegelijk. Ik doe het allemaal, maar anderen gaan voor.
unknown-command = Ik ken { $command } niet. Bedoel je { $near }?
usage = Typ: { $usage }
usage-unexpected = Ik kan hier niets met “{ $word }”. Typ: { $usage }
usage-in-a-room = { $usage } werkt alleen in een kamer, waar anderen het kunnen lezen.
usage-ask = { $replied ->
    [0] Een vraag heeft woorden nodig. Typ: { $prefix }ask Hoe kan ik …?
   *[other] In dat bericht staat niets om te vragen. Typ: { $prefix }ask Hoe kan ik …?
}
usage-filter-unknown = { $hint ->
    [none] Ik ken het filter “{ $word }” niet. Filters zien eruit als tag:vpn, older:2d of is:open.
   *[other] Ik ken het filter “{ $word }” niet. Bedoel je “{ $hint }”?
}
usage-filter-value = Ik kan niets met “{ $word }”. Bijvoorbeeld: { $example }
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
refused-not-claimed = Niemand heeft Q{ $number } opgepakt.
refused-not-your-claim = Q{ $number } is opgepakt door { $person }. Alleen die persoon en moderatoren kunnen de vraag teruggeven.
refused-may-not-close = Alleen de vraagsteller, degene aan wie Q{ $number } is toegewezen en moderatoren kunnen de vraag sluiten.
refused-already-closed = Q{ $number } is al gesloten.
refused-withdrawn = Q{ $number } is ingetrokken.
refused-not-settled = Q{ $number } staat al open.
refused-may-not-reopen = Alleen de vraagsteller, degene aan wie Q{ $number } is toegewezen en moderatoren kunnen de vraag heropenen.
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
