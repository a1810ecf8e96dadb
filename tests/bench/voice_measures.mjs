// Figures of how natural a voice sounds.

const FFT_SIZE = 1024;
const PITCH_FRAME_S = 0.04;
const PITCH_STEP_S = 0.02;
const LOWEST_HZ = 70;
const HIGHEST_HZ = 350;
const VOICED = 0.6;
const MOST_ENERGY = 0.999;

/** Power of the frequencies in FFT_SIZE samples, by Cooley and Tukey. */
function spectrum(frame) {
  const re = Float64Array.from(
    frame,
    (x, i) => x * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FFT_SIZE)),
  );
  const im = new Float64Array(FFT_SIZE);
  for (let i = 1, j = 0; i < FFT_SIZE; i++) {
    let bit = FFT_SIZE >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [re[i], re[j]] = [re[j], re[i]];
  }
  for (let size = 2; size <= FFT_SIZE; size *= 2) {
    for (let k = 0; k < size / 2; k++) {
      const angle = (-2 * Math.PI * k) / size;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      for (let a = k; a < FFT_SIZE; a += size) {
        const b = a + size / 2;
        const [x, y] = [re[b] * c - im[b] * s, re[b] * s + im[b] * c];
        [re[b], im[b], re[a], im[a]] = [re[a] - x, im[a] - y, re[a] + x, im[a] + y];
      }
    }
  }
  return Array.from({ length: FFT_SIZE / 2 }, (_, i) => re[i] ** 2 + im[i] ** 2);
}

/** Below which frequency are 99.9 % of the energy, after 6 dB an octave of emphasis. */
export function bandwidth_hz(recordings) {
  const power = new Float64Array(FFT_SIZE / 2);
  for (const { samples } of recordings) {
    for (let at = 0; at + FFT_SIZE <= samples.length; at += FFT_SIZE)
      spectrum(samples.subarray(at, at + FFT_SIZE)).forEach((p, i) => (power[i] += p * i ** 2));
  }
  const all = power.reduce((sum, p) => sum + p, 0);
  let sum = 0;
  const bin = power.findIndex((p) => (sum += p) >= MOST_ENERGY * all);
  return (bin * recordings[0].rate) / FFT_SIZE;
}

/** Every n-th sample of the mean of its neighbours, near 8 kHz: enough for the pitch. */
function thinned({ rate, samples }) {
  const step = Math.max(1, Math.round(rate / 8000));
  const thin = new Float32Array(Math.floor(samples.length / step));
  for (let i = 0; i < thin.length; i++) {
    for (let k = 0; k < step; k++) thin[i] += samples[i * step + k] / step;
  }
  return { rate: rate / step, samples: thin };
}

/** The pitch of each voiced frame, by normalised autocorrelation. */
function pitches_hz(recording) {
  const { rate, samples } = thinned(recording);
  const size = Math.round(PITCH_FRAME_S * rate);
  const [shortest, longest] = [Math.floor(rate / HIGHEST_HZ), Math.ceil(rate / LOWEST_HZ)];
  const found = [];
  for (let at = 0; at + size + longest < samples.length; at += Math.round(PITCH_STEP_S * rate)) {
    let [best, best_lag] = [VOICED, 0];
    for (let lag = shortest; lag <= longest; lag++) {
      let [xy, xx, yy] = [0, 1e-6, 1e-6];
      for (let i = at; i < at + size; i++) {
        xy += samples[i] * samples[i + lag];
        xx += samples[i] ** 2;
        yy += samples[i + lag] ** 2;
      }
      // A longer lag must be clearly better, or an octave too low would win.
      const likeness = xy / Math.sqrt(xx * yy);
      if (likeness > best + 0.02) [best, best_lag] = [likeness, lag];
    }
    if (best_lag > 0) found.push(rate / best_lag);
  }
  return found;
}

/** Standard deviation of the pitch in semitones. */
export function pitchRange_semitones(recordings) {
  const notes = recordings.flatMap(pitches_hz).map((hz) => 12 * Math.log2(hz));
  if (notes.length === 0) throw new Error("no voiced sound");
  const mean = notes.reduce((sum, note) => sum + note, 0) / notes.length;
  return Math.sqrt(notes.reduce((sum, note) => sum + (note - mean) ** 2, 0) / notes.length);
}
