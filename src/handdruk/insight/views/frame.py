"""What every page of insight has around it."""

from handdruk.human.queries.queue import how_many_wait
from handdruk.human.queries.stuck import how_many_stuck
from handdruk.human.views.guard import Context, DeskRequest


def around(request: DeskRequest) -> Context:
    """What the bar shows."""
    return {
        "colleague": request.colleague,
        "how_many": how_many_wait(),
        "stuck": how_many_stuck() if request.colleague.lead else 0,
    }
