// Faults that were found, each with a letter, so that a mark says which without a colour.
import type { ReportDocument } from "./document";

export interface Found {
  id: string;
  letter: string;
  name: string;
  cue: string;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** In the order in which they were seen. */
export function foundFaults({ repetitions, set_faults, faults }: ReportDocument): Found[] {
  const ids = new Set<string>([...repetitions.flatMap((each) => each.faults.map((fault) => fault.id)), ...set_faults.map((fault) => fault.id)]);
  return [...ids].map((id, at) => {
    const words = faults.find((each) => each.id === id);
    return { id, letter: LETTERS[at] ?? "?", name: words?.name ?? id, cue: words?.cue ?? "" };
  });
}
