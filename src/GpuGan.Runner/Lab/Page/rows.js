// A plane to draw rows on with the pointer, and the same rows as text, for those who have none.
import { make } from "./charts.js";

const half = 3, size = 240, most = 400;

export function drawingPad(changed) {
  const canvas = make("canvas", { width: size, height: size, "aria-hidden": true });
  const box = make("textarea", { rows: 4, spellcheck: "false", "aria-label": "Rows that were drawn: two numbers in each line", placeholder: "x,y in each line" });
  const clear = make("button", { class: "plain", type: "button" }, "Clear");
  const file = make("a", { class: "file", download: "drawn.csv", href: "data:text/csv," }, "drawn.csv");
  const element = make("div", { class: "pad", hidden: "" }, canvas, box, make("div", { class: "controls" }, clear, file));
  let rows = [], timer = 0, last = null;

  // A few rows around the pointer, as a spray has them.
  function spray(event) {
    const place = canvas.getBoundingClientRect();
    const x = ((event.clientX - place.left) / place.width * 2 - 1) * half, y = (1 - (event.clientY - place.top) / place.height * 2) * half;
    if (last && Math.hypot(x - last[0], y - last[1]) < 0.08) return;
    last = [x, y];
    for (let i = 0; i < 4 && rows.length < most; i++) {
      const angle = 2 * Math.PI * Math.random(), far = 0.12 * Math.sqrt(-2 * Math.log(1 - Math.random()));
      rows.push([x + far * Math.cos(angle), y + far * Math.sin(angle)].map(number => number.toFixed(2)));
    }
    told();
  }
  function told() {
    paint();
    clearTimeout(timer);
    timer = setTimeout(() => { if (rows.length > 1) changed(points()); }, 60);
  }
  const points = () => (rows.length > 1 ? rows : start()).map(row => row.join(",")).join(";");

  canvas.addEventListener("pointerdown", event => { canvas.setPointerCapture(event.pointerId); last = null; spray(event); });
  canvas.addEventListener("pointermove", event => { if (event.buttons) spray(event); });
  clear.addEventListener("click", () => { rows = []; told(); });
  box.addEventListener("change", () => { rows = parse(box.value.replaceAll("\n", ";")); told(); });
  return { element, points, set };

  function set(text) {
    element.hidden = text === null;
    if (text === null || text === rows.map(row => row.join(",")).join(";")) return;
    rows = parse(text);
    paint();
  }

  function paint() {
    const context = canvas.getContext("2d");
    context.clearRect(0, 0, size, size);
    context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--real");
    for (const [x, y] of rows) context.fillRect((x / half + 1) * size / 2 - 1.5, (1 - y / half) * size / 2 - 1.5, 3, 3);
    const lines = rows.map(row => row.join(",")).join("\n");
    if (document.activeElement !== box) box.value = lines;
    file.setAttribute("href", `data:text/csv,${encodeURIComponent(lines + "\n")}`);
  }
}

const parse = text => text.split(";").map(row => row.trim().split(",")).filter(row => row[0] !== "");

// Something to begin with: a smile.
function start() {
  const arc = (from, to, radius, x, y, count) => Array.from({ length: count }, (_, i) => {
    const angle = from + (to - from) * i / (count - 1), wide = radius + 0.06 * Math.sin(37 * i);
    return [(x + wide * Math.cos(angle)).toFixed(2), (y + wide * Math.sin(angle)).toFixed(2)];
  });
  return [...arc(Math.PI * 1.15, Math.PI * 1.85, 1.6, 0, 0.4, 40), ...arc(0, 2 * Math.PI, 0.15, -0.7, 0.9, 16), ...arc(0, 2 * Math.PI, 0.15, 0.7, 0.9, 16)];
}
