// Small charts as SVG, which takes its colours from the style and prints sharply.
// An element with attributes and children; names of SVG with its namespace.
const svgNames = new Set(["svg", "path", "circle", "line", "rect", "text", "g", "image", "title", "clipPath"]);
function make(name, attributes = {}, ...children) {
  const element = svgNames.has(name) ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

const show = value => value === null ? "–" : short(Number(value.toPrecision(3)));

// A number as it is, or where it is long, by its power of ten.
function short(value) {
  const plain = String(value), power = value.toExponential().replace("e+", "e");
  return plain.length > 6 && power.length < plain.length ? power : plain;
}

// Round numbers that divide a range in a few parts, of at least so much each.
function ticks(from, to, least = 0) {
  const rough = Math.max(least, (to - from) / 5), power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(digit => digit * power).find(candidate => candidate >= rough);
  const found = [];
  for (let i = Math.ceil(from / step); i * step <= to * (1 + 1e-9) || i * step <= to; i++) found.push(Number((i * step).toPrecision(12)));
  return found;
}

// A frame with axes. Gives the element, and what turns numbers into places in it.
function chart(label, width, height, [left, right, bottom, top], options = {}) {
  const marks = options.bare || options.strip ? [] : options.logarithmic ? powers(bottom, top) : ticks(bottom, top);
  const shownTick = options.logarithmic ? value => short(Number((10 ** value).toPrecision(9))) : short;
  const longest = Math.max(options.wide ? 7 : 4, ...marks.map(tick => shownTick(tick).length));
  const margin = { left: options.bare ? 4 : (options.beside ? 30 : 14) + 10 * longest, right: 8, top: 8, bottom: options.bare ? 4 : 40 };
  const x = value => margin.left + (value - left) / (right - left) * (width - margin.left - margin.right);
  const y = value => height - margin.bottom - (value - bottom) / (top - bottom) * (height - margin.top - margin.bottom);
  const svg = make("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  const area = make("svg", { x: x(left), y: y(top), width: x(right) - x(left), height: y(bottom) - y(top), viewBox: `${x(left)} ${y(top)} ${x(right) - x(left)} ${y(bottom) - y(top)}` });
  if (!options.bare) {
    for (const tick of ticks(left, right, options.whole ? 1 : 0)) {
      svg.append(make("text", { x: x(tick), y: height - 22, "text-anchor": "middle" }, short(tick)));
    }
    for (const tick of marks) {
      svg.append(make("text", { x: margin.left - 6, y: y(tick) + 4, "text-anchor": "end" }, shownTick(tick)));
    }
    svg.append(make("text", { x: (x(left) + x(right)) / 2, y: height - 4, "text-anchor": "middle" }, options.below ?? ""));
    svg.append(make("text", { transform: `translate(14 ${(y(bottom) + y(top)) / 2}) rotate(-90)`, "text-anchor": "middle" }, options.beside ?? ""));
  }
  svg.append(area, make("rect", { class: "frame", x: x(left), y: y(top), width: x(right) - x(left), height: y(bottom) - y(top) }));
  return { svg, area, x, y };
}

// Places of round numbers: of powers of ten, of some where they are many, or of more where these would be fewer than three; over less than that, evenly.
function powers(from, to) {
  const step = Math.max(1, Math.ceil((to - from) / 8));
  for (const digits of [[1], [1, 2, 5], [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8]]) {
    const found = [];
    for (let power = Math.floor(from); power <= to; power++) {
      if (power % step !== 0) continue;
      for (const digit of digits) {
        const place = power + Math.log10(digit);
        if (place >= from && place <= to) found.push(place);
      }
    }
    if (found.length >= 3) return found;
  }
  return ticks(10 ** from, 10 ** to).map(Math.log10);
}

// A line through numbers; where one is missing, a gap; a number between gaps, or alone, is a dot.
function curve(target, name, xs, ys) {
  let path = "", pen = "M";
  ys.forEach((value, i) => {
    if (value === null) { pen = "M"; return; }
    path += `${pen}${target.x(xs[i]).toFixed(1)} ${target.y(value).toFixed(1)}`;
    if (pen === "M" && (ys[i + 1] ?? null) === null) target.area.append(make("circle", { class: `${name} dot`, cx: target.x(xs[i]), cy: target.y(value), r: 4 }));
    pen = "L";
  });
  target.area.append(make("path", { class: name, d: path }));
}

// What is seen of rows: points on the plane of two columns, a histogram of one.
function rows(target, name, flat, box, radius, isLine) {
  return isLine ? histogram(target, name, flat, box) : points(target, name, flat, box, radius);
}

// How tall the tallest bar of a histogram may be, in thousandths of the rows: what the real rows need, and some more.
const tallest = real => 1.8 * Math.max(1, ...real);

// Bars come as thousandths of the rows.
function histogram(target, name, bars, [left, right]) {
  const width = (right - left) / Math.max(1, bars.length);
  const path = bars.map((bar, i) => `L${target.x(left + i * width).toFixed(1)} ${target.y(bar).toFixed(1)}H${target.x(left + (i + 1) * width).toFixed(1)}`).join("");
  const group = make("g", { class: `${name} bars` });
  if (bars.length) group.append(make("path", { d: `M${target.x(left).toFixed(1)} ${target.y(0).toFixed(1)}${path}V${target.y(0).toFixed(1)}z` }));
  target.area.append(group);
  return group;
}

// Points come as thousandths of the frame.
function points(target, name, flat, [left, right, bottom, top], radius) {
  const group = make("g", { class: name });
  for (let i = 0; i < flat.length; i += 2) {
    const cx = target.x(left + flat[i] / 1000 * (right - left)), cy = target.y(bottom + flat[i + 1] / 1000 * (top - bottom));
    group.append(name === "made"
      ? make("path", { d: `M${cx.toFixed(1)} ${(cy - radius).toFixed(1)}l${radius} ${1.8 * radius}h${-2 * radius}z` })
      : make("circle", { cx: cx.toFixed(1), cy: cy.toFixed(1), r: radius }));
  }
  target.area.append(group);
  return group;
}

// From points to where something pulls them, both as thousandths of the frame.
function arrows(target, flat, pulls, [left, right, bottom, top]) {
  let d = "";
  const x = thousandths => target.x(left + thousandths / 1000 * (right - left)), y = thousandths => target.y(bottom + thousandths / 1000 * (top - bottom));
  for (let i = 0; i < flat.length; i += 2) {
    if (Math.hypot(pulls[i], pulls[i + 1]) < 4) continue;
    const [toX, toY] = [x(flat[i] + pulls[i]), y(flat[i + 1] + pulls[i + 1])], [byX, byY] = [toX - x(flat[i]), toY - y(flat[i + 1])], head = 5 / Math.hypot(byX, byY);
    d += `M${x(flat[i]).toFixed(1)} ${y(flat[i + 1]).toFixed(1)}L${toX.toFixed(1)} ${toY.toFixed(1)}` +
      [0.5, -0.5].map(side => `M${toX.toFixed(1)} ${toY.toFixed(1)}l${(head * (-byX + side * byY)).toFixed(1)} ${(head * (-byY - side * byX)).toFixed(1)}`).join("");
  }
  const path = make("path", { class: "pull", d });
  target.area.append(path);
  return path;
}

const extent = (values, margin = 0.06) => {
  const finite = values.filter(value => value !== null && Number.isFinite(value));
  const from = Math.min(...finite), to = Math.max(...finite), more = (to - from || 1) * margin;
  return finite.length ? [from - more, to + more] : [0, 1];
};

// Losses of a training over its epochs; the levels are where a discriminator that guesses stands.
function losses(label, width, height, xs, d, g, epochs, range, levels, options = {}) {
  const target = chart(label, width, height, [0, epochs, ...range], options);
  for (const level of levels) {
    target.area.append(make("line", { class: "level", x1: target.x(0), x2: target.x(epochs), y1: target.y(level), y2: target.y(level) }));
  }
  curve(target, "d", xs, d);
  curve(target, "g", xs, g);
  return target;
}

function legend(...entries) {
  return make("ul", { class: "legend" }, ...entries.map(([color, text]) => {
    const mark = make("i");
    mark.style.background = color;
    return make("li", {}, mark, text);
  }));
}
