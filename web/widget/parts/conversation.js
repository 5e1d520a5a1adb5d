// Questions and their answers, held in memory and nowhere else.

import { isDanger, renderAnswer } from "./answer.js";
import { ask, Refused } from "./ask.js";
import { consent } from "./consent.js";
import { renderCards, renderContacts } from "./contacts.js";
import { h } from "./dom.js";
import { cardsAtHand, contactsAtHand, phrase, resolve } from "./strings.js";

const REMEMBERED = 10;
const PATIENT = 300;
const still = matchMedia("(prefers-reduced-motion: reduce)");

// `widget` gives parts, language, region, t, tell and ask, each as it is at the moment.
export class Conversation {
  #widget;
  #turns = [];
  #asking = null;

  constructor(widget) {
    this.#widget = widget;
  }

  get busy() {
    return this.#asking !== null;
  }

  // Forgets everything; an answer that is still on its way is not shown.
  reset() {
    const { log, problem } = this.#widget.parts;
    this.#turns = [];
    this.#asking = null;
    log.replaceChildren();
    problem.replaceChildren();
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

  // Danger waits for no consent: what is asked meanwhile is not kept, and shown only in danger.
  async hurry(question, waiting) {
    const answer = await ask({ ...this.#body(question), log: false }).catch(() => null);
    if (!answer || !isDanger(answer) || !waiting()) return false;
    this.#answered(this.#begin(question), question, answer);
    return true;
  }

  // The contacts and first-aid cards that came with the script.
  help() {
    const { log } = this.#widget.parts;
    log.querySelectorAll(".help").forEach((old) => old.remove());
    const turn = h("div.turn.help", { tabindex: "-1", "data-kind": "emergency" }, this.#atHand());
    log.append(turn);
    this.#show(turn);
    turn.focus({ preventScroll: true });
  }

  #begin(question) {
    const { t, parts: { log, problem, welcome, set } } = this.#widget;
    const who = h("span.unseen", {}, t("you_asked") + " ");
    const turn = h("div.turn", {}, h("p.question", {}, who, question));
    problem.replaceChildren();
    welcome.hidden = true;
    set("");
    log.append(turn);
    this.#show(turn);
    return turn;
  }

  #body(question) {
    const { language, region } = this.#widget;
    const body = { question, history: this.#turns.slice(-REMEMBERED), language };
    if (region) body.region = region;
    if (consent() !== null) body.log = consent();
    return body;
  }

  #announce = (text) => {
    this.#widget.parts.status.textContent = text;
  };

  #wait(turn) {
    const text = this.#widget.t("working");
    turn.append(h("p.working", { "aria-hidden": "true" }, h("i"), h("i"), h("i"), text));
    this.#announce(text);
  }

  #answered(turn, question, answer) {
    const { tell, ask: again, language: spoken } = this.#widget;
    const language = resolve(answer.language) || spoken;
    const t = (key, values) => phrase(language, key, values);
    this.#turns.push(question);
    turn.append(renderAnswer(answer, { t, language, announce: this.#announce, ask: again }));
    const count = turn.querySelectorAll(".passage").length;
    this.#announce(isDanger(answer) ? t("new_danger") : t("new_answer", { count }));
    this.#show(turn);
    tell("answer", { id: answer.id, kind: answer.kind });
  }

  // The question goes back into its field, and what helps without a server is shown.
  #failed(turn, question, reason) {
    const { t, tell, parts, ask: again } = this.#widget;
    const { messages, resources } = reason instanceof Refused ? reason.problem : {};
    turn.remove();
    if (!parts.field.value) parts.set(question);
    const said = messages && messages.length
      ? messages.map(({ text }) => text) : [t(navigator.onLine ? "unreachable" : "offline")];
    const retry = () => again(parts.field.value.trim() || question);
    parts.problem.replaceChildren(
      ...said.map((text) => h("p", {}, text)),
      h("button.solid", { click: retry }, t("retry")),
      ...this.#atHand(resources));
    this.#show(parts.problem);
    tell("error", { status: reason.status || 0 });
  }

  #atHand(resources) {
    const { language, region, t } = this.#widget;
    const contacts = resources && resources.length ? resources : contactsAtHand(language, region);
    return [renderContacts(contacts, language, t), ...renderCards(cardsAtHand(language), t)];
  }

  #show(element) {
    const { scroller } = this.#widget.parts;
    const top = element.offsetTop - 12;
    scroller.scrollTo({ top, behavior: still.matches ? "auto" : "smooth" });
  }
}
