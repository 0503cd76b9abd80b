"""Every lower error, from socket to errcode, becomes RetryLater or GiveUp here and nowhere else."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from bridge.matrix.wire import read_json
from bridge.workflow.ports import GiveUp, NeedsAuthentication, RetryLater

UNKNOWN_TOKEN = "M_UNKNOWN_TOKEN"
UNKNOWN_DEVICE = "M_UNKNOWN_DEVICE"


class SignedOut(Exception):
    """The homeserver does not know the access token (any more): only an operator can help."""


class DeviceGone(RetryLater):
    """Somebody deleted the device that an application service acts with. Nothing was carried out, and nothing is lost:
    a new start makes another device."""


_AFTER_UNAVAILABLE = 1.0
_AFTER_LIMIT = 5.0
_AFTER_DEVICE_GONE = 30.0
_LONGEST_WAIT = 3600.0
_SHORTEST_WAIT = 0.05

# Statuses that speak about the request itself, whoever answers; any other 4xx without a Matrix error
# comes from a proxy that has lost its homeserver for a moment.
_FINAL_WITHOUT_ERRCODE = frozenset({400, 405, 406, 409, 410, 411, 413, 414, 415, 416, 422, 431})


def from_answer(status: int, headers: Mapping[str, str], body: bytes) -> RetryLater | GiveUp:
    """The error behind an answer that is not 200."""
    answer = _matrix_error(body)
    code = str(answer.get("errcode") or "")
    reason = _reason(status, code, answer)
    if status == 429 or code == "M_LIMIT_EXCEEDED":
        return RetryLater(reason, _wait(answer.get("retry_after_ms"), headers, _AFTER_LIMIT), limited=True)
    if status >= 500 or status == 408:
        return RetryLater(reason, _wait(None, headers, _AFTER_UNAVAILABLE), ambiguous=True)
    if 300 <= status < 400:
        target = headers.get("Location", "nowhere")
        return GiveUp(f"HTTP_{status}", f"redirected to {target}: configure the final address")
    if code == UNKNOWN_DEVICE:
        return DeviceGone(reason, _AFTER_DEVICE_GONE)
    if status == 401 and not code and isinstance(answer.get("flows"), list):
        return _needs_authentication(reason, answer)
    if code or answer or status in _FINAL_WITHOUT_ERRCODE:
        return GiveUp(code or f"HTTP_{status}", reason)
    return RetryLater(f"{reason}, not from a homeserver", _AFTER_LIMIT)


def from_exception(error: Exception, where: str) -> RetryLater | GiveUp:
    """The error behind a failed exchange; ambiguous as soon as the request may have left."""
    if isinstance(error, (RetryLater, GiveUp)):
        return error
    # First, because an untrusted certificate is a ValueError as well, and no reason to give anything up.
    if isinstance(error, (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)):
        return RetryLater(f"cannot connect: {error}", _AFTER_UNAVAILABLE)
    if isinstance(error, (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError)):
        return GiveUp("BAD_URL", f"{where} is no address that can be asked")
    if isinstance(error, (ValueError, TypeError)):
        return GiveUp("BAD_REQUEST", f"cannot be written as a request: {error}")
    if isinstance(error, TimeoutError):
        return RetryLater("no answer in time", _AFTER_UNAVAILABLE, ambiguous=True)
    return RetryLater(f"connection lost: {error or type(error).__name__}", _AFTER_UNAVAILABLE, ambiguous=True)


def malformed(what: str) -> RetryLater:
    """For a 200 whose body is not what the endpoint promises: the request was probably carried out."""
    return RetryLater(f"malformed answer: {what}", _AFTER_UNAVAILABLE, ambiguous=True)


def _needs_authentication(reason: str, answer: dict[str, Any]) -> NeedsAuthentication:
    """An answer that has an errcode, too, is no question but says that the last try did not do."""
    flows = [flow.get("stages") for flow in answer["flows"] if isinstance(flow, dict)]
    session, params = answer.get("session"), answer.get("params")
    return NeedsAuthentication(
        [[stage for stage in stages if isinstance(stage, str)] for stages in flows if isinstance(stages, list)],
        session if isinstance(session, str) else "",
        params if isinstance(params, dict) else {},
        reason,
    )


def _matrix_error(body: bytes) -> dict[str, Any]:
    try:
        answer = read_json(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _reason(status: int, code: str, answer: dict[str, Any]) -> str:
    said = answer.get("error")
    return f"HTTP {status} {code}: {str(said)[:300]}" if said else f"HTTP {status} {code}".rstrip()


def _wait(retry_after_ms: object, headers: Mapping[str, str], default: float) -> float:
    if isinstance(retry_after_ms, (int, float)) and not isinstance(retry_after_ms, bool):
        return _clamp(retry_after_ms / 1000, default)
    header = headers.get("Retry-After")
    return default if header is None else _clamp(_header_seconds(header, default), default)


def _header_seconds(header: str, default: float) -> float:
    try:
        return float(header)
    except ValueError:
        pass
    try:
        return (parsedate_to_datetime(header).astimezone(UTC) - datetime.now(UTC)).total_seconds()
    except (ValueError, OverflowError):
        return default


def _clamp(seconds: float, default: float) -> float:
    if math.isnan(seconds):
        return default
    return min(max(seconds, _SHORTEST_WAIT), _LONGEST_WAIT)
