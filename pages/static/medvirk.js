// Improves pages that work without it: no page may depend on this file.
"use strict";

// A second press on "Lagre" must not save twice; the browser's back button gives the page its buttons again.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.target.getAttribute("aria-busy")) return event.preventDefault();
  event.target.setAttribute("aria-busy", "true");
  event.submitter?.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form [aria-busy], form[aria-busy]").forEach((busy) => busy.removeAttribute("aria-busy"));
});

// A slider beside each number that asks for one, always showing the same value.
document.querySelectorAll("input[data-slider]").forEach((number) => {
  const slider = Object.assign(document.createElement("input"), {
    type: "range", className: "slider", min: number.min || 0, max: number.max || 100, step: 5, value: number.value || 0,
  });
  slider.setAttribute("aria-label", number.labels[0].textContent.trim());
  slider.addEventListener("input", () => { number.value = slider.value; });
  number.addEventListener("input", () => { slider.value = number.value; });
  number.closest(".with-unit").after(slider);
});

// Who writes in a field that two have changed, wants what they write.
document.addEventListener("input", ({ target }) => {
  const mine = document.getElementById(`take-${target.name}-mine`);
  if (mine) mine.checked = true;
});

// Errors are read out first, and menus close the way people expect.
document.querySelector(".ds-error-summary")?.focus();
const closeMenus = (except) => document.querySelectorAll("details.menu[open]").forEach((menu) => {
  if (menu !== except) menu.open = false;
});
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelector("details.menu[open] > summary")?.focus();
  closeMenus();
});

// What is to be kept on paper.
document.querySelectorAll("button[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
