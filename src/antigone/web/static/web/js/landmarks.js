// The five points of a face, placed in its picture by mouse or by keyboard, with a loupe. What counts are the numbers
// in the form beside it: they are typed without this, and the server judges them.
const STEPS = { plain: 1, large: 10, fine: 0.1 };
const POWERS = ["2", "4", "8"];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function begin(stage) {
  if (stage.dataset.begun) return;
  stage.dataset.begun = "yes";
  const width = Number(stage.dataset.width);
  const height = Number(stage.dataset.height);
  const percent = (value, of) => `${((value + 0.5) / of) * 100}%`;
  const figure = stage.closest("figure");
  const tools = figure.querySelector("[data-tools]");
  const table = document.getElementById(stage.dataset.stage);
  if (!tools || !table) return;

  const image = stage.querySelector("img");
  const buttons = [...tools.querySelectorAll("[data-choose]")];
  const loupe = tools.querySelector("[data-loupe]");
  const power = tools.querySelector("[data-power]");
  const field = (point, axis) => table.querySelector(`input[data-point="${point}"][data-axis="${axis}"]`);
  const fields = buttons.map((_, at) => ({ x: field(at, "x"), y: field(at, "y") }));
  const past = [];
  let chosen = 0;
  let lastKey = { at: -1, when: 0 };

  const read = (at) => {
    const { x, y } = fields[at];
    const [across, down] = [x.valueAsNumber, y.valueAsNumber];
    return Number.isFinite(across) && Number.isFinite(down) ? { x: across, y: down } : null;
  };
  const write = (at, point) => {
    fields[at].x.value = point ? String(point.x) : "";
    fields[at].y.value = point ? String(point.y) : "";
  };
  const all = () => buttons.map((_, at) => read(at));
  const tenth = (value) => Math.round(value * 10) / 10;
  const within = (x, y) => ({
    x: tenth(Math.min(Math.max(x, 0), width - 1)),
    y: tenth(Math.min(Math.max(y, 0), height - 1)),
  });

  stage.querySelector("[data-drawn]")?.remove();
  const marks = buttons.map((_, at) => {
    const mark = document.createElement("span");
    mark.className = "stage__point";
    mark.textContent = String(at + 1);
    mark.setAttribute("aria-hidden", "true");
    stage.append(mark);
    return mark;
  });

  function sentence(at) {
    const point = read(at);
    const said = point ? stage.dataset.said : stage.dataset.unplaced;
    const { name } = buttons[at].dataset;
    return said.replace("{point}", name).replace("{x}", point?.x).replace("{y}", point?.y);
  }

  let soon;
  // Said once a movement comes to rest, so that held arrows do not talk over each other.
  function say(words) {
    clearTimeout(soon);
    soon = setTimeout(() => (tools.querySelector("[data-say]").textContent = words), 400);
  }

  // How many pixels of the screen one of the picture takes.
  const shown = () => image.getBoundingClientRect().width / width || 1;

  function look() {
    const pen = loupe.getContext("2d");
    const side = loupe.width;
    const point = read(chosen);
    pen.clearRect(0, 0, side, side);
    if (!point || !image.naturalWidth) return;
    const kept = image.naturalWidth / width;
    const seen = side / (shown() * Number(power.value));
    pen.imageSmoothingEnabled = false;
    pen.drawImage(
      image, (point.x + 0.5 - seen / 2) * kept, (point.y + 0.5 - seen / 2) * kept, seen * kept, seen * kept, 0, 0, side, side,
    );
    // A cross with its middle open, light on dark, is seen on any skin.
    for (const [colour, thick] of [["#000000", 4], ["#ffffff", 1.5]]) {
      pen.strokeStyle = colour;
      pen.lineWidth = thick;
      pen.beginPath();
      for (const [fromX, fromY, toX, toY] of [[0, 0.5, 0.44, 0.5], [0.56, 0.5, 1, 0.5], [0.5, 0, 0.5, 0.44], [0.5, 0.56, 0.5, 1]]) {
        pen.moveTo(fromX * side, fromY * side);
        pen.lineTo(toX * side, toY * side);
      }
      pen.stroke();
    }
  }

  function draw() {
    buttons.forEach((button, at) => {
      const point = read(at);
      button.setAttribute("aria-pressed", String(at === chosen));
      button.classList.toggle("is-unplaced", !point);
      marks[at].hidden = !point;
      marks[at].classList.toggle("is-chosen", at === chosen);
      if (point) {
        marks[at].style.left = percent(point.x, width);
        marks[at].style.top = percent(point.y, height);
      }
    });
    tools.querySelector("[data-where]").textContent = sentence(chosen);
    look();
  }

  function choose(at, { focus = false } = {}) {
    chosen = at;
    if (focus) buttons[at].focus({ preventScroll: true });
    draw();
    say(sentence(at));
  }

  const keep = () => past.push(all());

  function put(at, x, y) {
    write(at, within(x, y));
    draw();
    say(sentence(at));
  }

  function step(event) {
    const [across, down] = ARROWS[event.key];
    const size = event.shiftKey ? STEPS.large : event.altKey ? STEPS.fine : STEPS.plain;
    const now = performance.now();
    // Steps in one go are one movement to take back.
    if (lastKey.at !== chosen || now - lastKey.when > 1000) keep();
    lastKey = { at: chosen, when: now };
    const from = read(chosen) ?? { x: Math.round(width / 2), y: Math.round(height / 2) };
    put(chosen, from.x + across * size, from.y + down * size);
  }

  function undo() {
    const before = past.pop();
    lastKey = { at: -1, when: 0 };
    if (!before) {
      say(stage.dataset.noUndo);
      return;
    }
    before.forEach((point, at) => write(at, point));
    draw();
    say(`${stage.dataset.undone}. ${sentence(chosen)}`);
  }

  figure.addEventListener("keydown", (event) => {
    if (event.target.matches("select, input")) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey) {
      event.preventDefault();
      undo();
    } else if (event.ctrlKey || event.metaKey) {
      return;
    } else if (ARROWS[event.key]) {
      event.preventDefault();
      step(event);
    } else if (event.key >= "1" && event.key <= String(buttons.length)) {
      choose(Number(event.key) - 1, { focus: true });
    } else if (event.key === "+" || event.key === "-") {
      const at = POWERS.indexOf(power.value) + (event.key === "+" ? 1 : -1);
      power.value = POWERS[Math.min(Math.max(at, 0), POWERS.length - 1)];
      look();
    }
  });
  buttons.forEach((button, at) => {
    button.addEventListener("focus", () => at !== chosen && choose(at));
    button.addEventListener("click", () => choose(at));
  });

  const inPicture = (event) => {
    const frame = image.getBoundingClientRect();
    return [
      ((event.clientX - frame.left) / frame.width) * width - 0.5,
      ((event.clientY - frame.top) / frame.height) * height - 0.5,
    ];
  };
  let dragging = false;
  let fresh = false;
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const [x, y] = inPicture(event);
    const reach = 14 / shown();
    const points = all();
    const near = points.findIndex((point) => point && Math.hypot(point.x - x, point.y - y) <= reach);
    keep();
    dragging = true;
    fresh = near < 0 && !points[chosen];
    chosen = near < 0 ? chosen : near;
    stage.setPointerCapture(event.pointerId);
    // A press on a point takes it up where it lies; elsewhere it puts the chosen one there.
    if (near < 0) put(chosen, x, y);
    else draw();
    buttons[chosen].focus({ preventScroll: true });
  });
  stage.addEventListener("pointermove", (event) => dragging && put(chosen, ...inPicture(event)));
  stage.addEventListener("pointerup", () => {
    if (!dragging) return;
    dragging = false;
    const next = all().findIndex((point) => !point);
    // Points are placed one after another, in their order.
    if (fresh && next >= 0) choose(next, { focus: true });
  });
  stage.addEventListener("pointercancel", () => (dragging = false));

  loupe.addEventListener("pointerdown", (event) => {
    const point = read(chosen);
    if (!point) return;
    event.preventDefault();
    const frame = loupe.getBoundingClientRect();
    const scale = (frame.width / loupe.width) * shown() * Number(power.value);
    keep();
    put(
      chosen,
      point.x + (event.clientX - frame.left - frame.width / 2) / scale,
      point.y + (event.clientY - frame.top - frame.height / 2) / scale,
    );
    buttons[chosen].focus({ preventScroll: true });
  });
  power.addEventListener("change", look);
  tools.querySelector("[data-undo]").addEventListener("click", undo);
  tools.querySelector("[data-reset]").addEventListener("click", () => {
    keep();
    fields.forEach(({ x, y }) => ([x.value, y.value] = [x.defaultValue, y.defaultValue]));
    choose(chosen);
  });
  tools.querySelector("[data-clear]").addEventListener("click", () => {
    keep();
    buttons.forEach((_, at) => write(at, null));
    choose(0);
  });
  table.addEventListener("input", draw);
  table.addEventListener("focusin", (event) => {
    const at = event.target.dataset?.point;
    if (at !== undefined && stage.isConnected) {
      chosen = Number(at);
      draw();
    }
  });
  image.addEventListener("load", draw);
  new ResizeObserver(look).observe(image);
  tools.hidden = false;
  chosen = Math.max(0, all().findIndex((point) => !point));
  draw();
}

const beginAll = () => document.querySelectorAll("[data-stage]").forEach(begin);
document.addEventListener("htmx:afterSwap", beginAll);
beginAll();
