// Leaving at once, after the pattern of GOV.UK: a button, or Shift three times. The page goes
// blank before the next one loads, and takes this one's place in the history; what the browser
// has already written down stays, and the note beside the button says so.

import { CATALOGUE } from "./catalogue.js";
import { forget } from "./session.js";

const WITHIN = 5000;

export function leave() {
  document.title = "\u200b";
  document.documentElement.style.setProperty("display", "none", "important");
  forget();
  location.replace(CATALOGUE.exit);
}

// Calls `progress` with how often Shift was pressed; returns a function that stops listening.
export function watchShift(progress) {
  let presses = [];
  let alone = false;
  const down = (event) => {
    alone = event.key === "Shift" && !event.repeat;
    if (!alone) presses = [];
    progress(presses.length);
  };
  const up = (event) => {
    if (event.key !== "Shift" || !alone) return;
    const now = performance.now();
    presses = presses.filter((time) => now - time < WITHIN).concat(now);
    progress(presses.length);
    if (presses.length >= 3) leave();
  };
  const watch = new AbortController();
  const options = { capture: true, signal: watch.signal };
  document.addEventListener("keydown", down, options);
  document.addEventListener("keyup", up, options);
  return () => watch.abort();
}
