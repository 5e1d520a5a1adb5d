// Elements are made here and nowhere else. Text only ever becomes a text node, so nothing that
// a document or a server says can turn into markup; the widget also runs where the host page
// demands Trusted Types.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  send: "M4 12h15M12.5 5.5 19 12l-6.5 6.5",
  close: "M6 6l12 12M18 6 6 18",
  phone: "M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3c0 2-1.5 3-3 3C10 21 3 14 3 6c0-1.5 1-3 3-3z",
};

export function h(tag, properties, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  if (name === "button") element.type = "button";
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}

function svg(box, ...shapes) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", box);
  picture.setAttribute("aria-hidden", "true");
  for (const [name, attributes] of shapes) {
    const shape = document.createElementNS(SVG, name);
    for (const key of Object.keys(attributes)) shape.setAttribute(key, attributes[key]);
    picture.append(shape);
  }
  return picture;
}

export const icon = (name) => svg("0 0 24 24", ["path", { d: ICONS[name], class: "line" }]);

// A lamp over water: the crossing is dark, and somebody left a light on.
export const logo = () => svg(
  "0 0 32 32",
  ["rect", { width: 32, height: 32, rx: 9, class: "harbour" }],
  ["circle", { cx: 16, cy: 11, r: 4.2, class: "lamp" }],
  ["path", {
    class: "waves",
    d: "M5 20q4-3.5 8 0t8 0 6-1M9 25q3.5-3 7 0t7 0",
  }],
);

// Only addresses of the web become links; anything else stays text.
export function link(address, ...children) {
  if (!/^https?:\/\//.test(address || "")) return null;
  const attributes = { href: address, target: "_blank", rel: "noopener noreferrer nofollow" };
  return h("a", attributes, ...children);
}
