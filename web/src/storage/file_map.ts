// Which name belongs to which stored file: a small document, written in turn to one of two places, so that a crash leaves
// the old one or the new one.

export const PLACE_BYTES = 4096;
const HEADER_BYTES = 12;
const MAGIC = 0x6d617470;
const POLYNOMIAL = 0xedb88320;

export interface FileMap {
  /** Grows by one with each change. */
  readonly sequence: number;
  /** The number of the stored file that has the name. */
  readonly files: ReadonlyMap<string, number>;
}

/** CRC-32, as in gzip. */
function checksum(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
  }
  return ~crc >>> 0;
}

/** @returns where the map is to be written */
export const placeOf = ({ sequence }: FileMap) => (sequence % 2) * PLACE_BYTES;

/** @returns undefined if it doesn't fit */
export function encodeMap({ sequence, files }: FileMap): Uint8Array | undefined {
  const text = new TextEncoder().encode(JSON.stringify({ sequence, files: [...files] }));
  if (text.length > PLACE_BYTES - HEADER_BYTES) return undefined;
  const bytes = new Uint8Array(PLACE_BYTES);
  bytes.set(text, HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, text.length);
  view.setUint32(8, checksum(text));
  return bytes;
}

function decodePlace(bytes: Uint8Array): FileMap | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = view.getUint32(4);
  if (view.getUint32(0) !== MAGIC || length > bytes.length - HEADER_BYTES) return undefined;
  const text = bytes.subarray(HEADER_BYTES, HEADER_BYTES + length);
  if (view.getUint32(8) !== checksum(text)) return undefined;
  const { sequence, files } = JSON.parse(new TextDecoder().decode(text)) as {
    sequence: number;
    files: [string, number][];
  };
  return { sequence, files: new Map(files) };
}

/** @returns the newest map that is complete; undefined if none is */
export function decodeMap(bytes: Uint8Array): FileMap | undefined {
  const first = decodePlace(bytes.subarray(0, PLACE_BYTES));
  const second = decodePlace(bytes.subarray(PLACE_BYTES, 2 * PLACE_BYTES));
  if (!first || !second) return first ?? second;
  return first.sequence > second.sequence ? first : second;
}
