"""What every room may know: identifiers, the clock, and the words for languages, sides and phases."""
