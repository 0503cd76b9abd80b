"""Questions and answers in five languages, made from sentences; common words are common and rare ones rare."""

from collections.abc import Sequence
from random import Random

TAGS = (
    *("vpn", "mail", "printer", "laptop", "access", "password", "network", "erp", "travel", "payroll", "phone", "wifi"),
    *("backup", "license", "badge", "expenses", "onboarding", "holiday", "invoice", "contract", "build", "release"),
    *("database", "monitoring", "firewall", "video", "parking", "canteen", "training", "gdpr", "insurance", "visa"),
)
LANGUAGES = ("en", "fr", "nl", "ru", "de")

THINGS = {
    "en": "the VPN|my mailbox|the printer on the second floor|the new laptop|the shared drive|the payroll portal|"
    "the time sheet|the guest network|the expense report|the badge reader|the video conference room|the build server|"
    "the customer database|the travel booking tool|the backup job|the licence server|the phone system|the wiki",
    "fr": "le VPN|ma messagerie|l'imprimante du deuxième étage|le nouvel ordinateur|le lecteur partagé|"
    "le portail de paie|la feuille de temps|le réseau invité|la note de frais|le lecteur de badges|"
    "la salle de visioconférence|le serveur de compilation|la base clients|l'outil de réservation|la sauvegarde|"
    "le serveur de licences|la téléphonie|le wiki",
    "nl": "de VPN|mijn mailbox|de printer op de tweede verdieping|de nieuwe laptop|de gedeelde schijf|"
    "het salarisportaal|de urenstaat|het gastennetwerk|de declaratie|de badgelezer|de videovergaderzaal|"
    "de buildserver|de klantendatabase|de boekingstool|de back-up|de licentieserver|de telefooncentrale|de wiki",
    "ru": "VPN|моя почта|принтер на втором этаже|новый ноутбук|общий диск|портал зарплаты|табель|гостевая сеть|"
    "отчёт о расходах|считыватель пропусков|переговорная с видео|сервер сборки|база клиентов|система бронирования|"
    "резервное копирование|сервер лицензий|телефония|вики",
    "de": "das VPN|mein Postfach|der Drucker im zweiten Stock|der neue Laptop|das gemeinsame Laufwerk|"
    "das Gehaltsportal|die Zeiterfassung|das Gästenetz|die Spesenabrechnung|der Ausweisleser|der Videokonferenzraum|"
    "der Buildserver|die Kundendatenbank|das Buchungswerkzeug|die Datensicherung|der Lizenzserver|die Telefonanlage|"
    "das Wiki",
}
TROUBLES = {
    "en": "does not start any more|asks for a password every hour|is very slow since this morning|shows error {n}|"
    "cannot be reached from home|refuses my certificate|lost the settings of team {n}|prints only half of page {n}|"
    "says that the quota of {n} GB is used up|stopped after the update to version {n}|needs another approval",
    "fr": "ne démarre plus|"
    "demande un mot de passe toutes les heures|est très lent depuis ce matin|affiche l'erreur {n}|"
    "est inaccessible depuis la maison|refuse mon certificat|a perdu les réglages de l'équipe {n}|"
    "n'imprime que la moitié de la page {n}|annonce que le quota de {n} Go est atteint|"
    "s'est arrêté après la mise à jour {n}|demande une nouvelle validation",
    "nl": "start niet meer op|vraagt elk uur om een wachtwoord|is sinds vanmorgen erg traag|toont fout {n}|"
    "is van thuis niet bereikbaar|weigert mijn certificaat|is de instellingen van team {n} kwijt|"
    "drukt maar de helft van pagina {n} af|zegt dat het quotum van {n} GB op is|stopte na de update naar versie {n}|"
    "heeft nog een goedkeuring nodig",
    "ru": "больше не запускается|каждый час спрашивает пароль|очень медленно работает с утра|показывает ошибку {n}|"
    "недоступен из дома|не принимает мой сертификат|"
    "потерял настройки команды {n}|печатает только половину страницы {n}|"
    "сообщает, что квота {n} ГБ исчерпана|перестал работать после обновления {n}|требует ещё одного согласования",
    "de": "startet nicht mehr|fragt jede Stunde nach dem Passwort|ist seit heute Morgen sehr langsam|"
    "zeigt den Fehler {n}|ist von zu Hause nicht erreichbar|lehnt mein Zertifikat ab|"
    "hat die Einstellungen von Team {n} verloren|druckt nur die halbe Seite {n}|"
    "meldet, dass das Kontingent von {n} GB erschöpft ist|läuft seit dem Update auf Version {n} nicht mehr|"
    "braucht noch eine Freigabe",
}
ASKING = {
    "en": "What can I do?|Who can help?|Is this known?|Does anybody have a workaround?|Where do I find the manual?",
    "fr": "Que puis-je faire ?|Qui peut m'aider ?|Est-ce connu ?|Y a-t-il un contournement ?|Où est la documentation ?",
    "nl": "Wat kan ik doen?|Wie kan helpen?|Is dit bekend?|Heeft iemand een omweg?|Waar vind ik de handleiding?",
    "ru": "Что можно сделать?|Кто может помочь?|Это известно?|Есть ли обходной путь?|Где найти инструкцию?",
    "de": "Was kann ich tun?|Wer kann helfen?|Ist das bekannt?|Hat jemand eine Umgehung?|Wo finde ich die Anleitung?",
}
ADVICE = {
    "en": "Restart it and sign in again|Ask the service desk for a new token|Delete the cache folder number {n}|"
    "This is a known fault, fixed in release {n}|Use the wired network until ticket {n} is done|"
    "Your manager has to approve form {n} first|Install the certificate from the intranet",
    "fr": "Redémarrez et reconnectez-vous|"
    "Demandez un nouveau jeton au support|Supprimez le dossier de cache numéro {n}|"
    "C'est un défaut connu, corrigé dans la version {n}|Utilisez le réseau filaire en attendant le ticket {n}|"
    "Votre responsable doit d'abord valider le formulaire {n}|Installez le certificat depuis l'intranet",
    "nl": "Start opnieuw op en meld je weer aan|Vraag de servicedesk om een nieuw token|Verwijder cachemap nummer {n}|"
    "Dit is een bekende fout, opgelost in release {n}|Gebruik het bedrade netwerk tot ticket {n} klaar is|"
    "Je manager moet eerst formulier {n} goedkeuren|Installeer het certificaat vanaf het intranet",
    "ru": "Перезапустите и войдите снова|Попросите у поддержки новый токен|Удалите папку кэша номер {n}|"
    "Это известная ошибка, исправлена в выпуске {n}|Пользуйтесь проводной сетью, пока не закрыта заявка {n}|"
    "Сначала руководитель должен согласовать форму {n}|Установите сертификат из внутренней сети",
    "de": "Neu starten und wieder anmelden|Beim Service ein neues Token anfordern|Cache-Ordner Nummer {n} löschen|"
    "Das ist ein bekannter Fehler, behoben in Version {n}|Bis zur Erledigung von Ticket {n} das Kabelnetz benutzen|"
    "Zuerst muss die Führungskraft Formular {n} freigeben|Das Zertifikat aus dem Intranet installieren",
}


class Writer:
    """Writes as somebody would; the same seed writes the same."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._lists = {name: {k: v.split("|") for k, v in parts.items()} for name, parts in _PARTS.items()}

    def language(self) -> str:
        return self._random.choices(LANGUAGES, (50, 20, 12, 8, 10))[0]

    def question(self, language: str) -> str:
        """A title, and for every other one a body."""
        title = f"{self._sentence(language)}. {self._one('asking', language)}"
        if self._random.random() < 0.5:
            return title
        return f"{title}\n" + " ".join(f"{self._sentence(language)}." for _ in range(self._random.randint(1, 5)))

    def answer(self, language: str) -> str:
        return " ".join(f"{self._one('advice', language)}." for _ in range(self._random.randint(1, 3)))

    def tags(self) -> list[str]:
        count = self._random.choices((0, 1, 2, 3), (30, 40, 20, 10))[0]
        return list(dict.fromkeys(zipf(self._random, TAGS) for _ in range(count)))

    def _sentence(self, language: str) -> str:
        thing, trouble = self._one("things", language), self._one("troubles", language)
        return f"{thing[0].upper()}{thing[1:]} {trouble}"

    def _one(self, part: str, language: str) -> str:
        found = zipf(self._random, self._lists[part][language])
        return found.replace("{n}", str(int(self._random.paretovariate(0.7)) % 1_000_000)) if "{n}" in found else found


_PARTS = {"things": THINGS, "troubles": TROUBLES, "asking": ASKING, "advice": ADVICE}


def zipf(random: Random, among: Sequence[str]) -> str:
    """The first far more often than the last."""
    return among[int(len(among) * random.random() ** 2)]
