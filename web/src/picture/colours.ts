// The colour metadata of a video as code points of ITU-T H.273.

export interface Colours {
  /** 2 where it isn't known. */
  matrix: number;
  fullRange: boolean;
}

const UNKNOWN = 2;
const MATRICES: Readonly<Record<string, number>> = {
  bt709: 1,
  bt470bg: 5,
  smpte170m: 6,
  smpte240m: 7,
  "bt2020-ncl": 9,
};

export function coloursOf({ matrix, fullRange }: VideoColorSpaceInit): Colours {
  return { matrix: MATRICES[matrix ?? ""] ?? UNKNOWN, fullRange: fullRange ?? false };
}
