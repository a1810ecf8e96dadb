// The microphone, as the detector of calls needs it.

/**
 * Opens it without any change to the levels; only the echo of the page's own sound is cancelled. Throws what
 * getUserMedia throws.
 */
export async function openMicrophone(): Promise<MediaStream> {
  if (!("mediaDevices" in navigator)) throw new DOMException("", "SecurityError");
  return navigator.mediaDevices.getUserMedia({
    audio: {
      echoCancellation: true,
      noiseSuppression: false,
      autoGainControl: false,
      channelCount: 1,
    },
    video: false,
  });
}

export function closeMicrophone(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** Call from a click: the browser asks the person. @returns what to do if it can't be used; "": it can. */
export async function askForMicrophone(): Promise<string> {
  try {
    closeMicrophone(await openMicrophone());
    return "";
  } catch (failure) {
    return microphoneAdvice(failure);
  }
}

/** What the person can do about a microphone that can't be opened. */
export function microphoneAdvice(failure: unknown): string {
  switch (failure instanceof DOMException ? failure.name : "") {
    case "NotAllowedError":
      return "The browser isn't allowed to use the microphone. Allow it with the icon beside the address, then try again.";
    case "NotFoundError":
    case "OverconstrainedError":
      return "No microphone found. Connect one and try again.";
    case "SecurityError":
      return "Browsers block the microphone at this address. Open the address that Matside shows in its terminal.";
    default:
      return "The microphone can't be opened. If another program is using it, close that program and try again.";
  }
}
