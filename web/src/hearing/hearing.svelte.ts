// Listens for calls during a practice. Nothing that the microphone hears is kept or sent.
import type { Call } from "./call_detector";
import processorUrl from "./call_processor.ts?worker&url";
import { closeMicrophone, microphoneAdvice, openMicrophone } from "./microphone";

/** Where the page plays its sounds: the detector must know what is the page's own. */
export interface PageOutput {
  readonly context: AudioContext;
  /** Everything that the page plays passes it. */
  readonly mixer: AudioNode;
}

export interface CallListener {
  called(call: Call): void;
  /** The microphone was disconnected while it was in use. */
  lost(): void;
}

export class Hearing {
  listening = $state(false);
  /** Why it can't listen, and what to do; "" if it can. */
  failure = $state("");
  #stream: MediaStream | undefined;
  #node: AudioWorkletNode | undefined;
  #disconnect: (() => void) | undefined;
  #attempt = 0;

  /** Opens the microphone and listens until `stop`. Failures are in `failure`; the practice continues without. */
  async start(output: PageOutput, listener: CallListener): Promise<void> {
    this.stop();
    const attempt = ++this.#attempt;
    this.failure = "";
    let stream: MediaStream | undefined;
    try {
      stream = await openMicrophone();
      await output.context.audioWorklet.addModule(processorUrl);
      if (attempt !== this.#attempt) return closeMicrophone(stream);
      this.#connect(stream, output, listener);
    } catch (failure) {
      closeMicrophone(stream);
      if (attempt === this.#attempt) this.failure = microphoneAdvice(failure);
    }
  }

  /** Closes the microphone. */
  stop(): void {
    this.#attempt++;
    this.listening = false;
    this.#disconnect?.();
    this.#disconnect = undefined;
    this.#node = undefined;
    closeMicrophone(this.#stream);
    this.#stream = undefined;
  }

  /** The browser's own voice begins or ends: the page has no samples of it. */
  browserSpeaks(speaks: boolean): void {
    this.#node?.port.postMessage({ browserSpeaks: speaks });
  }

  #connect(stream: MediaStream, { context, mixer }: PageOutput, listener: CallListener): void {
    const microphone = context.createMediaStreamSource(stream);
    const node = new AudioWorkletNode(context, "call-detector", {
      numberOfInputs: 2,
      channelCount: 1,
      channelCountMode: "explicit",
    });
    node.port.onmessage = ({ data }: MessageEvent<Call>) => listener.called(data);
    microphone.connect(node, 0, 0);
    mixer.connect(node, 0, 1);
    // Its output is silent; browsers run only what leads to the loudspeaker.
    node.connect(context.destination);
    for (const track of stream.getAudioTracks())
      track.addEventListener("ended", () => {
        if (this.#stream !== stream) return;
        this.stop();
        this.failure = "The microphone was disconnected. Press any key to stop.";
        listener.lost();
      });
    this.#stream = stream;
    this.#node = node;
    this.#disconnect = () => {
      microphone.disconnect();
      mixer.disconnect(node);
      node.disconnect();
    };
    this.listening = true;
  }
}
