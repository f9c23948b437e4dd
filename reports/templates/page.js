(() => {
  "use strict";
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;
  const words = JSON.parse($("#wording").textContent);
  const panel = $("#panel"), body = $(".panel-body"), filter = $("#filter"), banner = $("#filter-banner");
  root.classList.add("js");
  $$("details.source").forEach((source) => { source.open = false; });

  /* Light or dark: as the system has it until the button is used; remembered where the browser allows it. */
  const remembered = () => { try { return localStorage.getItem("crosscase-theme"); } catch { return null; } };
  if (remembered()) root.dataset.theme = remembered();
  $("#theme-button").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("crosscase-theme", root.dataset.theme); } catch { /* a file: page may not store */ }
  });

  /* The panel borrows a cell's evidence from its place in the page and gives it back when it closes. */
  const grid = $$(".matrix tbody tr").map((row) => $$("td.cell", row)).filter((cells) => cells.length);
  const cellOf = (anchor) => grid.flat().find((cell) => cell.dataset.evidence === anchor);
  /* The first thing in a cell that leads to its evidence: a sentence, or where there is none its count. */
  const lead = (cell) => $$(".sentence a, .count", cell).find((link) => link.offsetParent) ?? $(".count", cell);
  const place = document.createComment("evidence");
  let shown = null, came = null;

  const giveBack = () => {
    if (!shown) return;
    place.replaceWith(shown);
    cellOf(shown.id)?.classList.remove("open");
    shown = null;
  };
  const show = (evidence) => {
    if (shown === evidence) return;
    giveBack();
    evidence.replaceWith(place);
    body.replaceChildren(evidence);
    body.scrollTop = 0;
    shown = evidence;
    const cell = cellOf(evidence.id);
    cell?.classList.add("open");
    panel.setAttribute("aria-label", $("h3", evidence).textContent.trim());
    $$("[data-move]").forEach((button) => { button.disabled = !neighbour(cell, button.dataset.move); });
    if (!panel.open) { came = document.activeElement; panel.show(); root.classList.add("reading"); }
  };
  const close = (focus = true) => {
    if (!panel.open) return;
    const cell = shown && cellOf(shown.id);
    giveBack();
    panel.close();
    root.classList.remove("reading");
    if (!focus) return;
    history.replaceState(null, "", location.pathname + location.search);
    const back = came && came !== document.body && came.isConnected && came.closest("main") ? came : cell && lead(cell);
    back?.focus({ preventScroll: true });
  };
  const neighbour = (cell, move) => {
    const [down, right] = move.split(" ").map(Number);
    const row = grid.findIndex((cells) => cells.includes(cell));
    if (row < 0) return null;
    const column = grid[row].indexOf(cell);
    return right ? grid[row][column + right] : grid[row + down]?.[Math.min(column, grid[row + down].length - 1)];
  };

  /* Where the address points: evidence opens in the panel, a source opens in the page. */
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const evidence = target?.closest(".evidence");
    if (evidence) {
      show(evidence);
      $$(".target", body).forEach((old) => old.classList.remove("target"));
      if (target === evidence) {
        $("h3", evidence).focus({ preventScroll: true });
      } else {
        const passage = target.closest(".passage, .stands") ?? target, heading = $("h4[tabindex]", target);
        passage.classList.add("target");
        passage.scrollIntoView({ block: "start" });
        if (!heading) passage.tabIndex = -1;
        (heading ?? passage).focus({ preventScroll: true });
      }
      return;
    }
    close(false);
    const source = target?.closest("details.source");
    if (source) {
      source.open = true;
      target.scrollIntoView({ block: target === source ? "start" : "center" });
      if (target !== source) { target.tabIndex = -1; target.focus({ preventScroll: true }); }
    }
  };
  addEventListener("hashchange", follow);
  $("#panel-close").addEventListener("click", () => close());
  $(".panel-bar").addEventListener("click", (event) => {
    const move = event.target.closest("[data-move]")?.dataset.move;
    const next = move && neighbour(cellOf(shown.id), move);
    if (next) { location.replace("#" + next.dataset.evidence); next.scrollIntoView({ block: "nearest" }); }
  });
  document.addEventListener("click", (event) => {
    const cell = event.target.closest("td.cell");
    if (!cell || event.target.closest("a") || getSelection().toString()) return;
    location.hash = cell.dataset.evidence;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.open) { close(); event.preventDefault(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const moves = { ArrowLeft: "0 -1", ArrowRight: "0 1", ArrowUp: "-1 0", ArrowDown: "1 0" };
    const cell = event.target.closest?.("td.cell");
    const next = cell && moves[event.key] && neighbour(cell, moves[event.key]);
    if (!next) return;
    event.preventDefault();
    lead(next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    if (panel.open) { came = lead(next); show(document.getElementById(next.dataset.evidence)); }
  });

  /* A coding and its note light up together. */
  const light = (event, on) => {
    const near = event.target.closest?.("mark, .note"), scope = near?.closest("[data-scope]");
    if (!scope) return;
    const numbers = new Set(near.dataset.k.split(" "));
    $$("mark, .note", scope).forEach((part) => {
      if (part.dataset.k.split(" ").some((number) => numbers.has(number))) part.classList.toggle("lit", on);
    });
  };
  for (const [type, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(type, (event) => light(event, on));
  }

  /* The filter hides what does not fit and counts again what is left. */
  const number = (n, beside) => (Math.max(n, beside) <= 10 ? words.numbers[n] : String(n));
  const fill = (frame, values) => frame.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const share = (k, n) => fill(k < n ? words.share[3] : words.share[Math.min(n, 3) - 1], { k: number(k, n), n: number(n, k) });
  const checked = (name) => new Set($$(`[name=${name}]:checked`, filter).map((box) => box.value));
  const counted = grid.flat().filter((cell) => $(".count", cell)), mentions = (cell) => $(".mentions", cell) ?? cell;
  const every = (name) => $$(`[name=${name}]`, filter).length;
  const most = Math.max(0, ...counted.map((cell) => $$(".excerpts > li", mentions(cell)).length));

  const quoteOf = (passage) => {
    let quote = "", gap = false;
    for (const part of $$(".text, .heading", passage).flatMap((p) => [...p.childNodes])) {
      if (part.nodeName === "MARK" && !part.classList.contains("d0")) {
        quote += (gap && quote ? " […] " : "") + part.textContent;
        gap = false;
      } else if (part.textContent.trim()) gap = true;
    }
    return words.quotes[0] + quote.trim().replace(/\s+/g, " ") + words.quotes[1];
  };
  const asExcerpt = (passage) => {
    const item = document.createElement("li"), quote = document.createElement("blockquote"), link = document.createElement("a");
    link.href = "#" + passage.id;
    link.textContent = quoteOf(passage);
    quote.append(link);
    item.className = "added";
    item.append(quote, $("cite", passage).cloneNode(true));
    return item;
  };
  const countCell = (cell, fits, hasRole, filtered) => {
    const evidence = document.getElementById(cell.dataset.evidence);
    const passages = $$(".passage", evidence).filter((passage) => { passage.hidden = !fits(passage); return !passage.hidden; });
    const mentioning = new Set(passages.map((passage) => passage.dataset.case));
    const cases = $$(".cases > li", evidence).filter((item) => { item.hidden = !hasRole(item); return !item.hidden; });
    const n = cases.filter((item) => item.dataset.state !== "not_applicable").length;
    const left = new Set(cases.map((item) => item.dataset.case));
    $$(".case", evidence).forEach((part) => { part.hidden = !mentioning.has(part.dataset.case); });
    const elsewhere = (part, state) => state === "mentioned" && left.has(part.dataset.case) && !mentioning.has(part.dataset.case);
    $$(".sign", mentions(cell)).forEach((sign) => {
      sign.dataset.state ??= sign.classList[1];
      const state = elsewhere(sign, sign.dataset.state) ? "elsewhere" : sign.dataset.state;
      sign.setAttribute("class", `sign ${state}` + (filtered && !left.has(sign.dataset.case) ? " away" : ""));
      $("use", sign).setAttribute("href", `#sign-${state}`);
    });
    cases.forEach((item) => {
      const state = $(".state", item);
      state.dataset.whole ??= state.textContent;
      state.textContent = elsewhere(item, item.dataset.state) ? words.elsewhere : state.dataset.whole;
    });
    const said = !n ? words.nobody : mentioning.size ? fill(words.some, { share: share(mentioning.size, n) }) : words.none;
    for (const line of [$(".count .said", cell), $(":scope > .said", evidence)]) {
      line.dataset.whole ??= line.textContent;
      line.textContent = filtered ? said : line.dataset.whole;
    }
    for (const part of [$(".rest", cell), $(":scope > .rest", evidence), $(".numbers", evidence)]) if (part) part.hidden = filtered;
    $$(".added", cell).forEach((item) => item.remove());
    const list = $(".excerpts", mentions(cell));
    if (!list) return;
    const links = new Set($$("li", list).filter((item) => { item.hidden = !fits(item); return !item.hidden; })
      .map((item) => $("blockquote a", item).hash.slice(1)));
    if (!filtered) return;
    const more = passages.filter((passage) => ![passage, ...$$("[id]", passage)].some((part) => links.has(part.id)));
    list.append(...more.slice(0, Math.max(0, most - links.size)).map(asExcerpt));
  };
  const applyFilter = () => {
    const roles = checked("role"), cases = checked("case");
    const byRole = roles.size < every("role"), filtered = byRole || cases.size < every("case");
    const hasRole = (part) => cases.has(part.dataset.case) && (!byRole || part.dataset.roles.split("\n").some((role) => roles.has(role)));
    root.classList.toggle("filtered", filtered);
    counted.forEach((cell) => countCell(cell, hasRole, hasRole, filtered));
    $$(".difference .not-filtered").forEach((part) => { part.hidden = !filtered; });
    $$(".framework tr[data-case]").forEach((row) => { row.hidden = !cases.has(row.dataset.case); });
    $$(".source").forEach((source) => { source.hidden = filtered && !hasRole(source); });
    $$(".picture").forEach((picture) => { picture.hidden = filtered; });
    if ($("#pictures-hidden")) $("#pictures-hidden").hidden = !filtered;
    const shownCases = words.cases[cases.size === 1 ? 0 : 1].replace("{n}", cases.size);
    banner.textContent = fill(words.banner, { what: [...(byRole ? roles : []), shownCases].join(" · ") });
    banner.hidden = !filtered;
    $("#filter-button").classList.toggle("on", filtered);
  };
  const whole = (element) => { element.hidden = !element.hidden; return !element.hidden; };
  $("#filter-button").addEventListener("click", (event) => {
    event.currentTarget.setAttribute("aria-expanded", String(whole(filter)));
  });
  filter.addEventListener("change", (event) => {
    if (event.target.id === "others-shown") root.classList.toggle("others", event.target.checked);
    else applyFilter();
  });
  filter.addEventListener("reset", () => setTimeout(() => { root.classList.remove("others"); applyFilter(); }));
  filter.addEventListener("submit", (event) => event.preventDefault());

  /* What sticks below the bar follows its height. */
  new ResizeObserver(() => root.style.setProperty("--bar", $(".bar").offsetHeight + "px")).observe($(".bar"));
  if (location.hash) follow();
})();
