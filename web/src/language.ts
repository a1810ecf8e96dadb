// Import it first: uPlot formats numbers in the browser's language as soon as it is loaded, and some browsers have none
// ("C" in WebKitGTK without a locale). The page is in English.
function isKnown(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length > 0;
  } catch {
    return false;
  }
}

if (!isKnown(navigator.language))
  Object.defineProperty(navigator, "language", { value: "en", configurable: true });

export {};
