// Which language the widget speaks, and its words. CATALOGUE is put in by the server: the
// phrases of all languages, contacts and first-aid cards, at hand when no server answers.

import { CATALOGUE } from "./catalogue.js";

export const LANGUAGES = Object.keys(CATALOGUE.phrases);

// BCP 47 as a page writes it → a language of the catalogue, or undefined. The browser knows in
// which script a region writes; it throws at what is no tag.
export function resolve(tag) {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return LANGUAGES.find((one) => one === language || one === `${language}-${script}`);
  } catch {
    return undefined;
  }
}

// The element's own attribute, else the language of the page around it, else the visitor's.
export function languageOf(element) {
  const around = element.closest("[lang]");
  return resolve(element.getAttribute("language"))
    || resolve(around && around.lang)
    || (navigator.languages || []).map(resolve).find(Boolean)
    || CATALOGUE.language;
}

// The server writes the key of a phrase as its number wherever it can.
export function phrase(language, key, values) {
  const phrases = CATALOGUE.phrases[language];
  const text = phrases[key] || phrases[CATALOGUE.keys.indexOf(key)] || "";
  return text.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? values[name] : whole));
}

// What a "region" or a "language" is called in a language.
export const nameOf = (type, code, language) =>
  new Intl.DisplayNames([language], { type }).of(code);

// The contacts of a region; where nobody knows it, those of the places that read the language.
export function contactsAtHand(language, region) {
  const asked = (region || CATALOGUE.region || "").toUpperCase();
  const known = CATALOGUE.contacts.some(({ regions }) => regions.includes(asked));
  const wanted = known ? [asked] : CATALOGUE.unknown[language];
  const say = (texts) => texts && texts[LANGUAGES.indexOf(language)];
  return wanted.flatMap((place) => CATALOGUE.contacts
    .filter(({ regions }) => regions.includes(place))
    .map((one) => ({ ...one, region: place, name: say(one.name), hours: say(one.hours) })));
}

export const cardsAtHand = (language) => CATALOGUE.cards[language];
