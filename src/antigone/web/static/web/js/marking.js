// Marks as SVG: drawn from the list beside the pictures, in shares of a picture's width and height.

const SVG = "http://www.w3.org/2000/svg";
const MOST_POINTS = 500;

function shape(name, points, size, at) {
  const px = points.map(([x, y]) => [x * size.width, y * size.height]);
  if (name === "ellipse") {
    const [[cx, cy], [ax, ay], [bx, by]] = px;
    const made = document.createElementNS(SVG, "ellipse");
    made.setAttribute("rx", Math.hypot(ax - cx, ay - cy));
    made.setAttribute("ry", Math.hypot(bx - cx, by - cy));
    made.setAttribute("transform", `translate(${cx} ${cy}) rotate(${(Math.atan2(ay - cy, ax - cx) * 180) / Math.PI})`);
    return made;
  }
  const made = document.createElementNS(SVG, "path");
  let path = px.map(([x, y], place) => `${place ? "L" : "M"}${x} ${y}`).join("");
  if (name === "arrow") {
    const [[ax, ay], [bx, by]] = px;
    const angle = Math.atan2(by - ay, bx - ax);
    for (const side of [2.6, -2.6]) {
      path += `M${bx} ${by}L${bx + (14 / at) * Math.cos(angle + side)} ${by + (14 / at) * Math.sin(angle + side)}`;
    }
  }
  made.setAttribute("d", path);
  return made;
}

// `at` is how much the picture is enlarged, so that heads and numbers keep their size on the screen.
export function show(svg, marks, size, at) {
  svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  svg.replaceChildren();
  for (const mark of marks) {
    const group = document.createElementNS(SVG, "g");
    if (mark.fresh) group.classList.add("is-new");
    for (const name of ["under", "over"]) {
      const made = shape(mark.shape, mark.points, size, at);
      made.classList.add(name);
      made.setAttribute("stroke-width", (name === "under" ? 5 : 2.25) / at);
      group.append(made);
    }
    if (mark.place) {
      const text = document.createElementNS(SVG, "text");
      const [x, y] = mark.points[mark.shape === "ellipse" ? 1 : 0];
      text.setAttribute("x", x * size.width + 5 / at);
      text.setAttribute("y", y * size.height - 5 / at);
      text.setAttribute("font-size", 15 / at);
      text.textContent = mark.place;
      group.append(text);
    }
    svg.append(group);
  }
}

// What a tool draws through points of the picture, in shares of it and held inside; null where that is nothing.
export function drawn(tool, points, size) {
  const share = ({ x, y }) => [x / size.width, y / size.height];
  const [from, to] = [points[0], points[points.length - 1]];
  if (tool === "hand") {
    const step = Math.ceil(points.length / MOST_POINTS);
    const kept = points.filter((_, place) => place % step === 0 || place === points.length - 1).slice(-MOST_POINTS);
    return held("polyline", kept.map(share));
  }
  // A slip of the hand is no mark.
  if (Math.hypot(to.x - from.x, to.y - from.y) < Math.max(size.width, size.height) / 250) return null;
  if (tool !== "ring") return held(tool === "arrow" ? "arrow" : "polyline", [share(from), share(to)]);
  // The two half axes end inside the picture: a ring near the edge is made smaller.
  const most = Math.min(from.x, from.y, size.width - from.x, size.height - from.y);
  const radius = Math.min(Math.hypot(to.x - from.x, to.y - from.y), most);
  return held("ellipse", [from, { x: from.x + radius, y: from.y }, { x: from.x, y: from.y + radius }].map(share));
}

function held(name, points) {
  const inside = points.map((point) => point.map((share) => Math.min(1, Math.max(0, share))));
  return inside.length > 1 && inside.flat().every(Number.isFinite) ? { shape: name, points: inside } : null;
}
