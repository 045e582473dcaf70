// Opens each page as a reader would: with mouse, keyboard, telephone, printer, screen reader and without scripts.
// SHOTS=folder keeps what it looked like.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SHOTS = process.env.SHOTS;
const DESKTOP = { width: 1280, height: 900 };
const TELEPHONE = { width: 375, height: 740 };
/** Rows of a table, or points, beyond which what does not depend on their number is checked on the other pages. */
const MANY = 300;
/** Pages at a time. */
const AT_ONCE = 2;

/** A page that notes everything that a self-contained one must not do. */
async function open(browser, file, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) faults.push(message.text()); });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("dialog", (dialog) => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (!/^(file|data):/.test(request.url())) faults.push(`request: ${request.url()}`); });
  await page.goto(pathToFileURL(resolve(file)).href);
  return { context, page, faults };
}

async function shot(page, file, name) {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${basename(file, ".html")}-${name}.png`), fullPage: true });
}

const tip = (page) => page.evaluate(() => {
  const tip = document.getElementById("tip");
  const at = tip.getBoundingClientRect();
  return { hidden: tip.hidden, text: tip.textContent, inside: at.left >= 0 && at.right <= document.documentElement.clientWidth };
});

/** The place of a visible point, and what is to be said of it. */
const target = (page, number) => page.evaluate((number) => {
  const hits = [...document.querySelectorAll(".hit")].filter((hit) => hit.getBoundingClientRect().width > 0);
  const hit = hits.at(number);
  hit.scrollIntoView({ block: "center" });
  const at = hit.getBoundingClientRect();
  return { x: at.left + at.width / 2, y: at.top + at.height / 2, label: hit.getAttribute("aria-label"), n: hits.length };
}, number);

async function hovers(page) {
  for (const number of [0, -1]) {
    const { x, y, label, n } = await target(page, number);
    assert.ok(n > 0, "no points");
    await page.mouse.move(x + 1, y);
    const seen = await tip(page);
    assert.ok(!seen.hidden && seen.inside, "pointing at a point shows nothing, or outside of the page");
    // Points may lie upon each other; one of them is shown.
    const same = await page.evaluate((text) => [...document.querySelectorAll(".hit")].some((hit) => hit.getAttribute("aria-label") === text), seen.text);
    assert.ok(same, `${seen.text} is no point`);
    if (n < 5) assert.equal(seen.text, label);
    await page.mouse.move(2, 2);
    assert.ok((await tip(page)).hidden, "the value stays when the pointer leaves");
  }
}

const focused = (page) => page.evaluate(() => document.activeElement.matches(".hit") ? document.activeElement.getAttribute("aria-label") : null);

async function keyboard(page) {
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  let label = null;
  for (let press = 0; press < 5 && label === null; press += 1) {
    await page.keyboard.press("Tab");
    label = await focused(page);
  }
  assert.ok(label, "no point is reached by Tab");
  assert.equal((await tip(page)).text, label);
  const stroke = await page.evaluate(() => parseFloat(getComputedStyle(document.activeElement).strokeWidth));
  assert.ok(stroke >= 6, "focus cannot be seen");
  await page.keyboard.press("ArrowRight");
  const next = await focused(page);
  assert.ok(next && next !== label, "the arrow key does not go on");
  const seen = await tip(page);
  assert.ok(!seen.hidden && seen.text === next);
  await page.keyboard.press("Escape");
  assert.ok((await tip(page)).hidden, "Escape does not hide the value");
}

/** Sorts each table by each column, both ways. */
async function sorts(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
  const n = await page.evaluate((many) => [...document.querySelectorAll("table")].map((table) =>
    table.tBodies[0].rows.length > many ? 3 : table.tHead.rows[0].cells.length), MANY);
  for (const [number, nColumns] of n.entries()) {
    for (let column = 0; column < nColumns; column += 1) {
      for (const way of ["ascending", "descending"]) {
        const button = page.locator("table").nth(number).locator("thead th").nth(column).locator("button");
        if (way === "ascending") await button.click(); else { await button.focus(); await page.keyboard.press("Enter"); }
        const seen = await page.evaluate(([number, column]) => {
          const table = document.querySelectorAll("table")[number];
          const marked = [...table.tHead.rows[0].cells].filter((head) => head.getAttribute("aria-sort") !== "none");
          return {
            marked: marked.map((head) => head.getAttribute("aria-sort")),
            values: [...table.tBodies[0].rows].map((row) => row.cells[column].dataset.sort),
            rows: table.tBodies[0].rows.length,
          };
        }, [number, column]);
        assert.deepEqual(seen.marked, [way]);
        const known = seen.values.filter((value) => value !== "");
        assert.deepEqual(seen.values.slice(0, known.length), known, "rows without a value are not last");
        if (known.length > 0 && known.every((value) => !Number.isNaN(Number(value)))) {
          const sign = way === "ascending" ? 1 : -1;
          assert.deepEqual(known.map(Number), known.map(Number).toSorted((a, b) => sign * (a - b)), `column ${column} ${way}`);
        }
      }
    }
  }
}

async function accessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const told = violations.map((of) => `${of.id}: ${of.help}: ${of.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
  assert.deepEqual(told, []);
}

/** Nothing wider than the window, and no letters that nobody can read. */
async function readable(page, drawing) {
  const seen = await page.evaluate((drawing) => {
    const svg = document.querySelector(`.${drawing} svg`);
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const letters = [...svg.querySelectorAll("text")].map((text) => parseFloat(text.getAttribute("font-size")) * scale);
    return {
      wide: document.documentElement.scrollWidth, window: document.documentElement.clientWidth,
      shown: svg.getBoundingClientRect().width > 0, smallest: Math.min(...letters),
      body: parseFloat(getComputedStyle(document.body).fontSize),
      font: [...document.fonts].filter((face) => face.family.includes("DejaVu")).map((face) => face.status),
    };
  }, drawing);
  assert.ok(seen.wide <= seen.window, `the page is ${seen.wide} wide in a window of ${seen.window}`);
  assert.ok(seen.shown, `${drawing} is not shown`);
  assert.ok(seen.smallest >= 8, `letters of ${seen.smallest} pixels`);
  assert.ok(seen.body >= 16);
  assert.ok(seen.font.includes("loaded") && !seen.font.includes("error"), `font: ${seen.font}`);
}

async function prints(page, file) {
  await page.emulateMedia({ media: "print" });
  const shown = await page.evaluate(() => ["wide", "narrow", "paper"].map((name) => document.querySelector(`.${name}`).getBoundingClientRect().width > 0));
  assert.deepEqual(shown, [false, false, true]);
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(ground, "rgb(255, 255, 255)", "paper is white");
  const path = SHOTS ? join(SHOTS, `${basename(file, ".html")}.pdf`) : undefined;
  const pdf = await page.pdf({ path, format: "A4", preferCSSPageSize: false, printBackground: true });
  assert.ok(pdf.length > 10_000 && pdf.subarray(0, 5).toString() === "%PDF-");
}

async function withoutScripts(browser, file) {
  const { context, page, faults } = await open(browser, file, { viewport: DESKTOP, javaScriptEnabled: false });
  for (const part of ["h1", ".headline", "figure.wide svg", "table", ".paste"]) {
    assert.ok(await page.locator(part).first().isVisible(), `without scripts ${part} is not seen`);
  }
  assert.deepEqual(faults, []);
  await context.close();
}

async function check(browser, file) {
  const desktop = await open(browser, file, { viewport: DESKTOP });
  await readable(desktop.page, "wide");
  await shot(desktop.page, file, "1280");
  await hovers(desktop.page);
  await keyboard(desktop.page);
  await accessible(desktop.page);
  await sorts(desktop.page);
  await prints(desktop.page, file);
  assert.deepEqual(desktop.faults, []);
  await desktop.context.close();

  const telephone = await open(browser, file, { viewport: TELEPHONE, hasTouch: true, isMobile: true });
  await readable(telephone.page, "narrow");
  await shot(telephone.page, file, "375");
  await hovers(telephone.page);
  if (await telephone.page.locator(".narrow .hit").count() <= MANY) await accessible(telephone.page);
  assert.deepEqual(telephone.faults, []);
  await telephone.context.close();
  await withoutScripts(browser, file);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const files = process.argv.slice(2);
let nFailed = 0;

async function work() {
  for (let file = files.shift(); file !== undefined; file = files.shift()) {
    const start = performance.now();
    try {
      await check(browser, file);
      console.log(`ok   ${basename(file)} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    } catch (error) {
      nFailed += 1;
      console.error(`FAIL ${basename(file)}: ${error.message}`);
      if (!(error instanceof assert.AssertionError)) console.error(error.stack);
    }
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
await browser.close();
process.exitCode = nFailed > 0 ? 1 : 0;
