// Sliders beside the numbers of the prior. A slider only writes into its field; the server reckons.

const STEPS = 1000;
const MOST = 7; // a slider of the missing ends at ten million; more is typed

function field(slider) {
  return document.getElementById(slider.dataset.for);
}

function missing(form) {
  return Math.max(1, Number(form.elements.missing.value) || 1);
}

// Where each slider stands for what its field says, and the other way round. "Missing" goes by powers of ten.
const SCALES = {
  powers: {
    place: (value) => Math.round((Math.log10(Math.max(1, value)) / MOST) * STEPS),
    value: (place) => {
      const raw = 10 ** ((place / STEPS) * MOST);
      const size = 10 ** Math.max(0, Math.floor(Math.log10(raw)) - 1);
      return Math.round(raw / size) * size;
    },
  },
  share: {
    place: (value, form) => Math.round((Math.min(value, missing(form)) / missing(form)) * STEPS),
    value: (place, form) => Math.round((place / STEPS) * missing(form)),
  },
  percent: {
    place: (value) => Math.round((Math.min(value, 99) / 99) * STEPS),
    value: (place) => Math.round((place / STEPS) * 990) / 10,
  },
};

function follow(slider) {
  const into = field(slider);
  slider.value = SCALES[slider.dataset.scale].place(Number(into.value) || 0, into.form);
  slider.setAttribute("aria-valuetext", into.value);
}

function start(form) {
  const sliders = [...form.querySelectorAll("input[type=range][data-for]")];
  if (!sliders.length || form.dataset.slides) return;
  form.dataset.slides = "yes";
  form.querySelectorAll(".slider[hidden]").forEach((each) => (each.hidden = false));
  sliders.forEach(follow);
  form.addEventListener("input", (event) => {
    const slider = event.target;
    if (!sliders.includes(slider)) return sliders.forEach(follow);
    const share = form.querySelector("[data-scale=share]");
    const kept = slider.dataset.scale === "powers" && share ? share.value : null;
    field(slider).value = SCALES[slider.dataset.scale].value(Number(slider.value), form);
    // The share without a portrait stays what it was while the number of the missing moves.
    if (kept !== null) field(share).value = SCALES.share.value(Number(kept), form);
    slider.setAttribute("aria-valuetext", field(slider).value);
    sliders.filter((each) => each !== slider).forEach(follow);
  });
}

document.querySelectorAll("form[data-prior]").forEach(start);
