// The body that the figures are drawn from: public/body.bin, made by tools/learn_body from CC0 data.
import type { Vec } from "./vectors";

export const PARTS = ["skin", "top", "leggings", "hair", "eyes"] as const;
export type Part = (typeof PARTS)[number];

export interface Bone {
  name: string;
  /** -1 for the pelvis, whose children follow it. */
  parent: number;
  /** Where it turns, standing, in metres: x to the body's left, y up, z ahead. */
  head: Vec;
  tail: Vec;
}

const WEIGHTS_PER_VERTEX = 4;

export interface Body {
  bones: readonly Bone[];
  /** Three numbers for each vertex, standing. */
  places: Float32Array;
  normals: Int8Array;
  /** Four bones for each vertex, and their weights, which sum to 255. */
  boneNumbers: Uint8Array;
  weights: Uint8Array;
  /** Each vertex's index in PARTS. */
  parts: Uint8Array;
  triangles: Uint16Array;
}

interface Header {
  vertices: number;
  triangles: number;
  low: [number, number, number];
  high: [number, number, number];
  parts: [string, number][];
  bones: Bone[];
}

export function decodeBody(file: ArrayBuffer): Body {
  const magic = new TextDecoder().decode(new Uint8Array(file, 0, 4));
  if (magic !== "MSB1") throw new Error("this isn't a body");
  const headerLength = new DataView(file).getUint32(4, true);
  const text = new TextDecoder().decode(new Uint8Array(file, 8, headerLength));
  const header = JSON.parse(text) as Header;
  const count = header.vertices;
  let offset = 8 + headerLength;
  const bytes = (length: number) => new Uint8Array(file, (offset += length) - length, length);
  /** Each number is stored as its difference from the one before. */
  const sums = (length: number) => {
    const view = new DataView(file, offset);
    offset += 2 * length;
    const out = new Uint16Array(length);
    let sum = 0;
    for (let k = 0; k < length; k++) out[k] = sum = (sum + view.getUint16(2 * k, true)) & 0xffff;
    return out;
  };
  const places = new Float32Array(3 * count);
  for (const axis of [0, 1, 2] as const) {
    const [low, high] = [header.low[axis], header.high[axis]];
    sums(count).forEach((each, k) => (places[3 * k + axis] = low + ((high - low) * each) / 65535));
  }
  const triangles = sums(3 * header.triangles);
  const normals = new Int8Array(3 * count);
  for (const axis of [0, 1, 2]) {
    new Int8Array(bytes(count)).forEach((each, k) => (normals[3 * k + axis] = each));
  }
  const boneNumbers = new Uint8Array(WEIGHTS_PER_VERTEX * count);
  const weights = new Uint8Array(WEIGHTS_PER_VERTEX * count);
  for (let each = 0; each < WEIGHTS_PER_VERTEX; each++) {
    for (const list of [boneNumbers, weights]) {
      bytes(count).forEach((value, k) => (list[WEIGHTS_PER_VERTEX * k + each] = value));
    }
  }
  const parts = new Uint8Array(header.parts.flatMap(([, size], k) => Array<number>(size).fill(k)));
  return { bones: header.bones, places, normals, boneNumbers, weights, parts, triangles };
}

let loading: Promise<Body> | undefined;

/** The body, loaded once; a load that failed can be tried again. */
export function loadBody(): Promise<Body> {
  loading ??= fetch("body.bin")
    .then(async (answer) => {
      if (!answer.ok) throw new Error(`body.bin: ${answer.status}`);
      return decodeBody(await answer.arrayBuffer());
    })
    .catch((problem: unknown) => {
      loading = undefined;
      throw problem;
    });
  return loading;
}
