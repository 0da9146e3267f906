"""Whether a policy is looked after: when it was last reviewed, and when that was due again."""

from __future__ import annotations

from datetime import date, timedelta

from safeguard.policy.model import Policy

_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def review_due(policy: Policy, today: date) -> list[str]:
    """A sentence when the policy's own review interval has run out, as every run past it says."""
    if policy.reviewed is None or policy.review_every is None:
        return []
    count, unit = policy.review_every.split()
    due = policy.reviewed + timedelta(days=int(count) * _DAYS[unit.removesuffix("s")])
    if today <= due:
        return []
    owner = f" by {policy.owner}" if policy.owner else ""
    return [
        f"The policy {policy.name} was last reviewed on {policy.reviewed}{owner} and is to be reviewed every "
        f"{policy.review_every}: that was due on {due}."
    ]
