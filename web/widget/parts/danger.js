// Signs of danger in what is typed, seen without asking a server: a few plain words of the bot's
// own lexicon. They only ever add help; what a question is about, the server says.

import { CATALOGUE } from "./catalogue.js";

const plain = (text) =>
  text.normalize("NFKC").toLowerCase().replace(/['’‘`]/g, "").replace(/\s+/g, " ");

// "emergency", "crisis" or undefined.
export const dangerIn = (text) =>
  Object.keys(CATALOGUE.danger).find((kind) => RegExp(CATALOGUE.danger[kind]).test(plain(text)));
