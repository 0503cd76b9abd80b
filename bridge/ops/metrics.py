"""What the program counts, for Prometheus. Parts say what happened in their own words; names and labels stay here."""

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

Outcome = Literal["done", "ignored", "refused", "parked"]
Source = Literal["sync", "push"]

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Metric:
    """One metric as it is declared: for building it and for the reference page."""

    kind: Literal["counter", "gauge", "histogram"]
    name: str
    meaning: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()

    @property
    def shown(self) -> str:
        """The name as Prometheus shows it."""
        return f"{self.name}_total" if self.kind == "counter" else self.name


_FAST = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_NETWORK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

UP = Metric("gauge", "askbridge_up", "1 while the program runs.")
BUILD = Metric("gauge", "askbridge_build_info", "1; the labels say what runs.", ("version", "python"))
RECEIVED = Metric("counter", "askbridge_events_received", "Events handed over by the homeserver.", ("source",))
HANDLED = Metric(
    "counter", "askbridge_events_handled", "Events handled: done, ignored, refused or parked.", ("outcome",)
)
INBOX_DEPTH = Metric("gauge", "askbridge_inbox_depth", "Events accepted and not handled yet.")
INBOX_AGE = Metric("gauge", "askbridge_inbox_oldest_seconds", "Age of the oldest event not handled yet.")
OUTBOX_DEPTH = Metric("gauge", "askbridge_outbox_depth", "Effects decided and not delivered yet.")
OUTBOX_AGE = Metric("gauge", "askbridge_outbox_oldest_seconds", "Age of the oldest effect not delivered yet.")
BATCH_SECONDS = Metric("histogram", "askbridge_batch_seconds", "Time to handle a batch of events.", buckets=_FAST)
EVENT_SECONDS = Metric(
    "histogram", "askbridge_event_seconds", "Time to handle an event, its part of the batch.", buckets=_FAST
)
SENT = Metric(
    "counter", "askbridge_effects", "Effects by kind and result: sent, retried, given_up or parked.", ("kind", "result")
)
REQUEST_SECONDS = Metric(
    "histogram",
    "askbridge_homeserver_seconds",
    "Time a request to the homeserver took.",
    ("endpoint", "result"),
    _NETWORK,
)
ASKED = Metric("counter", "askbridge_questions_asked", "Questions asked.")
ANSWERED = Metric("counter", "askbridge_questions_answered", "Questions that got an accepted answer.")
GRANTS = Metric("gauge", "askbridge_grants", "Grants that were approved and are not over.", ("space",))
VIOLATIONS = Metric(
    "gauge",
    "askbridge_violations",
    "People where they have no place, by what is done: off, report, due, found, waiting or stuck.",
    ("step",),
)
REMOVALS = Metric(
    "counter", "askbridge_removals", "People put out of rooms, by result: removed or failed.", ("result",)
)
DRIFT = Metric(
    "gauge",
    "askbridge_drift",
    "What differs between rooms and the policy of their space, without what moderators accepted.",
    ("space", "kind"),
)
DRIFT_MENDED = Metric(
    "counter", "askbridge_drift_mended", "What the bot put right in rooms, or failed to.", ("result",)
)

UNDECRYPTABLE = Metric(
    "counter", "askbridge_undecryptable_events", "Messages of encrypted rooms that could not be read when they came."
)
UNREAD = Metric("gauge", "askbridge_unread_events", "Messages of encrypted rooms that wait for their keys.")
DEVICE_SIGNED = Metric(
    "gauge", "askbridge_device_verified", "1 where the bot's device is signed by the bot's cross-signing identity."
)
IDENTITY = Metric(
    "gauge",
    "askbridge_identity",
    "1 for what the bot's cross-signing identity is: none, ours, foreign or refused.",
    ("state",),
)
KEY_BACKUP = Metric(
    "gauge",
    "askbridge_key_backup",
    "1 for what the homeserver's backup of room keys is: off, none, ours, trusted, foreign, changed or unknown.",
    ("state",),
)
ROOM_KEYS = Metric("gauge", "askbridge_room_keys", "Keys of encrypted rooms that the bot holds.")
NOT_BACKED_UP = Metric("gauge", "askbridge_room_keys_not_backed_up", "Those of them that are not backed up yet.")

DECLARED: tuple[Metric, ...] = (
    *(UP, BUILD, RECEIVED, HANDLED, INBOX_DEPTH, INBOX_AGE, OUTBOX_DEPTH, OUTBOX_AGE),
    *(BATCH_SECONDS, EVENT_SECONDS, SENT, REQUEST_SECONDS, ASKED, ANSWERED),
    *(GRANTS, VIOLATIONS, REMOVALS),
    *(DRIFT, DRIFT_MENDED),
    *(UNDECRYPTABLE, UNREAD, DEVICE_SIGNED, IDENTITY, KEY_BACKUP, ROOM_KEYS, NOT_BACKED_UP),
)


class Metrics:
    """The metrics of one program, in a registry of their own."""

    def __init__(self, version: str) -> None:
        self._registry = CollectorRegistry()
        self._received = self._counter(RECEIVED)
        self._handled = self._counter(HANDLED)
        self._depth = {"inbox": self._gauge(INBOX_DEPTH), "outbox": self._gauge(OUTBOX_DEPTH)}
        self._age = {"inbox": self._gauge(INBOX_AGE), "outbox": self._gauge(OUTBOX_AGE)}
        self._batch_seconds = self._histogram(BATCH_SECONDS)
        self._event_seconds = self._histogram(EVENT_SECONDS)
        self._sent = self._counter(SENT)
        self._request_seconds = self._histogram(REQUEST_SECONDS)
        self._asked = self._counter(ASKED)
        self._answered = self._counter(ANSWERED)
        self._grants = self._gauge(GRANTS)
        self._violations = self._gauge(VIOLATIONS)
        self._removals = self._counter(REMOVALS)
        self._drift = self._gauge(DRIFT)
        self._mended = self._counter(DRIFT_MENDED)
        self._undecryptable = self._counter(UNDECRYPTABLE)
        self._unread = self._gauge(UNREAD)
        self._device_signed = self._gauge(DEVICE_SIGNED)
        self._identity = self._gauge(IDENTITY)
        self._key_backup = self._gauge(KEY_BACKUP)
        self._room_keys = self._gauge(ROOM_KEYS)
        self._not_backed_up = self._gauge(NOT_BACKED_UP)
        self._gauge(BUILD).labels(version, platform.python_version()).set(1)
        self._gauge(UP).set(1)

    def _counter(self, metric: Metric) -> Counter:
        return Counter(metric.name, metric.meaning, metric.labels, registry=self._registry)

    def _gauge(self, metric: Metric) -> Gauge:
        return Gauge(metric.name, metric.meaning, metric.labels, registry=self._registry)

    def _histogram(self, metric: Metric) -> Histogram:
        return Histogram(metric.name, metric.meaning, metric.labels, registry=self._registry, buckets=metric.buckets)

    def received(self, source: Source, events: int) -> None:
        self._received.labels(source).inc(events)

    def handled(self, outcome: Outcome, events: int = 1) -> None:
        self._handled.labels(outcome).inc(events)

    def batch(self, seconds: float, events: int) -> None:
        """A batch of events was handled in this time."""
        self._batch_seconds.observe(seconds)
        for _ in range(events):
            self._event_seconds.observe(seconds / events)

    def queue(self, name: Literal["inbox", "outbox"], depth: int, oldest_seconds: float) -> None:
        """How much waits in a queue, and for how long."""
        self._depth[name].set(depth)
        self._age[name].set(oldest_seconds)

    def sent(self, kind: str, result: str) -> None:
        self._sent.labels(kind, result).inc()

    def request(self, endpoint: str, seconds: float, result: str) -> None:
        """A request ended: `ok`, `retry` or `give_up`. `endpoint` is a name such as `send`, never a path with ids."""
        self._request_seconds.labels(endpoint, result).observe(seconds)

    def asked(self, questions: int = 1) -> None:
        self._asked.inc(questions)

    def answered(self, questions: int = 1) -> None:
        self._answered.inc(questions)

    def doors(self, grants: Mapping[str, int], violations: Mapping[str, int]) -> None:
        """How many grants there are by space, and violations by step; what is not named is none."""
        for gauge, counts in ((self._grants, grants), (self._violations, violations)):
            gauge.clear()
            for name, count in counts.items():
                gauge.labels(name).set(count)

    def drift(self, counts: Mapping[tuple[str, str], int]) -> None:
        """How much differs, by space and kind; what is not named is nothing."""
        self._drift.clear()
        for labels, count in counts.items():
            self._drift.labels(*labels).set(count)

    def mended(self, result: Literal["mended", "failed"]) -> None:
        self._mended.labels(result).inc()

    def removal(self, result: Literal["removed", "failed"]) -> None:
        self._removals.labels(result).inc()

    def undecryptable(self, events: int = 1) -> None:
        """Messages came that cannot be read yet, or never will be."""
        self._undecryptable.inc(events)

    def unread(self, waiting: int) -> None:
        """How many messages wait for their keys now."""
        self._unread.set(waiting)

    def identity(self, state: str, *, device_signed: bool) -> None:
        self._identity.clear()
        self._identity.labels(state).set(1)
        self._device_signed.set(int(device_signed))

    def key_backup(self, state: str) -> None:
        self._key_backup.clear()
        self._key_backup.labels(state).set(1)

    def room_keys(self, held: int, not_backed_up: int) -> None:
        self._room_keys.set(held)
        self._not_backed_up.set(not_backed_up)

    def render(self) -> bytes:
        """The page for Prometheus, of type `CONTENT_TYPE`."""
        return generate_latest(self._registry)


_PAGE = """\
# Metrics reference

Generated by `scripts/docs` from the declarations of the metrics: do not edit.

`GET /metrics` at `web.listen` answers with these, in the text format of Prometheus, unless `metrics.enabled` is off.

| metric | kind | labels | meaning |
|---|---|---|---|
"""


def reference() -> str:
    """The text of the reference page."""
    return _PAGE + "".join(_row(metric) for metric in DECLARED)


def _row(metric: Metric) -> str:
    labels = ", ".join(f"`{label}`" for label in metric.labels) or "none"
    return f"| `{metric.shown}` | {metric.kind} | {labels} | {metric.meaning} |\n"
