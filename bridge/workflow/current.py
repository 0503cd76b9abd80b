"""The policy that holds at this moment: the one place where a new config file takes effect."""

from dataclasses import replace

from bridge.workflow.desk import Policy


class Current:
    """Whoever decides reads `policy` once a round, so that what is decided together is decided by one policy.

    `trusted` is False while the newest config file could not be loaded: what holds then is older than what the
    operator wrote, and nobody is removed because of it.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    @property
    def trusted(self) -> bool:
        return self.policy.trusted

    def replace(self, policy: Policy) -> None:
        """From the next round on. Who was too fast before still is."""
        self.policy = replace(policy, pacing=policy.pacing.going_on_from(self.policy.pacing))

    def distrust(self) -> None:
        """The newest config file could not be loaded."""
        self.policy = replace(self.policy, trusted=False)
