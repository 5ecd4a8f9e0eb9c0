// axe.mjs AXE PLAYWRIGHT CHROMIUM ADDRESS...: what axe-core has against pages, as JSON: [{address, message}].
// A page is looked at as a reader has it: on a phone, a tablet and a desk, in light and dark, with wide spacing,
// with large letters and at twice the size. Nothing is fetched but the page itself.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [axePath, playwrightPath, browserPath, ...addresses] = process.argv.slice(2);
const { chromium } = await import(pathToFileURL(playwrightPath));
const axe = readFileSync(axePath, "utf-8");

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const WIDTHS = [320, 768, 1280];
// WCAG 2.2, 1.4.12
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }`;

// What goes out of the window, or out of a box that hides it.
function overflow() {
  const root = document.documentElement;
  const found = [];
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].find((one) => one.getBoundingClientRect().right > root.clientWidth + 1
      && !one.closest("[tabindex], .visually-hidden"));
    found.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide${wide ? `: ${wide.outerHTML.slice(0, 80)}` : ""}`);
  }
  for (const one of document.querySelectorAll("body *")) {
    const style = getComputedStyle(one);
    const hides = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
    const cut = one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2;
    if (hides && cut && one.innerText?.trim() && one.clientWidth > 1 && !one.closest(".visually-hidden, svg")) {
      found.push(`text is cut off: ${one.outerHTML.slice(0, 80)}`);
    }
  }
  return found;
}

const start = (...more) => chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", ...more],
});
const usual = await start();
const enlarging = await start("--blink-settings=defaultFontSize=32");
const told = [];

async function look(address, { width, scheme = "light", css = "", zoom = 1, rules = [], browser = usual }) {
  const context = await browser.newContext({
    viewport: { width: width / zoom, height: 900 / zoom }, deviceScaleFactor: zoom, colorScheme: scheme,
    reducedMotion: "reduce", offline: true, bypassCSP: true,
  });
  await context.route("**", (route) => (/^(file|data):/.test(route.request().url()) ? route.continue() : route.abort()));
  const page = await context.newPage();
  await page.goto(address);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  if (css) await page.addStyleTag({ content: css });
  const messages = await page.evaluate(overflow);
  if (rules.length) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: values, resultTypes: ["violations"] }), rules);
    messages.push(...violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`)));
  }
  const how = [`${width} px`, scheme, zoom > 1 ? `${zoom}x` : "", css ? "spaced" : "", browser === enlarging ? "large letters" : ""];
  told.push(...messages.map((message) => ({ address, message: `${message} (${how.filter(Boolean).join(", ")})` })));
  await context.close();
}

async function inspect(address) {
  for (const width of WIDTHS) {
    for (const scheme of ["light", "dark"]) await look(address, { width, scheme, rules: RULES });
  }
  await look(address, { width: 320, css: SPACING });
  await look(address, { width: 1280, css: SPACING });
  await look(address, { width: 1280, browser: enlarging });
  await look(address, { width: 1280, zoom: 2 });
}

try {
  const waiting = [...addresses];
  const worker = async () => { while (waiting.length) await inspect(waiting.shift()); };
  await Promise.all([worker(), worker()]);
} finally {
  await Promise.all([usual.close(), enlarging.close()]);
}
process.stdout.write(JSON.stringify(told));
