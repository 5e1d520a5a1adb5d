// <safe-passage>: the element that a page puts where people shall be able to ask.

import { STYLES, VERSION } from "./catalogue.js";
import { topics } from "./ask.js";
import { consent, consentForm } from "./consent.js";
import { callButton } from "./contacts.js";
import { Conversation } from "./conversation.js";
import { dangerIn } from "./danger.js";
import { h, logo } from "./dom.js";
import { leave, watchShift } from "./exit.js";
import { panel } from "./panel.js";
import { contactsAtHand, languageOf, phrase } from "./strings.js";

const OFFERED = 6;
const dark = matchMedia("(prefers-color-scheme: dark)");

// One for all elements. A constructed sheet needs no `unsafe-inline` in the policy of the host
// page; a browser that cannot make one leaves the children of the element as they are.
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLES);

export class SafePassage extends HTMLElement {
  static observedAttributes = [
    "greeting", "language", "mode", "position", "region", "site-key", "source", "storage", "theme",
  ];

  #root = h("div.root");
  #parts = null;
  #chosen = null;
  #shown = false;
  #began = false;
  #unwatch = () => {};
  #conversation = new Conversation(() => this.#view());

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(this.#root);
    this.#root.addEventListener("keydown", this.#key);
  }

  connectedCallback() {
    // The plain form gives way; what was typed into it before this script arrived does not.
    const typed = this.querySelector("textarea");
    this.replaceChildren();
    this.#draw();
    if (!this.#began) this.#conversation.restore();
    this.#began = true;
    if (typed) this.#parts.set(typed.value);
    dark.addEventListener("change", this.#paint);
    this.#unwatch = watchShift((presses) => { this.#root.dataset.presses = presses; });
    if (!this.#floating) this.#offerTopics();
    this.#tell("ready");
  }

  disconnectedCallback() {
    dark.removeEventListener("change", this.#paint);
    this.#unwatch();
  }

  attributeChangedCallback() {
    if (this.#parts) this.#draw();
  }

  open() {
    if (!this.#floating || this.#shown) return;
    this.#shown = true;
    this.#paint();
    if (!this.#parts.topics.firstChild) this.#offerTopics();
    // A keyboard that jumps up on a phone would hide what this is.
    const touch = matchMedia("(pointer: coarse)").matches;
    (touch ? this.#parts.panel : this.#parts.field).focus();
    this.#tell("open");
  }

  close() {
    if (!this.#floating || !this.#shown) return;
    this.#shown = false;
    this.#paint();
    this.#root.querySelector(".launcher").focus();
    this.#tell("close");
  }

  // Asks as if the visitor had; waits for consent where it is still to be given. Danger waits
  // for nothing: what the script itself sees as such is sent at once, and not to be kept.
  async ask(question) {
    const text = String(question).trim();
    if (!text || this.#conversation.busy || !this.#parts) return;
    this.open();
    this.#parts.panel.querySelectorAll(".consent").forEach((old) => old.remove());
    this.#conversation.watch(text);
    if (consent() !== undefined || dangerIn(text)) await this.#conversation.send(text);
    else this.#askConsent(text);
  }

  reset() {
    this.#conversation.reset();
    this.#parts.set("");
    this.#parts.welcome.hidden = false;
    this.#parts.status.textContent = this.#t("cleared");
    this.#parts.field.focus();
    this.#tell("reset");
  }

  getVersion() {
    return VERSION;
  }

  get #floating() {
    return this.getAttribute("mode") === "floating";
  }

  get #language() {
    return this.#chosen || languageOf(this);
  }

  #t = (key, values) => phrase(this.#language, key, values);

  #tell = (name, detail) => {
    const init = { bubbles: true, composed: true, detail };
    this.dispatchEvent(new CustomEvent("safepassage-" + name, init));
  };

  // What the conversation sees of the element, as it is at the moment. `tab` is the name under
  // which the tab remembers, null where it shall not.
  #view = () => ({
    parts: this.#parts,
    language: this.#language,
    tab: this.getAttribute("storage") === "tab" ? this.id : null,
    attribute: (name) => this.getAttribute(name),
    t: this.#t,
    tell: this.#tell,
    ask: (question) => this.ask(question),
  });

  #key = (event) => {
    if (event.key === "Escape" && !event.isComposing) this.close();
    if (event.key !== "F6") return;
    event.preventDefault();
    const { field, scroller } = this.#parts;
    (this.shadowRoot.activeElement === field ? scroller : field).focus();
  };

  // Draws everything but the conversation, which moves over as it is.
  #draw() {
    const before = this.#parts;
    const parts = this.#parts = panel({
      t: this.#t, language: this.#language, floating: this.#floating,
      greeting: this.getAttribute("greeting"),
      actions: {
        leave: () => { this.#tell("exit"); leave(); },
        close: () => this.close(), clear: () => this.reset(),
        help: () => this.#conversation.help(), send: (question) => this.ask(question),
        typed: (text) => this.#conversation.watch(text),
        switchTo: (language) => this.#switch(language),
      },
    });
    if (before) {
      parts.log.append(...before.log.childNodes);
      parts.problem.append(...before.problem.childNodes);
      parts.welcome.hidden = before.welcome.hidden;
    }
    this.#root.replaceChildren(...(this.#floating ? [this.#launcher()] : []), parts.panel);
    this.#paint();
    if (before) parts.set(before.field.value);
  }

  #launcher() {
    const click = () => this.open();
    return h("button.launcher", { click },
      logo(), h("span", {}, this.#t("open")));
  }

  #paint = () => {
    const root = this.#root;
    const theme = this.getAttribute("theme");
    const looks = {
      dark: theme === "dark" || (theme !== "light" && dark.matches),
      floating: this.#floating,
      open: this.#shown,
      start: this.getAttribute("position") === "start",
    };
    root.lang = this.#language;
    for (const look of Object.keys(looks)) root.classList.toggle(look, looks[look]);
  };

  #switch(language) {
    this.#chosen = language;
    this.#draw();
    this.#parts.panel.querySelector("select").focus();
    if (!this.#parts.welcome.hidden) this.#offerTopics();
  }

  #askConsent(question) {
    const { form, field, set } = this.#parts;
    const done = () => {
      box.remove();
      field.focus();
    };
    const [urgent] = contactsAtHand(this.#language, this.getAttribute("region"));
    const box = consentForm({ t: this.#t, urgent: callButton(urgent, this.#t), dismissed: done, decided: () => {
      done();
      this.ask(field.value);
    } });
    set(question);
    form.before(box);
    box.focus();
  }

  // For people who do not know what to ask. A kindness, not a need: silent where it fails.
  async #offerTopics() {
    const language = this.#language;
    const found = await topics(language).catch(() => []);
    if (language !== this.#language) return;
    this.#parts.topics.replaceChildren(...found.slice(0, OFFERED).map(({ question }) =>
      h("li", {}, h("button.offer", { click: () => this.ask(question) }, question))));
  }
}

if (!customElements.get("safe-passage")) customElements.define("safe-passage", SafePassage);
