"""What the scheduler brings from the store to the metrics."""

import asyncio

from bridge.ops.health import Health
from bridge.ops.metrics import Metrics
from bridge.store.database import Database
from bridge.store.upkeep import StoreUpkeep
from bridge.workers.scheduler import Scheduler
from tests.store.samples import BOB, NOW, ROOM, grant, violation


async def test_grants_and_violations_reach_the_metrics_without_a_query(db: Database) -> None:
    db.write_now(lambda tx: tx.grants.save(grant()))
    db.write_now(lambda tx: tx.violations.save(violation(user_id=BOB)))
    before = db.statements
    assert StoreUpkeep(db).doors()[0] == {"acme": 1}
    assert db.statements == before
    metrics = Metrics("1")
    scheduler = asyncio.create_task(Scheduler(StoreUpkeep(db), metrics, Health(()), lambda: NOW).run())
    while 'askbridge_violations{step="due"} 1.0' not in (page := metrics.render().decode()):
        assert not scheduler.done()
        await asyncio.sleep(0)
    scheduler.cancel()
    await asyncio.gather(scheduler, return_exceptions=True)
    assert 'askbridge_grants{space="acme"} 1.0' in page
    assert 'askbridge_violations{step="stuck"} 0.0' in page
    assert not db.hushed("!elsewhere")
    assert db.hushed(ROOM)
