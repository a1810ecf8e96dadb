#!/usr/bin/env python3
"""Puts the pose networks of @mediapipe/pose into a bundle for PoseLandmarker of @mediapipe/tasks-vision.

usage: bundle.py NETWORKS_DIR OUT.task

No npm package contains such a bundle. The networks are unchanged, but PoseLandmarker needs TFLite metadata
that describes how a picture becomes their input. It is written in front of the file: a new root that refers to
the old file's parts, with longer lists of buffers and metadata.
"""

import pathlib
import struct
import sys
import zipfile

ALIGNMENT = 16
# Of TFLite's Model table: the places of its fields.
VERSION, BUFFERS, METADATA, FIELDS = 0, 4, 6, 8
RGB, IMAGE, NORMALIZATION = 1, 2, 1


class Old:
    """A part of the old file, by its offset."""

    def __init__(self, place):
        self.place = place


class Number(bytes):
    """A field stored in the table itself."""


class Flatbuffer:
    """Writes tables (dict of field to part), lists of parts, text and bytes, each before its parts."""

    def __init__(self, root, identifier, old=b""):
        self.out = bytearray(4) + identifier
        self.later = [(0, root)]
        links = []
        while self.later:
            at, part = self.later.pop(0)
            if isinstance(part, Old):
                links.append((at, part.place))
            else:
                struct.pack_into("<I", self.out, at, self.write(part) - at)
        self.pad(ALIGNMENT)
        for at, place in links:
            struct.pack_into("<I", self.out, at, len(self.out) + place - at)
        self.out += old

    def pad(self, alignment, ahead=0):
        self.out += bytes(-(len(self.out) + ahead) % alignment)

    def slot(self, part):
        if isinstance(part, Number):
            self.out += part
        else:
            self.later.append((len(self.out), part))
            self.out += bytes(4)

    def write(self, part):
        if isinstance(part, dict):
            offsets = [0] * (max(part) + 1)
            for i, field in enumerate(sorted(part)):
                offsets[field] = 4 + 4 * i
            size = 4 + 2 * len(offsets)
            self.pad(4, size)
            self.out += struct.pack(f"<HH{len(offsets)}H", size, 4 + 4 * len(part), *offsets)
            place = len(self.out)
            self.out += struct.pack("<i", size)
            for field in sorted(part):
                self.slot(part[field])
            return place
        self.pad(ALIGNMENT, 4)
        place = len(self.out)
        self.out += struct.pack("<I", len(part))
        if isinstance(part, bytes):
            self.out += part + b"\0"
        else:
            for item in part:
                self.slot(item)
        return place


def number(value):
    return Number(struct.pack("<I", value))


def metadata(mean, std):
    """Metadata that the input is a picture, normalised as (value - mean) / std."""
    scaling = {0: [Number(struct.pack("<f", mean))], 1: [Number(struct.pack("<f", std))]}
    content = {0: number(IMAGE), 1: {0: number(RGB)}}
    tensor = {3: content, 4: [{0: number(NORMALIZATION), 1: scaling}]}
    return bytes(Flatbuffer({3: [{2: [tensor]}]}, b"M001").out)


def described(network, mean, std):
    """The network with its metadata."""

    def u32(at):
        return struct.unpack_from("<I", network, at)[0]

    root = u32(0)
    table = root - struct.unpack_from("<i", network, root)[0]
    size = struct.unpack_from("<H", network, table)[0]
    places = struct.unpack_from(f"<{FIELDS}H", network[table + 4 : table + size] + bytes(2 * FIELDS))
    fields = {i: root + place for i, place in enumerate(places) if place}

    def items(field):
        if field not in fields:
            return []
        at = fields[field] + u32(fields[field])
        return [Old(at + 4 * i + u32(at + 4 * i)) for i in range(1, u32(at) + 1)]

    parts = {i: Old(at + u32(at)) for i, at in fields.items() if i != VERSION}
    parts[VERSION] = number(u32(fields[VERSION]))
    buffers = items(BUFFERS)
    parts[BUFFERS] = [*buffers, {0: metadata(mean, std)}]
    parts[METADATA] = [*items(METADATA), {0: b"TFLITE_METADATA", 1: number(len(buffers))}]
    return bytes(Flatbuffer(parts, b"TFL3", network).out)


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: bundle.py NETWORKS_DIR OUT.task")
    networks = pathlib.Path(sys.argv[1])
    detector = (networks / "pose_solution_packed_assets.data").read_bytes()
    landmarks = (networks / "pose_landmark_full.tflite").read_bytes()
    with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_STORED) as bundle:
        bundle.writestr("pose_detector.tflite", described(detector, 127.5, 127.5))
        bundle.writestr("pose_landmarks_detector.tflite", described(landmarks, 0.0, 255.0))


if __name__ == "__main__":
    main()
