"""Mail. For now it carries codes and answers to customers who left the chat; in a demo it shows on a page."""
