// One network of the file, on one accelerator.
import { Tensor, type CompiledModel, type LiteRt, type SignatureRunner } from "@litertjs/core";
import { elements, type NetShape } from "./shared_tensors";

/** Takes the floats of an output; they are valid during the call only. */
export type Put = (output: number, values: Float32Array) => void;

type Handle = Tensor["liteRtTensorBuffer"];

/** CompiledModel.run is asynchronous; what it calls is not, on the accelerator "wasm". */
interface Compiled {
  liteRtCompiledModel: { run(signature: number, inputs: Handle[]): Handle[] };
}

export class Net implements NetShape {
  readonly name: string;
  readonly inputShape: Int32Array;
  readonly inputFloats: number;
  readonly outputShapes: Int32Array[];
  readonly #liteRt: LiteRt;
  readonly #compiled: Compiled;
  readonly #signature: SignatureRunner;
  readonly #number: number;
  #input: Handle | undefined;

  constructor(liteRt: LiteRt, model: CompiledModel, number: number, signature: SignatureRunner) {
    this.#liteRt = liteRt;
    this.#compiled = model as unknown as Compiled;
    this.#signature = signature;
    this.#number = number;
    this.name = signature.key;
    const [input] = signature.getInputDetails();
    if (!input) throw new Error(`${this.name} has no input`);
    this.inputShape = input.shape;
    this.inputFloats = elements(input.shape);
    this.outputShapes = signature.getOutputDetails().map(({ shape }) => shape);
  }

  /** Runs on the accelerator "wasm". */
  run(input: Float32Array, put: Put): void {
    const { liteRtWasm } = this.#liteRt;
    const { READ, WRITE } = liteRtWasm.LiteRtTensorBufferLockMode;
    const into = (this.#input ??= new Tensor(input, this.inputShape).liteRtTensorBuffer);
    const floats = (buffer: Handle, mode: typeof READ | typeof WRITE) =>
      new Float32Array(liteRtWasm.HEAPU8.buffer, buffer.lock(mode), buffer.packedSize() / 4);
    floats(into, WRITE).set(input);
    into.unlock();
    this.#compiled.liteRtCompiledModel.run(this.#number, [into]).forEach((buffer, output) => {
      put(output, floats(buffer, READ));
      buffer.unlock();
      buffer.delete();
    });
  }

  /** Runs on any accelerator. */
  async runWaiting(input: Float32Array, put: Put): Promise<void> {
    const tensor = new Tensor(input.slice(), this.inputShape);
    const outputs = await this.#signature.run([tensor]);
    tensor.delete();
    for (const [output, result] of outputs.entries()) {
      put(output, (await result.data()) as Float32Array);
      result.delete();
    }
  }
}
