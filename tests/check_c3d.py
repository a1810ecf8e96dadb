"""Reads a C3D file that Matside exported, as the format's guide describes it, and says what is wrong with it.

Written from the C3D File Format User Guide (c3d.org) alone, without Matside's reader: `check_c3d.py FILE EVENTS`, with
the number of events that the file must have.
"""

import struct
import sys

SECTOR = 512
FORMATS = {-1: "c", 1: "B", 2: "H", 4: "f"}


def expect(holds, what):
    if not holds:
        sys.exit(f"{sys.argv[1]}: {what}")


def parameters_of(section):
    """The parameters as {"GROUP:NAME": (type, dimensions, values)}, with every record in its place."""
    expect(section[1] == 0x50 and section[3] == 84, "the parameters must begin with 0x50 and processor 84 (Intel)")
    expect(section[2] * SECTOR == len(section), "the number of parameter sectors is wrong")
    groups, found, at = {}, [], 4
    while section[at] != 0:
        length, group = struct.unpack_from("bb", section, at)
        expect(length > 0 and group != 0, "a record has no name or group")
        name = section[at + 2 : at + 2 + length].decode("ascii")
        expect(name == name.upper(), f"{name} is not in capitals")
        offset_at = at + 2 + length
        (offset,) = struct.unpack_from("<H", section, offset_at)
        body = section[offset_at + 2 : offset_at + offset]
        if group < 0:
            groups[-group] = name
            expect(len(body) == 1 + body[0], f"the description of {name} has the wrong length")
        else:
            found.append((group, name, body))
        at = offset_at + offset
    expect(section[at : at + 2] == b"\0\0", "the parameters must end with zeros")
    parameters = {}
    for group, name, body in found:
        kind = struct.unpack_from("b", body)[0]
        dimensions = list(body[2 : 2 + body[1]])
        count = 1
        for dimension in dimensions:
            count *= dimension
        data = body[2 + body[1] :]
        size = abs(kind) * count
        expect(len(data) == size + 1 + data[size], f"{groups[group]}:{name} has the wrong length")
        if kind == -1:
            length = dimensions[0]
            values = [data[i : i + length].decode("ascii").rstrip() for i in range(0, size, length)]
        else:
            values = list(struct.unpack_from(f"<{count}{FORMATS[kind]}", data))
        parameters[f"{groups[group]}:{name}"] = (kind, dimensions, values)
    return parameters


def check_events(parameters, used, length_s):
    for name in ("EVENT:LABELS", "EVENT:CONTEXTS"):
        expect(len(parameters[name][2]) == used, f"{name} must have {used} texts")
    kind, dimensions, times = parameters["EVENT:TIMES"]
    expect(kind == 4 and dimensions == [2, used], "EVENT:TIMES must have minutes and seconds of each event")
    seconds = [60.0 * times[i] + times[i + 1] for i in range(0, len(times), 2)]
    expect(seconds == sorted(seconds) and -1.0 < seconds[0] and seconds[-1] < length_s + 1.0, "event times are odd")


def main():
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    expect(len(data) % SECTOR == 0, "the file does not consist of whole sectors")
    first, key, points, analogue, begin, end, _, scale, data_sector, per_frame, rate = struct.unpack_from(
        "<BBHHHHHfHHf", data
    )
    expect(key == 0x50 and first == 2, "the header must begin with 2 and 0x50")
    expect(scale < 0.0, "reals must have a negative scale")
    expect(analogue == 0 and per_frame == 0, "there must be no analogue samples")
    parameters = parameters_of(data[SECTOR : SECTOR * (data_sector - 1)])
    value = {name: values[0] for name, (_, _, values) in parameters.items() if values}
    expect(value["POINT:USED"] == points, "POINT:USED differs from the header")
    expect(value["POINT:SCALE"] == scale, "POINT:SCALE differs from the header")
    expect(value["POINT:RATE"] == rate and rate > 0.0, "POINT:RATE differs from the header")
    expect(value["POINT:DATA_START"] == data_sector, "POINT:DATA_START differs from the header")
    expect(value["POINT:FRAMES"] == end - begin + 1, "POINT:FRAMES differs from the header")
    expect(value["POINT:UNITS"] == "mm", "POINT:UNITS must be mm")
    expect((value["POINT:X_SCREEN"], value["POINT:Y_SCREEN"]) == ("+X", "+Y"), "the axes of the screen are missing")
    labels = parameters["POINT:LABELS"][2]
    expect(len(labels) == len(set(labels)) == points, "every point needs a label of its own")
    frames = end - begin + 1
    used = value.get("EVENT:USED", 0)
    expect(used == int(sys.argv[2]), f"EVENT:USED is {used} instead of {sys.argv[2]}")
    if used:
        check_events(parameters, used, frames / rate)
    start = SECTOR * (data_sector - 1)
    size = 16 * points * frames
    expect(start + size <= len(data) < start + size + SECTOR, "the points do not fill the file")
    numbers = struct.unpack_from(f"<{4 * points * frames}f", data, start)
    measured = 0
    for i in range(0, len(numbers), 4):
        x, y, z, residual = numbers[i : i + 4]
        expect(residual in (0.0, -1.0) and z == 0.0, "a point is not in the picture's plane")
        expect(residual == 0.0 or (x, y) == (0.0, 0.0), "a missing point has a position")
        expect(max(abs(x), abs(y)) <= 32767 * -scale, "a point is beyond POINT:SCALE")
        measured += residual == 0.0
    expect(measured > 0.5 * points * frames, "most points are missing")
    print(f"{points} points, {frames} frames, {used} events, {measured} positions")


main()
