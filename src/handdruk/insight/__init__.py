"""What can be learned from conversations: replaying past ones."""
