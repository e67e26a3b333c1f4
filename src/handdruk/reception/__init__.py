"""The turn: one message in, one decision, one side answers. The only room that knows both sides."""
