// One answer, in the order in which a person needs it. An unknown kind of answer shows what it
// has like any other: messages, contacts and what else there is.

import { h } from "./dom.js";
import { renderCards, renderContacts } from "./contacts.js";
import { renderFeedback } from "./feedback.js";
import { list, renderPassage } from "./quote.js";

export const isDanger = (answer) => answer.kind === "emergency" || answer.kind === "crisis";

const messages = (answer) =>
  list(answer.messages).length > 0
  && h("div.messages", {}, answer.messages.map(({ text }) => h("p", {}, text)));

const help = (answer, { t }) => [
  list(answer.resources).length > 0 && renderContacts(answer.resources, answer.language, t, answer.id),
  renderCards(list(answer.first_aid), t),
];

function questions(heading, offers, { t, ask }) {
  return offers.length > 0 && h("section.offers", {},
    h("h3", {}, t(heading)),
    h("ul", {}, offers.map(([label, question]) =>
      h("li", {}, h("button.offer", { click: () => ask(question) }, label)))));
}

const choices = (answer, context) =>
  questions("choices_heading", list(answer.choices).map((one) => [one.label, one.question]), context);

const suggestions = (answer, context) =>
  questions("suggestions_heading", list(answer.suggestions).map((one) => [one, one]), context);

const passages = (answer, context) =>
  list(answer.passages).length > 0 && h("section.quotes", {},
    h("h3", {}, context.t("passages_heading")),
    answer.passages.map((passage) => renderPassage(passage, { ...context, foldable: true })));

function reference(number, { t }) {
  return h("button.number", { "aria-label": t("see_quotation", { number }), click(event) {
    const answer = event.currentTarget.closest(".answer");
    const passage = answer.querySelector(`[data-number="${Number(number)}"]`);
    passage.scrollIntoView({ block: "nearest" });
    passage.focus({ preventScroll: true });
  } }, number);
}

// Never folded away: what is dangerous must not wait behind a button.
const safety = (answer, context) =>
  list(answer.safety).length > 0 && h("section.safety", {},
    h("h3", {}, context.t("safety_heading")),
    answer.safety.map((block) => [
      h("h4", {}, context.t("topic_" + block.topic) || block.topic,
        list(block.numbers).map((number) => [" ", reference(number, context)])),
      block.message && h("p", {}, block.message.text),
      list(block.passages).map((passage) => renderPassage(passage, { ...context, foldable: false })),
    ]));

// Screen readers are told the messages, and in danger the contacts, as they arrive; quotations
// wait to be read at the person's own pace.
export function renderAnswer(answer, context) {
  const { t } = context;
  const said = [messages(answer), choices(answer, context)];
  const [contacts, cards] = help(answer, context);
  const rest = h("div.rest", { "aria-live": "off" });
  const article = h("article.answer", { lang: answer.language, tabindex: "-1", "aria-label": t("answer"), "data-kind": answer.kind },
    isDanger(answer) ? [contacts, said, cards] : said, rest);
  rest.append(...[
    passages(answer, context), safety(answer, context),
    !isDanger(answer) && [contacts, cards],
    suggestions(answer, context), renderFeedback(answer, context),
  ].flat(2).filter(Boolean));
  return article;
}
