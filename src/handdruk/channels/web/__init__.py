"""Chat on the web: the customer's API, its live stream, and the chat element any site can embed."""
