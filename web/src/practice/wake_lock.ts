// Keeps the screen on while somebody practises, where the browser can.

export interface Awake {
  end(): void;
}

export function stayAwake(): Awake {
  if (!("wakeLock" in navigator)) return { end: () => undefined };
  const lock = navigator.wakeLock.request("screen").catch(() => undefined);
  return { end: () => void lock.then((held) => held?.release()) };
}
