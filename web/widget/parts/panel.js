// The frame around the conversation: header, log, field, tools.

import { CATALOGUE } from "./catalogue.js";
import { composer } from "./composer.js";
import { h, icon, link, logo } from "./dom.js";
import { LANGUAGES, nameOf } from "./strings.js";

function header({ t, floating, leave, close }) {
  const person = link(CATALOGUE.person, t("talk_to_person"));
  return h("header.head", {},
    logo(),
    h("h2", {}, t("title")),
    h("p", {}, t("header_not_a_person"), person && [" ", person]),
    h("button.leave", { click: leave, title: t("quick_exit_note") },
      t("quick_exit"), h("span.dots", { "aria-hidden": "true" }, h("i"), h("i"), h("i"))),
    floating && h("button.close", { click: close, "aria-label": t("close") }, icon("close")));
}

function languages({ t, language, switchTo }) {
  const select = h("select", { "aria-label": t("language"), change: () => switchTo(select.value) },
    LANGUAGES.map((one) =>
      h("option", { value: one, lang: one, selected: one === language }, nameOf("language", one, one))));
  return h("p.languages", {}, select);
}

function tools({ t, help, clear }) {
  return h("div.tools", {},
    h("button.text.alarm", { click: help }, icon("phone"), h("span", {}, t("contacts_heading"))),
    h("button.text", { click: clear }, t("clear")));
}

// `actions` are leave, close, help, clear, switchTo, send and typed.
export function panel({ t, language, floating, greeting, actions }) {
  const input = composer({ t, ...actions });
  const parts = {
    ...input,
    topics: h("ul.topics"),
    log: h("div.log", { role: "log", "aria-label": t("label_log") }),
    problem: h("div.problem", { role: "alert" }),
    status: h("p.unseen", { role: "status" }),
  };
  parts.welcome = h("div.welcome", {},
    h("p", {}, greeting || t("empty")), parts.topics,
    h("p.fine", {}, t("quick_exit_note")));
  parts.scroller = h("div.scroller", { tabindex: "0", role: "region", "aria-label": t("label_log") },
    languages({ t, language, ...actions }), parts.welcome, parts.log, parts.problem);
  parts.foot = h("div.foot", {}, parts.form, tools({ t, ...actions }));
  parts.panel = h("section.panel", { role: floating ? "dialog" : "region", "aria-label": t("title"), tabindex: "-1" },
    header({ t, floating, ...actions }), parts.scroller, parts.status, parts.foot);
  return parts;
}
