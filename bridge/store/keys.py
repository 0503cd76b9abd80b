"""All rows about keys, as `bridge.workflow.keystore.Keys` asks for them."""

from bridge.store.held_keys import HeldKeys
from bridge.store.keys_in_transit import TransitKeys, all_requests, sessions_on_their_way
from bridge.store.keys_of_device import DeviceKeys, own_device_of
from bridge.store.keys_of_people import PeopleKeys, all_owners
from bridge.store.keys_of_rooms import RoomKeys
from bridge.store.keys_shared import SharedKeys, all_own_sessions
from bridge.store.known import Known
from bridge.store.session import Session


class KeyRows(DeviceKeys, RoomKeys, SharedKeys, PeopleKeys, TransitKeys):
    """The keys within one transaction; what it changed stands before what is known. `prune` is for one of its own.

    StoreError "keys" where something has to be opened and our secret is missing, or is another one.
    """

    def __init__(self, session: Session, known: Known) -> None:
        super().__init__(session, known.keys)


def all_keys(session: Session) -> HeldKeys:
    """What is held in memory from the start; room keys and devices follow as they are used."""
    held = HeldKeys(
        own=own_device_of(session),
        own_sessions=all_own_sessions(session),
        requests=all_requests(session),
        on_its_way=sessions_on_their_way(session),
    )
    for owner in all_owners(session):
        held.put_owner(owner)
    return held
