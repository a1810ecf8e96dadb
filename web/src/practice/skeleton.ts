// Draws the skeleton over the picture.

export const NUMBERS_A_POINT = 3;
const SEEN = 0.5;
/** Pairs of BlazePose's landmarks. */
const TRUNK = [
  [11, 12],
  [23, 24],
  [11, 23],
  [12, 24],
] as const;
const LEFT = [
  [11, 13],
  [13, 15],
  [23, 25],
  [25, 27],
  [27, 31],
] as const;
const RIGHT = [
  [12, 14],
  [14, 16],
  [24, 26],
  [26, 28],
  [28, 32],
] as const;
export const DRAWN_JOINTS = [
  0, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28, 31, 32,
] as const;
const COLOURS = { trunk: "#ffffff", left: "#58c4ff", right: "#ffb454" };

interface Point {
  x: number;
  y: number;
  score: number;
}

function pointAt(points: readonly number[], at: number): Point | undefined {
  const [x, y, score] = points.slice(NUMBERS_A_POINT * at, NUMBERS_A_POINT * (at + 1));
  return x === undefined || y === undefined || score === undefined ? undefined : { x, y, score };
}

/** Fits the canvas to its size on the page. @returns a context in CSS pixels. */
function prepared(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const scale = window.devicePixelRatio;
  const width = Math.round(canvas.clientWidth * scale);
  const height = Math.round(canvas.clientHeight * scale);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  context?.setTransform(scale, 0, 0, scale, 0, 0);
  context?.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  return context;
}

/**
 * Draws `points` of FrameDone; nothing if no person is visible. Uncertain joints are drawn faintly.
 * @param bone width of a line, as a share of the canvas's width
 */
export function drawSkeleton(
  canvas: HTMLCanvasElement,
  points: readonly number[],
  bone = 1 / 160,
): void {
  const context = prepared(canvas);
  if (!context || points.length === 0) return;
  const { clientWidth, clientHeight } = canvas;
  const thick = Math.max(2, clientWidth * bone);
  context.lineCap = "round";
  const stroke = (bones: readonly (readonly [number, number])[], colour: string, width: number) => {
    for (const [from, to] of bones) {
      const a = pointAt(points, from);
      const b = pointAt(points, to);
      if (!a || !b) continue;
      context.globalAlpha = Math.min(a.score, b.score) >= SEEN ? 1 : 0.35;
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(a.x * clientWidth, a.y * clientHeight);
      context.lineTo(b.x * clientWidth, b.y * clientHeight);
      context.stroke();
    }
  };
  for (const [colour, width] of [
    ["#10202acc", thick * 2],
    ["", thick],
  ] as const) {
    stroke(TRUNK, colour || COLOURS.trunk, width);
    stroke(LEFT, colour || COLOURS.left, width);
    stroke(RIGHT, colour || COLOURS.right, width);
  }
  context.fillStyle = "#ffffff";
  for (const joint of DRAWN_JOINTS) {
    const point = pointAt(points, joint);
    if (!point) continue;
    context.globalAlpha = point.score >= SEEN ? 1 : 0.35;
    context.beginPath();
    context.arc(point.x * clientWidth, point.y * clientHeight, thick * 0.9, 0, 2 * Math.PI);
    context.fill();
  }
}
