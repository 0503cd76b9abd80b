# Слова askbridge. $number — номер вопроса, $prefix — начало команд, $person — отображаемое имя.

## Карточка

state-open = открыт
state-claimed = в работе
state-answered = решён
state-closed = закрыт
state-open-for = открыт, адресован: { $person }
state-claimed-by = в работе у { $person }
state-closed-because = закрыт ({ $reason })
reason-withdrawn = отозван
asked-by = спрашивает { $person }
asked-by-external = спрашивает { $person } (внешний участник, { $space })
card-hint = Отвечайте в этой ветке. { $prefix }answered или ✅ на лучшем ответе — и вопрос решён.
card-accepted = Принятый ответ, автор { $person }
card-proposed = Предложенный ответ, автор { $person }
nudge = { $person }, подходит ли вам этот ответ ({ $author })? Примите его с помощью ✅ или { $prefix }answered.

## Списки

list-unanswered = { $count ->
    [0] Вопросов без ответа нет.
    [one] { $count } вопрос без ответа
    [few] { $count } вопроса без ответа
    [many] { $count } вопросов без ответа
   *[other] { $count } вопроса без ответа
}
list-questions = { $count ->
    [0] Вопросов не найдено.
    [one] { $count } вопрос
    [few] { $count } вопроса
    [many] { $count } вопросов
   *[other] { $count } вопроса
}
list-mine = { $count ->
    [0] Нет вопросов, заданных вами или порученных вам.
    [one] { $count } вопрос, заданный вами или порученный вам
    [few] { $count } вопроса, заданных вами или порученных вам
    [many] { $count } вопросов, заданных вами или порученных вам
   *[other] { $count } вопроса, заданных вами или порученных вам
}
list-more = Страница { $page } из { $pages }. Чтобы увидеть следующую, добавьте page:{ $next }
priority-low = низкий приоритет
priority-normal = обычный приоритет
priority-high = высокий приоритет
priority-urgent = срочно
untold = в зашифрованной комнате
show-untold = Текст остаётся в зашифрованной комнате; ссылки ведут туда.
show-answers = { $count ->
    [0] Ответов пока нет.
    [one] { $count } ответ
    [few] { $count } ответа
    [many] { $count } ответов
   *[other] { $count } ответа
}
standing-proposed = предложен
standing-accepted = принят
standing-endorsed = принят и подтверждён
votes = голоса { $score }

## Что узнают те, кто следит за вопросом

told-answered = Вопрос Q{ $number } решён:
told-closed = Вопрос Q{ $number } закрыт:
told-reopened = Вопрос Q{ $number } снова открыт:
told-answer-withdrawn = Вопрос Q{ $number } снова открыт, принятый ответ отозван:

## Справка

help-intro = Я слежу за вопросами в этой комнате, пока на них не ответят.
help-more = Напишите { $prefix }help и название команды, чтобы узнать о ней больше. Реакции тоже работают: ❓ делает сообщение вопросом, ✅ принимает ответ, 🙋 берёт вопрос в работу, 👀 включает слежение, 👍 и 👎 — голоса.
help-aliases = Также: { $names }
group-ask = Спросить
group-answer = Ответить
group-work = Работа с вопросами
group-find = Найти
group-access = Доступ
group-self = Для вас
help-ask = Задать вопрос.
    .details = Первая строка — заголовок. #слово — метка. Назовите людей в начале, чтобы адресовать вопрос им. В ответ на сообщение и без текста команда делает это сообщение вопросом. Упоминание меня — тоже вопрос.
help-answer = Ответить на вопрос, не открывая его ветку.
    .details = В ветке вопроса каждое сообщение других людей — ответ; эта команда нужна вне её.
help-answered = Отметить вопрос решённым.
    .details = В ответ на чей-то ответ команда принимает его; в ветке — самый новый ответ другого человека. Если указать текст, ответом станет он. Принимают автор вопроса и модераторы; когда это делает кто-то другой, ответ предлагается автору вопроса.
help-claim = Сообщить, что вопросом занимаетесь вы.
    .details = Другие увидят, кто им занят. То же, что 🙋 на вопросе.
help-unclaim = Вернуть вопрос, взятый в работу.
    .details = Он снова открыт для всех. Модераторы могут сделать это за других.
help-close = Закрыть вопрос, которому ответ больше не нужен.
    .details = По желанию укажите причину. Доступно автору вопроса, ответственному и модераторам.
help-reopen = Снова открыть решённый или закрытый вопрос.
    .details = Принятые ответы больше не считаются принятыми. Доступно автору вопроса, ответственному и модераторам.
help-follow = Следить за судьбой вопроса.
    .details = Я напишу вам в личном чате, когда он будет решён, закрыт или снова открыт. То же, что 👀 на вопросе.
help-unfollow = Больше не следить за вопросом.
    .details = Я больше не буду писать вам о нём.
help-unanswered = Показать вопросы, которые ждут ответа, начиная с самых старых.
    .details = Фильтры в любом порядке: here, space:…, tag:…, by:@…, assigned:@…, assigned:none, assigned:me, older:2d, since:7d, from:external, priority:high, page:2.
help-questions = Показать вопросы, начиная с самых новых.
    .details = Фильтры в любом порядке: here, space:…, tag:…, by:@…, assigned:@…, is:open, is:claimed, is:answered, is:closed, older:2d, since:7d, from:external, priority:high, page:2.
help-mine = Показать вопросы, заданные вами и порученные вам.
    .details = Фильтры те же, что у { $prefix }questions.
help-show = Показать вопрос и ответы на него.
    .details = В ветке номер можно не указывать.
help-audit = Показать, чем комнаты отличаются от правил их пространства.
    .details = С названием пространства — только оно. У каждого отличия есть номер; словом «accept» и номером модератор говорит, что так задумано. Что я исправил, я тогда верну.
help-help = Показать, что я умею здесь.
    .details = С названием команды — рассказать о ней.
help-language = Выбрать язык, на котором я вам отвечаю.
    .details = Карточки остаются на языке комнаты. «default» — снова как в комнате.
language-now = { $language ->
    [none] Я отвечаю вам на языке комнаты. Чтобы выбрать другой, напишите { $prefix }language и один из кодов: { $languages }
   *[other] Я отвечаю вам по-русски. Чтобы выбрать другой язык, напишите { $prefix }language и один из кодов: { $languages } — или «default».
}
language-chosen = { $language ->
    [none] Теперь я отвечаю вам на языке комнаты.
   *[other] Теперь я отвечаю вам по-русски.
}

## Что не удалось понять; первые три обозначают в образцах команд то, что впишет автор

usage-text = текст…
usage-filters = фильтры…
usage-command = [команда]
broken = У меня что-то пошло не так, и сделать это не удалось. Сообщите, пожалуйста, тем, кто меня обслуживает; код для справки: { $reference }.
unreadable = Я не могу прочитать это сообщение: ключ от него ко мне не пришёл, хотя я его запросил. Отправьте сообщение, пожалуйста, ещё раз.
unreadable-unverified = Я не могу прочитать это сообщение: ваша программа даёт ключи только устройствам, которым доверяет, а моему — нет. Подтвердите меня или попросите тех, кто меня обслуживает, выполнить { $command }; затем отправьте сообщение ещё раз.
slowed = Это слишком много сразу. Я всё выполню, но сначала отвечу остальным.
unknown-command = Я не знаю команды { $command }. Может быть, { $near }?
usage = Напишите: { $usage }
usage-unexpected = «{ $word }» здесь не подходит. Напишите: { $usage }
usage-in-a-room = { $usage } работает только в комнате, где это могут прочитать другие.
usage-ask = { $replied ->
    [0] В вопросе должны быть слова. Напишите: { $prefix }ask Как мне …?
    [2] Я не могу прочитать сообщение, на которое вы отвечаете. Напишите вопрос сами: { $prefix }ask Как мне …?
   *[other] В том сообщении нечего спросить. Напишите: { $prefix }ask Как мне …?
}
usage-filter-unknown = { $hint ->
    [none] Я не знаю фильтра «{ $word }». Фильтры выглядят так: tag:vpn, older:2d или is:open.
   *[other] Я не знаю фильтра «{ $word }». Может быть, «{ $hint }»?
}
usage-filter-value = «{ $word }» не подходит. Например: { $example }
usage-person = «{ $word }» никого не обозначает. Напишите адрес целиком, например @ann:acme.com, или упомяните человека.
usage-date = Не могу понять, когда это: «{ $word }». Например: на 30 дней, до 31 декабря, до 2026-12-31
usage-date-ambiguous = «{ $word }» может означать два разных дня. Напишите { $first } или { $second }.
usage-granting-word = { $hint ->
    [none] Не понимаю здесь «{ $word }». Напишите: { $usage }
   *[other] Не понимаю здесь «{ $word }». Может быть, «{ $hint }»? Напишите: { $usage }
}

## В чём отказано

refused-not-unanswered = Вопрос Q{ $number } не ждёт ответа: он { $state }. { $prefix }reopen { $number } откроет его снова.
refused-already-yours = Вопрос Q{ $number } уже у вас в работе.
refused-already-claimed = Вопрос Q{ $number } уже в работе у { $person }. Договоритесь между собой или дождитесь { $prefix }unclaim.
refused-not-claimed = Вопрос Q{ $number } никто не брал в работу.
refused-not-your-claim = Вопрос Q{ $number } в работе у { $person }. Вернуть его может только этот человек или модератор.
refused-may-not-close = Закрыть Q{ $number } могут только автор вопроса, ответственный и модераторы.
refused-already-closed = Вопрос Q{ $number } уже закрыт.
refused-withdrawn = Вопрос Q{ $number } отозван.
refused-not-settled = Вопрос Q{ $number } и так открыт.
refused-may-not-reopen = Снова открыть Q{ $number } могут только автор вопроса, ответственный и модераторы.
refused-closed = Вопрос Q{ $number } закрыт. { $prefix }reopen { $number } откроет его снова.
refused-said-already = Вы это уже говорили; с вопросом Q{ $number } ничего не изменилось.
refused-already-accepted = Этот ответ на Q{ $number } уже принят: { $person }.
refused-which-question = Какой вопрос? Укажите его номер, например { $prefix }show 42, или напишите в его ветке.
refused-no-such-question = Здесь нет вопроса Q{ $number }.
refused-not-in-its-room = Вопрос Q{ $number } относится к другой комнате. Войдите в неё, чтобы им заняться.
refused-ask-in-a-room = Вопросы задают в комнате, где могут ответить другие. Напишите { $prefix }ask там.
refused-own-message = Это моё сообщение; оно не может стать вопросом.
refused-already-a-question = Это сообщение уже вопрос: Q{ $number }.
refused-in-a-thread = Эта ветка относится к Q{ $number }. Спросите в самой комнате.
refused-too-long = Слишком длинно, символов: { $count }. Можно не больше { $limit }.
refused-own-question = Q{ $number } — ваш собственный вопрос. Если вы нашли ответ, напишите: { $prefix }answered { $number } и сам ответ.
refused-nothing-to-accept = У вопроса Q{ $number } ещё нет ответа, который можно принять. Когда он появится, ответьте на него командой { $prefix }answered или напишите { $prefix }answered { $number } и сам ответ.
refused-following-already = Вы уже следите за вопросом Q{ $number }.
refused-not-following = Вы не следите за вопросом Q{ $number }.
refused-no-such-command = Команды { $command } нет. Может быть, { $near }?
refused-no-such-language = Я не говорю на «{ $language }». Доступные языки: { $languages }

## Комнаты и правила их пространства

room-mark = открыто для людей извне
drift-join_rule = кто может войти
drift-history = кто может читать сказанное раньше
drift-guests = доступ гостей
drift-encryption = шифрование
drift-alias = адрес
drift-listed = каталог комнат
drift-power = уровень прав
drift-servers = серверы, которым можно участвовать
drift-parent = родительское пространство
drift-integration = виджет или мост
drift-federation = участие с других серверов
drift-mark = пометка в названии или теме
drift-label = событие для других программ
drift-remedy-rights = Мне не хватает для этого уровня прав.
drift-remedy-reverted = Это меняли снова и снова, поэтому решать вам.
drift-remedy-refused = Сервер мне этого не разрешил.
drift-remedy-encrypt = Вы можете включить шифрование; пока оно отключено в моих настройках, в зашифрованных комнатах я ничего не читаю.
drift-remedy-remake = В существующей комнате это изменить нельзя: создайте новую.
drift-remedy-upgrade = Версия комнаты этого не знает: обновите комнату.
drift-remedy-family = Не известно пространство Matrix, участники которого могли бы войти: назовите его в настройках (matrix_space).
drift-remedy-creator = Создатель комнаты стоит в ней выше всех: создайте новую.
drift-remedy-above = Этот человек стоит не ниже меня: попросите его понизить уровень или дайте мне уровень выше.
drift-remedy-everybody = Он есть у всех: дайте уровень тем, кому он нужен, а потом понизьте значение по умолчанию (users_default).
drift-remedy-owned = Убрать это может только тот, кому оно принадлежит.
drift-remedy-look = Пожалуйста, проверьте, должно ли это здесь быть.
told-drift-mended = { $who } меняет { $room } вопреки правилам: { $drift } — было { $found }. Я вернул { $wanted }. Если так задумано, модератор может написать { $prefix }audit accept { $number }
told-drift-would = { $who } меняет { $room } вопреки правилам: { $drift } — сейчас { $found }, а должно быть { $wanted }. Я только сообщаю об этом. Если так задумано, модератор может написать { $prefix }audit accept { $number }
told-drift-rights = { $room } не соответствует правилам после изменения, которое внёс { $who }: { $drift } — сейчас { $found }, а должно быть { $wanted }. Мне нельзя менять { $event }: нужен уровень прав { $needed }, у меня { $has }. Дайте { $bot } уровень прав { $needed } или напишите { $prefix }audit accept { $number }
told-drift-refused = { $room } не соответствует правилам после изменения, которое внёс { $who }: { $drift } — сейчас { $found }, а должно быть { $wanted }. Сервер не дал мне это изменить: { $problem }. Пожалуйста, сделайте это сами или напишите { $prefix }audit accept { $number }
told-drift-stuck = { $room } не соответствует правилам после изменения, которое внёс { $who }: { $drift } — сейчас { $found }, а должно быть { $wanted }. { $remedy } Если так задумано, напишите { $prefix }audit accept { $number }
told-drift-summary = Я сравнил комнаты пространства { $space } с его правилами. Отличий: { $count }, из них исправлено мной: { $mended }, исправить можете только вы: { $stuck }. Комнаты: { $rooms }. { $prefix }audit { $space } покажет, что осталось.
audit-found = Отличий от правил: { $count }
audit-clean = Ничто не отличается от правил.
audit-line = { $number }: { $room }: { $drift } — сейчас { $found }, а должно быть { $wanted }; { $ago }, { $who }.
audit-open = Я только сообщаю об этом.
audit-due = Я вот-вот это исправлю.
audit-accepted = Модератор это принял.
audit-lacks = { $room }: мне нельзя менять { $lacks }. Мой уровень прав { $has }: дайте { $bot } уровень { $needed }.
audit-keeps = Принято. { $drift } в { $room }: пусть остаётся { $found }.
audit-restores = Принято. { $drift } в { $room }: возвращаю { $found }.
refused-no-such-drift = Отличия { $number } нет. { $prefix }audit покажет, что есть.
refused-drift-over = { $number } уже нет.

## Помощь о доступе

help-invite = Пустить человека извне.
    .details = Вы ручаетесь за этого человека. Во все комнаты пространства, а со словом «here» («здесь») — только в эту. Укажите, до какого дня и зачем; без срока — на столько, сколько разрешает пространство. В личном чате назовите пространство. Там, где решают модераторы, сначала спрашивают их.
help-extend = Продлить кому-то доступ.
    .details = Без даты — ещё на столько же, начиная с сегодняшнего дня. То же самое, что ✅ на моём предупреждении.
help-revoke = Прекратить чей-то доступ прямо сейчас.
    .details = Я удаляю этого человека из всех комнат этого пространства, а со словом «everywhere» («везде») — из комнат всех пространств, и сообщаю, когда всё сделано.
help-externals = Показать, кому извне открыт доступ.
    .details = С поручителем, последним днём и причиной. Чтобы увидеть следующую страницу, добавьте page:2.
help-who = Сказать, кто этот человек для нас.
    .details = Кто за него ручается, с какого и до какого дня, почему, и в каких из наших комнат он находится.
help-requests = Показать, что ждёт решения модератора, или решить.
    .details = Модераторы могут одобрить и с помощью ✅ на моём сообщении.
help-terms = Показать условия доступа ещё раз или принять их.
    .details = Я пришлю их вам в личный чат. ✅ на моём сообщении тоже принимает их.

## У кого есть доступ

class-staff = сотрудник
class-trusted = приравнен к сотрудникам
class-external = извне, с доступом
class-outsider = извне, без доступа
grant-live = действует
grant-requested = ждёт модератора
grant-terms = условия ещё не приняты
grant-orphaned = поручитель ушёл, нужен новый
grant-ended = закончился
grant-line = { $who }: { $scope ->
    [room] { $room }
   *[other] все комнаты пространства { $space }
}, с { $since }, { $until ->
    [none] без срока
   *[other] по { $until }
}, поручитель { $sponsor }, { $standing }{ $reason ->
    [none] {""}
   *[other] , причина: { $reason }
}
request-line = { $number }: { $who }, { $scope ->
    [room] { $room }
   *[other] все комнаты пространства { $space }
}, { $until ->
    [none] без срока
   *[other] по { $until }
}, просит { $by }{ $reason ->
    [none] {""}
   *[other] , причина: { $reason }
}
externals-list = { $count ->
    [0] Извне доступа нет ни у кого
   *[other] Доступов извне: { $count }
}{ $space ->
    [none] {""}
   *[other] {" "}({ $space })
}
requests-list = { $count ->
    [0] Модератора ничто не ждёт.
   *[other] Ждут модератора: { $count }. Напишите { $prefix }requests approve или { $prefix }requests refuse и номер.
}
who-ours = { $who }: { $class }.
who-is = { $who }: { $class }. { $count ->
    [0] Ни в одной из наших комнат.
   *[other] В наших комнатах: { $rooms }
}

## В чём отказано при доступе

refused-for-staff = Это только для людей этой организации. Если вам это нужно, обратитесь к тому, кто вас пригласил.
refused-no-such-space = Пространства «{ $word }» нет. Есть: { $list }
refused-which-space = Какое пространство? Добавьте space: и одно из: { $list }
refused-no-extranet = Здесь нет пространства для названных людей извне. Мои администраторы могут его завести (level: extranet).
refused-here-in-a-room = «here» — это комната, в которой вы пишете, а эта не относится к { $space }. Напишите это в нужной комнате или уберите «here».
refused-space-internal = В { $space } есть место только для сотрудников. Напишите это в комнате для людей извне или назовите такое пространство с помощью space:
refused-space-open = В { $space } может войти каждый: { $who } не нуждается в доступе. Просто пригласите человека в комнату.
refused-one-of-ours = { $who } — из наших, доступ не нужен. Просто пригласите человека в комнату.
refused-one-of-ours-stays = { $who } — из наших; прекратить это я не могу. Мои администраторы могут это изменить (people.staff, people.trusted, people.denied).
refused-that-is-me = Это я. Назовите человека, которого нужно пустить.
refused-person-denied = { $who }: доступ во все комнаты закрыт в настройках. Обратитесь к моим администраторам (people.denied).
refused-server-not-allowed = { $space } пускает только людей с { $list }, а { $who } не оттуда. Возьмите адрес там или попросите моих администраторов разрешить этот сервер.
refused-end-past = { $until } уже в прошлом. Назовите день в будущем.
refused-end-too-late = Это дольше, чем разрешает { $space }. Последний возможный день — { $until }.
refused-granted-already = У { $who } уже есть доступ, { $until ->
    [none] без срока
   *[other] по { $until }
}; поручитель — { $sponsor }. Чтобы это изменить: { $prefix }extend { $who }
refused-requested-already = Доступ для { $who } уже ждёт модератора; просит { $sponsor }. { $prefix }requests покажет.
refused-no-grant = У { $who } нет доступа к { $space }. { $elsewhere ->
    [none] { $prefix }invite { $who } его даст.
   *[other] В других местах: { $elsewhere }. Назовите с помощью space:
}
refused-no-grant-anywhere = У { $who } нигде нет доступа, и ни в одной из наших комнат этого человека нет. Верен ли адрес? { $prefix }externals покажет всех.
refused-no-end = Доступ { $who } без срока. Чтобы его назначить: { $prefix }extend { $who } until 2026-12-31
refused-ends-then-already = Так уже и есть: у { $who } доступ { $until ->
    [none] без срока
   *[other] по { $until }
}. Назовите другой день, например: { $prefix }extend { $who } until 2026-12-31
refused-no-moderators = В { $space } это решают модераторы, а их нет. Попросите моих администраторов назначить их (people.moderators).
refused-may-not-revoke = Прекратить это могут только поручитель и модераторы. Обратитесь к { $sponsor }: он ручается за { $who }.
refused-no-such-request = Запроса { $number }, который ждёт, нет. { $prefix }requests покажет те, что ждут.
refused-moderators-only = Это решают модераторы. Обратитесь к одному из них: { $list }
refused-no-terms = Вам не нужно принимать никаких условий. Если вы их ждали, обратитесь к тому, кто вас пригласил.

## Что сообщается о доступе; $person и $who — идентификаторы, ведь имена могут лгать

told-granted = У { $person } есть доступ: { $scope ->
    [room] { $rooms }
   *[other] { $space }, все комнаты
}, { $until ->
    [none] без срока
   *[other] по { $until }
}. Вы — поручитель.{ $count ->
    [0] {" "}Меня ещё нет в этих комнатах; приглашу, как только буду там.
   *[other] {""}
}
    { $then ->
    [terms] Показываю условия; как только их примут, приглашу.
   *[other] Приглашаю.
}
    Продлить: { $prefix }extend { $person }. Прекратить: { $prefix }revoke { $person }
told-requested = Ваш запрос для { $person } в { $space } ждёт модератора, { $until ->
    [none] без срока
   *[other] по { $until }
}. Я сообщу о решении. Номер: { $number }.
told-approve = { $by } просит пустить { $person }: { $scope ->
    [room] { $rooms }
   *[other] { $space }, все комнаты
}, { $until ->
    [none] без срока
   *[other] по { $until }
}{ $reason ->
    [none] {""}
   *[other] , причина: { $reason }
}.
    ✅ здесь одобряет, или { $prefix }requests approve { $number }. Отказать: { $prefix }requests refuse { $number }
told-approve-end = { $by } просит продлить доступ { $person } к { $space }: { $until ->
    [none] без срока
   *[other] по { $until }
}.
    ✅ здесь одобряет, или { $prefix }requests approve { $number }. Отказать: { $prefix }requests refuse { $number }
told-refused = { $by } не одобрил доступ к { $space } для { $person }. Спросите о причине.
told-refused-end = { $by } не одобрил продление для { $person }. Остаётся { $until ->
    [none] без срока
   *[other] по { $until }
}.
told-extended = Теперь у { $person } доступ к { $space } { $until ->
    [none] без срока
   *[other] по { $until }
} (продлил { $by }). Поручитель — { $sponsor }.
told-extended-you = Ваш доступ к { $space } продлён, { $until ->
    [none] без срока
   *[other] по { $until }
}.
told-adopted = Теперь вы ручаетесь за { $person } в { $space }, { $until ->
    [none] без срока
   *[other] по { $until }
}. Прекратить: { $prefix }revoke { $person }
told-orphaned = { $sponsor }, поручитель { $person } в { $space }, больше не из наших. Доступ действует { $until ->
    [none] без срока
   *[other] по { $until }
}{ $reason ->
    [none] {""}
   *[other] ; причина была: { $reason }
}.
    ✅ здесь — и поручитель вы. Прекратить: { $prefix }revoke { $person }
told-warning = Доступ { $person } к { $space } заканчивается { $until }, после чего я удалю этого человека из комнат.
    ✅ здесь продлит ещё на столько же, или { $prefix }extend { $person }
told-warning-you = Ваш доступ к { $space } заканчивается { $until }. Если он ещё нужен, обратитесь к { $sponsor }: он может его продлить.
told-lapsed = Никто вовремя не решил вопрос о доступе { $person } к { $space }; запрос закрыт. Можно попросить заново: { $prefix }invite { $person }
told-revoked-by = { $by } прекратил доступ { $person } к { $space }{ $reason ->
    [none] {""}
   *[other] , причина: { $reason }
}. Вы были поручителем.
told-kept = У { $person } остаётся доступ к { $space }: прекратить его могут только поручитель { $sponsor } и модераторы.
told-terms-accepted = { $person }: условия { $space } приняты; приглашаю.
told-terms-overdue = { $person }: новые условия { $space } не приняты вовремя, поэтому удаляю из комнат. Как только они будут приняты с помощью { $prefix }terms в личном чате со мной, приглашу снова.
terms-first = { $sponsor } хочет пригласить вас в { $space }. Сначала прочитайте, пожалуйста, эти условия:
terms-anew = Условия { $space } изменились. Примите их, пожалуйста, не позднее { $until }, иначе остаться нельзя:
terms-ask = Вы принимаете эти условия { $space }? Поставьте ✅ на это сообщение или напишите { $prefix }terms accept. С вопросами обращайтесь к { $sponsor }.

## У дверей комнат

no-place-denied = Вам закрыт доступ в комнаты этой организации. { $whom ->
    [none] Если это ошибка, обратитесь к тому, с кем вы здесь работаете.
   *[other] Если это ошибка, обратитесь к { $whom }.
}
no-place-internal = Эта комната только для сотрудников. { $whom ->
    [none] Если это ошибка, обратитесь к тому, с кем вы здесь работаете.
   *[other] Если это ошибка, обратитесь к { $whom }.
}
no-place-server = Людям с вашего сервера нельзя находиться в этой комнате. { $whom ->
    [none] Если это ошибка, обратитесь к тому, с кем вы здесь работаете.
   *[other] Если это ошибка, обратитесь к { $whom }.
}
no-place-requested = Ваш доступ в эту комнату ещё не одобрен. Приглашу, как только это случится. { $whom ->
    [none] Если это ошибка, обратитесь к тому, с кем вы здесь работаете.
   *[other] Если это ошибка, обратитесь к { $whom }.
}
no-place-ungranted = У вас нет доступа в эту комнату. { $whom ->
    [none] Попросите того, с кем вы здесь работаете, написать для вас { $prefix }invite.
   *[other] Попросите { $whom } написать для вас { $prefix }invite.
}
no-place-ended = Ваш доступ в эту комнату закончился. { $whom ->
    [none] Если он ещё нужен, попросите того, с кем вы здесь работаете, написать для вас { $prefix }invite.
   *[other] Если он ещё нужен, попросите { $whom } написать для вас { $prefix }invite.
}
no-place-terms = Вы ещё не приняли условия этой комнаты. Они у вас в личном чате со мной; { $prefix }terms покажет их там ещё раз. Как только примете, приглашу. { $whom ->
    [none] На вопросы ответит тот, с кем вы здесь работаете.
   *[other] С вопросами обращайтесь к { $whom }.
}
why-denied = настройки закрывают ему доступ везде (people.denied)
why-internal = комната только для сотрудников
why-ungranted = никто не дал ему доступа
why-server = пространство не пускает людей с этого сервера
why-requested = доступ ещё не одобрен
why-terms = условия не приняты
why-ended = доступ закончился
membership-join = был в комнате
membership-invite = был приглашён
membership-knock = просил впустить
told-removed = Удаляю { $person } из { $room } ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Пригласил { $by }.
} Если человека нужно пустить, см. { $prefix }help invite
told-inviter = Вы пригласили { $person } в { $room }, и мне пришлось удалить этого человека: { $why }. Если его нужно пустить, напишите в той комнате: { $prefix }invite { $person }
told-inviter-never = Вы пригласили { $person } в { $room }, и мне пришлось удалить этого человека: { $why }. Встретьтесь в комнате, открытой для людей извне, или обратитесь к тем, кто меня обслуживает.
told-would-remove = Здесь я бы удалил { $person } из { $room } ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Пригласил { $by }.
} Ничего не сделано: в этом пространстве стоит enforce: report.
told-waiting = { $person } не место в { $room } ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Пригласил { $by }.
} Пока никого не удаляю: это ждёт { $prefix }enforce confirm или настроек, которые удастся загрузить.
told-stuck-rights = { $person } не место в { $room } ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Пригласил { $by }.
} Удалять оттуда мне нельзя. Дайте { $bot } уровень прав { $power } в этой комнате или удалите человека сами.
told-stuck-themselves = { $person } не место в { $room } ({ $membership }): { $why }.{ $by ->
    [none] {""}
   *[other] {" "}Пригласил { $by }.
} Удалить не могу: его уровень прав не ниже моего. Понизьте его и дайте { $bot } не меньше { $power } или удалите человека сами.
told-would-remove-all = Удалил бы людей: { $count } — { $list }{ $more ->
    [0] {""}
   *[other] , и ещё { $more }
}. Ничего не сделано: в этих пространствах стоит enforce: report. { $prefix }enforce покажет всё.
told-stuck-all = Людей там, где им не место и откуда их не удалить: { $count } — { $list }{ $more ->
    [0] {""}
   *[other] , и ещё { $more }
}. Дайте { $bot } уровень прав выше, чем у них, с правом удалять, или удалите их сами. { $prefix }enforce покажет всё.
told-halted = Людей там, где им не место: { $count } — { $list }{ $more ->
    [0] {""}
   *[other] , и ещё { $more }
}. Это больше, чем я удаляю без спроса. Посмотрите, пожалуйста; { $prefix }enforce confirm выполнит.
told-revoked = Готово: доступ { $person } отозван. Покинуто комнат: { $count }.{ $stuck ->
    [0] {""}
   *[other] {" "}Не получилось удалить из: { $rooms }. Сделайте это сами или дайте { $bot } уровень прав выше.
}{ $problem ->
    [none] {""}
   *[other] {" "}Сервер ответил: { $problem }
}
told-ended = У { $person } больше нет доступа. Покинуто комнат: { $count }.{ $stuck ->
    [0] {""}
   *[other] {" "}Не получилось удалить из: { $rooms }. Сделайте это сами или дайте { $bot } уровень прав выше.
}{ $problem ->
    [none] {""}
   *[other] {" "}Сервер ответил: { $problem }
}
told-not-invited = Не получилось пригласить { $person } в { $room }: { $problem }. Пригласите сами или дайте { $bot } такое право.

## Enforcement, and what the homeserver is told that asks first

help-enforce = Показать, кто находится там, где ему не место, или разрешить удаления.
    .details = Если нужно удалить сразу многих, я жду модератора: посмотрите список и добавьте «confirm». Если список выглядит неверным, сначала попросите проверить настройки.
enforce-now = { $count ->
    [0] Никто не находится там, где ему не место.
   *[other] Ждут { $prefix }enforce confirm: { $waiting }. Не в моей власти: { $stuck }. Только сообщаю: { $report }.
}{ $list ->
    [none] {""}
   *[other] {" "}Среди них: { $list }
}
enforce-confirmed = { $count ->
    [one] Выполняется { $count } удаление.
    [few] Выполняются { $count } удаления.
    [many] Выполняются { $count } удалений.
   *[other] Выполняются { $count } удалений.
}
refused-for-moderators = Это решают модераторы. Обратитесь к модератору этой комнаты.
refused-nothing-waits = Ни одно удаление не ждёт. { $prefix }enforce покажет, как обстоят дела.
told-impersonation = { $person } носит в { $room } имя «{ $name }», похожее на имя { $resembles }. Если это вводит в заблуждение, попросите сменить имя или удалите этого участника.
told-taken-back = { $by } приглашает кого-то по почте или телефону ({ $name }) в { $room }. Приглашение отозвано: никто не знает, кто им воспользуется. Впускайте людей по адресу Matrix: { $prefix }invite @name:server
told-would-take-back = { $by } приглашает кого-то по почте или телефону ({ $name }) в { $room }. Такое приглашение было бы отозвано; пока я только сообщаю.
told-not-taken-back = { $by } приглашает кого-то по почте или телефону ({ $name }) в { $room }, а у меня нет права отозвать приглашение. Сделайте это сами или дайте { $bot } более высокий уровень прав.
module-state = Правила этого пространства этого не позволяют: стало бы { $found }, а должно быть { $wanted }. Попросите тех, кто обслуживает бота, изменить правила.
module-invite-by-mail = Никто не знает, кто воспользуется приглашением по почте или телефону. Впускайте людей по адресу Matrix: { $prefix }invite @name:server
module-invite-internal = Эта комната только для сотрудников. Пригласите { $person } в комнату, открытую для людей извне.
module-invite-denied = { $person } не имеет доступа ни в одну комнату. Обратитесь к тем, кто обслуживает бота.
module-invite-server = Людей с сервера { $person } сюда не впускают. Попросите тех, кто обслуживает бота, разрешить этот сервер.
module-invite-ungranted = У { $person } ещё нет доступа в эту комнату. Напишите здесь: { $prefix }invite { $person }
