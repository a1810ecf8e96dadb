// Makes a text as large as its style says, or smaller until it fits, so that no cue is cut off.
const SMALLEST_PX = 12;
const STEP = 0.94;

/** For {@attach}: an element of fixed size around one inline element with the text. */
export function fitText(place: HTMLElement): () => void {
  const fit = () => {
    place.style.fontSize = "";
    const text = place.firstElementChild;
    if (!(text instanceof HTMLElement)) return;
    let size_px = parseFloat(getComputedStyle(place).fontSize);
    const tooLarge = () =>
      text.offsetHeight > place.clientHeight || text.scrollWidth > place.clientWidth;
    while (size_px > SMALLEST_PX && tooLarge()) {
      size_px *= STEP;
      place.style.fontSize = `${size_px}px`;
    }
  };
  const resized = new ResizeObserver(fit);
  const changed = new MutationObserver(fit);
  resized.observe(place);
  changed.observe(place, { characterData: true, childList: true, subtree: true });
  document.fonts.addEventListener("loadingdone", fit);
  return () => {
    resized.disconnect();
    changed.disconnect();
    document.fonts.removeEventListener("loadingdone", fit);
  };
}
