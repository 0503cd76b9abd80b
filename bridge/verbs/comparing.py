"""Comparing emoji with a person at the terminal, and signing their identity."""

import asyncio

import typer

from bridge.crypto.sas import Step, Verification
from bridge.matrix.key_sync import KeySync
from bridge.matrix.sync_client import SyncClient
from bridge.store.inbox import SYNC_TOKEN, TOKENS, StoreIntake
from bridge.store.transaction import StoreTransaction
from bridge.verbs.ending import Refused, say
from bridge.wiring import App, clock
from bridge.workers.identity import IdentityKeeper
from bridge.workers.verifying import Verifier
from bridge.workflow.encryption.records import Keyring, Received
from bridge.workflow.ports import GiveUp, JsonObject, KeyServer


async def compare_with(user_id: str, app: App, keyring: Keyring, server: KeyServer, identity: IdentityKeeper) -> int:
    """Ask a person's devices, compare, and sign their master key; the exit code."""
    verifier = Verifier(app.database, server, keyring, app.current, _no_room, clock, _compare)
    sync = await _news(app, keyring, verifier)
    say(f"Asking {user_id} to verify. They accept it in their client.")
    try:
        done = await _asked(user_id, verifier, sync)
    except GiveUp as error:
        raise Refused(error.reason) from error
    if done.step is not Step.DONE:
        say(f"Not verified: {_why(done)}", err=True)
        return 1
    return await _sign(done, server, identity)


async def _news(app: App, keyring: Keyring, verifier: Verifier) -> KeySync:
    """To-device events, from where `askbridge run` left off; each is taken in as `run` would."""
    intake = StoreIntake(app.database, lambda _: False, _nothing, encrypted=True)
    intake.keyring = keyring

    def heard(received: Received) -> None:
        for event_type, sender, _, content in received.others:
            verifier.heard_from_device(event_type, sender, content)

    intake.on_keys = heard
    if not app.config.appservice:
        await app.database.write(_begin_where_run_ended)
    return KeySync(SyncClient(app.homeserver), intake, keyring.user_id, timeout_ms=5_000)


def _begin_where_run_ended(tx: StoreTransaction) -> None:
    """An ordinary `/sync` has a token of its own, and goes on from there: what we take in now does not come again."""
    token = tx.settings.get(SYNC_TOKEN)
    if token is None:
        tx.settings.drop(TOKENS["keys"])
    else:
        tx.settings.set(TOKENS["keys"], token)


async def _compare(verification: Verification) -> bool:
    say(f"{verification.other}, device {verification.other_device}, should show:")
    for symbol, name in verification.emoji:
        say(f"  {symbol}  {name}")
    say(f"  (as numbers: {' '.join(map(str, verification.decimals or ()))})")
    return await asyncio.to_thread(_agreed)


def _agreed() -> bool:
    try:
        return typer.confirm("Do they see the same, in this order?")
    except typer.Abort:
        return False


async def _sign(done: Verification, server: KeyServer, identity: IdentityKeeper) -> int:
    answer = await server.query_keys([done.other])
    master = (answer.get("master_keys") or {}).get(done.other)
    if not isinstance(master, dict) or not set(master["keys"].values()) <= set(done.verified_keys.values()):
        say(f"Device {done.other_device} of {done.other} is verified. They have no identity that could be signed.")
        return 0
    await identity.sign_person(master)
    say(f"Verified: the bot's identity has signed that of {done.other}.")
    return 0


def _why(done: Verification) -> str:
    if done.cancelled is None:
        return "it was broken off"
    code, reason = done.cancelled
    return f"{reason or 'they broke it off'} ({code})"


async def _asked(user_id: str, verifier: Verifier, sync: KeySync) -> Verification:
    """While news come in and are answered; what ends those two ends it all."""
    asked = asyncio.create_task(verifier.ask(user_id))
    beside = [asyncio.create_task(verifier.run()), asyncio.create_task(sync.run())]
    await asyncio.wait({asked, *beside}, return_when=asyncio.FIRST_COMPLETED)
    ended = [task for task in (asked, *beside) if task.done()]
    for task in (asked, *beside):
        task.cancel()
    await asyncio.gather(asked, *beside, return_exceptions=True)
    for task in ended:
        task.result()
    return asked.result()


async def _no_room(_room_id: str, _event_type: str, _content: JsonObject) -> None:
    raise GiveUp("NO_ROOM", "only devices are spoken to here")


def _nothing() -> None:
    return
