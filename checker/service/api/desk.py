"""What every route needs: the ground to judge on, limits, passwords, figures, and the worker to wake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from checker.service.ground import Ground
from checker.service.passwords import Passwords

if TYPE_CHECKING:
    from checker.service.api.identity import Limits
    from checker.service.api.metrics import Metrics


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts of one running service. `wake` tells the worker that something is outstanding.

    `stopping` is set once the service was told to stop.
    """

    ground: Ground
    passwords: Passwords
    limits: Limits
    metrics: Metrics
    wake: Callable[[], None]
    stopping: Event = field(default_factory=Event)


def desk_of(request: Request) -> Desk:
    """Give the desk of the service that `request` came to."""
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(desk_of)]
