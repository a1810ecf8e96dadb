#!/usr/bin/python3
"""Makes web/public/body.bin, the body that the page's Learn figures are drawn from.

usage: make_body.py BODY_DATA_DIR [OUT]

BODY_DATA_DIR is the MakeHuman body (CC0; README.md says which parts). The same data give the same file.
"""

import json
import math
import struct
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from simplify import simplify

OUT = Path(__file__).resolve().parents[2] / "web/public/body.bin"
TRIANGLES = 7000
METRES_PER_DECIMETRE = 0.1

# A person of no particular origin, between young and old.
AGES = {"young": 0.6, "old": 0.4}
PEOPLES = ("african", "asian", "caucasian")
BUILD = {"averagemuscle-averageweight": 0.75, "maxmuscle-averageweight": 0.25}

# The rig's bones that the figures move, parents first, and the rig's bones that follow each.
BONES = {
    "pelvis": (None, "root"),
    "spine05": ("pelvis", "spine05"),
    "spine04": ("spine05", "spine04"),
    "spine03": ("spine04", "spine03"),
    "spine02": ("spine03", "spine02"),
    "spine01": ("spine02", "spine01"),
    "neck": ("spine01", "neck01"),
    "head": ("neck", "head"),
}
for end in (".L", ".R"):
    BONES["clavicle" + end] = ("spine01", "clavicle" + end)
    BONES["upperarm" + end] = ("clavicle" + end, "upperarm01" + end)
    BONES["lowerarm" + end] = ("upperarm" + end, "lowerarm01" + end)
    BONES["forearm" + end] = ("lowerarm" + end, "lowerarm02" + end)
    BONES["hand" + end] = ("forearm" + end, "wrist" + end)
    BONES["thigh" + end] = ("pelvis", "upperleg01" + end)
    BONES["shank" + end] = ("thigh" + end, "lowerleg01" + end)
    BONES["foot" + end] = ("shank" + end, "foot" + end)
    BONES["toes" + end] = ("foot" + end, "toe2-1" + end)

SKIN, TOP, LEGGINGS, HAIR, EYES, HEAD, TRUNK = range(7)
PARTS = ("skin", "top", "leggings", "hair", "eyes")
WEIGHTS_PER_VERTEX = 4


def read_mesh(path):
    vertices, faces, group = [], defaultdict(list), ""
    for line in path.read_text().splitlines():
        words = line.split()
        if not words:
            continue
        if words[0] == "v":
            vertices.append([float(word) for word in words[1:4]])
        elif words[0] == "g":
            group = words[1]
        elif words[0] == "f":
            faces[group].append([int(word.split("/")[0]) - 1 for word in words[1:]])
    return np.array(vertices) * METRES_PER_DECIMETRE, faces


def add_target(vertices, folder, name, amount):
    for line in (folder / f"targets/{name}.target").read_text().splitlines():
        words = line.split()
        if words and not words[0].startswith("#"):
            delta = np.array([float(word) for word in words[1:4]])
            vertices[int(words[0])] += amount * METRES_PER_DECIMETRE * delta


def shape(vertices, folder):
    for age, part in AGES.items():
        for people in PEOPLES:
            add_target(vertices, folder, f"macrodetails/{people}-female-{age}", part / len(PEOPLES))
        for build, share in BUILD.items():
            add_target(vertices, folder, f"macrodetails/universal-female-{age}-{build}", part * share)


def read_rig(folder, vertices):
    """Where each of our bones starts and ends, and which of them each of the rig's bones follows."""
    rig = json.loads((folder / "rigs/default.mhskel").read_text())
    ours = {theirs: name for name, (_, theirs) in BONES.items()}

    def joint(bone, end):
        return vertices[rig["joints"][rig["bones"][bone][end]]].mean(axis=0)

    def follow(bone):
        while bone not in ours:
            bone = rig["bones"][bone]["parent"]
        return ours[bone]

    places = {name: (joint(theirs, "head"), joint(theirs, "tail")) for name, (_, theirs) in BONES.items()}
    return places, {bone: follow(bone) for bone in rig["bones"]}


def read_weights(folder, follow, count):
    """For each vertex its weights by our bones' numbers, and the rig's bone that has most of it."""
    number = {name: k for k, name in enumerate(BONES)}
    weights = [defaultdict(float) for _ in range(count)]
    most = [("root", 0.0)] * count
    for bone, entries in json.loads((folder / "rigs/default_weights.mhw").read_text())["weights"].items():
        for vertex, weight in entries:
            weights[vertex][number[follow[bone]]] += weight
            if weight > most[vertex][1]:
                most[vertex] = (bone, weight)
    return weights, [bone for bone, _ in most]


class Cuts:
    """Where clothes and hair end: for each a function of a point of the standing body, positive inside.

    Lengths are metres, from joints.
    """

    def __init__(self, places, vertices):
        self.neck, self.head = places["neck"][0], places["head"][0]
        self.shoulder, self.ankle = places["upperarm.L"][0], places["foot.L"][0]
        self.waist = places["spine05"][0]
        # The ears are what is widest of the head.
        around = vertices - self.head
        of_head = (np.abs(around[:, 1] - 0.06) < 0.07) & (np.abs(around[:, 2]) < 0.1) & (around[:, 0] < 0.12)
        self.ear = around[of_head][np.argmax(around[of_head][:, 0])]

    def leggings(self, point):
        waist = self.waist[1] + 0.02 - 0.12 * (point[2] - self.waist[2])
        return min(waist - point[1], point[1] - self.ankle[1] - 0.07)

    def top(self, point):
        """Sleeveless, with straps."""
        side = np.array([abs(point[0]), point[1], point[2]])
        armhole = np.linalg.norm((side - self.shoulder - [0.045, -0.015, 0]) * [1, 0.72, 0.8]) - 0.085
        # The neckline is lower in front than behind.
        ahead = point[2] - self.neck[2]
        neckline = math.hypot(point[0], 1.0 * (point[1] - self.neck[1] - (0.01 if ahead < 0 else -0.01))) - 0.07
        return min(armhole, neckline, self.neck[1] - 0.012 - point[1])

    def hair(self, point):
        up, ahead = (point - self.head)[1:]
        ear = np.linalg.norm((np.array([abs(point[0]), up, ahead]) - self.ear) * [0.5, 0.8, 1]) - 0.03
        hairline = 0.062 - 0.9 * max(0.0, 0.105 - up) if up > 0.045 else 0.008 - 0.25 * (0.045 - up)
        return min(hairline - ahead, up + 0.035 + 0.3 * ahead, ear)


def split(vertices, triangles, kinds, weights, inside, kind, new_kind):
    """Cuts the triangles of a kind where `inside` changes its sign; those inside get a new kind."""
    values = {int(v): inside(vertices[v]) for v in np.unique(triangles[kinds == kind])}
    points, middles, out, out_kinds = list(vertices), {}, [], []

    def middle(a, b):
        a, b = min(a, b), max(a, b)
        if (a, b) not in middles:
            share = values[a] / (values[a] - values[b])
            middles[a, b] = len(points)
            points.append(points[a] + share * (points[b] - points[a]))
            mixed = defaultdict(float)
            for vertex, part in ((a, 1 - share), (b, share)):
                for bone, weight in weights[vertex].items():
                    mixed[bone] += part * weight
            weights.append(mixed)
        return middles[a, b]

    for triangle, own in zip(triangles.tolist(), kinds.tolist()):
        signs = [own == kind and values[v] > 0 for v in triangle]
        if own != kind or all(signs) or not any(signs):
            out.append(triangle)
            out_kinds.append(new_kind if all(signs) else own)
            continue
        lone = signs.index(sum(signs) == 1)
        a, b, c = triangle[lone:] + triangle[:lone]
        ab, ac = middle(a, b), middle(a, c)
        out += [[a, ab, ac], [ab, b, c], [ab, c, ac]]
        out_kinds += [new_kind, kind, kind] if signs[lone] else [kind, new_kind, new_kind]
    return np.array(points), np.array(out), np.array(out_kinds)


def region_of(face, most, follow):
    """Which part of the body a face belongs to, by its vertices' bones."""
    names = [most[vertex] for vertex in face]
    name = max(set(names), key=lambda each: (names.count(each), each))
    ours = follow[name].split(".")[0]
    if ours == "head" or name == "neck03":
        return HEAD
    if ours in ("pelvis", "thigh", "shank") or ours.startswith("spine") or ours == "clavicle" or name.startswith(("breast", "neck", "upperarm01")):
        return TRUNK
    return SKIN


def normals_of(vertices, triangles):
    normals = np.zeros_like(vertices)
    a, b, c = (vertices[triangles[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    for k in range(3):
        np.add.at(normals, triangles[:, k], across)
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    return normals / np.where(length > 0, length, 1)


def grow_hair(vertices, triangles, parts, depth):
    """Hair stands a little off the head."""
    normals = normals_of(vertices, triangles)
    hair = set(triangles[parts == HAIR].ravel().tolist())
    rim = set(triangles[parts != HAIR].ravel().tolist())
    inner = np.array(sorted(hair - rim))
    vertices[inner] += depth * normals[inner]


def sphere(centre, radii, rings, sides):
    points, triangles = [], []
    for ring in range(rings + 1):
        across, along = math.pi * ring / rings, 0
        for side in range(sides):
            along = 2 * math.pi * side / sides
            way = np.array([math.sin(across) * math.cos(along), math.cos(across), math.sin(across) * math.sin(along)])
            points.append(centre + way * radii)
    for ring in range(rings):
        for side in range(sides):
            a, b = ring * sides + side, ring * sides + (side + 1) % sides
            c, d = a + sides, b + sides
            if ring > 0:
                triangles.append([a, b, d])
            if ring < rings - 1:
                triangles.append([a, d, c])
    return np.array(points), triangles


def bun_place(scalp, head):
    """The scalp's farthest point behind and above the head's joint, a little further out."""
    way = np.array([0, 0.62, -0.78])
    far = scalp[np.argmax((scalp - head) @ way - 0.5 * np.abs(scalp[:, 0]))]
    return np.array([0, far[1], far[2]]) + 0.014 * way


def strongest(weights):
    best = sorted(weights.items(), key=lambda each: (-each[1], each[0]))[:WEIGHTS_PER_VERTEX]
    total = sum(weight for _, weight in best) or 1.0
    whole = [round(255 * weight / total) for _, weight in best]
    whole[0] += 255 - sum(whole)
    return [(bone, weight) for (bone, _), weight in zip(best, whole) if weight > 0]


def order_for_cache(triangles):
    """Triangles in the order of their first vertices, so that their numbers compress well."""
    rolled = [list(np.roll(triangle, -int(np.argmin(triangle)))) for triangle in triangles]
    return sorted(range(len(rolled)), key=lambda k: rolled[k]), rolled


def differences(values):
    """Each number less the one before, modulo 65536."""
    return np.diff(np.array(values), prepend=0).astype("<u2").tobytes()


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder, out = Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else OUT
    vertices, faces = read_mesh(folder / "3dobjs/base.obj")
    shape(vertices, folder)
    places, follow = read_rig(folder, vertices)
    weights, most = read_weights(folder, follow, len(vertices))

    triangles, parts = [], []
    for face in faces["body"]:
        part = region_of(face, most, follow)
        for k in range(1, len(face) - 1):
            triangles.append([face[0], face[k], face[k + 1]])
            parts.append(part)
    for group in ("helper-l-eye", "helper-r-eye"):
        for face in faces[group]:
            for k in range(1, len(face) - 1):
                triangles.append([face[0], face[k], face[k + 1]])
                parts.append(EYES)
    triangles, parts = np.array(triangles), np.array(parts)
    cuts = Cuts(places, vertices[np.unique(np.concatenate([np.ravel(face) for face in faces["body"]]))])
    for inside, kind, new_kind in ((cuts.leggings, TRUNK, LEGGINGS), (cuts.top, TRUNK, TOP), (cuts.hair, HEAD, HAIR)):
        vertices, triangles, parts = split(vertices, triangles, parts, weights, inside, kind, new_kind)
    # The feet are below the leggings, and below the top's hem there is nothing but leggings.
    parts[np.isin(parts, (HEAD, TRUNK))] = SKIN
    low = vertices[triangles].mean(axis=1)[:, 1] < places["spine05"][0][1] - 0.3
    parts[(parts == TOP) & low] = SKIN
    most += ["root"] * (len(vertices) - len(most))
    grow_hair(vertices, triangles, parts, 0.012)

    # Small things that are large in the mesh are small in the picture: fingers, toes, ears, the far side.
    fine = np.ones(len(vertices))
    for k, name in enumerate(most):
        if name.startswith(("finger", "metacarpal")):
            fine[k] = 0.35
        elif name.startswith("toe"):
            fine[k] = 0.4
        elif follow[name] == "head":
            fine[k] = 1.3
        if vertices[k][0] < -0.03:
            fine[k] *= 0.6
    triangles, parts = simplify(vertices, triangles, parts, fine, TRIANGLES)
    normals = normals_of(vertices, triangles)

    head = list(BONES).index("head")
    radii = np.array([0.04, 0.036, 0.033])
    bun, bun_triangles = sphere(bun_place(vertices[triangles[parts == HAIR].ravel()], places["head"][0]), radii, 8, 12)
    first = len(vertices)
    vertices = np.vstack([vertices, bun])
    ways = (bun - bun.mean(axis=0)) / radii
    normals = np.vstack([normals, ways / np.linalg.norm(ways, axis=1, keepdims=True)])
    weights += [{head: 1.0}] * len(bun)
    triangles = np.vstack([triangles, np.array(bun_triangles) + first])
    parts = np.append(parts, [HAIR] * len(bun_triangles))

    # A vertex belongs to one part, so that colours have sharp edges.
    corners = {}
    for triangle, part in zip(triangles, parts):
        for vertex in triangle:
            corners.setdefault((int(part), int(vertex)), 0)
    kept = sorted(corners, key=lambda each: (each[0], tuple(np.round(vertices[each[1]], 2)), each[1]))
    number = {corner: k for k, corner in enumerate(kept)}
    numbered = [[number[(int(part), int(vertex))] for vertex in triangle] for triangle, part in zip(triangles, parts)]
    order, rolled = order_for_cache(numbered)

    source = np.array([vertex for _, vertex in kept])
    points = vertices[source]
    low, high = points.min(axis=0), points.max(axis=0)
    whole = np.round((points - low) / (high - low) * 65535).astype(np.int64)
    header = {
        "vertices": len(kept),
        "triangles": len(order),
        "low": [round(float(each), 5) for each in low],
        "high": [round(float(each), 5) for each in high],
        "parts": [[name, sum(1 for part, _ in kept if part == k)] for k, name in enumerate(PARTS)],
        "bones": [
            {
                "name": name,
                "parent": -1 if parent is None else list(BONES).index(parent),
                "head": [round(float(each), 4) for each in places[name][0]],
                "tail": [round(float(each), 4) for each in places[name][1]],
            }
            for name, (parent, _) in BONES.items()
        ],
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    data = [b"MSB1", struct.pack("<I", len(text)), text]
    data += [differences(whole[:, k]) for k in range(3)]
    data.append(differences([vertex for k in order for vertex in rolled[k]]))
    data += [np.clip(np.round(normals[source][:, k] * 127), -127, 127).astype("i1").tobytes() for k in range(3)]
    strong = [strongest(weights[vertex]) for vertex in source]
    for k in range(WEIGHTS_PER_VERTEX):
        data.append(bytes(each[k][0] if k < len(each) else 0 for each in strong))
        data.append(bytes(each[k][1] if k < len(each) else 0 for each in strong))
    out.write_bytes(b"".join(data))
    print(f"{out}: {len(kept)} vertices, {len(order)} triangles, {out.stat().st_size} bytes")


main()
