"""Three hundred recordings for batches: short cuts of the project's clips, each changed in another way, and twenty that
are broken in ten ways."""

import concurrent.futures
import os
import random
import subprocess

GOOD, BROKEN_EACH = 280, 2
LENGTHS_S = (2.0, 3.0, 4.0)
HEIGHT_PX = 360


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, arguments)], check=True)


def length_of(clip):
    probe = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(clip)]
    return float(subprocess.run(probe, check=True, capture_output=True, text=True).stdout)


def changes(random_):
    """A filter graph: nearer or farther, mirrored, lighter or darker, other colours, blurred, noisy."""
    yield f"scale=-2:{2 * (round(HEIGHT_PX * random_.uniform(0.8, 1.2)) // 2)}"
    if random_.random() < 0.5:
        yield "hflip"
    yield (f"eq=brightness={random_.uniform(-0.08, 0.08):.3f}:contrast={random_.uniform(0.8, 1.2):.3f}"
           f":saturation={random_.uniform(0.5, 1.5):.3f}")
    if random_.random() < 0.3:
        yield f"gblur=sigma={random_.uniform(0.4, 1.2):.2f}"
    if random_.random() < 0.3:
        yield f"noise=alls={random_.randint(2, 12)}:allf=t:all_seed={random_.randint(1, 9999)}"


def make_good(clips, lengths, number, target):
    random_ = random.Random(number)
    clip = clips[number % len(clips)]
    length_s = random_.choice(LENGTHS_S)
    start_s = random_.uniform(0.0, max(0.0, lengths[clip] - length_s))
    ffmpeg("-ss", f"{start_s:.3f}", "-i", clip, "-t", length_s, "-an", "-vf", ",".join(changes(random_)),
           "-c:v", "libx264", "-preset", "ultrafast", "-crf", 20, "-pix_fmt", "yuv420p", "-threads", 1, target)


def empty(path, clip, random_):
    path.with_suffix(".mp4").write_bytes(b"")


def without_index(path, clip, random_):
    path.with_suffix(".mp4").write_bytes(clip.read_bytes().replace(b"moov", b"gone"))


def cut_off(path, clip, random_):
    path.with_suffix(".mp4").write_bytes(clip.read_bytes()[:random_.randint(100, 700)])


def noise(path, clip, random_):
    path.with_suffix(".mp4").write_bytes(random_.randbytes(40_000))


def text(path, clip, random_):
    path.with_suffix(".mp4").write_text(f"Recording {random_.random()} was moved.\n" * 50)


def sound_only(path, clip, random_):
    ffmpeg("-f", "lavfi", "-i", f"sine=frequency={random_.randint(200, 900)}:duration=1", "-c:a", "aac",
           path.with_suffix(".mp4"))


def half_of_json(path, clip, random_):
    path.with_suffix(".json").write_text(f'{{"schema": "matside.analysis/1", "complete": {random_.randint(1, 9)}')


def words_for_numbers(path, clip, random_):
    path.with_suffix(".csv").write_text(f"frame,time_s,nose_x\n0,{random_.random()},left\n")


def header_alone(path, clip, random_):
    path.with_suffix(".trc").write_text(f"PathFileType\t4\t(X/Y/Z)\t{random_.random()}.trc\nDataRate\tCameraRate\n")


def link_to_nothing(path, clip, random_):
    path.with_suffix(".mp4").symlink_to(f"deleted_{random_.randint(1, 9999)}.mp4")


BREAKS = [empty, without_index, cut_off, noise, text, sound_only, half_of_json, words_for_numbers, header_alone,
          link_to_nothing]


def make(clips, folder):
    """Makes the recordings in `folder`; always the same ones. Returns the names of the broken ones."""
    folder.mkdir(parents=True)
    lengths = {clip: length_of(clip) for clip in clips}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda n: make_good(clips, lengths, n, folder / f"clip_{n:03}.mp4"), range(GOOD)))
    for n, break_it in enumerate(BREAKS):
        for copy in range(BROKEN_EACH):
            target = folder / f"broken_{break_it.__name__}_{copy}"
            break_it(target, clips[n % len(clips)], random.Random(1000 + 10 * n + copy))
    return sorted(path.name for path in folder.glob("broken_*"))
