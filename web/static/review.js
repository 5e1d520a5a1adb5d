// The moderators' pages, for fingers on a keyboard: everything here also works without this file.
// An element with data-key="x" is pressed, or gets the cursor, when x is typed; `?` lists them all.
"use strict";

const OFF = "safepassage-keys-off";
const SECONDS = 10;
const dialog = document.querySelector("dialog.keys");
let going = false;

const off = () => {
  try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
};
const typing = (one) => one.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
const rows = () => [...document.querySelectorAll("[data-row] > a")];

/** Do what an element is for: a field gets the cursor, everything else is pressed. */
const press = (one) => {
  if (typing(one)) {
    one.closest("details")?.setAttribute("open", "");
    one.focus();
    one.select?.();
  } else {
    if (one.matches("input")) one.focus();
    one.click();
  }
};

const move = (by) => {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
  all[Math.max(0, Math.min(all.length - 1, next))].focus();
  return true;
};

const save = () => {
  const button = document.querySelector("[data-save]");
  if (button) button.form.requestSubmit(button);
  return Boolean(button);
};

const list = () => {
  const here = dialog.querySelector("[data-keys-here]");
  here.replaceChildren(...[...document.querySelectorAll("main [data-key]")].flatMap((one) => {
    const [term, says] = [document.createElement("dt"), document.createElement("dd")];
    term.append(Object.assign(document.createElement("kbd"), { textContent: one.dataset.key }));
    says.textContent = one.dataset.says ?? (one.labels?.[0] ?? one).textContent.trim();
    return [term, says];
  }));
  dialog.querySelector("[data-keys-off]").checked = off();
  dialog.showModal();
};

/** Answer a key; true where it meant something here. */
const answer = (key) => {
  if (going) {
    going = false;
    const way = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    if (way) way.click();
    return Boolean(way);
  }
  if (key === "?") return list(), true;
  if (key === "g") return (going = true);
  if ((key === "j" || key === "k") && move(key === "j" ? 1 : -1)) return true;
  const one = document.querySelector(`main [data-key="${CSS.escape(key)}"]`);
  if (one) press(one);
  return Boolean(one);
};

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if ((event.ctrlKey || event.metaKey) && key === "Enter") {
    if (save()) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog?.open) return;
  if (typing(target)) {
    if (key === "Escape") target.blur();
    return;
  }
  if (key.length === 1 && (key === "?" || !off()) && answer(key)) event.preventDefault();
});

document.querySelector("[data-keys-off]")?.addEventListener("change", ({ target }) => {
  try { localStorage.setItem(OFF, target.checked ? "1" : "0"); } catch { /* kept for this page */ }
});

const fetched = async (address, options) => {
  const response = await fetch(address, { credentials: "same-origin", ...options });
  if (!response.ok) throw new Error(response.status);
  return response;
};
const parsed = async (response) =>
  new DOMParser().parseFromString(await response.text(), "text/html");

// The search beside a verdict leaves what was chosen and written as it is.
document.querySelector("#find")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const found = document.querySelector("#found");
  try {
    const page = await parsed(await fetched(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
    }));
    found.replaceChildren(...page.querySelector("#found").childNodes);
    found.querySelector("input")?.focus();
  } catch {
    form.submit();
  }
});

// The list follows what happens, and keeps its place: the line that has the cursor stays put.
const refresh = async (holder) => {
  const { version } = await (await fetched(holder.dataset.live)).json();
  if (version === holder.dataset.version) return;
  const page = await parsed(await fetched(location.href));
  const fresh = page.querySelector("[data-list]");
  if (!fresh) return;
  const anchor = document.activeElement.closest?.("[data-row]")
    ?? rows().map((one) => one.parentElement)
      .find((one) => one.getBoundingClientRect().bottom > 0);
  const focused = anchor?.contains(document.activeElement);
  const top = anchor?.getBoundingClientRect().top;
  holder.replaceChildren(...fresh.childNodes);
  holder.dataset.version = fresh.dataset.version;
  document.querySelector("[data-total]").textContent =
    page.querySelector("[data-total]").textContent;
  document.querySelector("[data-announce]").textContent = holder.dataset.news;
  const same = anchor && holder.querySelector(`[data-row="${CSS.escape(anchor.dataset.row)}"]`);
  if (!same) return;
  if (focused) same.querySelector("a").focus({ preventScroll: true });
  scrollBy(0, same.getBoundingClientRect().top - top);
};

const holder = document.querySelector("[data-list]");
if (holder) {
  setInterval(() => {
    if (!document.hidden) refresh(holder).catch(() => { /* asked again in a moment */ });
  }, SECONDS * 1000);
  document.addEventListener("review:refresh", () => refresh(holder));
}
