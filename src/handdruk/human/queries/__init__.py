"""What the desk reads: the queue, one conversation's thread, and what is known around it. A page at a time, few queries."""
