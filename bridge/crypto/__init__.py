"""End-to-end encryption as values: keys, ratchets, signatures, secrets. No storage, no network, nothing of ours.

Everything here takes and gives strings, bytes and JSON objects; what does not fit is a CryptoError.
"""
