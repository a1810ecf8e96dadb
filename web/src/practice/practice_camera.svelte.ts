// The camera of one practice: opened, lost, opened again.
import type { SettingsValues } from "../profile/settings.svelte";
import type { Service } from "../service/service";
import { Camera, cameraAdvice } from "./camera";
import { type Facing, otherFacing } from "./facing";
import { ReturningCamera } from "./returning_camera";

interface CameraListener {
  /** Frames come from it now; undefined: from none. */
  changed: (camera: Camera | undefined) => void;
  /** It was open, and is gone. */
  lost: () => void;
}

export class PracticeCamera {
  lost = $state(false);
  /** Of a phone's camera. */
  facing = $state<Facing | undefined>();

  readonly #service: Service;
  readonly #settings: () => SettingsValues;
  readonly #video: HTMLVideoElement;
  readonly #listener: CameraListener;
  #camera: Camera | undefined;
  #returning: ReturningCamera | undefined;
  /** One at a time: two open cameras would fight for the video element. */
  #reopening: Promise<string> | undefined;
  #closed = false;

  constructor(
    service: Service,
    settings: () => SettingsValues,
    video: HTMLVideoElement,
    listener: CameraListener,
  ) {
    this.#service = service;
    this.#settings = settings;
    this.#video = video;
    this.#listener = listener;
  }

  /** The deviceId of the camera that was lost. */
  get lostDevice(): string | undefined {
    return this.#returning?.device;
  }

  /** @param only no other camera; absent: as in the settings */
  async open(only?: string): Promise<void> {
    const device = only ?? this.#settings().camera;
    const camera = await Camera.open(this.#service, this.#video, device, only !== undefined);
    if (this.#closed) return camera.close();
    this.#camera?.close();
    this.#camera = camera;
    this.facing = camera.facing;
    camera.onLost(() => {
      if (this.#camera !== camera || this.#closed) return;
      this.#returning = new ReturningCamera(camera.device);
      this.#drop();
      this.lost = true;
      this.#listener.lost();
    });
  }

  /** @returns why it can't be opened again, or nothing. */
  reopen(only?: string): Promise<string> {
    this.#reopening ??= this.#reopen(only).finally(() => (this.#reopening = undefined));
    return this.#reopening;
  }

  /** Uses the phone's other camera, now and later. @returns as reopen() */
  async turn(): Promise<string> {
    if (!this.facing) return "";
    this.#settings().camera = otherFacing(this.facing);
    // Many phones can't open both at once.
    this.#drop();
    const problem = await this.reopen();
    this.lost = problem !== "";
    return problem;
  }

  /** Opens the lost camera if it is among these deviceIds. @returns whether it is open again. */
  async returned(cameras: readonly string[]): Promise<boolean> {
    const camera = this.#returning?.find(cameras);
    return camera !== undefined && (await this.reopen(camera)) === "";
  }

  close(): void {
    this.#closed = true;
    this.#camera?.close();
    this.#camera = undefined;
  }

  async #reopen(only?: string): Promise<string> {
    try {
      await this.open(only);
    } catch (failure) {
      return cameraAdvice(failure);
    }
    if (this.#closed) return "";
    this.lost = false;
    this.#listener.changed(this.#camera);
    return "";
  }

  #drop(): void {
    this.#camera?.close();
    this.#camera = undefined;
    this.#listener.changed(undefined);
  }

  get camera(): Camera | undefined {
    return this.#camera;
  }
}
