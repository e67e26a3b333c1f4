"""What may be said of an error where others read it."""


def describe(error: Exception) -> str:
    """The kind of error and where it arose; never its message, which may hold what a customer wrote."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"
