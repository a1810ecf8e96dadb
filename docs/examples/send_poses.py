#!/usr/bin/env python3
"""Sends a table of poses to `matside serve --pose-streams N`, as a live source would, and prints each answer.

It needs Python 3.9 and nothing else. POSES.csv is what `matside analyze VIDEO --poses POSES.csv` writes; ADDRESS is
what `matside serve` prints. docs/pose_streams.md describes the messages.

  matside analyze practice.mp4 --poses practice.csv
  matside serve --pose-streams 1 --no-records &
  python3 send_poses.py 'http://127.0.0.1:8787/?key=...' practice.csv --size 640x360
"""

import argparse
import base64
import collections
import csv
import http.client
import json
import os
import re
import select
import socket
import struct
import sys
import time
import urllib.parse

PROTOCOL = "matside.poses.1"
LANDMARKS = 33
MAX_FRAMES = 60

Frame = collections.namedtuple("Frame", ["time_s", "landmarks"])
"""Time in seconds, and 33 triples (x in pixels, y in pixels, visibility from 0 to 1), or None for nobody."""


def pose_message(first_index, width_px, height_px, frames):
    """Frames as one binary message.

    first_index is the sender's number of the first frame. The times must rise. Raises ValueError for what the
    message can't hold.
    """
    if not 1 <= len(frames) <= MAX_FRAMES:
        raise ValueError(f"{len(frames)} frames; a message has 1 to {MAX_FRAMES}")
    parts = [struct.pack("<4sHHIHH", b"MPOS", 1, len(frames), first_index & 0xFFFFFFFF, width_px, height_px)]
    for frame in frames:
        numbers = [0.0] * (3 * LANDMARKS)
        if frame.landmarks is not None:
            numbers = [number for landmark in frame.landmarks for number in landmark]
        if len(numbers) != 3 * LANDMARKS:
            raise ValueError(f"{len(numbers)} numbers; a pose has {LANDMARKS} times x, y and visibility")
        parts.append(struct.pack(f"<dI{3 * LANDMARKS}f", frame.time_s, frame.landmarks is not None, *numbers))
    return b"".join(parts)


class PoseStream:
    """A WebSocket at /poses (RFC 6455), for one thread."""

    TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10

    def __init__(self, address, every=30, protocol=PROTOCOL):
        """Connects. address is the one that `matside serve` prints; one frame in `every` is acknowledged."""
        url = urllib.parse.urlsplit(address)
        if url.scheme != "http" or not url.port:
            raise ValueError(f"{address}: isn't an address that `matside serve` prints without --tls")
        self.closed = False
        cookie = self._exchange_key(url)
        self._socket = socket.create_connection((url.hostname, url.port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = bytearray()
        lines = [
            f"GET /poses?every={every} HTTP/1.1",
            f"Host: {url.netloc}",
            f"Origin: http://{url.netloc}",
            f"Cookie: {cookie}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        ]
        if protocol:
            lines.append(f"Sec-WebSocket-Protocol: {protocol}")
        self._socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        self._finish_handshake(protocol)

    @staticmethod
    def _exchange_key(url):
        """The cookie for the key in the printed address, as a browser gets it."""
        connection = http.client.HTTPConnection(url.hostname, url.port)
        connection.request("GET", urllib.parse.urlunsplit(("", "", url.path, url.query, "")))
        cookie = connection.getresponse().getheader("Set-Cookie")
        connection.close()
        if not cookie:
            raise ConnectionError("the server refused the address; copy all of what `matside serve` printed")
        return cookie.split(";")[0]

    def _finish_handshake(self, protocol):
        while b"\r\n\r\n" not in self._received:
            self._take_bytes()
        head, _, rest = bytes(self._received).partition(b"\r\n\r\n")
        self._received = bytearray(rest)
        status, *fields = head.decode("latin-1").split("\r\n")
        if " 101 " not in f"{status} ":
            raise ConnectionError(f"{status}; does `matside serve` run with --pose-streams, and has it a stream left?")
        if protocol and f"sec-websocket-protocol: {protocol}" not in [field.lower() for field in fields]:
            raise ConnectionError(f"this server doesn't know {protocol}; update it")

    def _take_bytes(self):
        piece = self._socket.recv(65536)
        if not piece:
            raise ConnectionError("the server closed the connection")
        self._received += piece

    def _send(self, kind, body):
        head = bytes([0x80 | kind])
        if len(body) < 126:
            head += bytes([0x80 | len(body)])
        else:
            head += struct.pack(">BH", 0x80 | 126, len(body))
        mask = os.urandom(4)
        pattern = (mask * (len(body) // 4 + 1))[: len(body)]
        masked = int.from_bytes(body, "big") ^ int.from_bytes(pattern, "big")
        self._socket.sendall(head + mask + masked.to_bytes(len(body), "big"))

    def send_json(self, message):
        self._send(self.TEXT, json.dumps(message).encode())

    def send_binary(self, message):
        self._send(self.BINARY, message)

    def _next_frame(self):
        """(kind, body) of the first WebSocket frame that has arrived whole, or None."""
        data = self._received
        if len(data) < 2:
            return None
        size, begin = data[1] & 127, 2
        for code, width in ((126, 2), (127, 8)):
            if size == code and begin == 2:
                if len(data) < 2 + width:
                    return None
                size, begin = int.from_bytes(data[2 : 2 + width], "big"), 2 + width
        if len(data) < begin + size:
            return None
        frame = data[0] & 15, bytes(data[begin : begin + size])
        del data[: begin + size]
        return frame

    def messages(self, until=None):
        """Yields what the server sends until the time `until` (time.monotonic), or until it closes.

        A text message is yielded as str, an acknowledgement as the frame's index.
        """
        while True:
            frame = self._next_frame()
            if frame is None:
                wait = None if until is None else max(0.0, until - time.monotonic())
                if not select.select([self._socket], [], [], wait)[0]:
                    return
                self._take_bytes()
                continue
            kind, body = frame
            if kind == self.TEXT:
                yield body.decode()
            elif kind == self.BINARY:
                yield struct.unpack("<I", body)[0]
            elif kind == self.PING:
                self._send(self.PONG, body)
            elif kind == self.CLOSE:
                self._send(self.CLOSE, body)
                self._socket.close()
                self.closed = True
                return


def read_table(path):
    """The frames of a table of poses."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            numbers = row[2 : 2 + 3 * LANDMARKS]
            found = numbers[0] != ""
            values = [float(number) for number in numbers] if found else []
            yield Frame(float(row[1]), [values[i : i + 3] for i in range(0, len(values), 3)] if found else None)


def hello(level):
    return {"type": "hello", "level": level, "repetitions": 10, "guided": False, "camera": True, "breath": "off"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address", help="what `matside serve` prints")
    parser.add_argument("table", metavar="POSES.csv")
    parser.add_argument("--size", default="640x360", help="of the pictures, WIDTHxHEIGHT (default: 640x360)")
    parser.add_argument("--level", default=1, type=int)
    parser.add_argument("--frames-per-message", default=6, type=int, help="1 to 60 (default: 6)")
    parser.add_argument("--speed", default=1.0, type=float, help="times real time (default: 1); at most 120 frames a second")
    options = parser.parse_args()
    size = re.fullmatch(r"(\d+)x(\d+)", options.size)
    if not size:
        parser.error("--size: must be WIDTHxHEIGHT, such as 640x360")
    frames = list(read_table(options.table))
    stream = PoseStream(options.address)
    stream.send_json(hello(options.level))
    begin = time.monotonic()
    for at in range(0, len(frames), options.frames_per_message):
        piece = frames[at : at + options.frames_per_message]
        # A live source sends a message when its last frame has been seen.
        for message in stream.messages(begin + piece[-1].time_s / options.speed):
            print(message)
        if stream.closed:
            return
        stream.send_binary(pose_message(at, int(size[1]), int(size[2]), piece))
    stream.send_json({"type": "stop"})
    for message in stream.messages():
        print(message)


if __name__ == "__main__":
    try:
        main()
    except (ConnectionError, OSError, ValueError) as error:
        sys.exit(f"send_poses.py: {error}")
