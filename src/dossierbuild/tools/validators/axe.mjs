// axe.mjs AXE PLAYWRIGHT CHROMIUM ADDRESS...: what axe-core has against pages, as JSON: [{address, message}].
// A page is looked at as a reader has it: on a phone, a tablet and a desk, in light and dark, with wide spacing,
// with large letters and at twice the size; and whether the keyboard's focus can be seen. Nothing is fetched but the
// page itself.
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

// The places of the keyboard's focus, one for each look that they have with and without it: where it is, once it has
// the focus. A browser shows the focus of what a script focuses only after a key was pressed.
function focusable() {
  const looks = ["color", "backgroundColor", "backgroundImage", "outline", "outlineOffset", "boxShadow", "border", "textDecoration",
    "opacity", "display", "position"];
  const look = (element) => [undefined, "::before", "::after"].map((part) => {
    const style = getComputedStyle(element, part);
    return looks.map((name) => style[name]).join();
  });
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(at);
      if (backgroundImage !== "none" || !/^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor)) return backgroundColor + backgroundImage;
    }
    return "";
  };
  document.head.append(Object.assign(document.createElement("style"), {
    textContent: "* { transition: none !important; animation: none !important; scroll-behavior: auto !important }",
  }));
  const places = "a[href], button, input, select, textarea, summary, iframe, [tabindex]:not([tabindex^='-'])";
  const kinds = new Map();
  for (const element of document.querySelectorAll(places)) {
    document.activeElement?.blur();
    const without = look(element);
    element.focus();
    if (document.activeElement !== element) continue;
    const kind = [element.localName, element.className, ground(element.parentElement), ...without, ...look(element)].join("|");
    if (!kinds.has(kind)) kinds.set(kind, element);
  }
  globalThis.focusKinds = [...kinds.values()];
  return globalThis.focusKinds.length;
}

// The part of the window in which the focus of a place would be seen.
function focused(index) {
  const element = globalThis.focusKinds[index];
  element.focus();
  element.scrollIntoView({ block: "center", inline: "nearest" });
  const box = element.getBoundingClientRect(), margin = 8;
  const x = Math.max(0, Math.floor(box.left - margin)), y = Math.max(0, Math.floor(box.top - margin));
  const width = Math.min(innerWidth, Math.ceil(box.right + margin)) - x;
  const height = Math.min(innerHeight, Math.ceil(box.bottom + margin)) - y;
  return { clip: { x, y, width, height }, html: element.outerHTML.slice(0, 160) };
}

// Of two pictures of the same part of the window: how many pixels differ, and how many by 3 : 1 or more, as WCAG 2.2,
// 1.4.11 and 2.4.13, asks of what shows the focus.
async function difference([before, after]) {
  const pixels = async (picture) => {
    const image = Object.assign(new Image(), { src: `data:image/png;base64,${picture}` });
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height }).getContext("2d");
    canvas.drawImage(image, 0, 0);
    return canvas.getImageData(0, 0, image.width, image.height).data;
  };
  const channel = (value) => (value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const light = (data, at) => 0.2126 * channel(data[at]) + 0.7152 * channel(data[at + 1]) + 0.0722 * channel(data[at + 2]);
  const [a, b] = [await pixels(before), await pixels(after)];
  let changed = 0, strong = 0;
  for (let at = 0; at < a.length; at += 4) {
    if (a[at] === b[at] && a[at + 1] === b[at + 1] && a[at + 2] === b[at + 2]) continue;
    changed += 1;
    const [low, high] = [light(a, at), light(b, at)].sort((one, other) => one - other);
    if ((high + 0.05) / (low + 0.05) >= 3) strong += 1;
  }
  return { changed, strong };
}

// What shows the focus is a line along half of the place at least: an underline, less where letters go through it.
async function unseen(page) {
  const messages = [];
  await page.keyboard.press("Tab");
  const count = await page.evaluate(focusable);
  for (let index = 0; index < count; index += 1) {
    const { clip, html } = await page.evaluate(focused, index);
    if (clip.width <= 0 || clip.height <= 0) {
      messages.push(`focus is outside the window (WCAG 2.4.7): ${html}`);
      continue;
    }
    const after = await page.screenshot({ clip });
    await page.evaluate(() => document.activeElement.blur());
    const before = await page.screenshot({ clip });
    const { changed, strong } = await page.evaluate(difference, [before, after].map((picture) => picture.toString("base64")));
    const enough = Math.max(4, (clip.width - 16) / 2);
    if (changed < enough) messages.push(`focus is not seen (WCAG 2.4.7): ${html}`);
    else if (strong < enough) messages.push(`focus is seen with less contrast than 3 : 1 (WCAG 1.4.11): ${html}`);
  }
  return messages;
}

const start = (...more) => chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", ...more],
});
const usual = await start();
const enlarging = await start("--blink-settings=defaultFontSize=32");
const told = [];

async function look(address, { width, scheme = "light", css = "", zoom = 1, rules = [], focus = false, browser = usual }) {
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
  if (focus) messages.push(...await unseen(page));
  const how = [`${width} px`, scheme, zoom > 1 ? `${zoom}x` : "", css ? "spaced" : "", browser === enlarging ? "large letters" : ""];
  told.push(...messages.map((message) => ({ address, message: `${message} (${how.filter(Boolean).join(", ")})` })));
  await context.close();
}

async function inspect(address) {
  for (const width of WIDTHS) {
    for (const scheme of ["light", "dark"]) await look(address, { width, scheme, rules: RULES, focus: width !== 768 });
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
