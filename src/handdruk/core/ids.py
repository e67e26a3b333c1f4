"""Identifiers and secrets that leave the system."""

import hashlib
import hmac
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: nothing that reads like something else


def public_id(length: int = 20) -> str:
    """An unguessable identifier of `length` characters, 5 random bits each (100 bits at the default length)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def token() -> str:
    """A bearer token: 256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """SHA-256 of a random secret, in hex: what is stored instead of a token.

    Enough for tokens with full entropy; a short code needs `slow_fingerprint`.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def slow_fingerprint(secret: str, salt: str) -> str:
    """PBKDF2-HMAC-SHA256 (100,000 rounds) of a short secret such as a six-digit code, in hex."""
    return hashlib.pbkdf2_hmac("sha256", secret.encode(), salt.encode(), 100_000).hex()


def same(left: str, right: str) -> bool:
    """Compares two secrets in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


def short_code(digits: int = 6) -> str:
    """A one-time code of so many random digits."""
    return "".join(secrets.choice("0123456789") for _ in range(digits))
