// Heat maps side by side, whose cells tell their numbers and open.
const mixtures = { share: ["#F4F7FA", "#0077BB", "#08305C"], distance: ["#00443C", "#009988", "#F3F8F6"] };
const counted = count => `${count} member${count === 1 ? "" : "s"}`;
const percent = value => `${Math.round(100 * value)} %`;
const log10 = value => value === null ? null : Math.log10(Math.max(value, 1e-6));
const measures = [
  { name: "Converged by the verdict", mixture: mixtures.share, value: cell => cell.converged[0], text: cell => Math.round(100 * cell.converged[0]) },
  { name: "Both losses near log 2", mixture: mixtures.share, value: cell => cell.looks[0], text: cell => Math.round(100 * cell.looks[0]) },
  { name: "Median KL divergence, nats", mixture: mixtures.distance, value: cell => log10(cell.divergence[1]), text: cell => cell.divergence[1] === null ? "–" : Number(cell.divergence[1].toPrecision(2)) },
];
const mostLabelled = 12;

function mixed(mixture, part) {
  const at = Math.min(1, Math.max(0, part)) * 2, index = Math.min(1, Math.floor(at)), weight = at - index;
  const parse = color => [1, 3, 5].map(i => parseInt(color.slice(i, i + 2), 16));
  const [from, to] = [parse(mixture[index]), parse(mixture[index + 1])];
  const rgb = from.map((value, i) => Math.round(value + (to[i] - value) * weight));
  return { background: `rgb(${rgb})`, ink: 0.3 * rgb[0] + 0.59 * rgb[1] + 0.11 * rgb[2] < 140 ? "#fff" : "#222" };
}

function showMaps(section, { axes, cells, box, real }) {
  const panel = make("div", { id: "cell", "aria-live": "polite" });
  if (axes.length === 0) {
    section.append(panel);
    open(cells[0], false);
    return;
  }

  // The last axis lies horizontally, the one before it vertically; of the others one value is chosen.
  const places = new Map(cells.map(cell => [cell.at.join(","), cell]));
  let horizontal = axes.length - 1, vertical = axes.length - 2;
  const chosen = axes.map(() => 0);
  const controls = make("div", { class: "controls" });
  const plane = make("p", { class: "printed" });
  const maps = make("div", { class: "maps" });
  const readout = make("p", { class: "readout", role: "status" }, "The numbers of the cell that is pointed at stand here.");
  section.append(controls, plane, maps, readout, panel);
  fillControls();
  draw();

  function at(h, v) {
    const place = chosen.slice();
    place[horizontal] = h;
    if (vertical >= 0) place[vertical] = v;
    return places.get(place.join(","));
  }

  function nameOf(cell) {
    return axes.map((axis, i) => `${axis.name} ${axis.labels[cell.at[i]]}`).join(", ");
  }

  function tell(cell) {
    const share = ([value, low, high]) => `${percent(value)} (95 % interval ${percent(low)} to ${percent(high)})`;
    const [first, median, third] = cell.divergence.map(show);
    return `${nameOf(cell)}: converged ${share(cell.converged)}; losses near log 2 ${share(cell.looks)}; KL divergence ${median} ` +
      `(quartiles ${first} and ${third}); ${counted(cell.members)}, ${cell.diverged} diverged, ${cell.runaway} runaway.`;
  }

  function fillControls() {
    controls.replaceChildren();
    if (axes.length < 3) return;
    const select = (label, options, value, change) => {
      const list = make("select", {}, ...options.map((option, i) => make("option", { value: i }, option)));
      list.value = value;
      list.addEventListener("change", () => { change(Number(list.value)); fillControls(); draw(); });
      controls.append(make("label", {}, `${label} `, list));
    };
    const names = axes.map(axis => axis.name);
    select("horizontal", names, horizontal, value => { if (value === vertical) vertical = horizontal; horizontal = value; });
    select("vertical", names, vertical, value => { if (value === horizontal) horizontal = vertical; vertical = value; });
    axes.forEach((axis, i) => {
      if (i !== horizontal && i !== vertical) select(axis.name, axis.labels, chosen[i], value => { chosen[i] = value; });
    });
  }

  function draw() {
    plane.textContent = axes.map((axis, i) => i === horizontal || i === vertical ? "" : `${axis.name} ${axis.labels[chosen[i]]}`).filter(Boolean).join(", ");
    maps.replaceChildren(...measures.map(drawMap));
  }

  function drawMap(measure) {
    const across = axes[horizontal].labels, up = vertical >= 0 ? axes[vertical].labels : [""];
    const divergences = extent(cells.map(cell => log10(cell.divergence[1])), 0);
    const part = value => measure.mixture === mixtures.share ? value : (value - divergences[0]) / (divergences[1] - divergences[0] || 1);
    const grid = make("div", { class: "map", role: "grid", "aria-label": measure.name });
    grid.style.gridTemplateColumns = `auto repeat(${across.length}, minmax(0, 1fr))`;
    if (vertical >= 0) grid.append(make("div", { class: "axis vertical", role: "presentation" }, axes[vertical].name));
    const every = Math.ceil(up.length / 16), buttons = [];
    for (let v = up.length - 1; v >= 0; v--) {
      const row = make("div", { class: "row", role: "row" }, make("span", { class: "label", role: "rowheader" }, v % every === 0 ? up[v] : ""));
      buttons[v] = [];
      for (let h = 0; h < across.length; h++) {
        const cell = at(h, v), flat = vertical < 0 || across.length < 4;
        const holder = make("div", { role: "gridcell", class: `hole${flat ? " flat" : ""}` });
        row.append(holder);
        if (!cell) continue;
        const value = measure.value(cell), colors = value === null ? { background: "#ddd", ink: "#222" } : mixed(measure.mixture, part(value));
        const button = make("button", { class: "cell", type: "button", tabindex: -1, "aria-pressed": false, "data-at": cell.at.join(","), "aria-label": tell(cell) });
        if (across.length <= mostLabelled) button.append(String(measure.text(cell)));
        button.style.background = colors.background;
        button.style.color = colors.ink;
        for (const event of ["mouseenter", "focus"]) button.addEventListener(event, () => { readout.textContent = tell(cell); });
        button.addEventListener("click", () => { readout.textContent = tell(cell); open(cell, true); });
        button.addEventListener("keydown", event => move(event, buttons, h, v));
        buttons[v][h] = button;
        holder.append(button);
      }
      grid.append(row);
    }
    // One stop of the tab key for a map; the arrows go from cell to cell.
    const first = buttons.flat().find(Boolean);
    if (first) first.tabIndex = 0;
    // Numbers may be left out where they do not fit, but words are not to be guessed: every other of them stands lower.
    const lines = across.length * Math.max(...across.map(label => label.length + 1)) / 44, words = across.some(label => isNaN(label.replace("≈", "")));
    const step = Math.ceil(words ? lines / 2 : lines);
    grid.append(make("span", {}), ...across.map((label, i) =>
      make("span", { class: `label below${words && lines > 1 && i / step % 2 === 1 ? " lower" : ""}`, role: "presentation" }, i % step === 0 ? label : "")),
      make("div", { class: "axis", role: "presentation" }, axes[horizontal].name));
    return make("div", {}, make("p", { class: "map-title" }, measure.name + (measure.mixture === mixtures.share ? ", %" : "")), grid);
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

  function open(cell, chosenByUser) {
    for (const button of section.querySelectorAll(".cell")) button.setAttribute("aria-pressed", button.dataset.at === cell.at.join(","));
    const title = make("h3", { tabindex: -1 }, axes.length ? nameOf(cell) : "Members");
    const range = extent([log2, ...cell.shown.flatMap(one => [...one.loss_d, ...one.loss_g])]);
    const shown = cell.shown.length === 0
      ? "No member of this cell is in the page: to train some of each again would take too long."
      : `${cell.shown.length === cell.members ? "All" : `The first ${cell.shown.length} of`} ${counted(cell.members)}: generated rows on real ones; losses over the epochs.`;
    panel.replaceChildren(
      title,
      make("p", {}, shown),
      legend(["var(--real)", "real rows, loss_g"], ["var(--made)", "generated rows, loss_d"], ["var(--soft)", "log 2"]),
      make("div", { class: "members" }, ...cell.shown.map(one => member(one, range))));
    if (chosenByUser) {
      title.focus({ preventScroll: true });
      title.scrollIntoView({ block: "nearest" });
    }
  }

  function member(one, range) {
    const word = one.diverged_at ? `diverged at step ${one.diverged_at}` : one.converged ? "converged" : one.looks ? "only looks so" : "not converged";
    const plane = chart(`Rows of seed ${one.seed}, ${word}`, 360, 270, box, { bare: true });
    points(plane, "real", real, box, 3);
    points(plane, "made", one.points, box, 6);
    const course = losses(`Losses of seed ${one.seed}`, 360, 130, one.loss_d.map((_, i) => i), one.loss_d, one.loss_g, range, { bare: true });
    return make("figure", {}, plane.svg, course.svg, make("figcaption", {},
      make("strong", {}, word), ` · seed ${one.seed}` + (one.kl_divergence === null ? "" : ` · KL ${show(one.kl_divergence)}`),
      ...(one.command ? [make("code", {}, one.command)] : [])));
  }
}

if (data.maps) showMaps(document.getElementById("maps"), data.maps);
