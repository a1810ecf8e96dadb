// Speech by a voice installed on this computer. Other voices would send the text over the network.
import type { Say } from "../protocol/messages";

// Some browsers never report the end of an utterance.
const LONGEST_MS = 4000;
const LONGEST_MS_A_LETTER = 110;

export function localVoice(): SpeechSynthesisVoice | undefined {
  if (!("speechSynthesis" in window)) return undefined;
  return speechSynthesis
    .getVoices()
    .find((voice) => voice.localService && voice.lang.startsWith("en"));
}

export function speakWith(voice: SpeechSynthesisVoice, say: Say, begun: () => void): Promise<void> {
  return new Promise((resolve) => {
    const spoken = new SpeechSynthesisUtterance(say.text);
    spoken.voice = voice;
    spoken.lang = voice.lang;
    const limit = setTimeout(resolve, LONGEST_MS + LONGEST_MS_A_LETTER * say.text.length);
    const done = () => {
      clearTimeout(limit);
      resolve();
    };
    spoken.onstart = begun;
    spoken.onend = done;
    spoken.onerror = done;
    speechSynthesis.speak(spoken);
  });
}

export function silenceBrowser(): void {
  if ("speechSynthesis" in window) speechSynthesis.cancel();
}
