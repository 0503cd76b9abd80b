"""What time brings to grants."""

from dataclasses import replace

from bridge.domain.facts import AccessExpired
from bridge.workflow.desk import Done, Policy
from bridge.workflow.doors import plus, shut
from bridge.workflow.storage import Transaction


def tick(tx: Transaction, policy: Policy, now: int) -> Done:
    """Grants whose end has come."""
    done = Done()
    for grant in tx.grants.all():
        if grant.ends_at is not None and now >= grant.ends_at:
            tx.grants.save(replace(grant, ended_at=now, ended_by=policy.setting.me))
            fact = AccessExpired(
                at=now,
                actor=policy.setting.me,
                room_id=grant.room_id or "",
                space=grant.space,
                person=grant.person,
                grant=grant.number,
            )
            ended = shut(grant.person, grant.space, grant.sponsor, tx, policy, now, revoked=False)
            done = plus(done, plus(Done((fact,)), ended))
    return done
