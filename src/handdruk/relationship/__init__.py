"""Customers and everything said with them: the room that lends its models to the rooms above."""
