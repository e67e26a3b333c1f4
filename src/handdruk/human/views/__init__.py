"""The desk's pages. Every one is a page first; htmx only fetches parts of it."""
