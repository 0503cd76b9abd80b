"""Public holidays by country, from the package `holidays`; it is loaded only where a config names a country."""

from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from threading import Lock

COUNTRY = "a country code such as FR or DE-BY"


class UnknownCountry(ValueError):
    """No holidays are known there; `near` is the nearest code, "" where none is."""

    def __init__(self, code: str, known: list[str]) -> None:
        super().__init__(f"no holidays are known of {code}")
        self.near = next(iter(get_close_matches(code, known, 1, 0.5)), "")


@dataclass(frozen=True)
class PublicHolidays:
    """The holidays of a country, or of a part of it (`DE-BY`). A year is looked up once; any thread may ask."""

    code: str
    _years: dict[int, frozenset[date]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        found = self._years.get(day.year)
        return day in (self._looked_up(day.year) if found is None else found)

    def _looked_up(self, year: int) -> frozenset[date]:
        with self._lock:
            found = self._years[year] = _of_year(self.code, year)
        return found


def known_country(code: str) -> None:
    """Raises UnknownCountry. Loads what the look-ups will need."""
    import holidays

    country, _, part = code.partition("-")
    countries = holidays.list_supported_countries()
    if country not in countries:
        raise UnknownCountry(code, sorted(countries))
    if part and part not in countries[country]:
        raise UnknownCountry(code, [f"{country}-{one}" for one in countries[country]])
    _of_year(code, 2000)


def _of_year(code: str, year: int) -> frozenset[date]:
    import holidays

    country, _, part = code.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
