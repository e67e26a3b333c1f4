"""How the rooms are put together: settings, addresses, and the server's front door."""
