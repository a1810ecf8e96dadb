// The colours of the body, and what a painter of it is.
import { type Part, PARTS } from "./body";

export interface Palette {
  /** Red, green and blue of each part, 0 to 1. */
  colours: Float32Array;
  /** One colour without light: a silhouette. */
  flat: boolean;
}

/**
 * Paints the body, posed by its bones' dual quaternions, into the top left corner of a canvas of its own, which holds the
 * picture until the next one. Nothing when it can't paint any more.
 */
export type BodyPainter = (
  bones: Float32Array,
  palette: Palette,
  width: number,
  height: number,
) => HTMLCanvasElement | undefined;

const COLOURS: Readonly<Record<Part, readonly [number, number, number]>> = {
  skin: [0.8, 0.57, 0.44],
  top: [0.86, 0.45, 0.29],
  leggings: [0.2, 0.35, 0.42],
  hair: [0.24, 0.16, 0.13],
  eyes: [0.22, 0.17, 0.15],
};

export const CLOTHED: Palette = {
  colours: Float32Array.from(PARTS.flatMap((part) => [...COLOURS[part]])),
  flat: false,
};

export function silhouette(red: number, green: number, blue: number): Palette {
  return { colours: Float32Array.from(PARTS.flatMap(() => [red, green, blue])), flat: true };
}
