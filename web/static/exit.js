// Leaving at once, after GOV.UK's pattern: the button, or Shift three times within five seconds.
// The page goes blank before the next one loads, and is replaced in the history. Without this
// script the button is a plain link.

const WITHIN = 5000;
const button = document.getElementById("leave");
let presses = [];
let alone = false;

function leave() {
  document.title = "\u200b";
  document.documentElement.style.setProperty("display", "none", "important");
  location.replace(button.href);
}

function shown() {
  button.dataset.presses = presses.length;
}

button.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

document.addEventListener("keydown", (event) => {
  alone = event.key === "Shift" && !event.repeat;
  if (!alone) presses = [];
  shown();
}, true);

document.addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || !alone) return;
  const now = performance.now();
  presses = presses.filter((time) => now - time < WITHIN).concat(now);
  shown();
  if (presses.length >= 3) leave();
}, true);

// A page that comes back out of the browser's memory would still be blank.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
