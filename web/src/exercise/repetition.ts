// What the tables say about a repetition.
import { faultName } from "./exercise";

export type Side = "left" | "right" | "unsure" | "both";
export type Status = "clean" | "faulty" | "partial" | "unjudged";

export const SIDE_NAMES: Readonly<Record<Side, string>> = {
  left: "left",
  right: "right",
  unsure: "not visible",
  both: "both",
};

/** The side where no heading says that it is one. */
export const SIDE_PHRASES: Readonly<Record<Side, string>> = {
  ...SIDE_NAMES,
  unsure: "side not visible",
};

/**
 * The result of a repetition: "Clean", its faults, or why it was only counted.
 * @param nameOf a fault's name by its id
 */
export function resultOf(
  status: Status,
  faults: readonly string[],
  nameOf: (id: string) => string = faultName,
): string {
  if (status === "clean") return "Clean";
  if (faults.length > 0) return faults.map(nameOf).join(", ");
  return status === "unjudged" ? "Counted, but not judged" : "Counted, but small or cut short";
}
