// Hands a file to the person's other apps, such as mail or messages.
import { downloadFile } from "./download";

/** Whether this browser shares files of that name and type. */
export function canShare(name: string, type: string): boolean {
  if (!("navigator" in globalThis && "canShare" in navigator)) return false;
  return navigator.canShare({ files: [new File([" "], name, { type })] });
}

const isNamed = (failure: unknown, name: string) =>
  failure instanceof DOMException && failure.name === name;

/** Call it after a click. Saves the file where the browser refuses to share it. @returns what was done, in words */
export async function shareFile(content: Blob, name: string): Promise<string> {
  try {
    await navigator.share({ files: [new File([content], name, { type: content.type })] });
    return "Shared.";
  } catch (failure) {
    if (isNamed(failure, "AbortError")) return "";
    downloadFile(content, name);
    return "This browser can't share the file, so it was saved.";
  }
}
