"""The machine's side: approved answers, the help centre and self-service actions."""
