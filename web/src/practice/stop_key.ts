// Which keys stop: all of them, but those that only change how loud or bright the computer is.
const NEVER = /^(AudioVolume|Brightness|Volume)/;

export function stopKey(event: Pick<KeyboardEvent, "key">): boolean {
  return !NEVER.test(event.key);
}
