"""Keyed hashes: how tokens, codes and addresses are kept without being readable."""

import hashlib
import hmac


def keyed_hash(hash_key: str, purpose: str, value: str) -> str:
    """64 hex digits for `value`; the purpose keeps a code's hash from matching a token's."""
    message = f"{purpose}:{value}".encode()
    return hmac.new(hash_key.encode(), message, hashlib.sha256).hexdigest()


def address_hash(hash_key: str, email: str) -> str:
    """The same hash for one address however it is typed: case and outer spaces do not count."""
    return keyed_hash(hash_key, "address", email.strip().lower())
