// The controls of all settings, made of the list that the program has of them.
import { make } from "./charts.js";
import { drawingPad } from "./rows.js";

const steps = 120, drawn = "drawn by hand";

// Sliders move over the powers of ten of a number, or of what it lacks to 1, or evenly.
const scales = {
  logarithmic: { place: (value, from, to) => Math.log(value / from) / Math.log(to / from), value: (place, from, to) => from * (to / from) ** place },
  linear: { place: (value, from, to) => (value - from) / (to - from), value: (place, from, to) => from + place * (to - from) },
  from0: {
    place: (value, from, to) => value <= 0 ? 0 : 0.02 + 0.98 * Math.log(value / from) / Math.log(to / from),
    value: (place, from, to) => place < 0.02 ? 0 : from * (to / from) ** ((place - 0.02) / 0.98),
  },
  rest: { place: (value, from, to) => 1 - Math.log((1 - value) / from) / Math.log(to / from), value: (place, from, to) => 1 - from * (to / from) ** (1 - place) },
};

// Two digits are as fine as a slider; what is left to 1 has two of its own.
export function numberAt(control, place) {
  const { scale, from, to } = control, value = scales[scale].value(place, from, to);
  if (control.kind === "count") return Math.max(control.name === "seed" ? 0 : 1, Math.round(value > 100 ? Number(value.toPrecision(2)) : value));
  if (scale === "rest") return Number((1 - Number((1 - value).toPrecision(2))).toFixed(8));
  return scale === "linear" ? Number(value.toFixed(2)) : Number(value.toPrecision(2));
}

// As short as one would type it.
const text = number => String(number).replace("e+", "e");

// Values that a map begins with.
export function valuesOf(control) {
  if (control.words) return control.words.map(word => word.text).join(",");
  if (control.scale === "logarithmic") {
    const factor = control.kind === "count" ? 2 : Math.sqrt(10), usual = Number(control.default);
    const values = Array.from({ length: 9 }, (_, i) => usual * factor ** (i - (control.kind === "count" ? 3 : 4)));
    return [...new Set(values.map(value => text(control.kind === "count" ? Math.max(1, Math.round(value)) : Number(value.toPrecision(2)))))].join(",");
  }
  return [...new Set(Array.from({ length: 9 }, (_, i) => text(numberAt(control, i / 8))))].join(",");
}

// Fills the form; a change gives a name and a text, null for what is usual.
export function showControls(form, groups, changed) {
  const setters = new Map();
  for (const group of groups) {
    const body = make("div", { class: "group" }, ...group.controls.map(control => row(control)));
    const folded = make("details", {}, make("summary", {}, group.name), body);
    folded.open = ["Data", "Training"].includes(group.name) || group.controls.some(control => setters.get(control.name)?.differs);
    form.append(folded);
  }
  form.addEventListener("submit", event => event.preventDefault());
  return (state, known = {}) => {
    for (const [name, set] of setters) set(state.get(name) ?? null, state, known);
    for (const folded of form.querySelectorAll("details")) if (folded.querySelector(".changed")) folded.open = true;
  };

  function row(control) {
    const id = `set-${control.name}`, holder = make("div", { class: `control ${control.kind}` });
    const label = make("label", { for: id, title: `${control.option}: ${control.description}` }, ...control.name.split("_").flatMap((part, i) => i ? ["_", make("wbr"), part] : [part]));
    const back = make("button", { class: "back", type: "button", "aria-label": `${control.name}: back to the usual`, title: "back to the usual" }, "↺");
    back.addEventListener("click", () => changed(control.name, null));
    const change = value => changed(control.name, value === control.default ? null : value);
    const set = { form: words, switch: toggle, widths: plain }[control.kind] ?? slider;
    const apply = set(control, id, holder, change);
    holder.prepend(label, back);
    setters.set(control.name, (value, state, known) => {
      holder.classList.toggle("changed", value !== null || (control.name === "distribution" && state.has("points")));
      back.hidden = !holder.classList.contains("changed");
      apply(value ?? state.get(control.follows) ?? control.default, value !== null, state, known);
    });
    return holder;
  }

  function slider(control, id, holder, change) {
    const range = make("input", { type: "range", min: 0, max: control.scale === "linear" && control.kind === "count" ? control.to - control.from : steps, step: 1, "aria-label": control.name });
    const box = make("input", { id, type: "text", inputmode: "decimal", spellcheck: "false", autocomplete: "off" });
    range.addEventListener("input", () => { box.value = text(numberAt(control, range.value / range.max)); change(box.value); });
    box.addEventListener("change", () => change(box.value.trim() || control.default));
    holder.append(box, range);
    return value => {
      if (document.activeElement !== box || box.value.trim() !== value) box.value = value;
      const number = Number(value), place = Number.isFinite(number) ? scales[control.scale].place(number, control.from, control.to) : 1;
      if (document.activeElement !== range) range.value = Math.round(Math.min(1, Math.max(0, place)) * range.max);
      range.setAttribute("aria-valuetext", value);
    };
  }

  function words(control, id, holder, change) {
    const list = make("select", { id }, ...control.words.map(word => make("option", { value: word.word, title: word.form }, word.word)));
    const box = make("input", { type: "text", spellcheck: "false", autocomplete: "off", "aria-label": `${control.name}, with its numbers` });
    const isData = control.name === "distribution", pad = isData ? drawingPad(points => changed("points", points)) : null;
    if (isData) list.append(make("option", { value: drawn }, drawn));
    list.addEventListener("change", () => {
      if (list.value === drawn) { changed("points", pad.points()); return; }
      if (isData) changed("points", null, true);
      change(control.words.find(word => word.word === list.value).text);
    });
    box.addEventListener("change", () => change(box.value.trim() || control.default));
    holder.append(list, box, ...(pad ? [pad.element] : []));
    return (value, isGiven, state) => {
      const byHand = isData && state.has("points"), word = control.words.find(one => one.word === value.split(":")[0].replaceAll("_", "-"));
      list.value = byHand ? drawn : word?.word;
      box.value = value;
      box.title = word?.form ?? "";
      box.hidden = byHand || !word?.form.includes(":");
      pad?.set(byHand ? state.get("points") : null);
    };
  }

  function toggle(control, id, holder, change) {
    const box = make("input", { id, type: "checkbox" });
    box.addEventListener("change", () => change(String(box.checked)));
    holder.append(box);
    return value => { box.checked = value === "true"; };
  }

  function plain(control, id, holder, change) {
    const box = make("input", { id, type: "text", spellcheck: "false", autocomplete: "off", title: control.description });
    box.addEventListener("change", () => changed(control.name, box.value.trim() || null));
    holder.append(box);
    return (value, isGiven, state, known) => { box.value = isGiven ? value : known[control.name] ?? control.default; };
  }
}
