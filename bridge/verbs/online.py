"""`askbridge check --online`: the homeserver, the account, the rooms and the way in, as they are now."""

import asyncio
from typing import Any

from bridge.config.model import AppService, Config
from bridge.matrix.account import AccountError
from bridge.matrix.client import HomeserverClient, encoded
from bridge.policy import plan_of
from bridge.verbs.findings import Finding, fine, is_wrong, note, wrong
from bridge.verbs.homeserver import Visit, visiting
from bridge.verbs.ping import Answer, ping
from bridge.workflow.ports import GiveUp, RetryLater

AT_ONCE = 8


async def look(config: Config) -> list[Finding]:
    """Part by part; what cannot be told because an earlier part is wrong is left out."""
    async with visiting(config) as visit:
        findings = [await _reachable(visit.client)]
        if not is_wrong(findings):
            findings.append(await _account(visit, config))
        if not is_wrong(findings):
            findings += await _rooms(visit.client, config)
            findings.append(_limits(config))
            if config.appservice:
                findings.append(_way_in(await ping(visit.client, config, config.appservice), config.appservice))
    return findings


async def _reachable(client: HomeserverClient) -> Finding:
    try:
        versions = await client.versions()
    except (GiveUp, RetryLater) as error:
        remedy = "homeserver.url is the base address of its client API; is it right, and is the homeserver running?"
        return wrong("homeserver", f"{client.base_url}: {error}", remedy)
    return fine("homeserver", f"{client.base_url} speaks Matrix up to {versions[-1] if versions else 'no version'}")


async def _account(visit: Visit, config: Config) -> Finding:
    try:
        await visit.sign_in()
    except AccountError as error:
        return wrong("account", str(error), _how_to_sign_in(config))
    except (GiveUp, RetryLater) as error:
        return wrong("account", f"cannot be asked for: {error}", "try again in a while")
    if visit.problem:
        return note("account", f"signed in as {config.bot.user_id}, but for plain rooms only", visit.problem)
    return fine("account", f"signed in as {config.bot.user_id}")


def _how_to_sign_in(config: Config) -> str:
    if config.appservice:
        return "install what `askbridge registration` prints, as it is now, and restart the homeserver"
    return "change bot.user_id or the secret in the section bot so that they belong together"


async def _rooms(client: HomeserverClient, config: Config) -> list[Finding]:
    plan = plan_of(config)
    references = dict.fromkeys([*plan.rooms, *plan.matrix_spaces])
    try:
        joined = set(await client.joined_rooms())
    except (GiveUp, RetryLater) as error:
        return [wrong("rooms", f"cannot be asked for: {error}", "try again in a while")]
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(reference: str) -> Finding:
        async with gate:
            return await _room(client, reference, joined)

    return list(await asyncio.gather(*map(one, references)))


async def _room(client: HomeserverClient, reference: str, joined: set[str]) -> Finding:
    about, me = f"room {reference}", client.bot_user_id
    try:
        room_id = reference if reference.startswith("!") else (await client.resolve(reference))[0]
    except GiveUp as error:
        return wrong(about, f"no such alias: {error}", "correct it in the config, or give the room this address")
    except RetryLater as error:
        return wrong(about, f"cannot be resolved: {error}", "try again in a while")
    if room_id in joined:
        return fine(about, "joined")
    try:
        summary = await client.request("GET", f"/_matrix/client/v1/room_summary/{encoded(room_id)}", name="summary")
    except GiveUp as error:
        return wrong(about, f"not joined, and not to be joined: {error}", f"invite {me} to it, if it exists")
    except RetryLater as error:
        return wrong(about, f"cannot be asked for: {error}", "try again in a while")
    return _joinable(about, summary if isinstance(summary, dict) else {}, me)


def _joinable(about: str, summary: dict[str, Any], me: str) -> Finding:
    membership, rule = summary.get("membership"), summary.get("join_rule", "unknown")
    if membership == "ban":
        return wrong(about, f"{me} is banned", "unban it, then invite it")
    if membership == "invite" or rule == "public":
        why = "invited" if membership == "invite" else "open to everybody"
        return fine(about, f"not joined yet, but {why}: `askbridge run` joins it")
    return wrong(about, f"not joined, and its join rule is {rule}", f"invite {me} to it")


def _limits(config: Config) -> Finding:
    """Whether we are exempt cannot be asked without an administrator's token."""
    if config.appservice and not config.appservice.sync:
        return fine("rate limit", "the registration exempts the bot (rate_limited: false)")
    return note(
        "rate limit",
        "Synapse lets an account send 10 messages at once and then one in 5 seconds; the bot waits as it is told",
        "to exempt it, as an administrator: POST "
        f"/_synapse/admin/v1/users/{config.bot.user_id}/override_ratelimit with "
        '{"messages_per_second": 0, "burst_count": 0}',
    )


def _way_in(answer: Answer, service: AppService) -> Finding:
    if answer.problem is None:
        return fine("appservice", f"the homeserver reaches {answer.by} at {service.url}")
    return wrong("appservice", answer.problem, answer.remedy)
