// The field for a question. Enter sends, unless an input method is using the key to pick a
// candidate: pinyin, zhuyin and kana input must never send half a word.

import { h, icon } from "./dom.js";

// Safari ends the composition before it reports the key that ended it.
const AFTER_COMPOSITION = 50;

export function composer({ t, send, typed }) {
  const field = h("textarea", {
    rows: "1", placeholder: t("placeholder"), "aria-label": t("label_input"),
    enterkeyhint: "send", autocomplete: "off", spellcheck: "false",
  });
  const submit = (event) => {
    event.preventDefault();
    const question = field.value.trim();
    if (question) send(question);
    else field.focus();
  };
  const form = h("form.compose", { submit }, field, h("button.send", { type: "submit", "aria-label": t("send") }, icon("send")));
  let ended = -Infinity;
  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 140)}px`;
  };
  field.addEventListener("compositionend", () => { ended = performance.now(); });
  field.addEventListener("input", () => {
    grow();
    typed(field.value);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    if (event.isComposing || event.keyCode === 229) return;
    if (performance.now() - ended > AFTER_COMPOSITION) submit(event);
    else event.preventDefault();
  });
  return {
    form, field,
    set(text) {
      field.value = text;
      grow();
    },
  };
}
