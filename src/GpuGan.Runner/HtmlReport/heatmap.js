// A map of cells over one axis or two: each has a colour, tells its numbers and opens.
const mixtures = { share: ["#F4F7FA", "#0077BB", "#08305C"], distance: ["#00443C", "#009988", "#F3F8F6"] };
const counted = count => `${count} member${count === 1 ? "" : "s"}`;
const percent = value => `${Math.round(100 * value)} %`;
const mostLabelled = 12;

// The 95 % interval of Wilson (1927).
function interval(count, of) {
  const z = 1.959963984540054, share = count / of, part = z * z / of;
  const middle = (share + part / 2) / (1 + part), half = z / (1 + part) * Math.sqrt((share * (1 - share) + part / 4) / of);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

function mixed(mixture, part) {
  const at = Math.min(1, Math.max(0, part)) * 2, index = Math.min(1, Math.floor(at)), weight = at - index;
  const parse = color => [1, 3, 5].map(i => parseInt(color.slice(i, i + 2), 16));
  const [from, to] = [parse(mixture[index]), parse(mixture[index + 1])];
  const rgb = from.map((value, i) => Math.round(value + (to[i] - value) * weight));
  return { background: `rgb(${rgb})`, ink: 0.3 * rgb[0] + 0.59 * rgb[1] + 0.11 * rgb[2] < 140 ? "#fff" : "#222" };
}

function colorsOf(mixture, value, [from, to]) {
  return value === null ? { background: "#ddd", ink: "#222" } : mixed(mixture, (value - from) / (to - from || 1));
}

// Cells are given by their places, null where there is none; a cell that has changed is painted again.
function heatMap({ name, across, up, at, face, tell, read, open }) {
  const labels = across.labels, upLabels = up?.labels ?? [""];
  const grid = make("div", { class: "map", role: "grid", "aria-label": name });
  grid.style.gridTemplateColumns = `auto repeat(${labels.length}, minmax(var(--least), 1fr))`;
  if (up) grid.append(make("div", { class: "axis vertical", role: "presentation" }, up.name));
  const every = Math.ceil(upLabels.length / 16), buttons = [];
  for (let v = upLabels.length - 1; v >= 0; v--) {
    const row = make("div", { class: "row", role: "row" }, make("span", { class: "label", role: "rowheader" }, v % every === 0 ? upLabels[v] : ""));
    buttons[v] = [];
    for (let h = 0; h < labels.length; h++) {
      const cell = at(h, v), flat = !up || labels.length < 4;
      const holder = make("div", { role: "gridcell", class: `hole${flat ? " flat" : ""}` });
      row.append(holder);
      if (!cell) continue;
      const button = make("button", { class: "cell", type: "button", tabindex: -1, "aria-pressed": false, "data-at": cell.at.join(",") });
      for (const event of ["mouseenter", "focus"]) button.addEventListener(event, () => { read(at(h, v)); });
      button.addEventListener("click", () => { read(at(h, v)); open(at(h, v)); });
      button.addEventListener("keydown", event => move(event, buttons, h, v));
      buttons[v][h] = button;
      paint(h, v);
      holder.append(button);
    }
    grid.append(row);
  }
  // One stop of the tab key for a map; the arrows go from cell to cell.
  const first = buttons.flat().find(Boolean);
  if (first) first.tabIndex = 0;
  // Numbers may be left out where they do not fit, but words are not to be guessed: every other of them stands lower.
  const lines = labels.length * Math.max(...labels.map(label => label.length + 1)) / 44, words = labels.some(label => isNaN(label.replace("≈", "")));
  const step = Math.ceil(words ? lines / 2 : lines);
  grid.append(make("span", {}), ...labels.map((label, i) =>
    make("span", { class: `label below${words && lines > 1 && i / step % 2 === 1 ? " lower" : ""}`, role: "presentation" }, i % step === 0 ? label : "")),
    make("div", { class: "axis", role: "presentation" }, across.name));
  return { element: grid, paint };

  function paint(h, v) {
    const cell = at(h, v), button = buttons[v][h], { background, ink, text } = face(cell);
    button.setAttribute("aria-label", tell(cell));
    if (labels.length <= mostLabelled) button.textContent = text;
    button.style.background = background;
    button.style.color = ink;
  }
}

function move(event, buttons, h, v) {
  const [dh, dv] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? [0, 0];
  const next = (dh || dv) && buttons[v + dv]?.[h + dh];
  if (!next) return;
  event.preventDefault();
  buttons[v][h].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
