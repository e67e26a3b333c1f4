"""What every problem document (RFC 9457) of a status is called."""

TITLES = {
    400: "The request cannot be read",
    401: "A valid token is needed",
    403: "This is not allowed",
    404: "There is nothing here",
    405: "This cannot be done here",
    409: "This does not agree with what came before",
    413: "The request is too large",
    415: "Only JSON is read here",
    422: "The request is not complete or not right",
    429: "Too many requests",
    500: "Something went wrong on our side",
    503: "Not ready yet",
}
