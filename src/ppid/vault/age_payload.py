"""The payload of a file in the age format: STREAM, chunks of 64 KiB with ChaCha20-Poly1305.

    nonce of a chunk: 11 bytes, its number counted from 0; 1 byte, 1 for the last chunk, else 0

Every chunk is authentic by itself and in its place, and only a whole payload has a last one. A
payload has at least one chunk; an empty one stands only where there is nothing else.
"""

from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from ppid.vault.age_header import Malformed
from ppid.vault.streams import Readable, read_whole

CHUNK, TAG, AT_ONCE = 64 << 10, 16, 16
"""Plain bytes of a chunk, bytes of its tag, and chunks that are read and written at a time."""

SEALED = CHUNK + TAG


def sealed_payload(source: Readable, key: bytes) -> Iterator[bytes]:
    """Yield the sealed chunks of all that can be read. key: of this payload and no other."""
    aead, number = ChaCha20Poly1305(key), 0
    for block, last in _blocks(source, CHUNK):
        parts = range(0, max(len(block), 1), CHUNK)
        target = bytearray(len(block) + TAG * len(parts))
        plain, out = memoryview(block), memoryview(target)
        for place, start in enumerate(parts):
            part = plain[start : start + CHUNK]
            nonce = _nonce(number + place, last=last and start + CHUNK >= len(block))
            at = place * SEALED
            aead.encrypt_into(nonce, part, None, out[at : at + len(part) + TAG])
        number += len(parts)
        yield target


def opened_payload(source: Readable, key: bytes) -> Iterator[bytes]:
    """Yield the plain bytes, each authentic and in its place; whole only when the end is reached.

    Raises Malformed; whatever the source raises.
    """
    aead, number = ChaCha20Poly1305(key), 0
    for block, last in _blocks(source, SEALED):
        parts = range(0, len(block), SEALED)
        alone = number == 0 and len(block) == TAG
        if not block or (0 < len(block) % SEALED <= TAG and not alone):
            raise Malformed("last chunk")
        target = bytearray(len(block) - TAG * len(parts))
        cipher, out = memoryview(block), memoryview(target)
        for place, start in enumerate(parts):
            part = cipher[start : start + SEALED]
            nonce = _nonce(number + place, last=last and start + SEALED >= len(block))
            at = place * CHUNK
            try:
                aead.decrypt_into(nonce, part, None, out[at : at + len(part) - TAG])
            except InvalidTag:
                raise Malformed("chunk") from None
        number += len(parts)
        yield target


def _blocks(source: Readable, size: int) -> Iterator[tuple[bytes, bool]]:
    """Yield what can be read, so many chunks of that size at a time, and whether it is the last."""
    block = read_whole(source, size * AT_ONCE)
    while len(block) == size * AT_ONCE and (following := read_whole(source, size * AT_ONCE)):
        yield block, False
        block = following
    yield block, True


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
