// The faults found, each with a letter, so that marks don't depend on colour.
import type { ReportDocument } from "./document";

export interface LetteredFault {
  id: string;
  letter: string;
  name: string;
  cue: string;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** In the order they occurred. */
export function letteredFaults({
  repetitions,
  set_faults,
  faults,
}: ReportDocument): LetteredFault[] {
  const ids = new Set<string>([
    ...repetitions.flatMap((each) => each.faults.map((fault) => fault.id)),
    ...set_faults.map((fault) => fault.id),
  ]);
  return [...ids].map((id, at) => {
    const words = faults.find((each) => each.id === id);
    return { id, letter: LETTERS[at] ?? "?", name: words?.name ?? id, cue: words?.cue ?? "" };
  });
}
