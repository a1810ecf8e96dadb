// The input and the outputs of a network in memory that two Workers share.

/** What a network reads and writes, in floats. */
export interface NetShape {
  readonly name: string;
  readonly inputShape: Int32Array;
  readonly inputFloats: number;
  readonly outputShapes: readonly Int32Array[];
}

/** What `state` holds. */
export const DONE = 0;
export const RUNNING = 1;
export const FAILED = 2;

const FLOAT_BYTES = 4;
const STATE_BYTES = 8;

export const elements = (shape: Int32Array) => shape.reduce((product, size) => product * size, 1);

export class SharedTensors {
  /** To be read and written with Atomics. */
  readonly state: Int32Array;
  readonly input: Float32Array;
  readonly outputs: readonly Float32Array[];

  constructor(memory: SharedArrayBuffer, { inputFloats, outputShapes }: NetShape) {
    this.state = new Int32Array(memory, 0, 1);
    let at = STATE_BYTES;
    const next = (floats: number) => {
      const view = new Float32Array(memory, at, floats);
      at += floats * FLOAT_BYTES;
      return view;
    };
    this.input = next(inputFloats);
    this.outputs = outputShapes.map((shape) => next(elements(shape)));
  }

  static memoryFor({ inputFloats, outputShapes }: NetShape): SharedArrayBuffer {
    const outputs = outputShapes.reduce((sum, shape) => sum + elements(shape), 0);
    return new SharedArrayBuffer(STATE_BYTES + FLOAT_BYTES * (inputFloats + outputs));
  }
}
