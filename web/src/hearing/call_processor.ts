// The detector on the browser's audio thread. Samples stay there: only the moments of calls leave it.
import { CallDetector } from "./call_detector";

// TypeScript's DOM library does not describe the scope of audio worklets.
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(
  name: string,
  processor: new () => AudioWorkletProcessor & { process(inputs: Float32Array[][]): boolean },
): void;

const SILENCE = new Float32Array(128);

class CallProcessor extends AudioWorkletProcessor {
  readonly #detector = new CallDetector(sampleRate);

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<{ browserSpeaks: boolean }>) => {
      this.#detector.browserSpeaks = data.browserSpeaks;
    };
  }

  /** Inputs: the microphone, and what the page plays (without channels while it plays nothing). */
  process([microphone, output]: Float32Array[][]): boolean {
    const call = this.#detector.push(microphone?.[0] ?? SILENCE, output?.[0]);
    if (call) this.port.postMessage(call);
    return true;
  }
}

registerProcessor("call-detector", CallProcessor);
