"""How messages travel, one folder a channel."""
