// Cues aloud, by a voice of this computer's own; without one the captions remain.

function localVoice(): SpeechSynthesisVoice | undefined {
  if (!("speechSynthesis" in window)) return undefined;
  return speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.startsWith("en"));
}

/** Says `text` at once; what was being said is cut short. */
export function say(text: string): void {
  const voice = localVoice();
  if (!voice || text === "") return;
  speechSynthesis.cancel();
  const spoken = new SpeechSynthesisUtterance(text);
  spoken.voice = voice;
  speechSynthesis.speak(spoken);
}
