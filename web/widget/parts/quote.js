// One quoted passage with its citation.

import { h, link } from "./dom.js";
import { BASE } from "./ask.js";
import { CATALOGUE } from "./catalogue.js";

export const list = (value) => value || [];

// Where a folded text may be cut, in code points: Chinese says more in a character.
const FOLD = { zh: 160, en: 420 };

// Offsets of the API count code points; JavaScript's strings count UTF-16 units.
export function segments(points, passage, from, to) {
  const runs = [...list(passage.highlights), ...list(passage.withheld).map((w) => [w.start, w.end])];
  const cuts = [...new Set([from, to, ...runs.flat()])]
    .filter((cut) => cut >= from && cut <= to)
    .sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index];
    const inside = (first, last) => first <= start && end <= last;
    return {
      text: points.slice(start, end).join(""),
      marked: list(passage.highlights).some(([first, last]) => inside(first, last)),
      withheld: list(passage.withheld).find((run) => inside(run.start, run.end)),
    };
  });
}

function runs(points, passage, from, to, t) {
  return segments(points, passage, from, to).map(({ text, marked, withheld }) => {
    if (withheld) {
      const why = t("withheld_" + withheld.reason);
      return h("span.withheld", { role: "img", "aria-label": why, title: why }, text);
    }
    return marked ? h("mark", {}, text) : text;
  });
}

// Says what the marks hide, once for each kind, to fingers and eyes that meet no tooltip.
function withheldNote(passage, t) {
  const reasons = [...new Set(list(passage.withheld).map(({ reason }) => reason))];
  return reasons.length > 0
    && h("p.note", { "aria-hidden": "true" }, CATALOGUE.mark + " ", reasons.map((reason) => t("withheld_" + reason)).join(" "));
}

// What is folded away is never a highlighted sentence: the cut moves behind the last of them.
function foldAt(points, passage) {
  const limit = FOLD[passage.language.slice(0, 2)] || FOLD.en;
  const last = Math.max(0, ...list(passage.highlights).map(([, end]) => end));
  const cut = Math.max(limit, last);
  return points.length - cut > limit / 3 ? cut : points.length;
}

function quotation(passage, foldable, t) {
  const points = Array.from(passage.text);
  const cut = foldable ? foldAt(points, passage) : points.length;
  const quote = h("blockquote", { lang: passage.language }, runs(points, passage, 0, cut, t));
  if (cut === points.length) return [quote];
  const rest = h("span", { hidden: true }, runs(points, passage, cut, points.length, t));
  const button = h("button.text", { "aria-expanded": "false", click() {
    rest.hidden = !rest.hidden;
    quote.classList.toggle("folded", rest.hidden);
    button.setAttribute("aria-expanded", String(!rest.hidden));
    button.textContent = t(rest.hidden ? "show_more" : "show_less");
  } }, t("show_more"));
  quote.append(rest);
  quote.classList.add("folded");
  return [quote, button];
}

const doiAddress = (doi) => doi && "https://doi.org/" + encodeURI(doi);

const viewAddress = (citation) => new URL(citation.view.replace(/^\//, ""), BASE).href;

const viewIn = (language, citation) => viewAddress(citation).replace("#", `?lang=${language}#`);

const byline = (citation) => [
  list(citation.authors).join(", "), citation.journal, citation.date || citation.year,
].filter(Boolean).join(" · ");

function citationLines({ citation, language }, t) {
  const section = list(citation.section).join(" › ");
  return h("div.citation", {},
    h("p.title", { lang: titleLanguage(citation) }, citation.title),
    citation.title_note && h("p", {}, citation.title_note),
    section && h("p", { lang: language }, section),
    byline(citation) && h("p", {}, byline(citation)),
    citation.licence && h("p", {}, t("licence"), " · ", citation.licence));
}

const titleLanguage = (citation) =>
  Object.keys(citation.titles || {}).find((tag) => citation.titles[tag] === citation.title);

function references(citation, t) {
  return list(citation.references).length > 0 && h("details", {},
    h("summary", {}, t("references")),
    h("ul", {}, citation.references.map((reference) => h("li", {}, reference))));
}

export function cite(passage) {
  const { citation } = passage;
  return [
    passage.text,
    "— " + [citation.title, ...list(citation.section)].join(" › "),
    byline(citation), doiAddress(citation.doi) || citation.url, citation.licence, viewAddress(citation),
  ].filter(Boolean).join("\n");
}

// The same words in another language, further down in the same document.
function translation({ citation, translations }, language, t) {
  const [first] = list(translations);
  const view = citation.view.replace(/#.*/, "#" + first);
  return first && link(viewIn(language, { view }), t("translation_available"));
}

// Pages that are not https, and frames that are not allowed to, have no clipboard.
function copyButton(passage, t, announce) {
  const button = h("button.text", { async click() {
    let said = t("copied");
    try {
      await navigator.clipboard.writeText(cite(passage));
    } catch {
      said = t("copy_failed");
    }
    announce(said);
    button.textContent = said;
    setTimeout(() => { button.textContent = t("copy_citation"); }, 2500);
  } }, t("copy_citation"));
  return button;
}

export function renderPassage(passage, { t, language, announce, foldable }) {
  const { citation } = passage;
  return h("article.passage", { tabindex: "-1", "data-number": passage.number },
    h("p.badge", {},
      h("span.unseen", {}, t("quotation_number", { number: passage.number })),
      h("b", { "aria-hidden": "true" }, passage.number),
      [t("kind_" + passage.kind), citation.date || citation.year].filter(Boolean).join(" · ")),
    quotation(passage, foldable, t),
    withheldNote(passage, t),
    citationLines(passage, t),
    references(citation, t),
    h("p.links", {},
      link(viewIn(language, citation), t("view_source")),
      translation(passage, language, t),
      link(doiAddress(citation.doi), "DOI"),
      !citation.doi && link(citation.url, t("original")),
      copyButton(passage, t, announce)));
}
