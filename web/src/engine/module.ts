// Matside's program as a WebAssembly module: src/bindings/web.
import type { Colours } from "../picture/colours";
import type { Pixels } from "../picture/pixels";
import type { VideoFile } from "../recording/video_file";

export interface ModuleHost {
  /** A message of the practice, as JSON. */
  send(text: string): void;
  /** The practice is over. */
  close(): void;
  respond(response: ModuleResponse): void;
}

export interface ModuleResponse {
  status: number;
  type: string;
  body: Uint8Array<ArrayBuffer>;
  fileName: string;
}

/** As matside_recorded_picture() explains them. */
type PictureArguments = [
  format: number,
  bytes: number,
  width: number,
  height: number,
  matrix: number,
  fullRange: number,
];

/** A picture in the module's memory. */
export type HeldPicture = Readonly<PictureArguments>;

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  matside_allocate(bytes: number): number;
  matside_release(at: number): void;
  matside_start(clips: number, bytes: number): number;
  matside_error(): number;
  matside_request(
    post: number,
    target: number,
    targetBytes: number,
    token: number,
    tokenBytes: number,
    body: number,
    bodyBytes: number,
  ): void;
  matside_open_link(): void;
  matside_close_link(): void;
  matside_message(text: number, bytes: number): void;
  matside_frame_ahead: (...values: PictureArguments) => void;
  matside_frame: (...values: [...PictureArguments, index: number, time_s: number]) => void;
  matside_set_report_parts(
    page: number,
    pageBytes: number,
    sources: number,
    sourcesBytes: number,
  ): number;
  matside_open_recording(
    level: number,
    quarterTurns: number,
    mirrored: number,
    aspectWidth: number,
    aspectHeight: number,
  ): number;
  matside_recorded_date(text: number, bytes: number): void;
  matside_recorded_bytes(at: number, bytes: number): void;
  matside_recorded_picture_ahead: (...values: [...PictureArguments, timestamp_s: number]) => void;
  matside_recorded_picture: (...values: [...PictureArguments, timestamp_s: number]) => number;
  matside_finish_recording(truncated: number): void;
  matside_close_recording(): void;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The module has no more memory, or has ended because of a mistake of its own; load it again. */
export class ModuleFailed extends Error {}

/** Whether the module can wait for a promise of an imported function: for the GPU. */
export const CAN_WAIT = "Suspending" in WebAssembly && "promising" in WebAssembly;

/** An exported function that runs networks. */
type Waiting<F extends (...values: number[]) => unknown> = (
  ...values: Parameters<F>
) => ReturnType<F> | Promise<ReturnType<F>>;

function waiting<F extends (...values: number[]) => unknown>(exported: F): Waiting<F> {
  return (CAN_WAIT ? WebAssembly.promising(exported) : exported) as Waiting<F>;
}

export class EngineModule {
  readonly #exports: Exports;
  readonly #frame: Waiting<Exports["matside_frame"]>;
  readonly #recordedPicture: Waiting<Exports["matside_recorded_picture"]>;
  /** Parts of the analysis's line, until it is complete. */
  readonly #analysis: string[];

  private constructor(exports: Exports, analysis: string[]) {
    this.#exports = exports;
    this.#analysis = analysis;
    this.#frame = waiting(exports.matside_frame);
    this.#recordedPicture = waiting(exports.matside_recorded_picture);
  }

  /**
   * Throws what WebAssembly.instantiate throws.
   * @param imports what the module needs besides the host: its networks and its files
   */
  static async load(
    compiled: WebAssembly.Module,
    host: ModuleHost,
    imports: (memory: () => WebAssembly.Memory) => WebAssembly.Imports,
  ): Promise<EngineModule> {
    const loaded: { exports?: Exports } = {};
    const memory = () => {
      if (!loaded.exports) throw new ModuleFailed("the module is not loaded yet");
      return loaded.exports.memory;
    };
    // A copy: the module's memory may move.
    const bytes = (at: number, length: number) =>
      new Uint8Array(memory().buffer, at, length).slice();
    const text = (at: number, length: number) => decoder.decode(bytes(at, length));
    const analysis: string[] = [];
    const other = imports(memory);
    const instance = await WebAssembly.instantiate(compiled, {
      ...other,
      matside: {
        ...other.matside,
        send: (at: number, length: number) => host.send(text(at, length)),
        close: () => host.close(),
        analysis: (at: number, length: number) => analysis.push(text(at, length)),
        respond: (
          status: number,
          typeAt: number,
          typeLength: number,
          bodyAt: number,
          bodyLength: number,
          nameAt: number,
          nameLength: number,
        ) =>
          host.respond({
            status,
            type: text(typeAt, typeLength),
            body: bytes(bodyAt, bodyLength),
            fileName: text(nameAt, nameLength),
          }),
        now_ms: () => Date.now(),
        utc_offset_min: () => -new Date().getTimezoneOffset(),
      },
    });
    const exports = instance.exports as unknown as Exports;
    loaded.exports = exports;
    exports._initialize();
    return new EngineModule(exports, analysis);
  }

  /** Call it first. Throws ModuleFailed with a sentence for the person. */
  start(clips: string): void {
    const started = this.#with(clips, (at, length) => this.#exports.matside_start(at, length));
    if (started === 0) throw new ModuleFailed(this.#error());
  }

  /** The response comes to the host before this returns. */
  request(post: boolean, target: string, token: string, body: Uint8Array): void {
    this.#with(target, (targetAt, targetLength) =>
      this.#with(token, (tokenAt, tokenLength) =>
        this.#with(body, (bodyAt, bodyLength) =>
          this.#exports.matside_request(
            post ? 1 : 0,
            targetAt,
            targetLength,
            tokenAt,
            tokenLength,
            bodyAt,
            bodyLength,
          ),
        ),
      ),
    );
  }

  /** The next message is its hello. */
  openLink(): void {
    this.#exports.matside_open_link();
  }

  closeLink(): void {
    this.#exports.matside_close_link();
  }

  /** The answers come to the host before this returns. */
  message(json: string): void {
    this.#with(json, (at, length) => this.#exports.matside_message(at, length));
  }

  /** Copies a picture into the module's memory, where frame() or recordedPicture() frees it. */
  hold({ format, bytes, width, height }: Pixels, { matrix, fullRange }: Colours): HeldPicture {
    return [format, this.#put(bytes), width, height, matrix, fullRange ? 1 : 0];
  }

  /** Begins to look at a picture that frame() takes later: the next, or the one after the last of these. */
  frameAhead(picture: HeldPicture): void {
    this.#exports.matside_frame_ahead(...picture);
  }

  /** As message(); waits for the networks, which may be on the GPU. */
  async frame(picture: HeldPicture, index: number, time_s: number): Promise<void> {
    try {
      await this.#frame(...picture, index, time_s);
    } finally {
      this.#free(picture);
    }
  }

  /** Call it before the first report is asked for. Throws ModuleFailed if the page is not one of reports. */
  setReportParts(page: string, sources: string): void {
    const set = this.#with(page, (pageAt, pageLength) =>
      this.#with(sources, (at, length) =>
        this.#exports.matside_set_report_parts(pageAt, pageLength, at, length),
      ),
    );
    if (set === 0) throw new ModuleFailed(this.#error());
  }

  /** Begins the analysis of a video, which ends one that runs. Throws ModuleFailed. */
  openRecording(level: number, { quarterTurns, mirrored, aspect, recorded }: VideoFile): void {
    const { num, den } = aspect;
    const opened = this.#exports.matside_open_recording(
      level,
      quarterTurns,
      mirrored ? 1 : 0,
      num,
      den,
    );
    if (opened === 0) throw new ModuleFailed(this.#error());
    if (recorded !== undefined)
      this.#with(encoder.encode(recorded), (at, length) =>
        this.#exports.matside_recorded_date(at, length),
      );
  }

  /** The next bytes of the video's file. */
  recordedBytes(bytes: Uint8Array): void {
    this.#with(bytes, (at, length) => this.#exports.matside_recorded_bytes(at, length));
  }

  /** As frameAhead(), of recordedPicture(). */
  recordedPictureAhead(picture: HeldPicture, timestamp_s: number): void {
    this.#exports.matside_recorded_picture_ahead(...picture, timestamp_s);
  }

  /** The next picture of the video. Throws ModuleFailed. */
  async recordedPicture(picture: HeldPicture, timestamp_s: number): Promise<void> {
    try {
      const taken = await this.#recordedPicture(...picture, timestamp_s);
      if (taken === 0) throw new ModuleFailed(this.#error());
    } finally {
      this.#free(picture);
    }
  }

  /** @returns the line of the analysis, in parts */
  finishRecording(truncated: boolean): string[] {
    this.#exports.matside_finish_recording(truncated ? 1 : 0);
    return this.#analysis.splice(0);
  }

  closeRecording(): void {
    this.#exports.matside_close_recording();
  }

  #error(): string {
    const all = new Uint8Array(this.#exports.memory.buffer);
    const at = this.#exports.matside_error();
    return decoder.decode(all.slice(at, all.indexOf(0, at)));
  }

  #allocate(bytes: number): number {
    const at = this.#exports.matside_allocate(Math.max(1, bytes));
    if (at === 0) throw new ModuleFailed("This browser has too little memory for Matside.");
    return at;
  }

  /** Puts the bytes into the module's memory. @returns where, to be released. */
  #put(bytes: ArrayLike<number>): number {
    const at = this.#allocate(bytes.length);
    new Uint8Array(this.#exports.memory.buffer).set(bytes, at);
    return at;
  }

  #free([, at]: HeldPicture): void {
    this.#exports.matside_release(at);
  }

  /** Puts the value into the module's memory for the call. */
  #with<T>(value: string | ArrayLike<number>, call: (at: number, length: number) => T): T {
    const bytes = typeof value === "string" ? encoder.encode(value) : value;
    const at = this.#put(bytes);
    try {
      return call(at, bytes.length);
    } finally {
      this.#exports.matside_release(at);
    }
  }
}
