// Asked at the first question, once a page load, for all widgets of the page together. The
// typed question waits in its field, and nothing of it leaves the page before the reply, which
// is held in memory like everything else.

import { CATALOGUE } from "./catalogue.js";
import { h } from "./dom.js";

let reply;

// true or false once the visitor has chosen; null where nothing would be kept anyway, so that
// there is nothing to ask; undefined while it is still to be asked.
export const consent = () => (CATALOGUE.keeps ? reply : null);

export const consented = (value) => {
  reply = value;
};

// `urgent` is whom to call, for somebody who has no time for any of this.
export function consentForm({ t, urgent, decided, dismissed }) {
  const choose = (value) => () => {
    consented(value);
    decided();
  };
  const keydown = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    dismissed();
  };
  return h("div.consent", { role: "group", "aria-label": t("consent_agree"), tabindex: "-1", keydown },
    h("p", {}, t("consent_text")),
    h("div.row", {},
      h("button.solid", { click: choose(true) }, t("consent_agree")),
      h("button.plain", { click: choose(false) }, t("consent_dont_keep")),
      urgent));
}
