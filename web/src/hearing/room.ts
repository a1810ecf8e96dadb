// What the room sounds like: for each band, the level that its loudest moments rarely exceed, and how much of the
// page's own sound the microphone hears.
import { LevelHistory } from "./level_history";

/** Loudest moments are taken of blocks this long, so that sounds which come once in a while count as the room's. */
const BLOCK_FRAMES = 25;
/** Time until an older moment weighs 1/e: longer than pauses of speech, shorter than a practice. */
const MEMORY_BLOCKS = 60;
/** Blocks before the room, or the page's echo, is known. While the page plays, the room is heard too: an upper bound. */
const KNOWN_BLOCKS = 12;
const USUAL_MAXIMUM = 0.9;

export class Room {
  readonly #levels: readonly LevelHistory[];
  readonly #echoes: readonly LevelHistory[];
  /** Whether the page plays or not: what the room is taken for until enough silence was heard. */
  readonly #all: readonly LevelHistory[];
  readonly #maxima: Float64Array;
  #output_db = -Infinity;
  #playing = false;
  #frames = 0;
  #room: number[];
  #echo: number[];
  #held: (() => void)[] | undefined;

  constructor(bands: number) {
    const histories = () => Array.from({ length: bands }, () => new LevelHistory(MEMORY_BLOCKS));
    this.#levels = histories();
    this.#echoes = histories();
    this.#all = histories();
    this.#maxima = new Float64Array(bands).fill(-Infinity);
    this.#room = new Array<number>(bands).fill(-Infinity);
    this.#echo = new Array<number>(bands).fill(-Infinity);
  }

  /** Whether enough was heard to tell a call: of the room and, while the page plays, of its echo. */
  known(playing: boolean): boolean {
    return isKnown(playing ? this.#echoes : this.#all);
  }

  /** The level that the room, or the page's sound at `output_db`, rarely exceeds in a band, in dB. */
  usualMaximum_db(band: number, output_db: number | undefined): number {
    const room = this.#room[band] ?? -Infinity;
    if (output_db === undefined) return room;
    return Math.max(room, output_db + (this.#echo[band] ?? -Infinity));
  }

  /** `output_db`: the page's own level; undefined: it is silent. */
  add(levels_db: readonly number[], output_db: number | undefined): void {
    levels_db.forEach((level, band) => {
      this.#maxima[band] = Math.max(this.#maxima[band] ?? -Infinity, level);
    });
    if (output_db !== undefined) {
      this.#playing = true;
      this.#output_db = Math.max(this.#output_db, output_db);
    }
    if (++this.#frames >= BLOCK_FRAMES) this.#endBlock();
  }

  /** A sound that may be a call has begun: what follows is not the room's until `settle`. */
  hold(): void {
    this.#held ??= [];
  }

  /** The sound was the room's after all, or it was not. */
  settle(isRoom: boolean): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    if (isRoom) for (const remember of held) remember();
  }

  #endBlock(): void {
    const maxima = [...this.#maxima];
    const output_db = this.#playing ? this.#output_db : undefined;
    const remember = () => this.#remember(maxima, output_db);
    if (this.#held) this.#held.push(remember);
    else remember();
    this.#maxima.fill(-Infinity);
    this.#output_db = -Infinity;
    this.#playing = false;
    this.#frames = 0;
  }

  #remember(maxima: readonly number[], output_db: number | undefined): void {
    const add = (histories: readonly LevelHistory[], less_db: number) =>
      histories.forEach((history, band) => history.add((maxima[band] ?? -Infinity) - less_db));
    add(this.#all, 0);
    if (output_db === undefined) add(this.#levels, 0);
    else add(this.#echoes, output_db);
    this.#room = usualOf(isKnown(this.#levels) ? this.#levels : this.#all);
    this.#echo = usualOf(this.#echoes);
  }
}

const isKnown = (histories: readonly LevelHistory[]) => (histories[0]?.added ?? 0) >= KNOWN_BLOCKS;

const usualOf = (histories: readonly LevelHistory[]) =>
  histories.map((history) => history.quantile(USUAL_MAXIMUM));
