// Paints a figure's body on a canvas: its shadow on the mat, what it is compared with, and the body.
import type { Body } from "./body";
import { AT_REST, type BodyAngles, type BodyPoser } from "./body_poser";
import { HEIGHT, INSET, project, UNITS_PER_METRE, WIDTH } from "./camera";
import { paint } from "./painter";
import { CLOTHED, silhouette } from "./palette";
import { dualQuaternions, type Skeleton } from "./skeleton";
import { about, after, turned, type Vec } from "./vectors";

export interface Picture {
  angles: BodyAngles;
  /** The correct movement, drawn behind as an outline. */
  ghost?: BodyAngles | undefined;
  /** Also the hips as seen from the feet, in a round picture. */
  fromFeet?: boolean;
  /** Earlier moments, the oldest first. */
  trail?: readonly BodyAngles[];
}

const WHITE = silhouette(1, 1, 1);
/** The body is painted larger and made smaller, so that its edges are smooth. */
const OVERSAMPLING = 2;

/** What touches the mat: the width and strength of its shadow. */
const SHADOWS: readonly [bone: string, radius: number, dark: number][] = [
  ["pelvis", 0.24, 0.34],
  ["spine04", 0.2, 0.26],
  ["spine01", 0.22, 0.3],
  ["head", 0.16, 0.24],
  ["shank.L", 0.15, 0.26],
  ["shank.R", 0.15, 0.2],
  ["foot.L", 0.13, 0.26],
  ["foot.R", 0.13, 0.2],
  ["toes.L", 0.1, 0.26],
  ["toes.R", 0.1, 0.2],
  ["lowerarm.L", 0.11, 0.3],
  ["lowerarm.R", 0.11, 0.2],
  ["hand.L", 0.12, 0.28],
  ["hand.R", 0.12, 0.2],
];

function paintShadows(context: CanvasRenderingContext2D, skeleton: Skeleton): void {
  const spots: [Vec, number, number][] = SHADOWS.map(([bone, radius, dark]) => [
    skeleton.joint(bone),
    radius,
    dark,
  ]);
  for (const [[x, height, z], radius, dark] of spots) {
    const near = Math.exp(-Math.max(0, height - 0.05) / 0.14);
    const at = project([x, 0, z]);
    const size = radius * (1 + 0.8 * (1 - near)) * UNITS_PER_METRE;
    context.save();
    context.translate(at.x, at.y);
    context.scale(1, 0.2);
    const shade = context.createRadialGradient(0, 0, 0, 0, 0, size);
    shade.addColorStop(0, `rgb(0 0 0 / ${dark * near})`);
    shade.addColorStop(1, "rgb(0 0 0 / 0)");
    context.fillStyle = shade;
    context.fillRect(-size, -size, 2 * size, 2 * size);
    context.restore();
  }
}

let scratch: HTMLCanvasElement | undefined;

/** A pose in one colour. */
function tinted(from: HTMLCanvasElement, width: number, height: number, colour: string) {
  scratch ??= document.createElement("canvas");
  scratch.width = width;
  scratch.height = height;
  const context = scratch.getContext("2d");
  if (!context) return undefined;
  context.drawImage(from, 0, 0, OVERSAMPLING * width, OVERSAMPLING * height, 0, 0, width, height);
  context.globalCompositeOperation = "source-in";
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  return scratch;
}

/** Paints into a canvas whose CSS colour is that of the outlines. */
export function paintFigure(
  canvas: HTMLCanvasElement,
  body: Body,
  poser: BodyPoser,
  picture: Picture,
): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { width, height } = canvas;
  const colour = getComputedStyle(canvas).color;
  const painted = (skeleton: Skeleton, palette = CLOTHED) =>
    paint(body, dualQuaternions(skeleton), palette, OVERSAMPLING * width, OVERSAMPLING * height);
  const skeleton = poser.pose(picture.angles);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.save();
  context.scale(width / WIDTH, height / HEIGHT);
  paintShadows(context, skeleton);
  context.restore();

  const trail = picture.trail ?? [];
  trail.forEach((angles, k) => {
    const from = painted(poser.pose(angles), WHITE);
    const shape = from && tinted(from, width, height, colour);
    if (!shape) return;
    context.globalAlpha = 0.1 + 0.3 * ((k + 1) / trail.length);
    context.drawImage(shape, 0, 0);
    context.globalAlpha = 1;
  });
  const from = painted(skeleton);
  if (from)
    context.drawImage(from, 0, 0, OVERSAMPLING * width, OVERSAMPLING * height, 0, 0, width, height);
  if (picture.ghost) {
    const own = edgeOf(painted(skeleton, WHITE), width, height, colour, 2.4);
    const ghost = edgeOf(painted(poser.pose(picture.ghost), WHITE), width, height, colour, 1.1);
    if (own && ghost) {
      // Only where the two differ.
      const lines = ghost.getContext("2d");
      if (lines) lines.globalCompositeOperation = "destination-out";
      lines?.drawImage(own, 0, 0);
      context.drawImage(ghost, 0, 0);
    }
  }
  if (picture.fromFeet)
    paintInset(context, body, poser.pose({ ...picture.angles, legs: AT_REST.legs }));
}

/** A pose's edge, which lies around it, and with a thick line also inside. */
function edgeOf(
  from: HTMLCanvasElement | undefined,
  width: number,
  height: number,
  colour: string,
  thick: number,
): HTMLCanvasElement | undefined {
  const shape = from && tinted(from, width, height, colour);
  const edge = document.createElement("canvas");
  edge.width = width;
  edge.height = height;
  const lines = edge.getContext("2d");
  if (!shape || !lines) return undefined;
  const out = (thick * width) / WIDTH;
  for (let k = 0; k < 12; k++) {
    const angle = (k * Math.PI) / 6;
    lines.drawImage(shape, out * Math.cos(angle), out * Math.sin(angle));
  }
  lines.globalCompositeOperation = "destination-out";
  lines.drawImage(shape, 0, 0);
  return edge;
}

function paintInset(context: CanvasRenderingContext2D, body: Body, skeleton: Skeleton): void {
  const { width } = context.canvas;
  const scale = (INSET.scale * width) / WIDTH;
  const turn = about([0, 1, 0], -90);
  const [w, h] = [Math.round(scale * WIDTH), Math.round(scale * HEIGHT)];
  const bones = dualQuaternions({
    placements: skeleton.placements.map((each) => ({
      turn: after(turn, each.turn),
      move: turned(turn, each.move),
    })),
  });
  const from = paint(body, bones, CLOTHED, w, h);
  if (!from) return;
  const hips = project([0, INSET.height, 0]);
  const [x, y] = [(INSET.at.x * width) / WIDTH, (INSET.at.y * width) / WIDTH];
  context.save();
  context.beginPath();
  context.arc(x, y, (INSET.radius * width) / WIDTH, 0, 2 * Math.PI);
  context.clip();
  context.drawImage(from, 0, 0, w, h, x - hips.x * scale, y - hips.y * scale, w, h);
  context.restore();
}
