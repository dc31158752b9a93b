"""Calendar words of the anchor's day in the wire's languages: stories say "on Monday", whenever they are served."""

from datetime import datetime, timedelta

WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "ja": "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "ja": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
}
DATES = {
    "en": "{day} {month}",
    "de": "{day}. {month}",
    "es": "{day} de {month}",
    "fr": "{day} {month}",
    "pt": "{day} de {month}",
    "ja": "{month}{day}日",
}


def calendar_words(anchor: datetime, language: str) -> dict[str, str]:
    """Placeholder → word, in the language (BCP 47, only its first subtag counts)."""
    tongue = language.split("-")[0]
    weekdays, months = WEEKDAYS[tongue].split(), MONTHS[tongue].split()

    def month(back: int) -> str:
        return months[(anchor.month - 1 - back) % 12]

    def quarter(back: int) -> str:
        ordinals = ("first", "second", "third", "fourth")
        return ordinals[((anchor.month - 1) // 3 - back) % 4]

    return {
        "weekday": weekdays[anchor.weekday()],
        "yesterday": weekdays[(anchor - timedelta(days=1)).weekday()],
        "tomorrow": weekdays[(anchor + timedelta(days=1)).weekday()],
        "date": DATES[tongue].format(day=anchor.day, month=month(0)),
        "month": month(0),
        "last_month": month(1),
        "month_before_last": month(2),
        "next_month": month(-1),
        "year": str(anchor.year),
        "last_year": str(anchor.year - 1),
        "next_year": str(anchor.year + 1),
        "five_years_ago": str(anchor.year - 5),
        "last_quarter": quarter(1),
    }
