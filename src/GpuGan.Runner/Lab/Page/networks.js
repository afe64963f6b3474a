// Both networks as units and weights: blue pulls up, orange down, and thick pulls more.
import { make } from "./charts.js";

const mostUnits = 16, width = 460, height = 200, thickest = 5;

export function showNetworks(section, changed) {
  const parts = ["generator", "discriminator"].map(name => {
    const steppers = make("div", { class: "controls steppers" }), picture = make("div", {});
    return { name, steppers, picture, element: make("div", {}, make("h3", {}, name[0].toUpperCase() + name.slice(1)), steppers, picture) };
  });
  section.append(make("h2", {}, "Networks"), make("div", { class: "networks" }, ...parts.map(part => part.element)));
  return { draw, shape };

  // The widths, with buttons that change them.
  function shape(settings) {
    for (const part of parts) {
      const widths = settings[part.name].split("-").map(Number), focused = document.activeElement?.dataset?.step;
      const set = next => changed(part.name, next.join("-"));
      const button = (text, label, next) => {
        const one = make("button", { class: "plain", type: "button", "aria-label": label, title: label, "data-step": `${part.name} ${label}` }, text);
        one.disabled = !next;
        one.addEventListener("click", () => set(next));
        return one;
      };
      const hidden = widths.slice(1, -1);
      part.steppers.replaceChildren(
        make("span", {}, `layers ${widths.length - 1}`),
        button("−", "one hidden layer less", hidden.length ? [...widths.slice(0, -2), widths.at(-1)] : null),
        button("+", "one hidden layer more", [...widths.slice(0, -1), hidden.at(-1) ?? 4, widths.at(-1)]),
        ...hidden.flatMap((units, i) => [
          make("span", {}, `units ${units}`),
          button("−", `one unit less in hidden layer ${i + 1}`, units > 1 ? widths.with(i + 1, units - 1) : null),
          button("+", `one unit more in hidden layer ${i + 1}`, widths.with(i + 1, units + 1))]));
      if (focused) part.steppers.querySelector(`[data-step="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  // The weights of a look; lines without strength where there are too many to be told.
  function draw(settings, parameters) {
    let offset = 0;
    for (const part of parts) {
      const widths = settings[part.name].split("-").map(Number), hasBias = settings[`${part.name}_bias`];
      const svg = make("svg", { class: "chart network", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${part.name} ${settings[part.name]}` });
      const x = layer => 24 + layer * (width - 48) / (widths.length - 1), shown = layer => Math.min(mostUnits, widths[layer]);
      const y = (layer, unit) => height / 2 + (unit - (shown(layer) - 1) / 2) * Math.min(34, (height - 24) / shown(layer));
      const biases = [];
      for (let layer = 0; layer < widths.length - 1; layer++) {
        const inputs = widths[layer], outputs = widths[layer + 1];
        for (let to = 0; to < shown(layer + 1); to++) {
          for (let from = 0; from < shown(layer); from++) {
            const weight = parameters ? parameters[offset + to * inputs + from] : null;
            svg.append(make("line", {
              class: weight === null ? "weight" : weight >= 0 ? "weight up" : "weight down", x1: x(layer), y1: y(layer, from), x2: x(layer + 1), y2: y(layer + 1, to),
              "stroke-width": weight === null ? 1 : (thickest * Math.tanh(Math.abs(weight) / 2) + 0.15).toFixed(2),
            }));
          }
        }
        offset += inputs * outputs;
        biases[layer + 1] = hasBias ? offset : null;
        offset += hasBias ? outputs : 0;
      }
      for (let layer = 0; layer < widths.length; layer++) {
        for (let unit = 0; unit < shown(layer); unit++) {
          const bias = parameters && biases[layer] ? parameters[biases[layer] + unit] : 0;
          svg.append(make("circle", { class: `unit ${bias > 0.05 ? "up" : bias < -0.05 ? "down" : ""}`, cx: x(layer), cy: y(layer, unit), r: Math.min(9, 90 / shown(layer)) }));
        }
        if (widths[layer] > mostUnits) svg.append(make("text", { x: x(layer), y: height - 1, "text-anchor": "middle" }, `${mostUnits} of ${widths[layer]}`));
      }
      part.picture.replaceChildren(svg);
    }
  }
}
