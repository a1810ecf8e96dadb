// Speech by Festival. One process speaks all phrases: most of its time is the start, when it reads its dictionary.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const VOICE = "cmu_us_slt_arctic_hts";

const quoted = (text) => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/** How to say words that the dictionary lacks or has otherwise, in the dictionary's syllables. */
export function pronunciations() {
  return JSON.parse(readFileSync(new URL("pronunciations.json", import.meta.url), "utf8"));
}

/** Speaks each [id, text] into folder/id.wav. */
export function speak(phrases, folder, voice = VOICE) {
  const script = [
    `(voice_${voice})`,
    // A pause at every comma: the voice's own rule leaves it out in short phrases, and "Kick, kick." is one word.
    "(set! phrase_cart_tree simple_phrase_cart_tree)",
    "(Parameter.set 'Phrase_Method 'cart_tree)",
    ...Object.entries(pronunciations()).map(
      ([word, syllables]) => `(lex.add.entry '(${quoted(word)} nil (${syllables})))`,
    ),
    ...phrases.map(
      ([id, text]) =>
        `(utt.save.wave (utt.synth (Utterance Text ${quoted(text)})) ${quoted(join(folder, `${id}.wav`))} 'riff)`,
    ),
  ];
  const { error, stderr } = spawnSync("festival", ["--pipe"], {
    input: script.join("\n"),
    encoding: "utf8",
    // Without the person's own .festivalrc, so that every build says the same.
    env: { ...process.env, HOME: folder },
  });
  if (error) throw error;
  // Festival also exits with 0 after an error.
  const missing = phrases.find(([id]) => !existsSync(join(folder, `${id}.wav`)));
  if (missing)
    throw new Error(`festival could not say "${missing[1]}" with the voice ${voice}: ${stderr}`);
}
