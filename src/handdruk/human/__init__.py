"""The people's side: handovers, the queue, presence, opening hours and the desk."""
