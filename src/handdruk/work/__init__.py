"""Durable jobs, the outbox and live updates: what makes a fact certain and what makes it seen."""
