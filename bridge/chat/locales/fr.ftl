# Les mots d'askbridge. $number est le numéro d'une question, $prefix le début des commandes, $person un nom affiché.

## La fiche

state-open = ouverte
state-claimed = prise en charge
state-answered = résolue
state-closed = fermée
state-open-for = ouverte, adressée à { $person }
state-claimed-by = prise en charge par { $person }
state-closed-because = fermée ({ $reason })
state-forgotten = { $state }, texte supprimé
reason-withdrawn = retirée
reason-no-answer = sans réponse
escalated = modérateurs appelés
triage-in = dans { $room }
triage-hint = 🙋 prend en charge, ✅ accepte la dernière réponse, ❌ ferme. Les commandes fonctionnent dans ce fil, comme { $prefix }assign @bob
triage-note = Note de { $person } : { $note }
triage-note-withdrawn = Une note de { $person } a été retirée.
triage-escalated = { $person } demande aux modérateurs de regarder Q{ $number }{ $note ->
    [none] .
   *[other]  : { $note }
}
triage-escalated-by-rule = Une règle demande aux modérateurs de regarder Q{ $number }.
state-duplicate = fermée (déjà posée)
state-duplicate-of = fermée (déjà posée : Q{ $number })
asked-times = posée { $count } fois
asked-by = posée par { $person }
asked-by-external = posée par { $person } (externe, { $space })
card-hint = Répondez dans ce fil. { $prefix }answered ou ✅ sur la meilleure réponse la valide.
card-suggestions = Peut-être déjà résolue :
card-take-first = { $count ->
    [1] Si c’est le cas, la personne qui a posé la question réagit ici avec ✅, et la question est fermée.
   *[other] Si c’est le cas, la personne qui a posé la question réagit ici avec { $marks } (✅ pour la première), et la question est fermée.
}
card-take = Si c’est le cas, la personne qui a posé la question réagit ici avec { $marks }, et la question est fermée.
card-accepted = Réponse acceptée, signée { $person }
card-proposed = Réponse proposée, signée { $person }
nudge = { $person } : cette réponse ({ $author }) est-elle celle qu’il vous fallait ? Acceptez-la avec ✅ ou { $prefix }answered.

## Listes

list-unanswered = { $count ->
    [0] Aucune question en attente de réponse.
    [one] 1 question en attente de réponse
   *[other] { $count } questions en attente de réponse
}
list-unanswered-many = Plus de { $count } questions en attente de réponse
list-questions = { $count ->
    [0] Aucune question trouvée.
    [one] 1 question
   *[other] { $count } questions
}
list-questions-many = Plus de { $count } questions
list-mine = { $count ->
    [0] Aucune question que vous ayez posée ou qui vous soit attribuée.
    [one] 1 question que vous avez posée ou qui vous est attribuée
   *[other] { $count } questions que vous avez posées ou qui vous sont attribuées
}
list-mine-many = Plus de { $count } questions que vous avez posées ou qui vous sont attribuées
search-found = { $count ->
    [0] Rien trouvé. Essayez avec moins de mots, ou d’autres.
    [one] 1 question trouvée
   *[other] { $count } questions trouvées
}
search-found-many = Plus de { $count } questions trouvées ; voici les plus proches
list-more = Page { $page } sur { $pages }. Pour la suivante, ajoutez page:{ $next }
priority-low = priorité basse
priority-normal = priorité normale
priority-high = priorité haute
priority-urgent = urgente
untold = dans un salon chiffré
show-untold = Le texte reste dans le salon chiffré ; les liens y mènent.
show-notes = { $count ->
    [one] { $count } note
   *[other] { $count } notes
}
show-forgotten = Le texte de cette question a été supprimé définitivement. Son numéro reste.
held = conservée sans limite
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
told-assigned = { $person } vous demande de répondre à Q{ $number }{ $note ->
    [none]  :
   *[other] {" "}(« { $note } ») :
}
told-your-turn = C’est à vous de répondre à Q{ $number } :
told-reminded = Q{ $number } attend toujours votre réponse. Si vous ne pouvez pas répondre, { $prefix }unclaim { $number } rend la question :
told-escalated = { $person } demande aux modérateurs de regarder Q{ $number }{ $note ->
    [none]  :
   *[other] {" "}(« { $note } ») :
}
told-escalated-by-rule = Une règle demande aux modérateurs de regarder Q{ $number } :
assigned-away = Q{ $number } est maintenant pour { $person } (absence jusqu’au { $until }).
told-answer-withdrawn = Q{ $number } est rouverte, sa réponse acceptée a été retirée :

## Aide

help-intro = Je garde trace des questions de ce salon jusqu’à ce qu’elles aient trouvé leur réponse.
help-more = Écrivez { $prefix }help suivi du nom d’une commande pour en savoir plus. Les réactions fonctionnent aussi : ❓ fait d’un message une question, ✅ accepte une réponse, 🙋 prend en charge, 👀 suit, 👍 et 👎 votent.
help-aliases = Aussi : { $names }
group-ask = Demander
group-answer = Répondre
group-work = S’occuper des questions
group-find = Trouver
group-access = Accès
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
help-assign = Dire qui doit répondre à une question.
    .details = La personne est prévenue et la carte l’indique. Elle doit être dans le salon de la question. Ce que vous écrivez après le nom est pour elle ; « me », c’est vous. Qui reste silencieux reçoit un rappel, un seul ; ensuite, c’est au suivant.
help-tag = Ajouter des étiquettes à une question ou en enlever.
    .details = +vpn ou vpn ajoute, -vpn enlève ; plusieurs à la fois, c’est possible. Une question a dix étiquettes au plus.
help-priority = Dire à quel point une question est urgente.
    .details = low, normal, high ou urgent ; on peut aussi écrire basse, normale, haute, urgente.
help-noanswer = Fermer une question qui reste sans réponse.
    .details = Aucune réponse n’est nécessaire, ou il n’y en a pas. Pour la personne qui l’a posée, celle qui en est chargée et les modérateurs.
help-escalate = Demander aux modérateurs de regarder une question.
    .details = Elle devient prioritaire et ils sont prévenus une fois. Dites pourquoi, si vous le souhaitez. Pour la personne qui l’a posée, celle qui en est chargée et le personnel.
help-note = Écrire une note que seul le salon de triage voit.
    .details = Elle figure là sous la carte de la question, et { $prefix }show l’y montre. Modifiez ou supprimez votre message pour la changer.
help-duplicate = Fermer une question qui a déjà été posée.
    .details = Elle reçoit un lien vers l’autre, et les personnes qui la suivent suivent désormais celle-là. Pour la personne qui l’a posée, celle qui en est chargée et les modérateurs. { $prefix }reopen annule.
help-reopen = Rouvrir une question réglée.
    .details = Les réponses acceptées ne le sont plus. Pour la personne qui l’a posée, celle qui en est chargée et les modérateurs.
help-follow = Être informé de la suite donnée à une question, ou de ce qu’on demande sous une étiquette, dans un espace, ou de ce que demande une personne.
    .details = Je vous écris dans une conversation privée quand une question est résolue, fermée ou rouverte, et quand il en vient une nouvelle avec une étiquette (tag:vpn), dans un espace (space:acme) ou d’une personne, dont je signale aussi les réponses. Équivaut à 👀 sur une question. Dans notre conversation privée, sans rien d’autre : ce que vous suivez.
help-unfollow = Ne plus suivre une question, une étiquette, un espace, une personne.
    .details = Je ne vous écris plus à ce sujet.
help-hold = Empêcher qu’une question soit supprimée à l’échéance.
    .details = Son texte survit alors à la durée de conservation de son espace et aux demandes d’oubli. « off » la libère. Réservé aux modérateurs.
help-forget = Faire supprimer tout ce que vous m’avez écrit.
    .details = Je vous dis d’abord, dans notre conversation privée, ce qui part et ce qui reste, et je le fais une fois que vous avez confirmé. « me » est le seul mot accepté, et il vous désigne.
help-unanswered = Lister les questions qui attendent une réponse, les plus anciennes d’abord.
    .details = Filtres, dans n’importe quel ordre : here, space:…, tag:…, by:@…, assigned:@…, assigned:none, assigned:me, older:2d, since:7d, from:external, priority:high, page:2.
help-questions = Lister les questions, les plus récentes d’abord.
    .details = Filtres, dans n’importe quel ordre : here, space:…, tag:…, by:@…, assigned:@…, is:open, is:claimed, is:answered, is:closed, older:2d, since:7d, from:external, priority:high, page:2.
help-search = Trouver des questions par mots, les plus proches d’abord.
    .details = Cherche dans les questions, les réponses et les étiquettes ; majuscules, accents et petites fautes n’y changent rien. Des filtres comme is:answered ou tag:vpn peuvent se mêler aux mots ; ce qui est entre guillemets n’est pas un filtre.
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
unreadable = Je ne peux pas lire ce message : sa clé ne m’est pas parvenue, bien que je l’aie demandée. Merci d’envoyer le message à nouveau.
unreadable-unverified = Je ne peux pas lire ce message : votre client ne donne ses clés qu’aux appareils de confiance, et le mien n’en fait pas partie. Vérifiez-moi, ou demandez aux personnes qui me gèrent d’exécuter { $command } ; puis envoyez le message à nouveau.
slowed = Cela fait beaucoup de demandes à la fois. Je les traiterai toutes, mais les autres passent d’abord.
unknown-command = Je ne connais pas { $command }. Vouliez-vous dire { $near } ?
usage = Écrivez : { $usage }
usage-unexpected = « { $word } » ne convient pas ici. Écrivez : { $usage }
usage-in-a-room = { $usage } ne fonctionne que dans un salon, où d’autres peuvent lire.
usage-ask = { $replied ->
    [0] Une question a besoin de mots. Écrivez : { $prefix }ask Comment faire pour … ?
    [2] Je ne peux pas lire le message auquel vous répondez. Écrivez vous-même la question : { $prefix }ask Comment faire pour … ?
   *[other] Ce message ne contient rien à demander. Écrivez : { $prefix }ask Comment faire pour … ?
}
usage-filter-unknown = { $hint ->
    [none] Je ne connais pas le filtre « { $word } ». Un filtre s’écrit comme tag:vpn, older:2d ou is:open.
   *[other] Je ne connais pas le filtre « { $word } ». Vouliez-vous dire « { $hint } » ?
}
usage-filter-value = Je ne peux rien faire de « { $word } ». Par exemple : { $example }
usage-search = Dites aussi quoi chercher : « { $word } » ne fait que filtrer. Écrivez : { $usage }
usage-tag = « { $word } » ne peut pas être une étiquette. Par exemple : { $prefix }tag 42 +vpn -lan
usage-priority = Je ne connais pas la priorité « { $word } ». Il y a : low, normal, high, urgent
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
refused-assigned-already = Q{ $number } est déjà pour { $person }.
refused-assignee-not-there = { $person } n’est pas dans le salon de Q{ $number } et ne pourrait pas la voir.
refused-enough-tags = Q{ $number } aurait trop d’étiquettes ; la limite est de { $limit }. Enlevez-en d’abord une, par exemple : { $prefix }tag { $number } -lan
refused-tagged-already = Cela ne change rien aux étiquettes de Q{ $number }.
refused-prioritized-already = Q{ $number } a déjà cette priorité.
refused-escalated-already = On a demandé aux modérateurs il y a peu de regarder Q{ $number }.
refused-may-not-escalate = Seuls la personne qui a posé Q{ $number }, celle qui en est chargée, le personnel et les modérateurs peuvent la soumettre aux modérateurs.
refused-words-stay = Les mots des salons chiffrés n’y sont pas conservés ; Q{ $number } reste telle quelle.
refused-note-elsewhere = Les notes sont réservées au personnel. Écrivez-les dans le salon de triage.
refused-no-triage-room = Il n’y a pas de salon de triage pour Q{ $number } ; personne ne verrait la note.
refused-note-stays = Ce salon est chiffré et le salon de triage ne l’est pas. Écrivez là-bas la note sur Q{ $number }.
refused-ask-elsewhere = On ne pose pas de questions dans un salon de triage. Posez-la dans un salon de l’espace ; sa carte arrivera ici.
refused-not-claimed = Personne n’a pris Q{ $number } en charge.
refused-not-your-claim = Q{ $number } est prise en charge par { $person }. Seuls cette personne et les modérateurs peuvent la rendre.
refused-may-not-close = Seuls la personne qui a posé Q{ $number }, celle qui en est chargée et les modérateurs peuvent la fermer.
refused-already-closed = Q{ $number } est déjà fermée.
refused-same-question = Q{ $number } ne peut pas être un doublon d’elle-même.
refused-withdrawn = Q{ $number } a été retirée.
refused-forgotten = Le texte de Q{ $number } a été supprimé définitivement. Posez la question à nouveau.
refused-held-already = Q{ $number } est déjà conservée sans limite.
refused-not-held = Q{ $number } n’est pas conservée sans limite ; elle part à l’échéance.
refused-forgetting-already = Je suis déjà en train de supprimer ce que vous avez écrit ; je vous écris quand c’est fait.
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
drift-remedy-encrypt = Vous pouvez activer le chiffrement ; tant qu’il est désactivé dans ma configuration, je ne lis rien dans les salons chiffrés.
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

## Aide sur les accès

help-invite = Laisser entrer une personne extérieure.
    .details = Vous vous portez garant. Dans tous les salons de l’espace, ou avec « here » (« ici ») dans ce salon seulement. Dites jusqu’à quand et pourquoi ; sans fin, c’est aussi longtemps que l’espace le permet. En conversation privée, nommez l’espace. Là où les modérateurs décident, ils sont consultés d’abord.
help-extend = Prolonger l’accès de quelqu’un.
    .details = Sans date, c’est pour la même durée qu’avant, à partir d’aujourd’hui. Comme ✅ sur mon avertissement.
help-revoke = Mettre fin tout de suite à l’accès de quelqu’un.
    .details = Je retire la personne de tous les salons de cet espace, avec « everywhere » (« partout ») de ceux de tous les espaces, et je vous dis quand c’est fait.
help-externals = Lister les personnes extérieures qui ont accès.
    .details = Avec leur garant, le dernier jour et la raison. Pour la page suivante, ajoutez page:2.
help-who = Dire qui est quelqu’un pour nous.
    .details = Qui s’en porte garant, depuis quand, jusqu’à quand et pourquoi, et dans lesquels de nos salons se trouve la personne.
help-requests = Lister ce qui attend l’avis d’un modérateur, ou décider.
    .details = Les modérateurs peuvent aussi approuver en mettant ✅ sur mon message.
help-terms = Revoir les conditions d’accès, ou les accepter.
    .details = Je vous les envoie dans notre conversation privée. ✅ sur mon message les accepte aussi.

## Qui a accès

class-staff = membre de notre personnel
class-trusted = considéré comme notre personnel
class-external = externe, avec accès
class-outsider = externe, sans accès
grant-live = en vigueur
grant-requested = attend un modérateur
grant-terms = conditions pas encore acceptées
grant-orphaned = le garant est parti, quelqu’un doit prendre la suite
grant-ended = terminé
grant-line = { $who } : { $scope ->
    [room] { $room }
   *[other] tous les salons de { $space }
}, depuis le { $since }, { $until ->
    [none] sans fin
   *[other] jusqu’au { $until }
}, garant { $sponsor }, { $standing }{ $reason ->
    [none] {""}
   *[other] , motif : { $reason }
}
request-line = { $number } : { $who }, { $scope ->
    [room] { $room }
   *[other] tous les salons de { $space }
}, { $until ->
    [none] sans fin
   *[other] jusqu’au { $until }
}, demandé par { $by }{ $reason ->
    [none] {""}
   *[other] , motif : { $reason }
}
externals-list = { $count ->
    [0] Aucune personne extérieure n’a accès
   *[other] Accès de l’extérieur : { $count }
}{ $space ->
    [none] {""}
   *[other] {" "}({ $space })
}
requests-list = { $count ->
    [0] Rien n’attend un modérateur.
   *[other] En attente d’un modérateur : { $count }. Écrivez { $prefix }requests approve ou { $prefix }requests refuse et le numéro.
}
who-ours = { $who } : { $class }.
who-is = { $who } : { $class }. { $count ->
    [0] Dans aucun de nos salons.
   *[other] Dans nos salons : { $rooms }
}

## Ce qui est refusé en matière d’accès

refused-for-staff = C’est réservé aux membres de cette organisation. Si vous en avez besoin, adressez-vous à la personne qui vous a invité.
refused-no-such-space = Il n’y a pas d’espace « { $word } ». Il y a : { $list }
refused-which-space = Quel espace ? Ajoutez space: et l’un de ceux-ci : { $list }
refused-no-extranet = Aucun espace n’est prévu ici pour des personnes extérieures nommées. Mes administrateurs peuvent en créer un (level: extranet).
refused-here-in-a-room = « here » désigne le salon où vous écrivez, et celui-ci n’est pas dans { $space }. Écrivez-le dans ce salon-là, ou omettez « here ».
refused-space-internal = Seul le personnel a sa place dans { $space }. Écrivez ceci dans un salon ouvert aux personnes extérieures, ou nommez un tel espace avec space:
refused-space-open = Tout le monde peut entrer dans { $space } : { $who } n’a pas besoin d’accès. Invitez simplement la personne dans le salon.
refused-one-of-ours = { $who } fait partie de nous et n’a pas besoin d’accès. Invitez simplement la personne dans le salon.
refused-one-of-ours-stays = { $who } fait partie de nous ; je ne peux pas y mettre fin. Mes administrateurs peuvent le changer (people.staff, people.trusted, people.denied).
refused-that-is-me = C’est moi. Nommez la personne qui doit entrer.
refused-person-denied = { $who } est exclu de tous les salons par la configuration. Adressez-vous à mes administrateurs (people.denied).
refused-server-not-allowed = { $space } n’admet que des personnes de { $list }, et { $who } vient d’ailleurs. Prenez son adresse là-bas, ou demandez à mes administrateurs d’autoriser son serveur.
refused-end-past = Le { $until } est déjà passé. Indiquez un jour à venir.
refused-end-too-late = C’est plus long que ce que { $space } permet. Le dernier jour possible est le { $until }.
refused-granted-already = { $who } a déjà accès, { $until ->
    [none] sans fin
   *[other] jusqu’au { $until }
} ; son garant est { $sponsor }. Pour changer cela : { $prefix }extend { $who }
refused-requested-already = L’accès de { $who } attend déjà un modérateur ; demandé par { $sponsor }. { $prefix }requests le montre.
refused-no-grant = { $who } n’a pas accès à { $space }. { $elsewhere ->
    [none] { $prefix }invite { $who } le lui donnerait.
   *[other] Ailleurs : { $elsewhere }. Nommez-le avec space:
}
refused-no-grant-anywhere = { $who } n’a accès nulle part et n’est dans aucun de nos salons. L’adresse est-elle juste ? { $prefix }externals les liste tous.
refused-no-end = L’accès de { $who } n’a pas de fin. Pour lui en donner une : { $prefix }extend { $who } until 2026-12-31
refused-ends-then-already = C’est déjà le cas : { $who } a accès { $until ->
    [none] sans fin
   *[other] jusqu’au { $until }
}. Indiquez un autre jour, par exemple : { $prefix }extend { $who } until 2026-12-31
refused-no-moderators = Dans { $space }, ce sont les modérateurs qui décident, et il n’y en a pas. Demandez à mes administrateurs d’en nommer (people.moderators).
refused-may-not-revoke = Seuls le garant et les modérateurs peuvent y mettre fin. Demandez à { $sponsor }, garant de { $who }.
refused-no-such-request = Aucune demande { $number } n’est en attente. { $prefix }requests liste celles qui le sont.
refused-moderators-only = Ce sont les modérateurs qui en décident. Demandez à l’un d’eux : { $list }
refused-no-terms = Vous n’avez pas de conditions à accepter. Si vous en attendiez, demandez à la personne qui vous a invité.

## Ce que l’on dit des accès ; $person et $who sont des identifiants, car les noms peuvent mentir

told-granted = { $person } a accès à { $scope ->
    [room] { $rooms }
   *[other] { $space }, tous les salons
}, { $until ->
    [none] sans fin
   *[other] jusqu’au { $until }
}. Vous êtes son garant.{ $count ->
    [0] {" "}Je ne suis encore dans aucun de ces salons ; l’invitation suivra dès que j’y serai.
   *[other] {""}
}
    { $then ->
    [terms] Je lui montre les conditions ; dès qu’elles sont acceptées, je l’invite.
   *[other] Je l’invite.
}
    Plus longtemps : { $prefix }extend { $person }. Y mettre fin : { $prefix }revoke { $person }
told-requested = Votre demande pour { $person } dans { $space } attend un modérateur, { $until ->
    [none] sans fin
   *[other] jusqu’au { $until }
}. Je vous dirai ce qui est décidé. Son numéro est { $number }.
told-approve = { $by } demande l’accès de { $person } à { $scope ->
    [room] { $rooms }
   *[other] { $space }, tous les salons
}, { $until ->
    [none] sans fin
   *[other] jusqu’au { $until }
}{ $reason ->
    [none] {""}
   *[other] , motif : { $reason }
}.
    ✅ ici approuve, ou { $prefix }requests approve { $number }. Pour refuser : { $prefix }requests refuse { $number }
told-approve-end = { $by } demande de prolonger l’accès de { $person } à { $space } : { $until ->
    [none] sans fin
   *[other] jusqu’au { $until }
}.
    ✅ ici approuve, ou { $prefix }requests approve { $number }. Pour refuser : { $prefix }requests refuse { $number }
told-refused = { $by } n’a pas approuvé l’accès de { $person } à { $space }. Demandez-lui pourquoi.
told-refused-end = { $by } n’a pas approuvé la prolongation pour { $person }. L’accès reste { $until ->
    [none] sans fin
   *[other] jusqu’au { $until }
}.
told-extended = { $person } a désormais accès à { $space } { $until ->
    [none] sans fin
   *[other] jusqu’au { $until }
} (par { $by }). Son garant est { $sponsor }.
told-extended-you = Votre accès à { $space } est prolongé, { $until ->
    [none] sans fin
   *[other] jusqu’au { $until }
}.
told-adopted = Vous êtes désormais garant de { $person } dans { $space }, { $until ->
    [none] sans fin
   *[other] jusqu’au { $until }
}. Y mettre fin : { $prefix }revoke { $person }
told-orphaned = { $sponsor }, garant de { $person } dans { $space }, ne fait plus partie de nous. L’accès continue { $until ->
    [none] sans fin
   *[other] jusqu’au { $until }
}{ $reason ->
    [none] {""}
   *[other]  ; le motif était : { $reason }
}.
    ✅ ici fait de vous le garant. Pour y mettre fin : { $prefix }revoke { $person }
told-warning = L’accès de { $person } à { $space } prend fin le { $until }, et je retirerai alors la personne.
    ✅ ici le prolonge d’autant, ou { $prefix }extend { $person }
told-warning-you = Votre accès à { $space } prend fin le { $until }. S’il vous est encore utile, demandez à { $sponsor }, qui peut le prolonger.
told-lapsed = Personne n’a décidé à temps de l’accès de { $person } à { $space } ; la demande est close. Vous pouvez la refaire : { $prefix }invite { $person }
told-revoked-by = { $by } a mis fin à l’accès de { $person } à { $space }{ $reason ->
    [none] {""}
   *[other] , motif : { $reason }
}. Vous étiez garant.
told-kept = { $person } a toujours accès à { $space } : seuls { $sponsor }, son garant, et les modérateurs peuvent y mettre fin.
told-terms-accepted = { $person } a accepté les conditions de { $space } ; je l’invite.
told-terms-overdue = { $person } n’a pas accepté à temps les nouvelles conditions de { $space } ; je retire donc la personne. Dès qu’elle les accepte, par { $prefix }terms dans sa conversation privée avec moi, je l’invite à nouveau.
terms-first = { $sponsor } souhaite vous inviter dans { $space }. Veuillez d’abord lire ces conditions :
terms-anew = Les conditions de { $space } ont changé. Veuillez les accepter au plus tard le { $until }, sans quoi vous ne pourrez pas rester :
terms-ask = Acceptez-vous ces conditions de { $space } ? Mettez ✅ sur ce message, ou écrivez { $prefix }terms accept. Pour toute question, adressez-vous à { $sponsor }.

## Aux portes des salons

no-place-denied = Vous ne pouvez pas être dans les salons de cette organisation. { $whom ->
    [none] Si vous pensez que c’est une erreur, adressez-vous à votre contact ici.
   *[other] Si vous pensez que c’est une erreur, adressez-vous à { $whom }.
}
no-place-internal = Ce salon est réservé au personnel. { $whom ->
    [none] Si vous pensez que c’est une erreur, adressez-vous à votre contact ici.
   *[other] Si vous pensez que c’est une erreur, adressez-vous à { $whom }.
}
no-place-server = Les personnes de votre serveur ne peuvent pas être dans ce salon. { $whom ->
    [none] Si vous pensez que c’est une erreur, adressez-vous à votre contact ici.
   *[other] Si vous pensez que c’est une erreur, adressez-vous à { $whom }.
}
no-place-requested = Votre accès à ce salon n’est pas encore approuvé. Je vous inviterai dès qu’il le sera. { $whom ->
    [none] Si vous pensez que c’est une erreur, adressez-vous à votre contact ici.
   *[other] Si vous pensez que c’est une erreur, adressez-vous à { $whom }.
}
no-place-ungranted = Vous n’avez pas accès à ce salon. { $whom ->
    [none] Demandez à votre contact ici d’écrire { $prefix }invite pour vous.
   *[other] Demandez à { $whom } d’écrire { $prefix }invite pour vous.
}
no-place-ended = Votre accès à ce salon a pris fin. { $whom ->
    [none] S’il vous est encore utile, demandez à votre contact ici d’écrire { $prefix }invite pour vous.
   *[other] S’il vous est encore utile, demandez à { $whom } d’écrire { $prefix }invite pour vous.
}
no-place-terms = Vous n’avez pas encore accepté les conditions de ce salon. Je vous les ai envoyées dans notre conversation privée ; { $prefix }terms les y montre à nouveau. Dès que vous les acceptez, je vous invite. { $whom ->
    [none] Votre contact ici répondra à vos questions.
   *[other] Pour toute question, adressez-vous à { $whom }.
}
why-denied = la configuration les exclut partout (people.denied)
why-internal = le salon est réservé au personnel
why-ungranted = personne ne lui a donné accès
why-server = l’espace n’admet personne de ce serveur
why-requested = son accès n’est pas encore approuvé
why-terms = les conditions n’ont pas été acceptées
why-ended = son accès a pris fin
membership-join = était dans le salon
membership-invite = était invité
membership-knock = demandait à entrer
told-removed = J’ai retiré { $person } de { $room } ({ $membership }) : { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Invitation par { $by }.
} Si la personne doit entrer, voyez { $prefix }help invite
told-inviter = Vous avez invité { $person } dans { $room }, et j’ai dû retirer la personne : { $why }. Si elle doit entrer, écrivez dans ce salon : { $prefix }invite { $person }
told-inviter-never = Vous avez invité { $person } dans { $room }, et j’ai dû retirer la personne : { $why }. Retrouvez-la dans un salon ouvert aux personnes extérieures, ou adressez-vous à mes responsables.
told-would-remove = Je retirerais { $person } de { $room } ({ $membership }) : { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Invitation par { $by }.
} Je n’ai rien fait, car cet espace est réglé sur enforce: report.
told-waiting = { $person } n’a pas sa place dans { $room } ({ $membership }) : { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Invitation par { $by }.
} Je ne retire personne pour l’instant : cela attend { $prefix }enforce confirm, ou une configuration lisible.
told-stuck-rights = { $person } n’a pas sa place dans { $room } ({ $membership }) : { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Invitation par { $by }.
} Je n’ai pas le droit de retirer quelqu’un de là. Donnez à { $bot } le niveau { $power } dans ce salon, ou retirez la personne vous-même.
told-stuck-themselves = { $person } n’a pas sa place dans { $room } ({ $membership }) : { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Invitation par { $by }.
} Je ne peux pas retirer cette personne, car son niveau n’est pas inférieur au mien. Baissez le sien et donnez à { $bot } au moins { $power }, ou retirez-la vous-même.
told-would-remove-all = Personnes que je retirerais : { $count } – { $list }{ $more ->
    [0] {""}
   *[other] , et { $more } de plus
}. Je n’ai rien fait, car ces espaces sont réglés sur enforce: report. { $prefix }enforce montre tout.
told-stuck-all = Personnes qui n’ont pas leur place là où elles sont, et que je ne peux pas retirer : { $count } – { $list }{ $more ->
    [0] {""}
   *[other] , et { $more } de plus
}. Donnez à { $bot } un niveau supérieur au leur qui permette de retirer des personnes, ou retirez-les vous-même. { $prefix }enforce montre tout.
told-halted = Personnes qui n’ont pas leur place là où elles sont : { $count } – { $list }{ $more ->
    [0] {""}
   *[other] , et { $more } de plus
}. C’est plus que ce que je retire sans demander. Vérifiez, s’il vous plaît ; { $prefix }enforce confirm l’exécute.
told-revoked = C’est fait : l’accès de { $person } est révoqué. Salons quittés : { $count }.{ $stuck ->
    [0] {""}
   *[other] {" "}Je n’ai pas pu retirer cette personne de : { $rooms }. Faites-le vous-même, ou donnez à { $bot } un niveau supérieur au sien.
}{ $problem ->
    [none] {""}
   *[other] {" "}Le serveur a répondu : { $problem }
}
told-ended = { $person } n’a plus accès. Salons quittés : { $count }.{ $stuck ->
    [0] {""}
   *[other] {" "}Je n’ai pas pu retirer cette personne de : { $rooms }. Faites-le vous-même, ou donnez à { $bot } un niveau supérieur au sien.
}{ $problem ->
    [none] {""}
   *[other] {" "}Le serveur a répondu : { $problem }
}
told-not-invited = Je n’ai pas pu inviter { $person } dans { $room } : { $problem }. Invitez la personne vous-même, ou donnez-en le droit à { $bot }.

## Enforcement, and what the homeserver is told that asks first

help-enforce = Montrer qui se trouve où il n’a pas sa place, ou autoriser les exclusions.
    .details = Quand de nombreuses exclusions sont dues à la fois, j’attends un modérateur : regardez la liste, puis ajoutez « confirm ». Si la liste semble fausse, faites d’abord vérifier la configuration.
enforce-now = { $count ->
    [0] Personne ne se trouve où il n’a pas sa place.
   *[other] En attente de { $prefix }enforce confirm : { $waiting }. Hors de mon pouvoir : { $stuck }. Seulement signalés : { $report }.
}{ $list ->
    [none] {""}
   *[other] {" "}Parmi eux : { $list }
}
enforce-confirmed = { $count ->
    [one] 1 exclusion est en cours.
   *[other] { $count } exclusions sont en cours.
}
refused-for-moderators = Cela relève des modérateurs. Demandez à un modérateur de ce salon.
refused-nothing-waits = Aucune exclusion n’attend. { $prefix }enforce montre où nous en sommes.
told-impersonation = { $person } porte dans { $room } le nom « { $name } », qui ressemble à celui de { $resembles }. Si cela prête à confusion, demandez-lui d’en changer, ou excluez cette personne.
told-taken-back = { $by } a invité quelqu’un par courriel ou téléphone ({ $name }) dans { $room }. J’ai annulé l’invitation, car nul ne peut savoir qui la suivra. Faites entrer les gens par leur adresse Matrix : { $prefix }invite @name:server
told-would-take-back = { $by } a invité quelqu’un par courriel ou téléphone ({ $name }) dans { $room }. J’annulerais l’invitation ; pour l’instant je ne fais que le signaler.
told-not-taken-back = { $by } a invité quelqu’un par courriel ou téléphone ({ $name }) dans { $room }, et je n’ai pas le droit d’annuler l’invitation. Faites-le, ou donnez à { $bot } un niveau de pouvoir plus élevé.
module-state = Les règles de cet espace ne le permettent pas : ce serait { $found } et il faut { $wanted }. Demandez aux responsables du bot de changer les règles.
module-invite-by-mail = Nul ne peut savoir qui suivra une invitation par courriel ou téléphone. Faites entrer les gens par leur adresse Matrix : { $prefix }invite @name:server
module-invite-internal = Ce salon est réservé au personnel. Invitez { $person } dans un salon ouvert aux personnes de l’extérieur.
module-invite-denied = { $person } n’a accès à aucun salon. Adressez-vous aux responsables du bot.
module-invite-server = Les personnes du serveur de { $person } n’ont pas accès ici. Demandez aux responsables du bot de l’autoriser.
module-invite-ungranted = { $person } n’a pas encore accès à ce salon. Écrivez ici : { $prefix }invite { $person }

## Keeping and forgetting

forget-ask = Vous voulez que soit supprimé tout ce que vous m’avez écrit. Je supprimerais : le texte de vos questions, de vos réponses et de vos notes, votre nom sur vos réactions, vos choix et ce que vous suivez. Ce qui reste : numéros, dates et totaux, sans votre nom ; qui a fait quoi et quand, dans le journal qui ne peut être modifié ; votre accès aux salons ; ce que les modérateurs conservent sans limite. Vos messages dans les salons restent eux aussi : supprimez-les dans votre client. C’est irréversible. Pour confirmer, mettez ✅ sur ce message dans la journée, ou écrivez { $prefix }forget me confirm.
forget-begun = Je supprime ce que vous m’avez écrit, et je vous écris quand c’est fait.
forget-done = { $held ->
    [0] C’est fait : ce que vous m’avez écrit est supprimé.
    [one] C’est fait : ce que vous m’avez écrit est supprimé, sauf dans { $held } question que les modérateurs conservent sans limite. Demandez-leur.
   *[other] C’est fait : ce que vous m’avez écrit est supprimé, sauf dans { $held } questions que les modérateurs conservent sans limite. Demandez-leur.
}

## Résumés

help-digest = Recevoir chaque jour ou chaque semaine un résumé : nouvelles questions, réponses, questions en attente.
    .details = Dans un salon, pour le salon (modérateurs) ; dans notre conversation privée, pour vous. Avec des filtres, il se limite à ce qu’ils laissent passer. Rien n’est envoyé quand il n’y a rien à dire.
usage-digest = Dites à quel rythme et à quelle heure : { $prefix }digest daily 09:00, { $prefix }digest weekly lun 09:00 ou { $prefix }digest off
digest-now = { $every ->
    [off] Il n’y a pas encore de résumé ici : { $prefix }digest daily 09:00 en demande un.
    [daily] Un résumé est envoyé chaque jour à { $time } ({ $zone }).
   *[weekly] Un résumé est envoyé chaque { $weekday ->
        [0] lundi
        [1] mardi
        [2] mercredi
        [3] jeudi
        [4] vendredi
        [5] samedi
       *[other] dimanche
    } à { $time } ({ $zone }).
}{ $filters ->
    [none] {""}
   *[other] {" "}Filtres : { $filters }
}
digest-set = { $every ->
    [daily] Désormais, un résumé est envoyé chaque jour à { $time } ({ $zone }).
   *[weekly] Désormais, un résumé est envoyé chaque { $weekday ->
        [0] lundi
        [1] mardi
        [2] mercredi
        [3] jeudi
        [4] vendredi
        [5] samedi
       *[other] dimanche
    } à { $time } ({ $zone }).
}{ $filters ->
    [none] {""}
   *[other] {" "}Filtres : { $filters }
}
digest-off = Il n’y aura plus de résumé ici.
digest-title = Résumé · { $age }
digest-new = Nouvelles questions : { $count }
digest-answered = Questions résolues : { $count }
digest-unanswered = En attente de réponse, les plus anciennes d’abord : { $count }
digest-more = La liste complète : { $prefix }unanswered, { $prefix }questions
refused-digest-for-moderators = Seuls les modérateurs règlent le résumé d’un salon. Pour le vôtre, écrivez-moi { $prefix }digest dans notre conversation privée.
refused-no-digest = Il n’y a pas de résumé ici.
refused-digest-without-tags = Je ne garde aucun mot des salons chiffrés : ici, un résumé ne peut pas se limiter à des étiquettes.

## Suivi, experts, ce que chacun dit de soi

usage-follow = Dites quoi : une question (42), une étiquette (tag:vpn), un espace (space:acme), une personne (@alice:example.org), ou plusieurs filtres ensemble. Écrivez : { $usage }
refused-no-space-to-follow = Il n’y a pas d’espace « { $word } » que vous puissiez voir.
refused-keeps-no-words = Je ne garde aucun mot des salons chiffrés. Écrivez cela dans un salon ou une conversation sans chiffrement.
refused-follows-enough = Vous suivez déjà { $limit } choses. Retirez-en d’abord une avec { $prefix }unfollow
refused-follows-that-already = Vous suivez déjà cela.
refused-follows-no-such-thing = Vous ne suivez pas cela. Écrivez { $prefix }follow dans notre conversation privée pour voir ce que vous suivez.
follows-now = Étiquettes, espaces et personnes que vous suivez : { $count }. Questions : { $questions }. Pour en ajouter : { $prefix }follow tag:vpn ou { $prefix }follow @alice:example.org ; pour en retirer : { $prefix }unfollow
list-followed = Questions que vous suivez : { $count }
told-asked = Nouvelle question Q{ $number } :
told-answer-by = { $author } a répondu à Q{ $number } :
told-expert = Vous avez peut-être la réponse à Q{ $number }, dont personne ne se charge encore :
told-nudge = Votre question Q{ $number } a une réponse. Si c’est la bonne, mettez ✅ dessus ou écrivez { $prefix }answered dans le fil. Sinon, vous n’avez rien à faire :
help-notify = Choisir pour quoi je vous écris.
    .details = « all » : tout ce que vous suivez. « mentions » : seulement ce qui vous concerne, comme une attribution. « off » : rien, sauf ce que vous me demandez.
notify-now = { $notify ->
    [all] Je vous écris pour tout ce que vous suivez.
    [mentions] Je ne vous écris que pour ce qui vous concerne vous-même.
   *[off] Je ne vous écris que ce que vous me demandez.
} Pour changer : { $prefix }notify all, { $prefix }notify mentions ou { $prefix }notify off
notify-set = { $notify ->
    [all] Désormais, je vous écris pour tout ce que vous suivez.
    [mentions] Désormais, je ne vous écris que pour ce qui vous concerne vous-même.
   *[off] Désormais, je ne vous écris que ce que vous me demandez.
}
help-profile = Dire ou voir ce que vous dites de vous : langues, région, heures de travail, fuseau horaire, heures de silence.
    .details = Pendant vos heures de silence, je ne vous écris pas ; cela attend. « none » retire une indication. Notre personnel voit vos langues, votre région, vos domaines et vos heures avec { $prefix }profile suivi de votre nom.
usage-profile = Je ne comprends pas. Par exemple : { $prefix }profile languages fr, en – { $prefix }profile hours 09:00-17:00 – { $prefix }profile zone Europe/Paris – { $prefix }profile quiet 22:00-07:00 – { $prefix }profile region Lyon – { $prefix }profile quiet none
profile-now = Ce que vous m’avez dit de vous :
    Langues : { $languages }
    Région : { $region }
    Domaines : { $expertise }
    Heures de travail : { $hours }
    Heures de silence : { $quiet }
    Fuseau horaire : { $zone }
    Mes messages : { $notify ->
        [all] sur tout ce que vous suivez
        [mentions] seulement sur ce qui vous concerne
       *[off] seulement ce que vous demandez
    }{ $until ->
        [none] {""}
       *[other] . Absence jusqu’au { $until }
    }
    Pour changer : { $prefix }profile hours 09:00-17:00 et ainsi de suite, { $prefix }expertise +vpn, { $prefix }notify
profile-of = Ce que { $person } dit de soi :
    Langues : { $languages }
    Région : { $region }
    Domaines : { $expertise }
    Heures de travail : { $hours } (fuseau horaire : { $zone }){ $until ->
        [none] {""}
       *[other] . Absence jusqu’au { $until }
    }
refused-no-profile = { $person } ne m’a rien dit de soi.
refused-no-such-languages = Je ne peux rien faire de « { $word } ». Écrivez des codes de deux ou trois lettres, comme : fr, en
refused-no-such-zone = Je ne connais pas le fuseau horaire « { $word } ». Par exemple : { $near }
refused-no-such-hours = « { $word } » n’indique pas des heures. Par exemple : 09:00-17:00, ou à cheval sur minuit 22:00-07:00
refused-too-much-expertise = Vous pouvez indiquer jusqu’à { $limit } étiquettes. Retirez-en d’abord : { $prefix }expertise -lan
help-expertise = Dire ce que vous connaissez bien, ou voir ce que vous avez dit.
    .details = Par étiquettes, comme +vpn et -lan. On pourra alors vous interroger sur des questions qui les portent.
usage-expertise = « { $word } » n’est pas une étiquette. Par exemple : { $prefix }expertise +vpn -lan
expertise-now = Ce que vous dites bien connaître : { $expertise }. Pour changer : { $prefix }expertise +vpn -lan
help-experts = Montrer qui s’y connaît sur un sujet.
    .details = D’après les réponses acceptées sous l’étiquette, les plus récentes comptant davantage, et d’après ce que chacun dit de soi. Seulement les personnes et les réponses qui peuvent être montrées ici.
experts-title = Qui s’y connaît en { $tag } :
experts-none = On ne connaît encore personne ici pour { $tag }. Qui s’y connaît peut le dire avec { $prefix }expertise
expert-line = { $person } : réponses acceptées : { $count }{ $declared ->
    [yes] {""} ; le dit aussi
   *[no] {""}
}{ $away ->
    [yes] {""} ; actuellement indisponible
   *[no] {""}
}
help-gaps = Montrer ce qu’on demande souvent sans qu’on connaisse d’expert.
    .details = Les étiquettes des questions des derniers mois qui peuvent être montrées ici.
gaps-title = Souvent demandé ces { $days } derniers jours, sans expert connu :
gaps-none = Ces { $days } derniers jours, on connaît un expert pour tout ce qui a été demandé souvent.
gap-line = { $tag } – questions : { $count }

## Statistiques

help-stats = Montrer où en sont les choses : questions nouvelles, résolues, en attente, et délais de réponse.
    .details = Sur les 30 derniers jours, ou sur une durée que vous indiquez, comme 7d ou 12w. Des filtres la précisent. Une image suit.
usage-stats-time = Je remonte de 1 à 92 jours. Par exemple : 7d, 30d, 12w
stats-title = Statistiques · { $period } (entre parenthèses : la même durée juste avant)
stats-counting = Je compte encore : { $share } de toutes les questions figurent ici pour l’instant.
stats-empty = Rien n’a été demandé ni répondu pendant cette période, et rien n’attend.
stats-part = Estimation : j’ai regardé une question sur { $count }.
stats-asked = Nouvelles : { $amount } ({ $before })
stats-answered = Résolues : { $amount } ({ $before })
stats-closed = Fermées sans réponse : { $amount } ({ $before })
stats-deflected = Réglées par une réponse antérieure : { $amount } ({ $before })
stats-waiting = En attente maintenant : { $amount } ({ $before })
stats-rate = Nouvelles déjà résolues : { $share } ({ $before })
stats-deflection-rate = Nouvelles réglées par une réponse antérieure : { $share }
stats-response = Première réponse : la moitié en { $median } ({ $before }), neuf sur dix en { $most }
stats-answer = Réponse acceptée : la moitié en { $median } ({ $before }), neuf sur dix en { $most }
stats-at-work = … en heures ouvrées : la moitié en { $median } ({ $before }), neuf sur dix en { $most }
stats-hours = Heure la plus chargée : { $hours }, avec { $share } des nouvelles
stats-tags = Étiquettes : { $list }
stats-helpers = Le plus de réponses acceptées : { $list }
stats-space = Dans { $space } : nouvelles { $asked }, résolues { $answered }, première réponse { $median }
stats-inside = Posées par le personnel : nouvelles { $asked }, résolues { $answered }, première réponse { $median }
stats-outside = Posées de l’extérieur : nouvelles { $asked }, résolues { $answered }, première réponse { $median }
stats-worth = Valeur estimée : { $value } ; questions résolues : { $amount }
chart-title = Questions, { $period }
chart-asked = Nouvelles
chart-answered = Résolues
chart-waiting = En attente
chart-described = Graphique du { $since } au { $until } : { $asked } questions nouvelles, { $answered } résolues. En attente : { $first } au début, { $most } au plus, { $waiting } à la fin.

## Rules and absence

told-by-rule = Q{ $number } vous concerne :
told-team-busy = Personne de l’équipe { $team } n’est disponible pour Q{ $number }. Pouvez-vous la prendre ?
told-team-away = Q{ $number } est pour l’équipe { $team }, et personne n’y est joignable. Merci de trouver quelqu’un :
help-why = Dire quelles règles se sont appliquées à une question, et pourquoi.
    .details = Seul notre personnel voit lesquelles ; les autres voient combien.
rules-counted = { $count ->
    [0] Aucune règle ne s’est appliquée à Q{ $number }.
    [one] { $count } règle s’est appliquée à Q{ $number }.
   *[other] { $count } règles se sont appliquées à Q{ $number }.
}
rules-named = Règles qui se sont appliquées à Q{ $number } :
rule-line = « { $rule } », parce que : { $because }{ $done ->
    [none] .
   *[other] . Effet : { $done }.
}
rule-always = elle vaut pour toutes les questions
rule-gone = cette règle n’est plus dans ma configuration
rule-because-space = espace : { $value }
rule-because-room = salon : { $value }
rule-because-text = le texte correspond à « { $value } »
rule-because-from = qui demande : { $value }
rule-because-language = langue : { $value }
rule-because-tag = étiquette : { $value }
rule-because-priority = alors : { $value }
rule-because-assigned = { $value ->
    [yes] quelqu’un devait répondre
   *[no] personne ne devait répondre
}
rule-because-hours = { $value ->
    [open] c’était pendant les heures ouvrées
   *[closed] c’était en dehors des heures ouvrées
}
rule-because-unanswered-for = attente en heures ouvrées : { $value }
rule-did-assign = confiée à { $person }
rule-did-tell = personne de l’équipe { $team } n’était disponible, d’autres ont été prévenus
rule-did-escalate = les modérateurs ont été appelés
help-away = Dire que vous êtes absent, ou de retour.
    .details = D’ici là, les équipes ne vous confient aucune question. Avec { $prefix }away off vous êtes de retour.
away-now = { $until ->
    [none] Vous n’êtes pas absent : les équipes peuvent vous confier des questions.
   *[other] Vous êtes absent jusqu’au { $until } inclus. Avec { $prefix }away off vous êtes de retour.
}
refused-away-past = Ce moment est déjà passé. Par exemple : { $prefix }away until friday
somebody-forgotten = une personne oubliée
