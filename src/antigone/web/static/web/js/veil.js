// Puts a lifted veil back: when one leaves the page or the window, and after five minutes, or as many as the veil says.
const LONGEST = 5;

function cover(veil) {
  const kept = veil.veilCover;
  if (!kept) return;
  veil.veilCover = null;
  clearTimeout(veil.veilTimer);
  // The picture's element goes, and with it its pixels; nothing of it is kept by the browser (no-store).
  veil.querySelector("img")?.removeAttribute("src");
  veil.replaceWith(kept);
  htmx.process(kept);
}

// What the server answers for a lifted veil takes the place of the cover; the cover is kept to be put back.
document.addEventListener("htmx:beforeSwap", (event) => {
  const covered = event.detail.target;
  if (!covered.matches?.(".veil") || !event.detail.shouldSwap) return;
  // One lifted veil that takes the place of another (the next pair) goes back under the same cover.
  const kept = covered.veilCover ?? covered.cloneNode(true);
  kept.removeAttribute("data-lifted");
  clearTimeout(covered.veilTimer);
  addEventListener("htmx:afterSwap", function lifted() {
    removeEventListener("htmx:afterSwap", lifted);
    const veil = document.getElementById(covered.id);
    if (!veil) return;
    if (!veil.matches(".veil[data-lifted]")) {
      veil.querySelector("[data-focus]")?.focus();
      return;
    }
    veil.veilCover = kept;
    veil.veilTimer = setTimeout(() => cover(veil), (Number(veil.dataset.minutes) || LONGEST) * 60 * 1000);
    veil.querySelector("[data-cover]")?.addEventListener("click", (click) => {
      click.preventDefault();
      cover(veil);
    });
    (veil.querySelector("[data-focus]") ?? veil.querySelector("[data-cover]"))?.focus();
  });
});

const coverAll = () => document.querySelectorAll(".veil").forEach(cover);
document.addEventListener("visibilitychange", () => document.hidden && coverAll());
addEventListener("pagehide", coverAll);
addEventListener("blur", coverAll);
