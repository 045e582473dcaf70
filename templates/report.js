"use strict";
(() => {
  const tip = document.getElementById("tip");
  const hide = () => { tip.hidden = true; };
  const show = (hit) => {
    tip.textContent = hit.getAttribute("aria-label");
    tip.hidden = false;
    const at = hit.getBoundingClientRect();
    const middle = at.left + at.width / 2;
    const left = Math.max(8, Math.min(middle - tip.offsetWidth / 2, document.documentElement.clientWidth - tip.offsetWidth - 8));
    const above = at.top - tip.offsetHeight - 4;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(above < 0 ? at.bottom + 4 : above) + scrollY}px`;
  };
  for (const svg of document.querySelectorAll(".drawing svg")) {
    const hits = [...svg.querySelectorAll(".hit")];
    const lines = new Map();
    for (const hit of hits) {
      hit.querySelector("title").remove();
      const key = hit.dataset.series;
      if (!lines.has(key)) lines.set(key, []);
      lines.get(key).push(hit);
    }
    // One stop of the Tab key for each series; the arrow keys go on from there.
    const ordered = [...lines.values()];
    for (const line of ordered) line.forEach((hit, place) => { hit.tabIndex = place === 0 ? 0 : -1; });
    const nearest = (x, y, reach) => {
      let best = null;
      for (const hit of hits) {
        const at = hit.getBoundingClientRect();
        const distance = Math.hypot(at.left + at.width / 2 - x, at.top + at.height / 2 - y);
        if (distance <= reach) { reach = distance; best = hit; }
      }
      return best;
    };
    const point = (event) => {
      const hit = nearest(event.clientX, event.clientY, 24);
      if (hit) show(hit); else hide();
    };
    svg.addEventListener("pointermove", point);
    svg.addEventListener("pointerdown", point);
    svg.addEventListener("pointerleave", () => {
      if (document.activeElement && hits.includes(document.activeElement)) show(document.activeElement); else hide();
    });
    svg.addEventListener("focusin", (event) => { if (hits.includes(event.target)) show(event.target); });
    svg.addEventListener("focusout", hide);
    svg.addEventListener("keydown", (event) => {
      const number = ordered.findIndex((line) => line.includes(event.target));
      if (event.key === "Escape") hide();
      if (number < 0) return;
      const line = ordered[number];
      const place = line.indexOf(event.target);
      const other = (step) => {
        const next = ordered[number + step];
        return next && next[Math.min(place, next.length - 1)];
      };
      const aims = {
        ArrowRight: () => line[place + 1], ArrowLeft: () => line[place - 1], Home: () => line[0], End: () => line[line.length - 1],
        ArrowDown: () => other(1), ArrowUp: () => other(-1),
      };
      const aim = aims[event.key];
      if (!aim) return;
      event.preventDefault();
      const target = aim();
      if (target) target.focus();
    });
  }
  const compare = (a, b, sign) => {
    if (a === "" || b === "") return (a === "") - (b === "");
    const [x, y] = [Number(a), Number(b)];
    const order = Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, "en", { numeric: true }) : x - y;
    return sign * order;
  };
  for (const table of document.querySelectorAll("table")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const rises = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((other) => other.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", rises ? "ascending" : "descending");
        const rows = [...table.tBodies[0].rows];
        rows.sort((a, b) => compare(a.cells[column].dataset.sort, b.cells[column].dataset.sort, rises ? 1 : -1));
        table.tBodies[0].append(...rows);
      });
    });
  }
})();
