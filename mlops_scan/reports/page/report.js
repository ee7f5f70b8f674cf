"use strict";
// Everything shows without this: it adds the filter, opening all at once, and paper with all evidence.
(() => {
  const at = (id) => document.getElementById(id);
  const items = [...document.querySelectorAll("details.capability")];
  const folds = [...document.querySelectorAll("details")];
  const texts = new Map(items.map((item) => [item, item.textContent.toLowerCase()]));
  const filter = at("filter");

  const show = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const item of items) item.hidden = !words.every((word) => texts.get(item).includes(word));
    for (const group of document.querySelectorAll(".cell, .level[aria-labelledby]")) {
      group.classList.toggle("out", words.length > 0 && !group.querySelector("details.capability:not([hidden])"));
    }
    const left = items.filter((item) => !item.hidden).length;
    at("count").textContent = words.length ? `${left} of ${items.length}` : "";
    at("nothing").hidden = left > 0;
  };

  const openAll = (open) => {
    for (const fold of folds) fold.open = open;
    at("open").setAttribute("aria-pressed", String(open));
    at("open").textContent = open ? "Close all" : "Open all";
  };

  let before = [];
  addEventListener("beforeprint", () => {
    before = folds.map((fold) => fold.open);
    for (const fold of folds) fold.open = true;
  });
  addEventListener("afterprint", () => folds.forEach((fold, number) => { fold.open = before[number]; }));
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && document.activeElement !== filter) {
      event.preventDefault();
      filter.focus();
    } else if (event.key === "Escape" && document.activeElement === filter) {
      filter.value = "";
      show();
    }
  });
  filter.addEventListener("input", show);
  at("open").addEventListener("click", () => openAll(at("open").getAttribute("aria-pressed") !== "true"));
  at("print").addEventListener("click", () => print());
  at("tools").hidden = false;
})();
