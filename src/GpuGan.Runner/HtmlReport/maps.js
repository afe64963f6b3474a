// Heat maps side by side, whose cells tell their numbers and open.
const log10 = value => value === null ? null : Math.log10(Math.max(value, 1e-6));
const inPercent = share => Math.round(100 * share);
const shares = [
  { name: "Converged by the verdict", mixture: mixtures.share, value: cell => cell.converged / cell.members, text: cell => inPercent(cell.converged / cell.members) },
  { name: `Both losses near ${equilibrium}`, mixture: mixtures.share, value: cell => cell.looks / cell.members, text: cell => inPercent(cell.looks / cell.members) },
];
const divergence = { name: "Median KL divergence, nats", mixture: mixtures.distance, value: cell => log10(cell.divergence[1]), text: cell => cell.divergence[1] === null ? "–" : short(Number(cell.divergence[1].toPrecision(2))) };
const accuracy = { name: "Median accuracy of D on fresh rows", mixture: mixtures.distance, range: [0.5, 1], value: cell => cell.accuracy?.[1] ?? null, text: cell => cell.accuracy ? inPercent(cell.accuracy[1]) : "–" };
const modes = [
  { name: "All modes met", mixture: mixtures.share, value: cell => cell.modes ? cell.allModes / cell.members : null, text: cell => cell.modes ? inPercent(cell.allModes / cell.members) : "–" },
  { name: "Median modes met", plain: true, mixture: mixtures.share, value: cell => cell.modes ? cell.modes[1] / cell.centers : null, text: cell => cell.modes?.[1] ?? "–" },
];
const all = "all";

// A quantile of numbers of which each stands for some, between neighbours linearly; null where there is none.
function quantile(weighted, share) {
  const place = share * (weighted.reduce((sum, [, weight]) => sum + weight, 0) - 1);
  let before = 0;
  for (let i = 0; i < weighted.length; i++) {
    const [value, weight] = weighted[i], beyond = place - (before + weight - 1);
    if (beyond <= 0 || i === weighted.length - 1) return value;
    if (beyond < 1) return value + beyond * (weighted[i + 1][0] - value);
    before += weight;
  }
  return null;
}

// Several cells as one: counts add up, quartiles are those of all their numbers, and of the members that they show as many are kept, from the best to the worst.
function pooled(cells, at) {
  if (cells.length === 1) return { ...cells[0], at };
  const sum = name => cells.reduce((total, cell) => total + (cell[name] ?? 0), 0);
  const quartiles = name => {
    const weighted = cells.flatMap(cell => cell[name] ? cell[name].slice(1).map(value => [value, cell[name][0] / (cell[name].length - 1)]) : []).sort(([one], [other]) => one - other);
    return weighted.length ? [0.25, 0.5, 0.75].map(share => quantile(weighted, share)) : null;
  };
  const far = score => score ?? Infinity, each = Math.max(...cells.map(cell => cell.shown.length));
  const shown = cells.flatMap(cell => cell.shown).sort((one, other) => far(one.score) < far(other.score) ? -1 : far(one.score) > far(other.score) ? 1 : 0);
  const kept = shown.length <= each ? shown : Array.from({ length: each }, (_, i) => shown[each === 1 ? shown.length >> 1 : Math.round(i * (shown.length - 1) / (each - 1))]);
  const last = kept.length - 1;
  return {
    at,
    members: sum("members"), converged: sum("converged"), looks: sum("looks"), diverged: sum("diverged"), runaway: sum("runaway"),
    divergence: quartiles("divergences") ?? [null, null, null], accuracy: quartiles("accuracies"),
    ...(cells.some(cell => cell.modes) ? { allModes: sum("allModes"), centers: Math.max(...cells.map(cell => cell.centers ?? 0)), modes: quartiles("modesOf") } : {}),
    shown: kept.map((one, i) => ({ ...one, place: last > 0 && each > 1 ? (i === 0 ? "best" : i === last ? "worst" : null) : null })),
  };
}

function showMaps(section, { axes, cells, box, real, columns }) {
  const panel = make("div", { id: "cell", "aria-live": "polite" });
  if (axes.length === 0) {
    section.append(panel);
    open(cells[0], false);
    return;
  }

  // The last axis lies horizontally, the one before it vertically; of the others one value is chosen.
  let horizontal = axes.length - 1, vertical = axes.length - 2, places;
  const chosen = axes.map(() => all);
  const measures = [...shares, divergence, ...(cells.some(cell => cell.modes) ? modes : []), ...(cells.some(cell => cell.accuracy) ? [accuracy] : [])];
  const controls = make("div", { class: "controls" });
  const plane = make("p", { class: "printed" });
  const maps = make("div", { class: "maps" });
  const readout = make("p", { class: "readout", role: "status" }, "The numbers of the cell that is pointed at stand here.");
  section.append(controls, plane, maps, readout, panel);
  fillControls();
  draw();

  function isAcross(i) {
    return i === horizontal || i === vertical;
  }

  function at(h, v) {
    return places.get(`${h},${v}`);
  }

  // The cells of the plane: of those of the chosen values, the ones that lie at one place together.
  function fillPlaces() {
    const groups = new Map();
    for (const cell of cells) {
      if (!axes.every((_, i) => isAcross(i) || chosen[i] === all || cell.at[i] === chosen[i])) continue;
      const place = `${cell.at[horizontal]},${vertical >= 0 ? cell.at[vertical] : 0}`;
      groups.has(place) ? groups.get(place).push(cell) : groups.set(place, [cell]);
    }
    places = new Map([...groups].map(([place, group]) => [place, pooled(group, axes.map((_, i) => isAcross(i) || chosen[i] !== all ? group[0].at[i] : all))]));
  }

  function labelOf(axis, value) {
    return value === all ? `${axis.name} all` : `${axis.name} ${axis.labels[value]}`;
  }

  function nameOf(cell) {
    return axes.map((axis, i) => labelOf(axis, cell.at[i])).join(", ");
  }

  function tell(cell) {
    const share = count => {
      const [low, high] = interval(count, cell.members);
      return `${percent(count / cell.members)} (95 % interval ${percent(low)} to ${percent(high)})`;
    };
    const [first, median, third] = cell.divergence.map(show);
    return `${nameOf(cell)}: converged ${share(cell.converged)}; losses near ${equilibrium} ${share(cell.looks)}; KL divergence ${median} ` +
      `(quartiles ${first} and ${third}); ` + (cell.modes ? `all modes ${share(cell.allModes)}, median ${cell.modes[1]} of ${cell.centers}; ` : "") + (cell.accuracy ? `accuracy of D ${percent(cell.accuracy[1])}; ` : "") + `${counted(cell.members)}, ${cell.diverged} diverged, ${cell.runaway} runaway.`;
  }

  function read(cell) {
    readout.textContent = tell(cell);
    readout.classList.add("read");
  }

  function fillControls() {
    controls.replaceChildren();
    if (axes.length < 3) return;
    const select = (label, options, value, change, values = options.map((_, i) => i)) => {
      const list = make("select", {}, ...options.map((option, i) => make("option", { value: values[i] }, option)));
      list.value = value;
      list.addEventListener("change", () => { change(list.value === all ? all : Number(list.value)); fillControls(); draw(); });
      controls.append(make("label", {}, `${label} `, list));
    };
    const names = axes.map(axis => axis.name);
    select("horizontal", names, horizontal, value => { if (value === vertical) vertical = horizontal; horizontal = value; });
    select("vertical", names, vertical, value => { if (value === horizontal) horizontal = vertical; vertical = value; });
    axes.forEach((axis, i) => {
      if (!isAcross(i)) select(axis.name, [all, ...axis.labels], chosen[i], value => { chosen[i] = value; }, [all, ...axis.labels.keys()]);
    });
  }

  function draw() {
    fillPlaces();
    plane.textContent = axes.map((axis, i) => isAcross(i) ? "" : labelOf(axis, chosen[i])).filter(Boolean).join(", ");
    maps.replaceChildren(...measures.map(drawMap));
  }

  // Where a map is wider than its place, the others are moved with it.
  maps.addEventListener("scroll", ({ target }) => {
    for (const map of maps.querySelectorAll(".map")) if (map !== target && map.scrollLeft !== target.scrollLeft) map.scrollLeft = target.scrollLeft;
  }, true);

  function drawMap(measure) {
    const range = measure.mixture === mixtures.share ? [0, 1] : measure.range ?? extent([...places.values()].map(measure.value), 0);
    const map = heatMap({
      name: measure.name,
      across: axes[horizontal],
      up: vertical >= 0 ? axes[vertical] : null,
      at,
      face: cell => ({ ...colorsOf(measure.mixture, measure.value(cell), range), text: String(measure.text(cell)) }),
      tell,
      read,
      open: cell => open(cell, true),
    });
    return make("div", {}, make("p", { class: "map-title" }, measure.name + (measure === divergence || measure.plain ? "" : ", %")), map.element);
  }

  function open(cell, chosenByUser) {
    for (const button of section.querySelectorAll(".cell")) button.setAttribute("aria-pressed", button.dataset.at === cell.at.join(","));
    const title = make("h3", { tabindex: -1 }, axes.length ? nameOf(cell) : "Members");
    const range = extent([...levels, ...cell.shown.flatMap(one => [...one.loss_d, ...one.loss_g])]), epochs = Math.max(...cell.shown.map(one => one.epochs));
    const shown = cell.shown.length === 0
      ? "No member of this cell is in the page; gpugan report --members N shows N of each."
      : `${cell.shown.length === cell.members ? "All" : `${cell.shown.length} of`} ${counted(cell.members)}, from the best to the worst: generated rows on real ones${columns > 2 ? `, in the plane of the first two of ${columns} columns` : ""}; losses over the epochs.`;
    panel.replaceChildren(
      title,
      make("p", {}, shown),
      legend(["var(--real)", "real rows, loss_g"], ["var(--made)", "generated rows, loss_d"], ["var(--soft)", equilibrium]),
      make("div", { class: "members" }, ...cell.shown.map(one => member(one, range, epochs))));
    if (chosenByUser) {
      title.focus({ preventScroll: true });
      title.scrollIntoView({ block: "nearest" });
    }
  }

  function member(one, range, epochs) {
    const word = one.diverged_at ? `diverged at step ${one.diverged_at}` : one.converged ? "converged" : one.runaway ? "ran away" : one.looks ? "only looks so" : "not converged";
    const isLine = columns === 1, shown = isLine ? [box[0], box[1], 0, tallest(real)] : box;
    const plane = chart(`Rows of seed ${one.seed}, ${word}`, 360, 270, shown, { bare: true });
    rows(plane, "real", real, shown, 3, isLine);
    rows(plane, "made", one.made, shown, 6, isLine);

    // Of many epochs some are in the page, the last among them.
    const xs = one.loss_d.map((_, i) => Math.floor((i + 1) * one.trained / one.loss_d.length));
    const course = losses(`Losses of seed ${one.seed}`, 360, 130, xs, one.loss_d, one.loss_g, epochs, range, levels, { bare: true });
    const opener = make("button", { class: "open", type: "button", "aria-label": `Open large: ${one.place ? `${one.place}, ` : ""}seed ${one.seed}, ${word}` }, plane.svg, course.svg);
    return make("figure", {}, opener, make("figcaption", {},
      make("strong", {}, (one.place ? `${one.place}: ` : "") + word), ` · seed ${one.seed}` + (one.kl_divergence === null ? "" : ` · KL ${show(one.kl_divergence)}`) +
        (one.nearest_neighbor_accuracy === null ? "" : ` · neighbors ${show(one.nearest_neighbor_accuracy)}`),
      ...(one.command ? [make("code", {}, one.command)] : [])));
  }
}
