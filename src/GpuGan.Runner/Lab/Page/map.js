// A map of two settings, whose cells fill in as their members are trained.
import { make, show, short, percent, interval, mixtures, colorsOf, heatMap } from "./charts.js";
import { valuesOf } from "./controls.js";

const none = "none", log = value => value === null ? null : Math.log10(Math.max(value, 1e-6));
const waiting = { background: "transparent", ink: "inherit", text: "" };
const measures = {
  converged: { word: "converged", name: "Converged by the verdict, %", mixture: mixtures.share, range: [0, 1], value: cell => cell.converged / cell.members, text: value => Math.round(100 * value) },
  looks: { word: "losses look so", name: "Losses as at an equilibrium, %", mixture: mixtures.share, range: [0, 1], value: cell => cell.looks / cell.members, text: value => Math.round(100 * value) },
  divergence: { word: "KL divergence", name: "Median KL divergence, nats", mixture: mixtures.distance, range: [-2, 1.5], value: cell => log(cell.kl_divergence), text: value => value === null ? "–" : Number((10 ** value).toPrecision(2)) },
};

// Asks for a map when it has changed, and opens a cell by giving its settings.
export function showMap(section, controls, view, { ask, cancel, changed, open, told }) {
  const swept = controls.filter(control => control.swept !== false && control.name !== "seed" && control.name !== "shuffle");
  const select = (name, options, usual) => {
    const list = make("select", { id: `map-${name}` }, ...options.map(([value, text]) => make("option", { value }, text)));
    list.value = view.get(name) ?? usual;
    list.addEventListener("change", () => set(name, list.value, usual));
    return list;
  };
  const names = swept.map(control => [control.name, control.name]);
  const across = select("across", names, "lr_d"), up = select("up", [...names, [none, "nothing"]], "lr_g");
  const seeds = select("seeds", [["16", "16"], ["32", "32"], ["64", "64"]], "32"), measure = select("measure", Object.entries(measures).map(([key, one]) => [key, one.word]), "converged");
  const acrossValues = values("across_values", across), upValues = values("up_values", up);
  const pause = make("button", { class: "plain", type: "button" }, "Stop");
  const progress = make("progress", { "aria-label": "Cells that are trained", max: 1, value: 0 });
  const holder = make("div", {}), readout = make("p", { class: "readout", role: "status" }, "A press on a cell opens it above.");
  const label = (text, ...inputs) => make("label", {}, `${text} `, ...inputs);
  section.append(
    make("div", { class: "controls" }, label("across", across), acrossValues),
    make("div", { class: "controls" }, label("up", up), upValues),
    make("div", { class: "controls" }, label("seeds", seeds), label("show", measure), pause),
    progress, make("p", { class: "map-title" }), holder, readout);
  let map = null, shown = null, isStopped = false, isHeld = false;
  pause.addEventListener("click", () => { isStopped ? fill() : stop(); });
  return { renew, take, here };

  // Of another experiment there is another map; who has stopped one is not given the next.
  function renew() {
    holder.classList.toggle("stale", map !== null);
    if (!isHeld) fill();
  }

  function values(name, list) {
    const box = make("input", { type: "text", spellcheck: "false", autocomplete: "off", "aria-label": `values of the ${name === "up_values" ? "vertical" : "horizontal"} setting` });
    box.value = view.get(name) ?? usual();
    box.addEventListener("change", () => set(name, box.value.trim(), usual()));
    list.addEventListener("change", () => { box.value = usual(); view.delete(name); });
    return box;
    function usual() {
      const control = swept.find(one => one.name === list.value);
      return control ? valuesOf(control) : "";
    }
  }

  function set(name, value, usual) {
    value === usual || value === "" ? view.delete(name) : view.set(name, value);
    changed();
    name === "measure" ? draw() : fill();
  }

  function fill() {
    isStopped = isHeld = false;
    pause.textContent = "Stop";
    const axes = [{ name: across.value, values: acrossValues.value }];
    if (up.value !== none && up.value !== across.value) axes.unshift({ name: up.value, values: upValues.value });
    ask({ axes, seeds: Number(seeds.value) });
  }

  function stop() {
    isStopped = isHeld = true;
    pause.textContent = "Fill";
    cancel();
  }

  // What comes first says what the map is; then come cells.
  function take(answer) {
    if (answer.problem) { readout.textContent = answer.problem; return; }
    if (answer.axes) {
      const horizontal = Math.max(0, answer.axes.findIndex(axis => axis.name === across.value));
      map = { axes: answer.axes, horizontal, cells: new Map(), parts: answer.parts, done: 0, begun: performance.now() };
      told(answer.command);
      holder.classList.remove("stale");
      draw();
      return;
    }
    map.done++;
    progress.value = map.done / map.parts;
    const [h, v] = placeOf(answer.cell.point);
    map.cells.set(`${h},${v}`, answer.cell);
    map.painted?.paint(h, v);
    if (map.done === map.parts) {
      const trained = [...map.cells.values()].reduce((sum, cell) => sum + cell.members, 0);
      readout.textContent = `${trained} GANs trained in ${((performance.now() - map.begun) / 1000).toFixed(1)} s. A press on a cell opens it above.`;
      pause.textContent = "Fill again";
      isStopped = true;
    }
  }

  // The last axis changes fastest.
  function placeOf(point) {
    const length = map.axes.at(-1).values.length, places = [point % length, Math.floor(point / length)];
    return map.horizontal === map.axes.length - 1 ? places : places.reverse();
  }

  function draw() {
    if (!map) return;
    const chosen = measures[measure.value];
    const labels = one => ({ name: one.name, labels: one.values.map(value => isNaN(value) ? value : value.length > 9 ? show(Number(value)) : short(Number(value))) });
    section.querySelector(".map-title").textContent = chosen.name;
    map.painted = heatMap({
      name: chosen.name,
      across: labels(map.axes[map.horizontal]),
      up: map.axes.length > 1 ? labels(map.axes[1 - map.horizontal]) : null,
      at: (h, v) => ({ at: [h, v], ...map.cells.get(`${h},${v}`) }),
      face: cell => {
        if (!cell.members) return waiting;
        const value = chosen.value(cell);
        return { ...colorsOf(chosen.mixture, value, chosen.range), text: String(chosen.text(value)) };
      },
      tell,
      read: cell => { readout.textContent = tell(cell); },
      open: cell => open(settingsOf(cell.at)),
    });
    holder.replaceChildren(map.painted.element);
    here(shown);
  }

  function settingsOf([h, v]) {
    return map.axes.map((axis, i) => [axis.name, axis.values[i === map.horizontal ? h : v]]).map(([name, value]) => [name, isNaN(value) ? value : String(Number(value))]);
  }

  // Marks the cell of the experiment that is shown, where it is on the map.
  function here(settings) {
    shown = settings;
    for (const button of holder.querySelectorAll(".cell")) {
      const is = settings && settingsOf(button.dataset.at.split(",").map(Number)).every(([name, value]) => String(settings[name]) === value || Number(settings[name]) === Number(value));
      button.setAttribute("aria-pressed", Boolean(is));
    }
  }

  function tell(cell) {
    const name = settingsOf(cell.at).map(([one, value]) => `${one} ${value}`).join(", ");
    if (!cell.members) return `${name}: not trained yet`;
    const [low, high] = interval(cell.converged, cell.members);
    return `${name}: converged ${percent(cell.converged / cell.members)} (95 % interval ${percent(low)} to ${percent(high)}); losses as at an equilibrium ` +
      `${percent(cell.looks / cell.members)}; median KL divergence ${show(cell.kl_divergence)}; ${cell.members} members, ${cell.diverged} diverged, ${cell.runaway} runaway.`;
  }
}
