// What outlives a page in its tab, where the page asks for that (`storage="tab"`). Nothing is
// written before the first answer; without the attribute, nothing ever.

const NAME = "safe-passage ";

// Storage may be forbidden, or full: then memory has to do.
function trying(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

export const remember = (id, value) =>
  trying(() => sessionStorage.setItem(NAME + id, JSON.stringify(value)));

export const remembered = (id) => trying(() => JSON.parse(sessionStorage.getItem(NAME + id)));

// One element's, or those of all elements.
export const forget = (id = "") => trying(() => Object.keys(sessionStorage)
  .filter((key) => key.startsWith(NAME + id))
  .forEach((key) => sessionStorage.removeItem(key)));
