// Nobody judges what is not there yet: until both pictures stand, a judgement is not sent.
const loading = (button) =>
  button.name === "judgement" && [...button.closest(".sorting-pair").querySelectorAll("img")].some((each) => !each.complete);
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.(".sorting-pair button");
    if (button && loading(button)) {
      event.preventDefault();
      event.stopPropagation();
    }
  },
  true,
);

// Single keys judge a pair that is shown; each stands on its button, and a button without one has its key turned off.
document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const key = event.key.toUpperCase();
  const button = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
  if (!button) return;
  event.preventDefault();
  button.click();
});

// What a judgement came to when it was refused (the case was closed meanwhile) is told by the page itself.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.target?.matches?.(".sorting-pair")) location.reload();
});

// The cover that goes back over a later pair shows the pair to judge, and not one that was looked at again before.
document.addEventListener("htmx:afterSettle", () => {
  const pair = document.querySelector(".sorting-pair[data-lifted]:not([data-again])");
  pair?.veilCover?.querySelector('[name="pair"]')?.remove();
});
