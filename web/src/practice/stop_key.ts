// All keys stop a practice, except those that change the volume or brightness.
const NEVER = /^(AudioVolume|Brightness|Volume)/;

export function isStopKey(event: Pick<KeyboardEvent, "key">): boolean {
  return !NEVER.test(event.key);
}
