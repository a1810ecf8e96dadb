// The front and the back camera of a phone or tablet.

export type Facing = "front" | "back";

const MODES = { front: "user", back: "environment" } as const;

/** What to ask getUserMedia for. @param camera a Facing, a deviceId, or empty for the browser's choice */
export function cameraWish(camera: string, only: boolean): MediaTrackConstraints {
  if (camera === "") return {};
  if (camera === "front" || camera === "back") return { facingMode: { ideal: MODES[camera] } };
  return { deviceId: only ? { exact: camera } : { ideal: camera } };
}

/** Which of the two it is; undefined for another camera, or where the browser doesn't tell. */
export function facingOf(track: MediaStreamTrack | undefined): Facing | undefined {
  const mode = track?.getSettings().facingMode;
  if (mode === MODES.front) return "front";
  return mode === MODES.back ? "back" : undefined;
}

export const otherFacing = (facing: Facing): Facing => (facing === "front" ? "back" : "front");
