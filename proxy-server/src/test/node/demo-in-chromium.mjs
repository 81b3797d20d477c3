// The demo's page in two tabs of a real browser.
//
//   node demo-in-chromium.mjs https://<host>/ <chromium> <screenshot.png>
//
// Says one line: {"ok":true,…} with what was seen, or {"ok":false,"symptom":"…"}. What it should have been is
// for the test to judge.

import { launchedBrowser } from "./browser.mjs";
import { sayAndEnd } from "./json-lines.mjs";

const [address, executablePath, screenshot] = process.argv.slice(2);
const LIMIT_MS = 15_000;

const browser = await launchedBrowser(executablePath);
let step = "opening the page";
try {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1100, height: 900 } });
  context.setDefaultTimeout(LIMIT_MS);
  const seen = { ok: true, faults: [] };
  const [one, two] = [await open(context, seen), await open(context, seen)];

  step = "waiting for both WebSockets";
  await Promise.all([one, two].map(tab => tab.waitForSelector("#status[data-state=connected]")));
  await textOf(one, "#windows", "2 windows");
  seen.status = await one.textContent("#status");
  seen.socket = await one.textContent("#detail");

  step = "typing in the first tab and reading in the second";
  await type(one, "Typed in the first tab.\n");
  await valueOf(two, "Typed in the first tab.\n");
  step = "typing in the second tab and reading in the first";
  await type(two, "Typed in the second.\n");
  await valueOf(one, "Typed in the first tab.\nTyped in the second.\n");

  step = "typing in both tabs at once";
  await Promise.all([type(one, "x".repeat(80)), type(two, "y".repeat(80))]);
  seen.together = await settled(one, two);

  step = "losing the socket and typing on";
  await loseSocketAndTypeOn(await context.newPage(), "Typed in between.\n");
  await one.waitForFunction(() => document.querySelector("#pad").value.includes("Typed in between."));
  seen.afterLoss = await one.inputValue("#pad");

  step = "reading what reached the upstream";
  await one.waitForSelector("#headers tr");
  seen.requestLine = await one.textContent("#request-line");
  seen.headers = await one.$$eval("#headers tr", rows =>
    Object.fromEntries(rows.map(row => [...row.cells].map(cell => cell.textContent)).map(([n, v]) => [n.toLowerCase(), v])));
  await one.waitForSelector("#health[data-outcome=good]");
  seen.health = await one.textContent("#health");

  step = "sending an upload under the limit";
  seen.small = await upload(one, "#upload-small");
  step = "sending an upload over the limit";
  seen.large = await upload(one, "#upload-large");

  step = "making a screenshot";
  await one.screenshot({ path: screenshot, fullPage: true });
  await browser.close();
  sayAndEnd(seen);
} catch (e) {
  await browser.close();
  sayAndEnd({ ok: false, symptom: `${step}: ${e.message}` });
}

async function open(context, seen) {
  const tab = await context.newPage();
  tab.on("pageerror", e => seen.faults.push(e.message));
  await tab.goto(address);
  return tab;
}

/** Ends the tab's socket as a restarting proxy does, types before it is back, and waits until it is. */
async function loseSocketAndTypeOn(tab, text) {
  const sockets = [];
  await tab.routeWebSocket(/\/live\/collaboration$/, toPage => sockets.push({ toPage, toServer: toPage.connectToServer() }));
  await tab.goto(address);
  await tab.waitForSelector("#status[data-state=connected]");
  await tab.evaluate(() => {
    const status = document.querySelector("#status");
    window.states = [];
    new MutationObserver(() => states.push(status.dataset.state)).observe(status, { attributes: true });
  });
  const [{ toPage, toServer }] = sockets;
  await Promise.all([toServer.close(), toPage.close({ code: 1012, reason: "service restart" }), type(tab, text)]);
  await tab.waitForFunction(() => states.join(" ").endsWith("away connecting connected"));
}

async function type(tab, text) {
  await tab.press("#pad", "Control+End");
  await tab.locator("#pad").pressSequentially(text);
}

async function textOf(tab, selector, text) {
  await tab.waitForFunction(([s, t]) => document.querySelector(s).textContent === t, [selector, text]);
}

async function valueOf(tab, text) {
  await tab.waitForFunction(t => document.querySelector("#pad").value === t, text);
}

/** Both texts, once they are the same and all that was typed at once is there. */
async function settled(one, two) {
  const typed = tab => tab.inputValue("#pad");
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const [first, second] = [await typed(one), await typed(two)];
    const count = letter => first.split(letter).length - 1;
    if ((first === second && count("x") >= 80 && count("y") >= 80) || Date.now() > deadline) {
      return { first, second };
    }
    await one.evaluate(() => new Promise(requestAnimationFrame));
  }
}

async function upload(tab, button) {
  await tab.click(button);
  await tab.waitForSelector("#upload-result[data-outcome]:not([data-outcome=none]):not([data-outcome=running])");
  return {
    outcome: await tab.getAttribute("#upload-result", "data-outcome"),
    text: await tab.textContent("#upload-result"),
  };
}
