// The experiment and how it is looked at, as the part of the address behind the #: a link shares both.
const views = ["across", "across_values", "up", "up_values", "seeds", "measure", "epoch"];

export function read() {
  const settings = new Map(), view = new Map();
  for (const [name, text] of new URLSearchParams(location.hash.slice(1))) (views.includes(name) ? view : settings).set(name, text);
  return { settings, view };
}

// Commas, colons and semicolons are what lists are made of, and may stand in an address as they are.
export const format = texts => [...texts].map(([name, text]) => `${name}=${encodeURIComponent(text).replace(/%(2C|3A|3B)/g, decodeURIComponent)}`).join("&");

// Browsers refuse an address that changes too often.
let timer = 0;
export function write({ settings, view }) {
  clearTimeout(timer);
  timer = setTimeout(() => history.replaceState(null, "", `#${format([...settings, ...view])}`), 150);
}
