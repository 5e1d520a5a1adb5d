// Questions and their answers, held in memory and, unless the page asks for more, nowhere else.

import { isDanger, renderAnswer } from "./answer.js";
import { ask } from "./ask.js";
import { CATALOGUE } from "./catalogue.js";
import { consent, consented } from "./consent.js";
import { renderCards, renderContacts } from "./contacts.js";
import { dangerIn } from "./danger.js";
import { h } from "./dom.js";
import { forget, remember, remembered } from "./session.js";
import { cardsAtHand, contactsAtHand, phrase, resolve } from "./strings.js";

const REMEMBERED = 10;
const PATIENT = 300;
const still = matchMedia("(prefers-reduced-motion: reduce)");

// What a conversation calls itself where the site groups questions; it tells nothing but sameness.
const chance = () => crypto.getRandomValues(new Uint32Array(4)).join("");

// `widget` gives parts, language, tab, attribute, t, tell and ask, each as it is at the moment.
export class Conversation {
  #widget;
  #turns = [];
  #asking = null;
  #name = chance();

  constructor(widget) {
    this.#widget = widget;
  }

  get busy() {
    return this.#asking !== null;
  }

  // Forgets everything; an answer that is still on its way is not shown.
  reset() {
    const { tab, parts: { log, problem } } = this.#widget();
    this.#turns = [];
    this.#asking = null;
    this.#name = chance();
    log.replaceChildren();
    problem.replaceChildren();
    if (tab !== null) forget(tab);
  }

  // Puts back what the tab has kept, without a word to anybody.
  restore() {
    const { tab } = this.#widget();
    const kept = tab !== null && remembered(tab);
    if (!kept) return;
    if (kept.consent !== undefined) consented(kept.consent);
    this.#name = kept.name;
    for (const [question, answer] of kept.turns) this.#add(this.#begin(question), question, answer);
  }

  async send(question) {
    const mine = this.#asking = {};
    const turn = this.#begin(question);
    const waiting = setTimeout(() => this.#wait(turn), PATIENT);
    const outcome = await ask(this.#body(question)).catch((reason) => ({ reason }));
    clearTimeout(waiting);
    turn.querySelectorAll(".working").forEach((dots) => dots.remove());
    if (this.#asking !== mine) return;
    this.#asking = null;
    if (outcome.reason) this.#failed(turn, question, outcome.reason);
    else this.#answered(turn, question, outcome);
  }

  // Signs of danger bring help at once, before anything is sent and without moving the focus.
  // What is already there, after everything else, is left as it is.
  watch(text) {
    const { parts: { log }, t } = this.#widget();
    const kind = dangerIn(text);
    const last = log.lastChild;
    if (!kind || (last && last.matches(`.help[data-kind=${kind}]`))) return;
    this.#help(kind, h("p.lead", {}, t("danger_" + kind)));
    this.#announce(t("new_danger"));
  }

  // The contacts and first-aid cards that came with the script.
  help() {
    this.#help("emergency").focus({ preventScroll: true });
  }

  #help(kind, lead = "") {
    const { log, welcome } = this.#widget().parts;
    this.#helped();
    welcome.hidden = true;
    const turn = h("div.turn.help", { tabindex: "-1", "data-kind": kind }, lead, this.#atHand(kind));
    log.append(turn);
    this.#show(turn);
    return turn;
  }

  // Takes away the help of the script: there is newer.
  #helped() {
    this.#widget().parts.log.querySelectorAll(".help").forEach((old) => old.remove());
  }

  #begin(question) {
    const { t, parts: { log, problem, welcome, set } } = this.#widget();
    const who = h("span.unseen", {}, t("you_asked") + " ");
    const turn = h("div.turn", {}, h("p.question", {}, who, question));
    problem.replaceChildren();
    welcome.hidden = true;
    set("");
    log.append(turn);
    if (!dangerIn(question)) this.#show(turn);
    return turn;
  }

  #body(question) {
    const { language, attribute } = this.#widget();
    const body = { question, history: this.#turns.slice(-REMEMBERED).map(([asked]) => asked), language };
    for (const name of ["region", "source", "site-key"]) {
      if (attribute(name)) body[name.replace("-", "_")] = attribute(name);
    }
    if (consent() !== null) body.log = consent() === true;
    if (CATALOGUE.groups && body.log) body.conversation = this.#name;
    return body;
  }

  #announce = (text) => {
    this.#widget().parts.status.textContent = text;
  };

  #wait(turn) {
    const text = this.#widget().t("working");
    turn.append(h("p.working", { "aria-hidden": "true" }, h("i"), h("i"), h("i"), text));
    this.#announce(text);
  }

  // Shows an answer; returns its words.
  #add(turn, question, answer) {
    const { ask: again, language: spoken } = this.#widget();
    const language = resolve(answer.language) || spoken;
    const t = (key, values) => phrase(language, key, values);
    this.#turns.push([question, answer]);
    turn.append(renderAnswer(answer, { t, language, announce: this.#announce, ask: again }));
    this.#show(turn);
    return t;
  }

  #answered(turn, question, answer) {
    const { tab, tell } = this.#widget();
    if (isDanger(answer)) this.#helped();
    const t = this.#add(turn, question, answer);
    const count = turn.querySelectorAll(".passage").length;
    this.#announce(isDanger(answer) ? t("new_danger") : t("new_answer", { count }));
    if (tab !== null) this.#remember(tab);
    tell("answer", { id: answer.id, kind: answer.kind });
  }

  // Where nothing is kept there was nothing to consent to: that is not remembered as a reply.
  #remember(tab) {
    remember(tab, { turns: this.#turns.slice(-REMEMBERED), consent: consent() ?? undefined, name: this.#name });
  }

  // The question goes back into its field, and what helps without a server is shown.
  #failed(turn, question, reason) {
    const { t, tell, parts, ask: again } = this.#widget();
    const { messages, resources } = reason.problem || {};
    this.#helped();
    turn.remove();
    if (!parts.field.value) parts.set(question);
    const said = messages && messages.length
      ? messages.map(({ text }) => text) : [t(navigator.onLine ? "unreachable" : "offline")];
    const retry = () => again(parts.field.value.trim() || question);
    parts.problem.replaceChildren(
      ...said.map((text) => h("p", {}, text)),
      h("button.solid", { click: retry }, t("retry")),
      ...this.#atHand(dangerIn(question), resources));
    this.#show(parts.problem);
    tell("error", { status: reason.status || 0 });
  }

  // Where somebody despairs, those who listen come first, and no first aid.
  #atHand(kind, resources) {
    const { language, attribute, t } = this.#widget();
    const contacts = resources && resources.length ? resources : contactsAtHand(language, attribute("region"));
    const despair = kind === "crisis";
    const first = ({ kind: of }) => (despair && of === kind ? 0 : 1);
    return [
      renderContacts(contacts.sort((one, other) => first(one) - first(other)), language, t),
      ...(despair ? [] : renderCards(cardsAtHand(language), t)),
    ];
  }

  #show(element) {
    const { scroller } = this.#widget().parts;
    const top = element.offsetTop - 12;
    scroller.scrollTo({ top, behavior: still.matches ? "auto" : "smooth" });
  }
}
