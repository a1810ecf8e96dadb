// All keys stop a practice, except those that move the focus, belong to a screen reader or the browser, or change the
// volume or brightness.
const NEVER =
  /^(Alt|AltGraph|AudioVolume.*|Brightness.*|CapsLock|Control|Fn|FnLock|Insert|Meta|NumLock|OS|ScrollLock|Shift|Tab|Volume.*)$/;

export function isStopKey(
  event: Pick<KeyboardEvent, "key"> &
    Partial<Pick<KeyboardEvent, "altKey" | "ctrlKey" | "metaKey">>,
): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  return !NEVER.test(event.key);
}
