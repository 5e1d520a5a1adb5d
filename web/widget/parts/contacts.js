// Ways to reach people who help, and first-aid cards.

import { sendFeedback } from "./ask.js";
import { h, icon } from "./dom.js";
import { nameOf } from "./strings.js";

const dialled = (phone) => phone.replace(/[^\d+*#]/g, "");

// wa.me needs the country's code; a number without one is shown, not linked.
function address({ reach, phone }) {
  if (reach === "text") return "sms:" + dialled(phone);
  if (reach !== "whatsapp") return "tel:" + dialled(phone);
  return phone.startsWith("+") ? "https://wa.me/" + dialled(phone).slice(1) : null;
}

const WORD = { call: "call", text: "text_to", whatsapp: "whatsapp_to" };

export function callButton(resource, t) {
  const words = t(WORD[resource.reach] || "call", { phone: resource.phone });
  const href = address(resource);
  const look = resource.kind === "emergency" ? ".urgent" : "";
  return href
    ? h("a.call" + look, { href, "aria-label": `${words} ${resource.name}` }, icon("phone"), h("span", {}, words))
    : h("p.call" + look, {}, words);
}

// Says which number is meant, and nothing about who says so.
function wrongButton({ phone, name }, answer, t) {
  const label = t("number_wrong");
  const button = h("button.text", { "aria-label": `${label} ${name}`, async click() {
    const told = { answer_id: answer, verdict: "down", reasons: ["number_wrong"], contact: phone };
    const said = await sendFeedback(told).then(() => "reported", () => "not_reported");
    button.replaceWith(h("p.fine", { role: "status" }, t(said)));
  } }, label);
  return button;
}

function renderContact(resource, answer, t) {
  const checked = resource.verified_on
    ? t("verified_on", { date: resource.verified_on })
    : t("never_verified") + (resource.seen_on ? " · " + t("seen_on", { date: resource.seen_on }) : "");
  const about = [resource.hours, resource.run_by].filter(Boolean).join(" · ");
  return h("li.contact", {},
    h("div", {},
      h("p.name", {}, resource.name),
      about && h("p", {}, about),
      resource.note && h("p", {}, resource.note)),
    callButton(resource, t),
    h("div.row", {}, h("p.fine", {}, checked), wrongButton(resource, answer, t)));
}

// `answer` is the id of the answer that they came with; those of the script came with none.
export function renderContacts(resources, language, t, answer = "at-hand") {
  const regions = [...new Set(resources.map(({ region }) => region))];
  return h("section.contacts", {},
    h("h3", {}, t("contacts_heading")),
    regions.map((region) => [
      regions.length > 1 && h("h4", {}, nameOf("region", region, language)),
      h("ul", {}, resources.filter((one) => one.region === region).map((one) => renderContact(one, answer, t))),
    ]));
}

// The first line of a card is its heading, each further line a step.
export function renderCards(cards, t) {
  return cards.map((card) => {
    const [heading, ...steps] = card.text.trim().split("\n");
    return h("section.card", {},
      h("p.over", {}, t("first_aid_heading")),
      h("h3", {}, heading),
      h("ol", {}, steps.map((step) => h("li", {}, step))),
      h("p.fine", {}, [card.source, !card.reviewed && t("not_reviewed_by_clinician")].filter(Boolean).join(" · ")));
  });
}
