// Which camera to open once the one that was disconnected is back. Another camera of the computer looks at something
// else, so it is never taken instead.

export class ReturningCamera {
  /** Its deviceId; empty where the browser doesn't tell. */
  readonly device: string;
  #others: ReadonlySet<string> | undefined;

  constructor(device: string) {
    this.device = device;
  }

  /** @param cameras deviceIds of the cameras there now @returns the camera to open; undefined: it is not back. */
  find(cameras: readonly string[]): string | undefined {
    if (this.device === "" || cameras.includes("")) return cameras[0];
    if (cameras.includes(this.device)) return this.device;
    // In another socket it may get another deviceId: then it is the camera that was not there before.
    this.#others ??= new Set(cameras);
    return cameras.find((camera) => !this.#others?.has(camera));
  }
}
