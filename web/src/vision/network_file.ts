// Downloads the networks that tools/web_networks wrote, and checks them.

const LIST = "networks.json";
const MOST_BYTES = 64 * 1024 * 1024;

/** What it says about the file. */
interface Listed {
  file: string;
  bytes: number;
  sha256: string;
}

/** The share of the download that has arrived, 0 to 1. */
export type Progress = (share: number) => void;

/** The networks could not be loaded. The message is for the person. */
export class NetworksFailed extends Error {}

async function fetched(url: URL): Promise<Response> {
  const response = await fetch(url).catch(() => undefined);
  if (response?.ok) return response;
  throw new NetworksFailed("The networks could not be downloaded. Check the connection and reload");
}

async function read(
  response: Response,
  bytes: number,
  progress: Progress,
): Promise<Uint8Array<ArrayBuffer>> {
  const file = new Uint8Array(bytes);
  const reader = response.body?.getReader();
  let at = 0;
  for (;;) {
    const piece = await reader?.read().catch(() => undefined);
    if (!piece || (!piece.done && at + piece.value.length > bytes)) break;
    if (piece.done) return file.subarray(0, at);
    file.set(piece.value, at);
    at += piece.value.length;
    progress(at / bytes);
  }
  throw new NetworksFailed("The download of the networks broke off. Reload the page");
}

async function sha256(file: Uint8Array<ArrayBuffer>): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", file));
  return [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether it names a file beside it of a size that a browser can take. */
function isListed(value: unknown): value is Listed {
  const { file, bytes, sha256 } = (value ?? {}) as Partial<Record<keyof Listed, unknown>>;
  return (
    typeof file === "string" &&
    /^[a-z_]+[.]tflite$/.test(file) &&
    Number.isInteger(bytes) &&
    Number(bytes) > 0 &&
    Number(bytes) <= MOST_BYTES &&
    typeof sha256 === "string"
  );
}

async function listedIn(folder: URL): Promise<Listed> {
  const response = await fetched(new URL(LIST, folder));
  const listed: unknown = await response.json().catch(() => undefined);
  if (isListed(listed)) return listed;
  throw new NetworksFailed("The list of the networks is damaged. Reload the page");
}

/** What downloadNetworks() fetches. Throws NetworksFailed. */
export async function networkFiles(folder: URL): Promise<URL[]> {
  return [LIST, (await listedIn(folder)).file].map((name) => new URL(name, folder));
}

/**
 * The file with the networks. Throws NetworksFailed if it is missing or changed.
 * @param folder its address; ends with a slash
 */
export async function downloadNetworks(folder: URL, progress: Progress): Promise<Uint8Array> {
  const listed = await listedIn(folder);
  const response = await fetched(new URL(listed.file, folder));
  const file = await read(response, listed.bytes, progress);
  if (file.length !== listed.bytes || (await sha256(file)) !== listed.sha256) {
    throw new NetworksFailed("The networks were changed on the way. Reload the page");
  }
  return file;
}
