"""Changes to clips as caused by phones, rooms and other people: ffmpeg filters, and where the body is afterwards.

A pasted figure is placed beside the clip's own body, whose position and length come from the poses of the
unchanged clip.
"""

import dataclasses
import math
import pathlib
import subprocess

FIGURES = pathlib.Path(__file__).resolve().parent.parent / "data/people"
BLACK_S, WALK_S = 2.0, 4.0
# How far down the picture the head and the knees or feet of the figures in tests/data/people are.
FIGURE_TOP, FIGURE_FLOOR = 0.05, 0.95
# Heights of figures, relative to the body's length from nose to ankles.
KNEELING, STANDING = 0.75, 1.1
WIDE = (1920, 1080)
WIDE_BODY = 1 / 8  # Of the wide picture's width.


@dataclasses.dataclass
class Clip:
    """A clip, and the body that the program finds in the unchanged clip."""

    path: pathlib.Path
    other: pathlib.Path  # Another clip, for someone else.
    width: int
    height: int
    length_s: float
    nose: tuple  # Medians over the clip, pixels.
    ankles: tuple
    floor_y: float

    @property
    def body_px(self):
        return math.dist(self.nose, self.ankles)

    @property
    def head_is_left(self):
        return self.nose[0] < self.ankles[0]

    @property
    def black(self):
        """Start and end of the black part, seconds."""
        return self.length_s / 2, self.length_s / 2 + BLACK_S


@dataclasses.dataclass
class Change:
    """ffmpeg's further inputs and filter graph, and the places at which a point of the unchanged clip may be
    reported: several until a rotated recording is recognised as one."""

    graph: str
    inputs: tuple = ()
    places: tuple = (lambda p: p,)


def even(number):
    return 2 * round(number / 2)


def scaled(by):
    return lambda p: (p[0] * by, p[1] * by)


def moved(x, y):
    return lambda p: (p[0] + x, p[1] + y)


def same(clip):
    return Change("null")


def quarter_right(clip):
    return Change("transpose=1", places=(lambda p: p, lambda p: (clip.height - p[1], p[0])))


def half_turn(clip):
    return Change("hflip,vflip", places=(lambda p: p, lambda p: (clip.width - p[0], clip.height - p[1])))


def quarter_left(clip):
    return Change("transpose=2", places=(lambda p: p, lambda p: (p[1], clip.width - p[0])))


def half_size(clip):
    width, height = even(clip.width / 2), even(clip.height / 2)
    return Change(f"scale={width}:{height}", places=(scaled(0.5),))


def double_size(clip):
    return Change("scale=iw*2:ih*2", places=(scaled(2.0),))


def dark(clip):
    return Change("lutyuv=y=16+(val-16)/3:u=128+(val-128)/3:v=128+(val-128)/3")


def black(clip):
    start, end = clip.black
    return Change(f"drawbox=c=black:t=fill:enable='between(t,{start},{end})'")


def widened(left, right):
    """Beginning of a graph that widens the picture by repeating its edges."""
    if not left and not right:
        return "[0]null"
    return f"[0]pad=iw+{left + right}:ih:{left}:0,fillborders=left={left}:right={right}:mode=smear"


def with_figure(clip, figure, height, at_left, looks_right, when="1", slide=None):
    """A figure at one end of the body, just touching it. The picture is widened where there is no room;
    with `slide` the figure moves from right to left instead, as an expression of time."""
    side = even(height * clip.body_px / (FIGURE_FLOOR - FIGURE_TOP))
    end = min(clip.nose[0], clip.ankles[0]) if at_left else max(clip.nose[0], clip.ankles[0])
    beyond = 0.28 * clip.body_px
    middle = end - beyond if at_left else end + beyond
    left = even(max(0.0, 0.3 * side - middle)) if slide is None else 0
    right = even(max(0.0, middle + 0.3 * side - clip.width)) if slide is None else 0
    x = slide or f"{middle + left - side / 2:.0f}"
    y = clip.floor_y - FIGURE_FLOOR * side
    turn = ",hflip" if looks_right else ""
    graph = (
        f"{widened(left, right)}[wide];[1]scale={side}:{side}{turn}[figure];"
        f"[wide][figure]overlay=x='{x}':y={y:.0f}:enable='{when}'"
    )
    return Change(graph, ("-i", str(FIGURES / figure)), (moved(left, 0),))


def kneeling_at_the_head(clip):
    left = clip.head_is_left
    return with_figure(clip, "kneeling.png", KNEELING, left, left)


def kneeling_at_the_feet(clip):
    left = not clip.head_is_left
    return with_figure(clip, "on_the_heels.png", KNEELING, left, left)


def comes_and_kneels(clip):
    left = clip.head_is_left
    return with_figure(clip, "kneeling.png", KNEELING, left, left, f"gte(t,{clip.length_s / 3:.2f})")


def walks_past(clip):
    """In front of the body, across the picture, from a third of the clip on."""
    start = clip.length_s / 3
    slide = f"W-(t-{start:.2f})*(W+w)/{WALK_S}"
    return with_figure(clip, "walking.png", STANDING, False, False, slide=slide)


def upright_beside(clip):
    """The other clip's picture, rotated so that its person stands, to the right of the clip's own."""
    width = even(clip.height * 9 / 16)
    graph = (
        f"[0]pad=iw+{width}:ih:0:0[wide];[1]transpose=1,scale={width}:{clip.height}[up];"
        "[wide][up]overlay=W-w:0:shortest=1"
    )
    return Change(graph, ("-stream_loop", "-1", "-i", str(clip.other)))


def small_in_a_wide_picture(clip):
    """Far away in a room: the clip's left edge, stretched, is the wall and the floor around it."""
    width, height = WIDE
    by = WIDE_BODY * width / clip.body_px
    own_width, own_height = even(clip.width * by), even(clip.height * by)
    x, y = even(0.15 * (width - own_width)), even(0.8 * (height - own_height))
    graph = (
        f"scale={own_width}:{own_height},split[own][edge];[edge]crop=2:ih:0:0,scale={width}:{height}[room];"
        f"[room][own]overlay={x}:{y}"
    )
    return Change(graph, places=(lambda p: (p[0] * by + x, p[1] * by + y),))


CHANGES = {
    "no change": same,
    "rotated by 90": quarter_right,
    "rotated by 180": half_turn,
    "rotated by 270": quarter_left,
    "half the size": half_size,
    "double the size": double_size,
    "a third of the brightness": dark,
    "black for 2 s": black,
    "someone standing beside the mat": upright_beside,
    "a helper kneels at the head": kneeling_at_the_head,
    "a helper kneels at the feet": kneeling_at_the_feet,
    "a helper arrives and kneels": comes_and_kneels,
    "someone walks past in front": walks_past,
    "small in a wide picture": small_in_a_wide_picture,
}


def hidden(clip, name):
    """Start and end of the time in which a change hides the body, or None."""
    if CHANGES[name] is black:
        return clip.black
    if CHANGES[name] is walks_past:
        return clip.length_s / 3, clip.length_s / 3 + WALK_S
    return None


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.strip()[-300:]}")
    return done.stdout


def make(clip, change, target):
    """Writes the changed clip, encoded almost without loss."""
    run("ffmpeg", "-v", "error", "-y", "-i", clip.path, *change.inputs, "-filter_complex", change.graph, "-an",
        "-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-pix_fmt", "yuv420p", target)
