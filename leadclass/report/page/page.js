"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  // Tables of mixes: a button in each heading sorts the lines.
  for (const table of document.querySelectorAll("table.mixes")) {
    table.querySelectorAll("thead th").forEach((head, column) => {
      const button = make("button", { type: "button" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(table, head, column));
    });
  }

  function sort(table, head, column) {
    const body = table.tBodies[0];
    const up = head.getAttribute("aria-sort") === "descending" || (column === 0 && !head.hasAttribute("aria-sort"));
    const value = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
    const order = (one, two) => String(value(one)).localeCompare(String(value(two)), undefined, { numeric: true });
    const rows = [...body.rows].sort((one, two) => (up ? order(one, two) : order(two, one)));
    table.querySelectorAll("[aria-sort]").forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    body.append(...rows);
  }

  if (!$("data")) return;

  // Columns of a row of data; the words follow, three numbers each.
  const LABEL = 3, FIRST = 4, FACET = 5, SPEAKER = 6, LINE = 7, FLAGS = 8, WORDS = 9;
  const UNSURE = 1, MIXED = 2, BELOW = 4, UNKNOWN = 8;
  const { labels, facets, rows } = JSON.parse($("data").textContent);
  const statements = $("statements"), form = $("filters"), why = $("why");
  const items = [...statements.querySelectorAll("li")];
  const number = (item) => Number(item.id.slice(1));
  let picked = null;  // pressed, so that pointing elsewhere does not replace it
  let shown = null;

  document.body.classList.add("live");
  form.hidden = false;

  // Filters.
  const turns = [...statements.querySelectorAll(".turn")];
  const parts = [...statements.querySelectorAll(".part")];

  function filter() {
    const wanted = new Set([...form.elements.label].filter((box) => box.checked).map((box) => box.value));
    const by = labels.map((label) => wanted.has(label[0]));
    const choice = (name) => (form.elements[name] && form.elements[name].value !== "" ? Number(form.elements[name].value) : null);
    const facet = choice("facet"), speaker = choice("speaker"), unsure = form.elements.unsure.checked;
    let count = 0;
    rows.forEach((row, at) => {
      const fits = by[row[LABEL]] && (facet === null || row[FACET] === facet)
        && (speaker === null || row[SPEAKER] === speaker) && (!unsure || row[FLAGS] & UNSURE);
      if (items[at].hidden === Boolean(fits)) items[at].hidden = !fits;
      if (fits) count += 1;
    });
    for (const turn of turns) turn.hidden = ![...turn.lastElementChild.children].some((item) => !item.hidden);
    for (const part of parts) part.hidden = ![...part.querySelectorAll(".turn")].some((turn) => !turn.hidden);
    $("shown").textContent = count === rows.length ? "" : `${count.toLocaleString("en")} of ${rows.length.toLocaleString("en")} shown`;
    enter(items.find((item) => !item.hidden));
  }

  // One stop of the Tab key for all statements; the arrow keys go on from there.
  let entrance = null;
  function enter(item) {
    if (entrance) entrance.tabIndex = -1;
    entrance = item;
    if (item) item.tabIndex = 0;
  }

  function beside(item, step) {
    let at = number(item) + step;
    while (items[at] && items[at].hidden) at += step;
    return items[at];
  }

  const ends = { Home: () => items.find((item) => !item.hidden), End: () => items.findLast((item) => !item.hidden) };
  const steps = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

  statements.addEventListener("keydown", (event) => {
    const item = event.target.closest("li");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = event.key in steps ? beside(item, steps[event.key]) : ends[event.key]?.();
    if (event.key === "Enter" || event.key === " ") pick(item);
    else if (next) go(next);
    else return;
    event.preventDefault();
  });

  function go(item) {
    enter(item);
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }

  statements.addEventListener("focusin", (event) => {
    const item = event.target.closest("li");
    if (!item) return;
    enter(item);
    explain(item);
  });
  statements.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item && !String(getSelection())) pick(item === picked ? null : item);
  });
  statements.addEventListener("pointerover", (event) => {
    const item = event.target.closest("li");
    if (item && !picked && event.pointerType === "mouse") explain(item);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });

  function pick(item) {
    picked?.classList.remove("picked");
    picked = item;
    if (!item) return;
    item.classList.add("picked");
    explain(item);
    item.scrollIntoView({ block: "nearest" });
  }

  function close() {
    pick(null);
    hint();
  }

  // Why a statement has its label.
  const percent = (share) => (share === 100 ? ">99%" : share ? `${share}%` : "<1%");
  const signed = (weight) => `${weight < 0 ? "−" : "+"}${(Math.abs(weight) / 100).toFixed(2)}`;
  const badge = (label) => make("b", { className: `tag ${label[0]}` }, label[0].toUpperCase() + label.slice(1));

  function hint() {
    shown = null;
    why.hidden = !matchMedia("(min-width: 64rem)").matches;
    why.replaceChildren(
      make("h3", {}, "Why?"),
      make("p", {}, "Point at a statement, or go there with the Tab key and then ↓ and ↑: here stand the words that decided."),
    );
  }

  function explain(item) {
    if (shown === item) return;
    shown = item;
    const row = rows[number(item)], letters = Array.from(item.querySelector("p > span").textContent);
    const words = [];
    for (let at = WORDS; at < row.length; at += 3) words.push(row.slice(at, at + 3));
    const closer = make("button", { type: "button", className: "close", ariaLabel: "Close" }, "×");
    closer.addEventListener("click", close);
    why.replaceChildren(closer, head(row), make("p", {}, ...highlighted(letters, words)), chances(row), ...reasons(row, letters, words));
    why.hidden = false;
    why.scrollTop = 0;
  }

  function head(row) {
    const facet = row[FACET] < 0 ? "" : ` ${facets[row[FACET]]}`;
    return make("h3", {}, badge(labels[row[LABEL]]), facet);
  }

  function chances(row) {
    const line = (label, at) => make("tr", {}, make("td", {}, badge(label)),
      make("td", { className: "plot" }, bar(label, row[at])), make("td", { className: "number" }, percent(row[at])));
    return make("table", {}, make("tbody", {}, ...labels.map(line)));
  }

  function bar(label, share) {
    const draw = (name, values) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(values)) element.setAttribute(key, value);
      return element;
    };
    const svg = draw("svg", { class: `bar ${label[0]}`, width: "100%", height: 12, "aria-hidden": true });
    svg.append(draw("rect", { class: "ground", width: "100%", height: 12 }), draw("rect", { class: "fill", width: `${share}%`, height: 12 }));
    return svg;
  }

  function* reasons(row, letters, words) {
    const first = labels[row[FIRST]];
    if (row[FLAGS] & UNKNOWN) yield make("p", {}, "No word of it is known to the model, so nothing speaks for a label.");
    else if (row[FLAGS] & BELOW) yield make("p", {}, `Unsure: ${first} came first, but below the threshold.`);
    else if (row[FLAGS] & UNSURE) yield make("p", {}, "Unsure: the label is less probable than not.");
    if (row[FLAGS] & MIXED) yield make("p", {}, "Mixed: leadership and management are both strong.");
    if (words.length) {
      const line = ([start, end, weight]) => make("tr", {},
        make("td", { className: "number" }, signed(weight)), make("td", {}, letters.slice(start, end).join("")));
      yield make("p", {}, `What spoke for ${first} (+) or against it (−):`);
      yield make("table", {}, make("tbody", {}, ...words.map(line)));
    }
    yield make("p", { className: "note" }, `Line or record ${row[LINE]} of the notes.`);
  }

  function highlighted(letters, words) {
    const weights = new Array(letters.length).fill(0);
    for (const [start, end, weight] of words) for (let at = start; at < end; at += 1) weights[at] += weight;
    const pieces = [];
    for (let start = 0, end; start < letters.length; start = end) {
      const sign = Math.sign(weights[start]);
      for (end = start + 1; end < letters.length && Math.sign(weights[end]) === sign; end += 1);
      const text = letters.slice(start, end).join("");
      pieces.push(sign ? make("mark", { className: sign > 0 ? "for" : "against" }, text) : text);
    }
    return pieces;
  }

  // A link to a statement picks it, wherever the link is from.
  function arrive() {
    const item = location.hash && items.find((each) => `#${each.id}` === location.hash);
    if (item) pick(item);
  }

  addEventListener("hashchange", arrive);
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  items.forEach((item) => { item.tabIndex = -1; });
  filter();
  hint();
  arrive();
})();
