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
slowed = Это слишком много сразу. Я всё выполню, но сначала отвечу остальным.
unknown-command = Я не знаю команды { $command }. Может быть, { $near }?
usage = Напишите: { $usage }
usage-unexpected = «{ $word }» здесь не подходит. Напишите: { $usage }
usage-in-a-room = { $usage } работает только в комнате, где это могут прочитать другие.
usage-ask = { $replied ->
    [0] В вопросе должны быть слова. Напишите: { $prefix }ask Как мне …?
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
drift-remedy-encrypt = Вы можете включить шифрование, но эта моя версия ничего не читает в зашифрованных комнатах.
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
