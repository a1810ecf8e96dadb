// Keeps the screen on during a practice, if the browser can.

export interface ScreenLock {
  end(): void;
}

export function keepScreenOn(): ScreenLock {
  if (!("wakeLock" in navigator)) return { end: () => undefined };
  const lock = navigator.wakeLock.request("screen").catch(() => undefined);
  return { end: () => void lock.then((held) => held?.release()) };
}
