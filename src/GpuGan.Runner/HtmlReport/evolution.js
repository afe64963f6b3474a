// A training under a slider: what the generator makes and what the discriminator believes, epoch by epoch.
function showEvolution(section, evolution) {
  const { frames, box, real, columns } = evolution;
  const plane = chart("Real and generated rows at the chosen epoch", 640, 480, box, { below: columns > 2 ? "the first 2 columns" : "", strip: columns === 1 });
  const surface = make("image", { x: plane.x(box[0]), y: plane.y(box[3]), width: plane.x(box[1]) - plane.x(box[0]), height: plane.y(box[2]) - plane.y(box[3]), preserveAspectRatio: "none" });
  plane.area.append(surface);
  points(plane, "real", real, box, 3);
  let made = points(plane, "made", [], box, 5);

  const epochs = evolution.loss_d.map((_, i) => i + 1);
  const lossRange = extent([...evolution.loss_d, ...evolution.loss_g, log2]);
  const lossChart = losses("Losses of the epochs", 460, 230, epochs, evolution.loss_d, evolution.loss_g, lossRange, { below: "epoch" });
  const divergences = frames.map(frame => frame.kl_divergence === null ? null : Math.log10(Math.max(frame.kl_divergence, 1e-6)));
  const divergenceChart = chart("KL divergence, nats", 460, 230, [0, epochs.length, ...extent(divergences, 0.1)], { below: "epoch", logarithmic: true });
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
    const next = points(plane, "made", frame.points, box, 5);
    made.replaceWith(next);
    made = next;
    markers.forEach(move => move(frame.epoch));
    const at = frame.epoch - 1;
    numbers.textContent =
      `Epoch ${frame.epoch}: ${frame.converged ? "converged" : "not converged"}; KL divergence ${show(frame.kl_divergence)}` +
      (frame.nearest_neighbor_accuracy === null ? "" : `, nearest neighbors ${show(frame.nearest_neighbor_accuracy)}`) +
      `, mean error ${show(frame.mean_error)}, covariance error ${show(frame.covariance_error)}, 2-Wasserstein distance ${show(frame.wasserstein_2)}` +
      (at < 0 ? "; before the first step." : `; loss_d ${show(evolution.loss_d[at])}, loss_g ${show(evolution.loss_g[at])}.`);
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

  const rows = legend(["var(--real)", "real rows; where the discriminator expects them"], ["var(--made)", "generated rows; where it expects those"]);
  section.append(
    make("h2", {}, "Evolution"),
    make("div", { class: "controls" }, play, make("label", { for: "epoch" }, "Epoch"), slider, told),
    make("div", { class: "evolution" },
      make("div", {}, plane.svg, columns === 1 ? legend(["var(--real)", "real rows"], ["var(--made)", "generated rows"]) : rows),
      make("div", {}, lossChart.svg, legend(["var(--made)", "loss_d"], ["var(--real)", "loss_g"], ["var(--soft)", "log 2"]),
        divergenceChart.svg, legend(["var(--good)", "KL divergence, nats"]))),
    numbers);
  choose(frames.length - 1);
}

if (data.evolution) showEvolution(document.getElementById("evolution"), data.evolution);
