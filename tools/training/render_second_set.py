"""Makes crops and labels with the second renderer, `bodyrender`, in the format of render_bodies:

    render_second_set.py --bin BODYRENDER --data BODYDATA --out PREFIX --seed N --bodies B --poses P

A second renderer keeps the networks from learning the first one's artefacts.
Writes PREFIX_images.npy (N x 256 x 256 x 3), PREFIX_labels.npy and PREFIX_columns.json.
"""
import argparse
import csv
import io
import json
import pathlib
import random
import subprocess
import tempfile

import numpy
from PIL import Image

from eye_network import SIDE

MOTION = ("t", "trunk", "flatten", "kneeL", "kneeR", "thighL", "thighR", "ankleL", "ankleR",
          "hipsUp", "roll", "neck", "elbowFwd", "splayL", "splayR", "swayX")
JOINTS = ("nose", *(f"{side}_{joint}" for joint in ("ear", "shoulder", "elbow", "wrist", "hip",
                                                    "knee", "ankle", "heel", "toe")
                    for side in ("left", "right")))
COLUMNS = [f"{j}_{what}" for j in JOINTS for what in ("x", "y", "depth", "seen")] + [
    "near_right", "posture", "knee_flexion_left", "knee_flexion_right", "hip_extension_left",
    "hip_extension_right", "trunk_incline", "share_in_frame", "p0_x", "p0_y", "p1_x", "p1_y",
    "body_length_px", "kind", "body_id", "style_id", "turned_180", "yaw_deg", "camera_height_m",
    "hfov_deg", "frame_lines"]
PRONE, CROP, STYLE = 1, 0, 9
SHAPES = ("armslegs", "hip", "torso", "stomach", "buttocks")
# As far as a tracker's region strays: centre and side of the region, degrees.
CENTRE_STRAY, SIDE_LEAST, SIDE_MOST, TURN_STRAY_DEG = 0.05, 0.8, 1.35, 10.0
TURNED_RIGHT_ROUND = 0.06


def colour(rng, low=0.04, high=0.95):
    grey = rng.uniform(low, high)
    strength = rng.choice((0.05, 0.2, 0.5))
    return [min(1.0, max(0.02, grey + rng.uniform(-strength, strength))) for _ in range(3)]


def scene_of(rng, shapes):
    tone = rng.uniform(0.25, 0.95)
    skin = [tone, tone * rng.uniform(0.64, 0.82), tone * rng.uniform(0.46, 0.68)]
    lines = rng.choice((180, 240, 270, 360, 360, 480, 540))
    width, height = rng.choice(((16, 9), (16, 9), (4, 3), (9, 16)))
    camera = dict(width=2 * round(lines * width / height / 2), height=lines,
                  height_m=rng.uniform(0.15, 1.35), yaw=rng.uniform(-40, 40),
                  roll=rng.gauss(0, 4), hfov=rng.uniform(45, 85), side=rng.choice(("left", "right")),
                  look_x=rng.uniform(-0.45, -0.05), look_y=rng.uniform(0.05, 0.45))
    if width < height:
        camera["hfov"] = rng.uniform(45, 60)
    spread = 2 * numpy.tan(numpy.radians(camera["hfov"] / 2))
    camera["distance"] = rng.uniform(1.9, 3.4) / spread * rng.uniform(0.95, 1.5)
    body = dict(sex=rng.choice(("female", "male")), age=rng.choice(("old", "young")),
                ethnicity=rng.choice(("caucasian", "asian", "african")),
                weight=rng.choice(("averageweight", "maxweight", "minweight")),
                muscle=rng.choice(("averagemuscle", "minmuscle", "maxmuscle")),
                targets={rng.choice(shapes): rng.uniform(0, 0.7) for _ in range(5)})
    return dict(body=body, skin=skin, topColor=colour(rng), legColor=colour(rng),
                hairColor=colour(rng, 0.03, 0.7), wall=colour(rng, 0.15), floor=colour(rng, 0.1),
                mat=colour(rng, 0.08), window=rng.random() < 0.5,
                top=rng.choice(("tank", "tee", "long")),
                legs=rng.choice(("leggings", "leggings", "shorts")), shoes=rng.random() < 0.4,
                seed=rng.randrange(1 << 20), noise=rng.uniform(0, 0.035),
                ambient=rng.uniform(0.2, 0.75), sun=rng.uniform(0.05, 0.8),
                sunDir=[rng.uniform(-1, 1), rng.uniform(0.3, 1), rng.uniform(-0.6, 1)],
                exposure=rng.uniform(0.65, 1.25), supersample=rng.choice((1, 2)), camera=camera)


def bend(rng):
    return rng.choice((rng.uniform(-3, 10), rng.uniform(0, 60), rng.uniform(50, 135),
                       rng.uniform(70, 130)))


def pose_of(rng, forward):
    pose = dict.fromkeys(MOTION, 0.0)
    knees = [bend(rng), rng.choice((rng.uniform(-3, 10), rng.uniform(-3, 10), bend(rng)))]
    rng.shuffle(knees)
    pose["kneeL"], pose["kneeR"] = knees
    for side in "LR":
        pose["thigh" + side] = rng.choice((0, rng.uniform(-2, 4), rng.uniform(0, 18)))
        pose["ankle" + side] = rng.uniform(-10, 50)
        pose["splay" + side] = rng.uniform(-3, 12)
    pose["flatten"] = rng.choice((0, 0, 0, 1, rng.uniform(0, 0.5)))
    pose["trunk"] = rng.uniform(-14, 4)
    pose["hipsUp"] = rng.choice((0, 0, rng.uniform(0, 28)))
    pose["roll"] = rng.choice((0, rng.uniform(-8, 8), rng.uniform(-28, 28)))
    pose["neck"] = rng.uniform(-45, 28)
    pose["elbowFwd"] = forward
    return pose


def blurred(rng, picture):
    """What lens and codec leave of a picture."""
    if rng.random() < 0.3:
        factor = rng.uniform(0.4, 0.9)
        small = (max(32, int(picture.width * factor)), max(32, int(picture.height * factor)))
        picture = picture.resize(small, Image.BILINEAR).resize(picture.size, Image.BILINEAR)
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=rng.randrange(25, 92))
    return Image.open(packed)


def region_of(row):
    """Middle of the hips and the end of the body's circle beyond the head, px of the frame."""
    flat = {j: numpy.array([row[j + "_u"], row[j + "_v"]]) for j in JOINTS}
    space = {j: numpy.array([row[j + "_x"], row[j + "_y"], row[j + "_z"]]) for j in JOINTS}
    between = lambda points, joint: (points["left_" + joint] + points["right_" + joint]) / 2
    hips, shoulders, ears = (between(flat, j) for j in ("hip", "shoulder", "ear"))
    top = ears + 0.6 * (ears - shoulders)
    radius, leg = numpy.linalg.norm(top - hips), 0.0
    for side in ("left_", "right_"):
        hip, knee, ankle, toe = (space[side + j] for j in ("hip", "knee", "ankle", "toe"))
        below = numpy.linalg.norm(ankle - knee) + 0.65 * numpy.linalg.norm(toe - ankle)
        below /= numpy.linalg.norm(knee - hip)
        thigh = flat[side + "knee"] - flat[side + "hip"]
        radius = max(radius, numpy.linalg.norm(thigh * (1 + below) + flat[side + "hip"] - hips))
        leg = max(leg, numpy.linalg.norm(thigh) * (1 + below))
    way = shoulders - hips
    return hips, hips + way / numpy.linalg.norm(way) * radius, leg + numpy.linalg.norm(top - hips)


def sample(rng, frame, row, camera, body):
    """One crop and its labels; without `rng` the region is where a perfect tracker has it."""
    hips, end, length = region_of(row)
    way = end - hips
    side = 2 * 1.25 * numpy.linalg.norm(way)
    centre, turn, around = hips, numpy.arctan2(way[0], -way[1]), False
    if rng:
        centre = hips + side * CENTRE_STRAY * numpy.array([rng.gauss(0, 1), rng.gauss(0, 1)])
        side *= numpy.exp(rng.uniform(numpy.log(SIDE_LEAST), numpy.log(SIDE_MOST)))
        around = rng.random() < TURNED_RIGHT_ROUND
        turn += numpy.radians(rng.gauss(0, TURN_STRAY_DEG)) + (numpy.pi if around else 0)
    # Crop to frame; its edge pixels continue outside, as in the tracker's regions.
    cosine, sine = numpy.cos(turn) * side / SIDE, numpy.sin(turn) * side / SIDE
    to_frame = numpy.array([[cosine, -sine], [sine, cosine]])
    x, y = numpy.meshgrid(numpy.arange(SIDE) + 0.5, numpy.arange(SIDE) + 0.5)
    place = numpy.stack([x, y], -1) - SIDE / 2
    place = place @ to_frame.T + centre - 0.5
    picture = numpy.asarray(frame, numpy.float32)
    height, width = picture.shape[:2]
    u, v = place[..., 0].clip(0, width - 1.001), place[..., 1].clip(0, height - 1.001)
    column, line = u.astype(int), v.astype(int)
    fu, fv = (u - column)[..., None], (v - line)[..., None]
    crop = ((picture[line, column] * (1 - fu) + picture[line, column + 1] * fu) * (1 - fv)
            + (picture[line + 1, column] * (1 - fu) + picture[line + 1, column + 1] * fu) * fv)
    to_crop = lambda p: numpy.linalg.solve(to_frame, p - centre) + SIDE / 2
    labels = []
    for joint in JOINTS:
        u, v = row[joint + "_u"], row[joint + "_v"]
        in_frame = 0 <= u < width and 0 <= v < height
        labels += [*to_crop(numpy.array([u, v])), 0.0, 1.0 if in_frame else -1.0]
    labels += [float(camera["side"] == "right"), PRONE, row["knee_flexion_left"],
               row["knee_flexion_right"], row["hip_extension_left"], row["hip_extension_right"],
               row["trunk_incline"], 1.0, *to_crop(hips), *to_crop(end), length * SIDE / side, CROP,
               body, STYLE, float(around), camera["yaw"], camera["height_m"], camera["hfov"],
               camera["height"]]
    return crop.round().astype(numpy.uint8), labels


def write(prefix, images, labels, **made_by):
    numpy.save(prefix + "_images.npy", numpy.stack(images))
    numpy.save(prefix + "_labels.npy", numpy.array(labels, numpy.float32))
    with open(prefix + "_columns.json", "w", encoding="utf-8") as file:
        json.dump(made_by | dict(columns=COLUMNS), file, indent=1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--bin", "--data", "--out"):
        parser.add_argument(name, required=True)
    for name in ("--seed", "--bodies", "--poses"):
        parser.add_argument(name, required=True, type=int)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    targets = pathlib.Path(args.data) / "targets"
    shapes = sorted(f"{group}/{path.stem}" for group in SHAPES
                    for path in (targets / group).glob("*.target"))
    images, labels = [], []
    with tempfile.TemporaryDirectory() as folder:
        scene_file, motion, truth = (f"{folder}/{n}" for n in ("scene.json", "motion.csv", "truth.csv"))
        for body in range(args.bodies):
            scene = scene_of(rng, shapes)
            forward = rng.choice((0, 0, rng.uniform(0, 35)))
            with open(scene_file, "w", encoding="utf-8") as file:
                json.dump(scene, file)
            with open(motion, "w", encoding="utf-8") as file:
                rows = csv.DictWriter(file, MOTION)
                rows.writeheader()
                rows.writerows(pose_of(rng, forward) | {"t": i} for i in range(args.poses))
            raw = subprocess.run([args.bin, args.data, scene_file, motion, "-", truth], check=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
            camera = scene["camera"]
            frames = numpy.frombuffer(raw, numpy.uint8)
            frames = frames.reshape(args.poses, camera["height"], camera["width"], 3)
            with open(truth, encoding="utf-8") as file:
                for frame, row in zip(frames, csv.DictReader(file), strict=True):
                    row = {key: float(value) for key, value in row.items()}
                    picture = blurred(rng, Image.fromarray(frame))
                    crop, values = sample(rng, picture, row, camera, body)
                    images.append(crop)
                    labels.append(values)
            if (body + 1) % 50 == 0:
                print(f"{body + 1} of {args.bodies} bodies", flush=True)
    write(args.out, images, labels, generator="render_second_set.py", seed=args.seed)


if __name__ == "__main__":
    main()
