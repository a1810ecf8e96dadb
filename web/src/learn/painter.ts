// Who paints the body: the graphics processor, or where there is none a plainer painter.
import { type Body, PARTS } from "./body";
import { flatPainter } from "./flat_painter";
import { glPainter } from "./gl_painter";
import type { BodyPainter } from "./palette";

let painters: { body: Body; gl: BodyPainter | undefined; flat: BodyPainter } | undefined;

/** Paints with the page's one painter. */
export function paint(body: Body, ...args: Parameters<BodyPainter>): HTMLCanvasElement | undefined {
  if (painters?.body !== body)
    painters = { body, gl: glPainter(body, PARTS.length), flat: flatPainter(body) };
  return painters.gl?.(...args) ?? painters.flat(...args);
}
