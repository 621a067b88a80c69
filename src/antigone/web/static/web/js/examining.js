// The two pictures of the examination desk: moved together or alone, made lighter, and drawn on. Nothing is measured.
import { STILL, about, inside, matrix, resting } from "./framing.js";
import { drawn, show } from "./marking.js";

const viewer = document.querySelector("[data-viewer]");
const STEP = 0.05;
const ZOOM = 1.2;
const TURN = Math.PI / 90;

class Pane {
  constructor(root) {
    this.root = root;
    this.side = root.dataset.pane;
    this.frame = root.querySelector("[data-frame]");
    this.done = { ...STILL };
    this.cross = null;
    this.fresh = null;
    root.classList.add("is-live");
  }

  get layer() {
    return this.frame.querySelector("[data-layer]");
  }

  get image() {
    return this.layer?.querySelector("img");
  }

  get ready() {
    return Boolean(this.image?.complete && this.image.naturalWidth);
  }

  get size() {
    return { width: this.image.naturalWidth, height: this.image.naturalHeight };
  }

  get box() {
    return { width: this.frame.clientWidth, height: this.frame.clientHeight };
  }

  get matrix() {
    const eyes = this.layer.dataset.eyes ? this.layer.dataset.eyes.split(" ").map(Number) : null;
    return matrix(resting(this.size, this.box, eyes), this.done, this.box);
  }

  // A lifted veil: its picture is laid out as soon as it is there.
  take() {
    if (!this.layer) return;
    if (!this.ready) this.image.addEventListener("load", () => this.draw(), { once: true });
    this.draw();
  }

  draw() {
    if (!this.ready) return;
    const [a, b, c, d, e, f] = this.matrix;
    this.layer.classList.add("is-live");
    this.layer.style.width = `${this.size.width}px`;
    this.layer.style.height = `${this.size.height}px`;
    this.layer.style.transform = `matrix(${a},${b},${c},${d},${e},${f})`;
    const light = (name) => this.root.querySelector(`[data-filter="${name}"]`).value;
    this.image.style.filter = `brightness(${light("brightness")}%) contrast(${light("contrast")}%)`;
    show(this.layer.querySelector("[data-marks]"), [...this.marks(), ...(this.fresh ? [this.fresh] : [])], this.size, Math.hypot(a, b));
  }

  marks() {
    const wanted = this.root.dataset.picture ?? "";
    return [...viewer.querySelectorAll(`[data-mark][data-side="${this.side}"]`)]
      .map((each) => each.dataset)
      .filter((each) => each.picture === wanted)
      .map((each) => ({ shape: each.shape, points: JSON.parse(each.points), place: each.place }));
  }

  point(event) {
    const box = this.frame.getBoundingClientRect();
    return { x: event.clientX - box.left - this.frame.clientLeft, y: event.clientY - box.top - this.frame.clientTop };
  }

  putCross(point) {
    if (!this.cross) {
      this.cross = document.createElement("span");
      this.cross.className = "cross";
      this.frame.append(this.cross);
    }
    this.cross.at = { x: Math.min(this.box.width, Math.max(0, point.x)), y: Math.min(this.box.height, Math.max(0, point.y)) };
    this.cross.style.left = `${this.cross.at.x}px`;
    this.cross.style.top = `${this.cross.at.y}px`;
  }

  dropCross() {
    this.cross?.remove();
    this.cross = null;
  }
}

if (viewer) {
  const panes = [...viewer.querySelectorAll("[data-pane]")].map((root) => new Pane(root));
  const together = viewer.querySelector("[data-together]");
  const said = viewer.querySelector("[data-said]");
  let tool = "move";
  let ring = 40;

  const say = (name) => (said.textContent = viewer.dataset[`of${name}`] ?? "");
  const moved = (pane) => (together?.checked ? panes : [pane]);
  const change = (pane, how) => {
    for (const each of moved(pane)) {
      each.done = how(each.done, each.box);
      each.draw();
    }
  };
  const turnAbout = (pane, times, angle, point) =>
    change(pane, (done, box) => about(done, point ?? { x: box.width / 2, y: box.height / 2 }, box, times, angle));
  const shift = (pane, x, y) => change(pane, (done) => ({ ...done, x: done.x + x, y: done.y + y }));
  const putBack = (pane) => {
    pane.done = { ...STILL };
    pane.root.querySelectorAll("[data-filter]").forEach((slide) => (slide.value = 100));
    pane.draw();
  };

  // A mark that is drawn and not kept yet: it waits, in another colour, for its note.
  const place = (pane, mark) => {
    const form = viewer.querySelector("[data-new]");
    panes.forEach((each) => (each.fresh = null));
    if (mark) pane.fresh = { ...mark, fresh: true };
    panes.forEach((each) => each.draw());
    form.hidden = !mark;
    if (!mark) return say("Away");
    form.elements.side.value = pane.side;
    form.elements.picture.value = pane.root.dataset.picture ?? "";
    form.elements.shape.value = mark.shape;
    form.elements.points.value = JSON.stringify(mark.points.map((point) => point.map((share) => Number(share.toFixed(5)))));
    form.elements.note.focus({ preventScroll: false });
    say("Keep");
  };
  const choose = (name) => {
    tool = name;
    viewer.querySelectorAll("[data-tool]").forEach((each) => each.setAttribute("aria-pressed", String(each.dataset.tool === name)));
    for (const pane of panes) {
      pane.root.classList.toggle("is-drawing", name !== "move");
      pane.dropCross();
      pane.trail = null;
    }
    if (name !== "move") say("Cross");
  };

  for (const pane of panes) {
    const { frame, root } = pane;
    const pointers = new Map();

    frame.addEventListener("pointerdown", (event) => {
      if (!pane.ready || event.target.closest("button, a") || event.button > 0) return;
      frame.focus({ preventScroll: true });
      frame.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, pane.point(event));
      if (tool !== "move") pane.trail = [inside(pane.matrix, pane.point(event))];
      event.preventDefault();
    });
    frame.addEventListener("pointermove", (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = pane.point(event);
      if (pane.trail && pointers.size === 1) {
        pane.trail.push(inside(pane.matrix, now));
        const mark = drawn(tool, pane.trail, pane.size);
        pane.fresh = mark && { ...mark, fresh: true };
        pane.draw();
      } else if (pointers.size === 2) {
        // Two fingers: they pull apart, and turn about each other.
        const [, other] = [...pointers.entries()].find(([id]) => id !== event.pointerId);
        const [from, to] = [{ x: before.x - other.x, y: before.y - other.y }, { x: now.x - other.x, y: now.y - other.y }];
        const times = Math.hypot(to.x, to.y) / Math.max(1, Math.hypot(from.x, from.y));
        turnAbout(pane, times, Math.atan2(to.y, to.x) - Math.atan2(from.y, from.x), other);
      } else {
        shift(pane, (now.x - before.x) / pane.box.width, (now.y - before.y) / pane.box.width);
      }
      pointers.set(event.pointerId, now);
    });
    const lift = (event) => {
      if (!pointers.delete(event.pointerId) || !pane.trail) return;
      const mark = event.type === "pointerup" && pane.ready ? drawn(tool, pane.trail, pane.size) : null;
      pane.trail = null;
      place(pane, mark);
    };
    frame.addEventListener("pointerup", lift);
    frame.addEventListener("pointercancel", lift);
    frame.addEventListener(
      "wheel",
      (event) => {
        if (!pane.ready) return;
        event.preventDefault();
        if (event.shiftKey) turnAbout(pane, 1, Math.sign(event.deltaY || event.deltaX) * TURN, pane.point(event));
        else turnAbout(pane, event.deltaY < 0 ? ZOOM ** 0.5 : ZOOM ** -0.5, 0, pane.point(event));
      },
      { passive: false },
    );

    // By keyboard: the picture is moved, or the cross-hair on it where a mark was chosen.
    frame.addEventListener("keydown", (event) => {
      if (event.target !== frame || !pane.ready || event.ctrlKey || event.metaKey || event.altKey) return;
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (tool !== "move" && byCross(event, way)) return event.preventDefault();
      if (way) shift(pane, -way[0] * STEP, -way[1] * STEP);
      else if (event.key === "+" || event.key === "=") turnAbout(pane, ZOOM, 0);
      else if (event.key === "-") turnAbout(pane, 1 / ZOOM, 0);
      else if (event.key === "[") turnAbout(pane, 1, -TURN);
      else if (event.key === "]") turnAbout(pane, 1, TURN);
      else if (event.key === "0") moved(pane).forEach(putBack);
      else return;
      event.preventDefault();
    });

    function byCross(event, way) {
      const here = pane.cross?.at ?? { x: pane.box.width / 2, y: pane.box.height / 2 };
      const at = () => inside(pane.matrix, here);
      if (way) {
        const far = event.shiftKey ? 40 : 8;
        pane.putCross({ x: here.x + way[0] * far, y: here.y + way[1] * far });
        if (pane.trail) preview([...pane.trail, inside(pane.matrix, pane.cross.at)]);
        return true;
      }
      if (event.key === "Escape") {
        place(pane, null);
        choose("move");
        return true;
      }
      if (tool === "ring" && ["+", "=", "-"].includes(event.key)) {
        ring = Math.min(400, Math.max(6, event.key === "-" ? ring / ZOOM : ring * ZOOM));
        preview([at(), inside(pane.matrix, { x: here.x + ring, y: here.y })]);
        return true;
      }
      if (event.key !== "Enter" && event.key !== " ") return false;
      if (tool === "ring") {
        pane.putCross(here);
        place(pane, drawn("ring", [at(), inside(pane.matrix, { x: here.x + ring, y: here.y })], pane.size));
      } else if (pane.trail) {
        const mark = drawn(tool, [...pane.trail, at()], pane.size);
        pane.trail = null;
        place(pane, mark);
      } else {
        pane.putCross(here);
        pane.trail = [at()];
        say("Begun");
      }
      return true;
    }

    function preview(points) {
      if (tool === "hand") pane.trail.push(points[points.length - 1]);
      const mark = drawn(tool, points, pane.size);
      pane.fresh = mark && { ...mark, fresh: true };
      pane.draw();
    }

    frame.addEventListener("focus", () => tool !== "move" && frame.matches(":focus-visible") && pane.ready && pane.putCross(pane.cross?.at ?? { x: pane.box.width / 2, y: pane.box.height / 2 }));
    frame.addEventListener("blur", () => pane.dropCross());
    const deeds = {
      in: () => turnAbout(pane, ZOOM, 0),
      out: () => turnAbout(pane, 1 / ZOOM, 0),
      left: () => turnAbout(pane, 1, -TURN),
      right: () => turnAbout(pane, 1, TURN),
      back: () => putBack(pane),
    };
    root.querySelectorAll("[data-do]").forEach((each) => each.addEventListener("click", deeds[each.dataset.do]));
    root.querySelectorAll("[data-filter]").forEach((each) => each.addEventListener("input", () => pane.draw()));
    new ResizeObserver(() => pane.draw()).observe(frame);
    pane.take();
  }

  viewer.querySelectorAll("[data-tool]").forEach((each) => each.addEventListener("click", () => choose(each.dataset.tool)));
  viewer.querySelector("[data-reset]").addEventListener("click", () => panes.forEach(putBack));
  viewer.addEventListener("click", (event) => event.target.closest("[data-discard]") && (place(panes[0], null), choose("move")));
  viewer.querySelectorAll("[data-tools], [data-keys]").forEach((each) => (each.hidden = false));

  // One after the other: each lift is a look of its own.
  const both = viewer.querySelector("[data-lift-both]");
  const covers = () => [...viewer.querySelectorAll("[data-lift]")];
  const offer = () => both && (both.hidden = covers().length < 2);
  let all = false;
  both?.addEventListener("click", () => {
    all = true;
    covers()[0]?.click();
  });
  offer();

  document.addEventListener("htmx:afterSettle", (event) => {
    if (!viewer.contains(event.target) && !event.target.closest?.("[data-viewer]")) return;
    panes.forEach((pane) => {
      if (event.target.id === "marks") pane.fresh = null;
      pane.take();
    });
    offer();
    if (all && covers().length) covers()[0].click();
    else all = false;
  });
  // A cover that comes back offers itself anew.
  new MutationObserver(offer).observe(viewer.querySelector(".viewer__panes"), { childList: true, subtree: true });
}
