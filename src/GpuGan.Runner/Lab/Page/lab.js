// The lab: settings on one side, and at each move the whole training that they make.
import { make, show, showEvolution } from "./charts.js";
import * as address from "./address.js";
import { showControls } from "./controls.js";
import { showNetworks } from "./networks.js";
import { showMap } from "./map.js";
import { showSeeds } from "./seeds.js";

const byId = id => document.getElementById(id);
const groups = await (await fetch("controls.json")).json();
const state = address.read();
const socket = await connect();

// Of each kind one thing is asked for at a time; what comes for an older one is left aside.
const asked = {};
let ids = 0;
function ask(kind, more = {}) {
  const id = ++ids;
  asked[kind] = id;
  socket.send(JSON.stringify({ id, ask: kind, of: address.format(state.settings), ...more }));
  return id;
}

function connect() {
  return new Promise(done => {
    const made = new WebSocket(new URL("training", location.href).href.replace(/^http/, "ws").replace(/#.*/, ""));
    made.addEventListener("open", () => done(made));
    made.addEventListener("message", ({ data }) => {
      const answer = JSON.parse(data);
      if (answer.id === asked[answer.answer]) takers[answer.answer](answer);
    });
    made.addEventListener("close", () => complain("The lab has ended. Start gpugan lab again, and open its new address; the part behind the # is the experiment."));
  });
}

// What a slider does while a training is on its way waits for it a moment, then takes its place.
const patience = 250;
let moved = null, sent = null, timer = 0;
function train() {
  moved ??= performance.now();
  clearTimeout(timer);
  if (sent !== null && performance.now() - sent.at < patience) {
    timer = setTimeout(train, patience - (performance.now() - sent.at));
    return;
  }
  sent = { at: performance.now(), moved };
  moved = null;
  ask("train");
  later();
}

let quiet = 0;
function later() {
  clearTimeout(quiet);
  quiet = setTimeout(() => { ask("seeds", { seeds: 64 }); map.renew(); }, 600);
}

function changed(name, text, more = false) {
  text === null ? state.settings.delete(name) : state.settings.set(name, text);
  if (more) return;
  controls(state.settings);
  address.write(state);
  train();
}

const takers = {
  train(answer) {
    const { moved: since } = sent;
    sent = null;
    if (answer.problem) complain(answer.problem); else show1(answer);
    if (moved !== null) train();
    // What was changed in a frame is seen after it.
    requestAnimationFrame(() => setTimeout(() => told(performance.now() - since)));
  },
  map: answer => map.take(answer),
  seeds: answer => seeds.take(answer),
  save({ problem, folder }) { byId("saved").textContent = problem ?? `saved in ${folder}`; },
};

function complain(problem) {
  byId("problem").textContent = problem;
  byId("problem").hidden = false;
  document.body.classList.add("wrong");
}

const latencies = [];
function told(latency) {
  latencies.push(latency);
  if (latencies.length > 50) latencies.shift();
  const sorted = [...latencies].sort((one, other) => one - other), at = share => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
  byId("latency").textContent = `move to picture ${Math.round(latency)} ms` + (sorted.length > 4 ? `, median ${at(0.5)} ms, 95 % ${at(0.95)} ms` : "");
  byId("latency").dataset.all = latencies.map(one => one.toFixed(1)).join(" ");
}

let trained = null;
function show1({ evolution, result, settings, equilibrium, command }) {
  byId("problem").hidden = true;
  document.body.classList.remove("wrong");
  trained = { result, settings };
  verdict(result, equilibrium);
  networks.shape(settings);
  controls(state.settings, settings);
  const section = byId("evolution"), focus = document.activeElement?.id;
  const epoch = Number(state.view.get("epoch") ?? Infinity), first = evolution.frames.findLastIndex(frame => frame.epoch <= epoch);
  section.replaceChildren();
  showEvolution(section, evolution, equilibrium, {
    first: Math.max(0, first),
    size: [340, 220],
    chosen(frame, index) {
      index === evolution.frames.length - 1 ? state.view.delete("epoch") : state.view.set("epoch", String(frame.epoch));
      networks.draw(settings, frame.parameters);
      address.write(state);
    },
  });
  if (focus === "epoch") byId("epoch").focus();
  commands(command, result.weights_sha256);
  map.here(settings);
}

const limits = {
  kl_divergence: ["KL divergence", "at most"], nearest_neighbor_accuracy: ["nearest neighbors", "at most"], wasserstein_2: ["2-Wasserstein distance", "at most"],
  high_quality: ["rows near a mode", "at least"], least_share: ["of its share, the least met mode", "at least"],
};

function verdict(result, equilibrium) {
  const word = result.diverged_at ? `diverged at step ${result.diverged_at}` : result.converged ? "converged" : "not converged";
  const note = result.converged ? "" : result.looks_converged ? "Its losses look converged; its generator is wrong." : result.runaway ? "It ran away." : "";
  byId("outcome").className = `verdict ${result.converged ? "good" : "bad"}`;
  byId("outcome").replaceChildren(
    make("strong", {}, word), ` ${note} `,
    make("ul", { class: "limits" }, ...Object.entries(result.limits).map(([name, limit]) => {
      const broken = result.broken_limits.includes(name), [said, bound] = limits[name];
      return make("li", { class: broken ? "broken" : "" }, `${broken ? "✗" : "✓"} ${said} ${show(result[name])}, ${bound} ${limit}`);
    }), make("li", { class: "soft" }, `loss_d ${show(result.loss_d)}, loss_g ${show(result.loss_g)}; at an equilibrium ${equilibrium.said}`),
    ...(result.worst_direction ? [make("li", { class: "soft" }, result.worst_direction)] : [])));
}

function commands(train, sha256) {
  known = [train, sha256];
  const line = (name, text, label = "") => {
    const copy = make("button", { class: "plain", type: "button", "aria-label": `Copy: ${name}` }, "Copy");
    copy.addEventListener("click", () => { navigator.clipboard.writeText(text).then(() => { copy.textContent = "Copied"; }); });
    return make("div", { class: "command" }, make("code", { "data-name": name }, label + text), copy);
  };
  const save = make("button", { class: "plain", type: "button" }, "Save as a run folder");
  save.addEventListener("click", () => { byId("saved").textContent = "saving"; ask("save"); });
  byId("commands").replaceChildren(line("train", train), ...(mapCommand ? [line("sweep", mapCommand)] : []), line("weights_sha256", sha256, "weights_sha256 "), make("div", { class: "controls" }, save, make("span", { id: "saved", role: "status" })));
}
let mapCommand = "", known = null;

function open(pairs) {
  for (const [name, text] of pairs) {
    const usual = groups.flatMap(group => group.controls).find(control => control.name === name)?.default;
    text === usual || Number(text) === Number(usual) ? state.settings.delete(name) : state.settings.set(name, text);
  }
  controls(state.settings);
  address.write(state);
  train();
  byId("outcome").scrollIntoView({ block: "nearest" });
}

const controls = showControls(byId("controls"), groups, changed);
const networks = showNetworks(byId("networks"), changed);
const map = showMap(byId("map"), groups.flatMap(group => group.controls), state.view, {
  ask: more => ask("map", more),
  cancel: () => { asked.map = 0; socket.send(JSON.stringify({ ask: "stop", of: "map" })); },
  changed: () => address.write(state),
  open,
  told(command) {
    mapCommand = command;
    if (known) commands(...known);
  },
});
const seeds = showSeeds(byId("seeds"), seed => open([["seed", seed]]));

byId("reset").addEventListener("click", () => { location.hash = ""; });
window.addEventListener("hashchange", () => location.reload());
controls(state.settings);
train();
