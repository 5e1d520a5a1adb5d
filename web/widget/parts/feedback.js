// A visitor's verdict on an answer. A thumb up goes at once; a thumb down asks why first.

import { CATALOGUE } from "./catalogue.js";
import { h } from "./dom.js";
import { sendFeedback } from "./ask.js";

const ABOUT = "feedback_reasons_";

// The reasons are those that there are words for.
const REASONS = CATALOGUE.keys.filter((key) => key.startsWith(ABOUT));

export function renderFeedback(answer, { t, announce }) {
  const box = h("div.feedback", {});
  const problem = h("p.error", { role: "alert" });

  async function give(verdict, reasons, note) {
    try {
      await sendFeedback({ answer_id: answer.id, verdict, reasons, note });
    } catch {
      problem.textContent = t("feedback_failed");
      return;
    }
    box.replaceChildren(h("p.thanks", { tabindex: "-1" }, t("feedback_thanks")));
    box.firstChild.focus();
    announce(t("feedback_thanks"));
  }

  function form() {
    const boxes = REASONS.map((reason) => h("label.check", {},
      h("input", { type: "checkbox", name: "reason", value: reason.slice(ABOUT.length) }), t(reason)));
    const note = h("textarea", { rows: "2", maxlength: "500" });
    return h("form", { submit(event) {
      event.preventDefault();
      const picked = boxes.map((label) => label.firstChild).filter((box) => box.checked);
      give("down", picked.map(({ value }) => value), note.value.trim() || null);
    } },
    h("fieldset", {}, h("legend", {}, t("feedback_reasons")), boxes),
    h("label", {}, h("span", {}, t("feedback_note")), note),
    h("button.plain", { type: "submit" }, t("feedback_send")));
  }

  const down = h("button.icon", { "aria-expanded": "false", click() {
    const open = box.querySelector("form");
    if (open) open.remove();
    else problem.before(form());
    down.setAttribute("aria-expanded", String(!open));
  } }, t("feedback_down"));
  const up = h("button.icon", { click: () => give("up", [], null) },
    t("feedback_up"));
  box.append(h("div.row", {}, h("span.fine", {}, t("feedback_label")), up, down), problem);
  return box;
}
