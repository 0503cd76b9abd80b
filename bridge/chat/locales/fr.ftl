# Les mots d'askbridge. $number est le numéro d'une question, $prefix le début des commandes, $person un nom affiché.

## La fiche

state-open = ouverte
state-claimed = prise en charge
state-answered = résolue
state-closed = fermée
state-open-for = ouverte, adressée à { $person }
state-claimed-by = prise en charge par { $person }
state-closed-because = fermée ({ $reason })
reason-withdrawn = retirée
asked-by = posée par { $person }
asked-by-external = posée par { $person } (externe, { $space })
card-hint = Répondez dans ce fil. { $prefix }answered ou ✅ sur la meilleure réponse la valide.
card-accepted = Réponse acceptée, signée { $person }
card-proposed = Réponse proposée, signée { $person }
nudge = { $person } : cette réponse ({ $author }) est-elle celle qu’il vous fallait ? Acceptez-la avec ✅ ou { $prefix }answered.

## Listes

list-unanswered = { $count ->
    [0] Aucune question en attente de réponse.
    [one] 1 question en attente de réponse
   *[other] { $count } questions en attente de réponse
}
list-questions = { $count ->
    [0] Aucune question trouvée.
    [one] 1 question
   *[other] { $count } questions
}
list-mine = { $count ->
    [0] Aucune question que vous ayez posée ou qui vous soit attribuée.
    [one] 1 question que vous avez posée ou qui vous est attribuée
   *[other] { $count } questions que vous avez posées ou qui vous sont attribuées
}
list-more = Page { $page } sur { $pages }. Pour la suivante, ajoutez page:{ $next }
priority-low = priorité basse
priority-normal = priorité normale
priority-high = priorité haute
priority-urgent = urgente
show-answers = { $count ->
    [0] Pas encore de réponse.
    [one] 1 réponse
   *[other] { $count } réponses
}
standing-proposed = proposée
standing-accepted = acceptée
standing-endorsed = acceptée et confirmée
votes = votes : { $score }

## Ce que l’on dit à ceux qui suivent une question

told-answered = Q{ $number } a trouvé sa réponse :
told-closed = Q{ $number } a été fermée :
told-reopened = Q{ $number } est rouverte :
told-answer-withdrawn = Q{ $number } est rouverte, sa réponse acceptée a été retirée :

## Aide

help-intro = Je garde trace des questions de ce salon jusqu’à ce qu’elles aient trouvé leur réponse.
help-more = Écrivez { $prefix }help suivi du nom d’une commande pour en savoir plus. Les réactions fonctionnent aussi : ❓ fait d’un message une question, ✅ accepte une réponse, 🙋 prend en charge, 👀 suit, 👍 et 👎 votent.
help-aliases = Aussi : { $names }
group-ask = Demander
group-answer = Répondre
group-work = S’occuper des questions
group-find = Trouver
group-self = Pour vous
help-ask = Poser une question.
    .details = La première ligne est le titre. Un #mot est une étiquette. Nommez des personnes au début pour leur adresser la question. En réponse à un message et sans texte, la commande fait de ce message une question. Me mentionner pose aussi une question.
help-answer = Répondre à une question sans ouvrir son fil.
    .details = Dans le fil d’une question, chaque message d’une autre personne est une réponse ; cette commande sert ailleurs.
help-answered = Valider la réponse à une question.
    .details = En réponse à une réponse, la commande accepte celle-ci ; dans un fil, la plus récente écrite par quelqu’un d’autre. Avec un texte, ce texte devient la réponse. La personne qui a posé la question et les modérateurs acceptent ; de toute autre part, la réponse est seulement proposée à la personne qui a posé la question.
help-claim = Annoncer que vous vous occupez d’une question.
    .details = Les autres voient qui s’en charge. Équivaut à 🙋 sur la question.
help-unclaim = Rendre une question que vous aviez prise en charge.
    .details = Elle est de nouveau ouverte à tous. Les modérateurs peuvent le faire pour d’autres.
help-close = Fermer une question qui n’attend plus de réponse.
    .details = Dites pourquoi, si vous le souhaitez. Pour la personne qui l’a posée, celle qui en est chargée et les modérateurs.
help-reopen = Rouvrir une question réglée.
    .details = Les réponses acceptées ne le sont plus. Pour la personne qui l’a posée, celle qui en est chargée et les modérateurs.
help-follow = Être informé de la suite donnée à une question.
    .details = Je vous écris dans une discussion privée quand elle est résolue, fermée ou rouverte. Équivaut à 👀 sur la question.
help-unfollow = Ne plus suivre une question.
    .details = Je ne vous écris plus à son sujet.
help-unanswered = Lister les questions qui attendent une réponse, les plus anciennes d’abord.
    .details = Filtres, dans n’importe quel ordre : here, space:…, tag:…, by:@…, assigned:@…, assigned:none, assigned:me, older:2d, since:7d, from:external, priority:high, page:2.
help-questions = Lister les questions, les plus récentes d’abord.
    .details = Filtres, dans n’importe quel ordre : here, space:…, tag:…, by:@…, assigned:@…, is:open, is:claimed, is:answered, is:closed, older:2d, since:7d, from:external, priority:high, page:2.
help-mine = Lister vos questions et celles qui vous sont attribuées.
    .details = Accepte les mêmes filtres que { $prefix }questions.
help-show = Afficher une question et ses réponses.
    .details = Dans un fil, le numéro est facultatif.
help-audit = Montrer ce qui diffère entre les salons et la politique de leur espace.
    .details = Avec le nom d’un espace, celui-ci seulement. Chaque écart a un numéro ; par « accept » et ce numéro, un modérateur dit que c’est voulu. Ce que j’avais corrigé, je le rétablis alors.
help-help = Montrer ce que je sais faire ici.
    .details = Avec le nom d’une commande, explique celle-ci.
help-language = Choisir la langue dans laquelle je vous réponds.
    .details = Les fiches restent dans la langue du salon. « default » suit de nouveau le salon.
language-now = { $language ->
    [none] Je vous réponds dans la langue du salon. Choisissez-en une autre avec { $prefix }language suivi de l’un de ces codes : { $languages }
   *[other] Je vous réponds en français. Choisissez une autre langue avec { $prefix }language suivi de l’un de ces codes : { $languages }, ou de « default ».
}
language-chosen = { $language ->
    [none] Désormais, je vous réponds dans la langue du salon.
   *[other] Désormais, je vous réponds en français.
}

## Ce qui n’a pas été compris ; les trois premiers remplacent, dans les modes d’emploi, ce que chacun y met

usage-text = texte…
usage-filters = filtres…
usage-command = [commande]
broken = Un problème est survenu de mon côté et je n’ai pas pu le faire. Merci d’en informer les personnes qui me gèrent, avec la référence { $reference }.
slowed = Cela fait beaucoup de demandes à la fois. Je les traiterai toutes, mais les autres passent d’abord.
unknown-command = Je ne connais pas { $command }. Vouliez-vous dire { $near } ?
usage = Écrivez : { $usage }
usage-unexpected = « { $word } » ne convient pas ici. Écrivez : { $usage }
usage-in-a-room = { $usage } ne fonctionne que dans un salon, où d’autres peuvent lire.
usage-ask = { $replied ->
    [0] Une question a besoin de mots. Écrivez : { $prefix }ask Comment faire pour … ?
   *[other] Ce message ne contient rien à demander. Écrivez : { $prefix }ask Comment faire pour … ?
}
usage-filter-unknown = { $hint ->
    [none] Je ne connais pas le filtre « { $word } ». Un filtre s’écrit comme tag:vpn, older:2d ou is:open.
   *[other] Je ne connais pas le filtre « { $word } ». Vouliez-vous dire « { $hint } » ?
}
usage-filter-value = Je ne peux rien faire de « { $word } ». Par exemple : { $example }
usage-person = « { $word } » ne désigne personne. Écrivez l’adresse entière, comme @ann:acme.com, ou mentionnez la personne.
usage-date = Je ne comprends pas quelle date est « { $word } ». Par exemple : pour 30 jours, jusqu’au 31 décembre, jusqu’au 2026-12-31
usage-date-ambiguous = « { $word } » peut être deux jours différents. Écrivez { $first } ou { $second }.
usage-granting-word = { $hint ->
    [none] Je ne comprends pas « { $word } » ici. Écrivez : { $usage }
   *[other] Je ne comprends pas « { $word } » ici. Vouliez-vous dire « { $hint } » ? Écrivez : { $usage }
}

## Ce qui est refusé

refused-not-unanswered = Q{ $number } n’attend pas de réponse : elle est { $state }. { $prefix }reopen { $number } la rouvre.
refused-already-yours = Vous avez déjà pris Q{ $number } en charge.
refused-already-claimed = Q{ $number } est déjà prise en charge par { $person }. Parlez-en ensemble, ou attendez un { $prefix }unclaim.
refused-not-claimed = Personne n’a pris Q{ $number } en charge.
refused-not-your-claim = Q{ $number } est prise en charge par { $person }. Seuls cette personne et les modérateurs peuvent la rendre.
refused-may-not-close = Seuls la personne qui a posé Q{ $number }, celle qui en est chargée et les modérateurs peuvent la fermer.
refused-already-closed = Q{ $number } est déjà fermée.
refused-withdrawn = Q{ $number } a été retirée.
refused-not-settled = Q{ $number } est déjà ouverte.
refused-may-not-reopen = Seuls la personne qui a posé Q{ $number }, celle qui en est chargée et les modérateurs peuvent la rouvrir.
refused-closed = Q{ $number } est fermée. { $prefix }reopen { $number } la rouvre.
refused-said-already = Vous l’avez déjà dit ; rien ne change pour Q{ $number }.
refused-already-accepted = Cette réponse à Q{ $number } a déjà été acceptée par { $person }.
refused-which-question = Quelle question ? Donnez son numéro, par exemple { $prefix }show 42, ou écrivez dans son fil.
refused-no-such-question = Il n’y a pas de question Q{ $number } ici.
refused-not-in-its-room = Q{ $number } appartient à un autre salon. Rejoignez-le pour vous en occuper.
refused-ask-in-a-room = Les questions se posent dans un salon, où d’autres peuvent répondre. Écrivez-y { $prefix }ask.
refused-own-message = Ce message est de moi ; il ne peut pas devenir une question.
refused-already-a-question = Ce message est déjà une question : Q{ $number }.
refused-in-a-thread = Ce fil est celui de Q{ $number }. Posez votre question dans le salon lui-même.
refused-too-long = C’est trop long : { $count } caractères. La limite est de { $limit }.
refused-own-question = Q{ $number } est votre propre question. Si vous avez trouvé la réponse, écrivez : { $prefix }answered { $number } suivi de la réponse.
refused-nothing-to-accept = Q{ $number } n’a pas encore de réponse à accepter. Quand il y en aura une, répondez-y par { $prefix }answered, ou écrivez { $prefix }answered { $number } suivi de la réponse.
refused-following-already = Vous suivez déjà Q{ $number }.
refused-not-following = Vous ne suivez pas Q{ $number }.
refused-no-such-command = La commande { $command } n’existe pas. Vouliez-vous dire { $near } ?
refused-no-such-language = Je ne parle pas « { $language } ». Je parle : { $languages }

## Les salons et la politique de leur espace

room-mark = ouvert aux personnes extérieures
drift-join_rule = qui peut entrer
drift-history = qui peut lire ce qui a été dit avant
drift-guests = l’accès des invités
drift-encryption = le chiffrement
drift-alias = l’adresse
drift-listed = l’annuaire des salons
drift-power = le niveau de pouvoir
drift-servers = les serveurs qui peuvent participer
drift-parent = l’espace parent
drift-integration = un widget ou une passerelle
drift-federation = la participation depuis d’autres serveurs
drift-mark = la mention dans le nom ou le sujet
drift-label = l’événement pour d’autres programmes
drift-remedy-rights = Je n’ai pas le niveau de pouvoir nécessaire.
drift-remedy-reverted = Cela a été changé encore et encore, je vous laisse donc en décider.
drift-remedy-refused = Le serveur ne me l’a pas permis.
drift-remedy-encrypt = Vous pouvez activer le chiffrement, mais cette version de moi ne lit rien dans les salons chiffrés.
drift-remedy-remake = Cela ne se change pas dans un salon existant : créez-en un nouveau.
drift-remedy-upgrade = La version du salon ne le permet pas : mettez le salon à niveau.
drift-remedy-family = Aucun espace Matrix n’est connu dont les membres pourraient entrer : nommez-en un dans la configuration (matrix_space).
drift-remedy-creator = Qui a créé un salon y est au-dessus de tous : créez-en un nouveau.
drift-remedy-above = Cette personne est aussi haut placée que moi : demandez-lui de baisser son niveau, ou donnez-m’en un plus élevé.
drift-remedy-everybody = Tout le monde l’a : donnez un niveau à qui en a besoin, puis baissez la valeur par défaut (users_default).
drift-remedy-owned = Seule la personne à qui cela appartient peut l’enlever.
drift-remedy-look = Veuillez vérifier si cela a sa place ici.
told-drift-mended = { $who } a changé { $room } contre sa politique : { $drift } était { $found }. J’ai remis { $wanted }. Si c’était voulu, un modérateur peut écrire { $prefix }audit accept { $number }
told-drift-would = { $who } a changé { $room } contre sa politique : { $drift } est { $found } et devrait être { $wanted }. Je ne fais que le signaler. Si c’était voulu, un modérateur peut écrire { $prefix }audit accept { $number }
told-drift-rights = { $room } s’écarte de sa politique depuis un changement par { $who } : { $drift } est { $found } et devrait être { $wanted }. Je ne peux pas changer { $event } : il faut le niveau de pouvoir { $needed }, j’ai { $has }. Donnez à { $bot } le niveau de pouvoir { $needed }, ou écrivez { $prefix }audit accept { $number }
told-drift-refused = { $room } s’écarte de sa politique depuis un changement par { $who } : { $drift } est { $found } et devrait être { $wanted }. Le serveur ne m’a pas permis de le changer : { $problem }. Veuillez le faire vous-même, ou écrivez { $prefix }audit accept { $number }
told-drift-stuck = { $room } s’écarte de sa politique depuis un changement par { $who } : { $drift } est { $found } et devrait être { $wanted }. { $remedy } Si c’est voulu, écrivez { $prefix }audit accept { $number }
told-drift-summary = J’ai comparé les salons de { $space } avec sa politique. Écarts : { $count }, dont corrigés par moi : { $mended }, et que vous seul pouvez corriger : { $stuck }. Salons : { $rooms }. { $prefix }audit { $space } montre ce qui reste.
audit-found = Écarts par rapport à la politique : { $count }
audit-clean = Rien ne s’écarte de la politique.
audit-line = { $number } : { $room } : { $drift } est { $found } et devrait être { $wanted } ; { $ago }, par { $who }.
audit-open = Je ne fais que le signaler.
audit-due = Je suis sur le point de le corriger.
audit-accepted = Un modérateur l’a accepté.
audit-lacks = { $room } : je ne peux pas changer { $lacks }. Mon niveau de pouvoir est { $has } : donnez { $needed } à { $bot }.
audit-keeps = Accepté. { $drift } dans { $room } peut rester { $found }.
audit-restores = Accepté. Je remets { $drift } dans { $room } à { $found }.
refused-no-such-drift = Il n’y a pas d’écart { $number }. { $prefix }audit montre ce qu’il y a.
refused-drift-over = { $number } n’existe déjà plus.
