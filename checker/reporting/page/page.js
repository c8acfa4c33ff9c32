"use strict";
(() => {
  const root = document.documentElement;
  const english = document.getElementById("lang-en");
  const speak = () => {
    const language = english.checked ? "en" : "zh";
    root.lang = language === "en" ? "en" : "zh-CN";
    for (const option of document.querySelectorAll("option[data-zh]")) option.textContent = option.dataset[language];
  };
  for (const radio of document.getElementsByName("lang")) {
    radio.addEventListener("change", () => { speak(); tell(); });
  }

  const form = document.getElementById("filters");
  const list = document.getElementById("list");
  const items = list ? [...list.children] : [];
  const value = (id) => document.getElementById(id)?.value ?? "";
  const searched = new Map();
  const haystack = (item) => {
    if (!searched.has(item)) searched.set(item, item.querySelector("summary").textContent.toLowerCase());
    return searched.get(item);
  };
  const tell = () => {
    if (!form) return;
    const shown = items.filter((item) => !item.hidden).length;
    document.getElementById("shown").textContent =
      english.checked ? `${shown} of ${items.length} findings` : `${items.length} 条结论中的 ${shown} 条`;
  };
  const filter = () => {
    const verdicts = new Set([...form.querySelectorAll("input:checked")].map((box) => box.value));
    const [words, section, area, state] =
      [value("q").toLowerCase().split(/\s+/).filter(Boolean), value("by-section"), value("by-area"), value("by-state")];
    for (const item of items) {
      const { v, s, a, c } = item.dataset;
      item.hidden = (verdicts.size > 0 && !verdicts.has(v)) || (section && s !== section) || (area && a !== area) ||
        (state && c !== state) || !words.every((word) => haystack(item).includes(word));
    }
    tell();
  };
  const text = (item, part) => item.querySelector(part).textContent;
  const orders = {
    worst: () => 0,
    plan: (one, other) => one.dataset.n - other.dataset.n,
    unit: (one, other) => text(one, ".who").localeCompare(text(other, ".who"), "zh-CN") || orders.plan(one, other),
    period: (one, other) => (one.dataset.p < other.dataset.p ? 1 : one.dataset.p > other.dataset.p ? -1 : 0) ||
      orders.plan(one, other),
  };
  const sort = () => list.append(...[...items].sort(orders[value("sort")]));

  if (form) {
    form.hidden = false;
    for (const verdict of ["not_met", "unknown"]) {
      const box = document.getElementById(`v-${verdict}`);
      box.checked = items.some((item) => item.dataset.v === verdict);
    }
    form.addEventListener("input", (event) => (event.target.id === "sort" ? sort() : filter()));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => { sort(); filter(); }));
    addEventListener("hashchange", () => reveal());
    const reveal = () => {
      const item = location.hash.startsWith("#f-") && document.getElementById(location.hash.slice(1));
      if (!item) return;
      item.hidden = false;
      item.querySelector("details").open = true;
      item.scrollIntoView();
      tell();
    };
    filter();
    reveal();
  }
  speak();
})();
