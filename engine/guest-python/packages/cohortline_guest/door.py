"""Asks the host. A question is JSON, and bytes beside it; so is the answer."""
import _host
import json
import struct


def ask(question, data=b""):
    head = json.dumps(question).encode()
    answer = _host.call(struct.pack("<I", len(head)) + head + bytes(data))
    if not answer:
        return None, b""
    (length,) = struct.unpack_from("<I", answer)
    return json.loads(answer[4 : 4 + length]), memoryview(answer)[4 + length :]
