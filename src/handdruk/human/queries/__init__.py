"""What the desk reads: the queue, a conversation's thread, what is known around it. A page at a time, few queries."""
