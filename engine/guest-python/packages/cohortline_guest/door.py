"""Asks the host, and tells it what it asks to hear: JSON behind its length, then bytes."""
import _host
import json
import struct


def ask(question, data=b""):
    text = json.dumps(question).encode()
    return _host.call(struct.pack("<I", len(text)) + text + data)


def asked(question, data=b""):
    """The answer as JSON, and the bytes behind it."""
    answer = ask(question, data)
    (length,) = struct.unpack_from("<I", answer)
    end = 4 + length
    return json.loads(bytes(answer[4:end])), memoryview(answer)[end:]
