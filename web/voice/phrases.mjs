// What has a recorded clip: every phrase of a practice that has no blanks to fill in.
import { readdirSync, readFileSync } from "node:fs";

const MOVES = "../../data/exercises/moves/";

function json(name) {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
}

/** What only one of the exercises that files describe says: its ids begin with the exercise's. */
function phrasesOfMoves() {
  return readdirSync(new URL(MOVES, import.meta.url)).flatMap((file) => {
    const { id, name, levels, words } = json(MOVES + file);
    const { prompt, transition, faults } = words.en;
    const own = [
      ["name", `${name}.`],
      ["prompt", prompt],
      ["transition", transition],
      ...levels.map((level) => [`settle_${level.number}`, level.settle]),
      ...Object.entries(faults).map(([fault, { cue }]) => [fault, cue]),
    ];
    return own.map(([each, text]) => [`${id.replaceAll("-", "_")}_${each}`, text]);
  });
}

/** The phrases as [id, text]; an id is also the name of the clip. The short form of ID is ID.short. */
export function phrases() {
  const { faults, spoken, spoken_short } = json("../../data/exercises/cues.en.json");
  const all = [
    ...Object.entries(faults).map(([id, { cue }]) => [id, cue]),
    ...Object.entries(spoken),
    ...Object.entries(spoken_short).map(([id, text]) => [`${id}.short`, text]),
    ...phrasesOfMoves(),
    ...Object.entries(json("../src/sound/phrases.en.json")),
  ];
  const twice = all.find(([id], at) => all.findIndex(([other]) => other === id) !== at);
  if (twice) throw new Error(`two phrases have the id ${twice[0]}`);
  const wrong = all.find(([id]) => !/^[a-z][a-z0-9_]*(\.short)?$/.test(id));
  if (wrong) throw new Error(`this phrase id is not a file name: ${wrong[0]}`);
  return all.filter(([, text]) => !text.includes("{"));
}

/** The words of a text, in small letters. */
export function wordsOf(text) {
  return text.toLowerCase().match(/[a-z']+/g) ?? [];
}
