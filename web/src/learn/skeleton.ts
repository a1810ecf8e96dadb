// Bones turned about their joints, and the skin that follows them.
import type { Body } from "./body";
import { add, after, back, minus, STILL, type Turn, turned, type Vec } from "./vectors";

/** Takes a point of the standing body to where it is now: turned, then moved. */
export interface Placement {
  turn: Turn;
  move: Vec;
}

export class Skeleton {
  readonly placements: Placement[] = [];
  readonly #numbers: Map<string, number>;
  readonly #body: Body;

  /** The turn of a bone in the world, from its parent's turn. */
  constructor(
    body: Body,
    root: Placement,
    turnOf: (name: string, before: Turn, skeleton: Skeleton) => Turn,
  ) {
    this.#body = body;
    this.#numbers = new Map(body.bones.map(({ name }, k) => [name, k]));
    for (const { name, parent, head } of body.bones) {
      const above = this.placements[parent] ?? root;
      const place = add(turned(above.turn, head), above.move);
      const turn = parent < 0 ? root.turn : turnOf(name, above.turn, this);
      this.placements.push({ turn, move: minus(place, turned(turn, head)) });
    }
  }

  #numberOf(name: string): number {
    const number = this.#numbers.get(name);
    if (number === undefined) throw new Error(`no bone ${name}`);
    return number;
  }

  placement(bone: string): Placement {
    return this.placements[this.#numberOf(bone)] ?? { turn: STILL, move: [0, 0, 0] };
  }

  /** Where a point of the standing body is when it follows a bone. */
  apply(bone: string, standing: Vec): Vec {
    const { turn, move } = this.placement(bone);
    return add(turned(turn, standing), move);
  }

  /** Where a bone turns, which its parent decides. */
  joint(bone: string): Vec {
    const { head, parent } = this.#body.bones[this.#numberOf(bone)] ?? {
      head: [0, 0, 0],
      parent: -1,
    };
    const above = this.placements[parent] ?? this.placements[0];
    return above ? add(turned(above.turn, head), above.move) : head;
  }
}

/**
 * Each bone's placement as a dual quaternion: eight numbers a bone. Skin blended from these keeps its thickness at a bent
 * knee, which blended matrices would flatten (Kavan and others 2007).
 */
export function dualQuaternions({ placements }: Pick<Skeleton, "placements">): Float32Array {
  const out = new Float32Array(8 * placements.length);
  placements.forEach(({ turn, move }, k) => {
    const half = after([move[0] / 2, move[1] / 2, move[2] / 2, 0], turn);
    out.set([...turn, ...half], 8 * k);
  });
  return out;
}

/** Where a vertex of the skin is, and its normal. The figures' vertex shader does the same. */
export function skinned(
  body: Body,
  bones: Float32Array,
  vertex: number,
): { place: Vec; normal: Vec } {
  const sum = [0, 0, 0, 0, 0, 0, 0, 0];
  const first = 8 * (body.boneNumbers[4 * vertex] ?? 0);
  for (let k = 4 * vertex; k < 4 * vertex + 4; k++) {
    let weight = (body.weights[k] ?? 0) / 255;
    if (weight === 0) continue;
    const bone = 8 * (body.boneNumbers[k] ?? 0);
    let along = 0;
    for (let axis = 0; axis < 4; axis++)
      along += (bones[bone + axis] ?? 0) * (bones[first + axis] ?? 0);
    if (along < 0) weight = -weight;
    for (let axis = 0; axis < 8; axis++)
      sum[axis] = (sum[axis] ?? 0) + weight * (bones[bone + axis] ?? 0);
  }
  const [rx = 0, ry = 0, rz = 0, rw = 1, dx = 0, dy = 0, dz = 0, dw = 0] = sum;
  const size = Math.sqrt(rx * rx + ry * ry + rz * rz + rw * rw);
  const turn: Turn = [rx / size, ry / size, rz / size, rw / size];
  const moved = after([dx / size, dy / size, dz / size, dw / size], back(turn));
  const at = (list: Float32Array | Int8Array): Vec => [
    list[3 * vertex] ?? 0,
    list[3 * vertex + 1] ?? 0,
    list[3 * vertex + 2] ?? 0,
  ];
  return {
    place: add(turned(turn, at(body.places)), [2 * moved[0], 2 * moved[1], 2 * moved[2]]),
    normal: turned(turn, at(body.normals)),
  };
}

/** The vertices that mostly follow one of these bones. */
export function verticesOf(body: Body, bones: readonly string[]): number[] {
  const numbers = bones.map((bone) => body.bones.findIndex(({ name }) => name === bone));
  return Array.from(body.parts.keys()).filter((vertex) =>
    numbers.includes(body.boneNumbers[4 * vertex] ?? -1),
  );
}

/** Height of the lowest of these vertices. */
export function lowest(body: Body, skeleton: Skeleton, vertices: readonly number[]): number {
  const moved = dualQuaternions(skeleton);
  let low = Infinity;
  for (const vertex of vertices) low = Math.min(low, skinned(body, moved, vertex).place[1]);
  return low;
}
