"""Makes crops and labels from clips with known joints, in the format of render_bodies:

    crops_of_clips.py CLIPS_DIR PREFIX [--match 'varied_*'] [--every N]

Takes every N-th frame (7) and the frame at the top of each kick, in the region of a perfect tracker.
"""
import argparse
import csv
import fnmatch
import gzip
import json
import pathlib
import subprocess

import numpy

from render_second_set import sample, write


def frames_of(path, width, height):
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24",
                          "-"], check=True, stdout=subprocess.PIPE).stdout
    return numpy.frombuffer(raw, numpy.uint8).reshape(-1, height, width, 3)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clips")
    parser.add_argument("out")
    parser.add_argument("--match", default="*")
    parser.add_argument("--every", type=int, default=7)
    args = parser.parse_args()
    images, labels = [], []
    for number, path in enumerate(sorted(pathlib.Path(args.clips).glob("*.truth.json"))):
        name = path.name.removesuffix(".truth.json")
        if not fnmatch.fnmatch(name, args.match):
            continue
        truth = json.loads(path.read_text(encoding="utf-8"))
        with gzip.open(path.with_name(name + ".truth.csv.gz"), "rt", encoding="utf-8") as file:
            rows = [{key: float(value) for key, value in row.items()}
                    for row in csv.DictReader(file)]
        time = numpy.array([row["t"] for row in rows])
        chosen = set(range(0, len(rows), args.every))
        chosen |= {int(numpy.argmin(numpy.abs(time - beat["t"])))
                   for repetition in truth["repetitions"] for beat in repetition["beats"]}
        frames = frames_of(path.with_name(name + ".mp4"), truth["width"], truth["height"])
        for index in sorted(chosen):
            crop, values = sample(None, frames[index], rows[index], truth["camera"], number)
            images.append(crop)
            labels.append(values)
    write(args.out, images, labels, generator="crops_of_clips.py", match=args.match)
    print(len(images), "crops")


if __name__ == "__main__":
    main()
