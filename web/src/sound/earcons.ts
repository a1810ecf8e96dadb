// Short signal sounds: for a kick, a repetition, a change of sides and the beat.

export type Earcon = "kick" | "repetition" | "side_change" | "beat";

interface Tone {
  hz: number;
  at_s: number;
  for_s: number;
  loudness: number;
}

const TONES: Readonly<Record<Earcon, readonly Tone[]>> = {
  kick: [{ hz: 880, at_s: 0, for_s: 0.09, loudness: 0.3 }],
  repetition: [
    { hz: 523, at_s: 0, for_s: 0.1, loudness: 0.25 },
    { hz: 784, at_s: 0.1, for_s: 0.18, loudness: 0.25 },
  ],
  side_change: [
    { hz: 440, at_s: 0, for_s: 0.09, loudness: 0.2 },
    { hz: 330, at_s: 0.1, for_s: 0.14, loudness: 0.2 },
  ],
  beat: [{ hz: 220, at_s: 0, for_s: 0.05, loudness: 0.25 }],
};

export function playEarcon(
  context: AudioContext,
  earcon: Earcon,
  output: AudioNode = context.destination,
): void {
  if (context.state !== "running") return;
  for (const tone of TONES[earcon]) {
    const from_s = context.currentTime + tone.at_s;
    const oscillator = context.createOscillator();
    const loudness = context.createGain();
    oscillator.frequency.value = tone.hz;
    loudness.gain.setValueAtTime(0.0001, from_s);
    loudness.gain.exponentialRampToValueAtTime(tone.loudness, from_s + 0.01);
    loudness.gain.exponentialRampToValueAtTime(0.0001, from_s + tone.for_s);
    oscillator.connect(loudness).connect(output);
    oscillator.start(from_s);
    oscillator.stop(from_s + tone.for_s);
  }
}
