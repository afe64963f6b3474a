// A training under a slider: what the generator makes and what the discriminator believes, epoch by epoch.
// It begins at a look, at first the last, and tells of each that is chosen.
function showEvolution(section, evolution, { levels, said }, { first = evolution.frames.length - 1, chosen = () => {}, size = [460, 230] } = {}) {
  const { frames, box, real, names } = evolution, isLine = names.length === 1;
  const below = names.length > 2 ? `${names[0]} (2 of ${names.length} columns)` : names[0];
  const shown = isLine ? [box[0], box[1], 0, tallest(real)] : box;
  const plane = chart("Real and generated rows at the chosen epoch", 640, 480, shown, { below, beside: isLine ? "rows" : names[1], strip: isLine });
  const surface = make("image", { x: plane.x(shown[0]), y: plane.y(shown[3]), width: plane.x(shown[1]) - plane.x(shown[0]), height: plane.y(shown[2]) - plane.y(shown[3]), preserveAspectRatio: "none" });
  plane.area.append(surface);
  rows(plane, "real", real, shown, 3, isLine);
  let made = rows(plane, "made", [], shown, 5, isLine), pulls = null;

  // Both charts lie over the same epochs.
  const epochs = evolution.loss_d.map((_, i) => i + 1), last = epochs.length;
  const lossRange = extent([...evolution.loss_d, ...evolution.loss_g, ...levels]);
  const divergences = frames.map(frame => frame.kl_divergence === null ? null : Math.log10(Math.max(frame.kl_divergence, 1e-6)));
  const charts = { below: "epoch", whole: true, wide: true };
  const lossChart = losses("Losses of the epochs", ...size, epochs, evolution.loss_d, evolution.loss_g, last, lossRange, levels, charts);
  const divergenceChart = chart("KL divergence, nats", ...size, [0, last, ...extent([...divergences, Math.log10(Math.max(evolution.kl_limit, 1e-6))], 0.1)], { ...charts, logarithmic: true });
  const limit = divergenceChart.y(Math.log10(Math.max(evolution.kl_limit, 1e-6)));
  divergenceChart.area.append(make("line", { class: "level", x1: divergenceChart.x(0), x2: divergenceChart.x(last), y1: limit, y2: limit }));
  curve(divergenceChart, "w", frames.map(frame => frame.epoch), divergences);
  const markers = [lossChart, divergenceChart].map(target => {
    const line = make("line", { class: "now", y1: 0, y2: 300 });
    target.area.append(line);
    return epoch => { line.setAttribute("x1", target.x(epoch)); line.setAttribute("x2", target.x(epoch)); };
  });

  const slider = make("input", { type: "range", id: "epoch", min: 0, max: frames.length - 1, step: 1, value: frames.length - 1 });
  const told = make("output", { for: "epoch" });
  const numbers = make("p", { class: "readout", role: "status" });
  const play = make("button", { class: "plain", type: "button" }, "Play");

  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = evolution.surface;
  function paint(encoded) {
    if (!encoded) return;
    const context = canvas.getContext("2d"), image = context.createImageData(canvas.width, canvas.height), bytes = atob(encoded);
    for (let i = 0; i < bytes.length; i++) {
      // The further from undecided, the more colour: the page shines through between.
      const probability = bytes.charCodeAt(i) / 255, isReal = probability > 0.5;
      image.data.set([...(isReal ? [0, 119, 187] : [238, 119, 51]), Math.round(Math.abs(probability - 0.5) * 2 * 120)], 4 * i);
    }
    context.putImageData(image, 0, 0);
    surface.setAttribute("href", canvas.toDataURL());
  }

  function choose(index) {
    const frame = frames[index];
    slider.value = index;
    slider.setAttribute("aria-valuetext", `epoch ${frame.epoch}`);
    told.value = `epoch ${frame.epoch}`;
    paint(frame.surface);
    const next = rows(plane, "made", frame.made, shown, 5, isLine);
    made.replaceWith(next);
    made = next;
    pulls?.remove();
    pulls = frame.forces ? arrows(plane, frame.made, frame.forces, shown) : null;
    markers.forEach(move => move(frame.epoch));
    const at = frame.epoch - 1;
    numbers.textContent =
      `Epoch ${frame.epoch}: ${frame.converged ? "converged" : "not converged"}; KL divergence ${show(frame.kl_divergence)}` +
      (frame.nearest_neighbor_accuracy === null ? "" : `, nearest neighbors ${show(frame.nearest_neighbor_accuracy)}`) +
      (frame.modes === null ? "" : `, ${frame.modes} modes met`) +
      `, mean error ${show(frame.mean_error)}, covariance error ${show(frame.covariance_error)}, 2-Wasserstein distance ${show(frame.wasserstein_2)}` +
      (at < 0 ? "; before the first step." : `; loss_d ${show(evolution.loss_d[at])}, loss_g ${show(evolution.loss_g[at])}.`) + outside(frame.made);
    chosen(frame, index);
  }

  // A generator that has run away is not seen.
  function outside(flat) {
    const part = isLine
      ? 1 - flat.reduce((sum, bar) => sum + bar, 0) / 1000
      : flat.filter((_, i) => i % 2 === 0).filter((x, i) => Math.min(x, flat[2 * i + 1]) < 0 || Math.max(x, flat[2 * i + 1]) > 1000).length / Math.max(1, flat.length / 2);
    return part < 0.01 ? "" : flat.length === 0 ? " No generated row is finite." : ` ${Math.round(100 * part)} % of the generated rows lie outside of the picture.`;
  }

  let timer = 0;
  function stop() {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
  }
  play.addEventListener("click", () => {
    if (timer) { stop(); return; }
    if (Number(slider.value) === frames.length - 1) choose(0);
    play.textContent = "Pause";
    timer = setInterval(() => {
      if (Number(slider.value) < frames.length - 1) choose(Number(slider.value) + 1);
      if (Number(slider.value) === frames.length - 1) stop();
    }, 200);
  });
  slider.addEventListener("input", () => { stop(); choose(Number(slider.value)); });

  const colors = names.length > 2
    ? legend(["var(--real)", "real rows"], ["var(--made)", "generated rows"])
    : legend(["var(--real)", "real rows; where the discriminator expects them"], ["var(--made)", "generated rows; where it expects those"], ...(frames[0].forces ? [["var(--ink)", "arrows: where the loss pulls generated rows"]] : []));

  // A generator may be right in one plane and wrong in another; the pictures show all.
  const caption = names.length > 2
    ? [make("p", { class: "caption" }, `The plane of the first two of ${names.length} columns, ${names[0]} and ${names[1]}; the figures are of all of them, and so are the pictures below.`)]
    : [];
  section.append(
    make("h2", {}, "Evolution"),
    make("div", { class: "controls" }, play, make("label", { for: "epoch" }, "Epoch"), slider, told),
    make("div", { class: "evolution" },
      make("div", {}, plane.svg, colors, ...caption),
      make("div", {}, lossChart.svg, legend(["var(--made)", "loss_d"], ["var(--real)", "loss_g"], ["var(--soft)", said]),
        divergenceChart.svg, legend(["var(--good)", "KL divergence, nats"], ["var(--soft)", `limit ${show(evolution.kl_limit)}`]))),
    numbers);
  choose(Math.min(first, frames.length - 1));
}
