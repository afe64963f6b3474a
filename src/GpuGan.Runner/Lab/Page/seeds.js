// Many seeds of one experiment as small multiples: what their generators make, and whether that is right.
import { make, show, chart, rows, tallest, percent, interval } from "./charts.js";

export function showSeeds(section, open) {
  const said = make("p", {}), holder = make("div", { class: "multiples" });
  section.append(said, holder);
  return { take };

  function take({ problem, seeds, box, real, columns }) {
    if (problem) { said.textContent = problem; return; }
    const isLine = columns === 1, shown = isLine ? [box[0], box[1], 0, tallest(real)] : box;
    const converged = seeds.filter(one => one.converged).length, looks = seeds.filter(one => one.looks && !one.converged).length;
    const [low, high] = interval(converged, seeds.length);
    said.textContent = `${converged} of ${seeds.length} seeds converged, ${percent(converged / seeds.length)} (95 % interval ${percent(low)} to ${percent(high)}); the losses of ${looks} others look as if.`;
    holder.replaceChildren(...seeds.map(one => {
      const word = one.diverged_at ? "diverged" : one.converged ? "converged" : one.runaway ? "ran away" : one.looks ? "only looks so" : "not converged";
      const plane = chart(`Rows of seed ${one.seed}`, 160, 120, shown, { bare: true });
      rows(plane, "real", real, shown, 2, isLine);
      rows(plane, "made", one.made, shown, 3.5, isLine);
      const button = make("button", { class: `multiple ${one.converged ? "good" : one.looks ? "bad" : ""}`, type: "button", "aria-label": `Open seed ${one.seed}: ${word}, KL divergence ${show(one.kl_divergence)}` },
        plane.svg, make("span", {}, `${one.converged ? "✓" : one.looks ? "✗ looks so" : "✗"} seed ${one.seed}`));
      button.addEventListener("click", () => open(one.seed));
      return button;
    }));
  }
}
