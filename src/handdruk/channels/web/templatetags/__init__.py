"""What templates can say of the chat."""
