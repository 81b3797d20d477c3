// The status page in a real browser on a phone, and its self-test.
//
//   node status-page-in-chromium.mjs http://<admin>/ <chromium> <screenshot.png> <address to test, or empty for the one offered>
//
// Says one line: {"ok":true,…} with what was seen, or {"ok":false,"symptom":"…"}. What it should have been is
// for the test to judge.

import { launchedBrowser } from "./browser.mjs";
import { sayAndEnd } from "./json-lines.mjs";

const [page, executablePath, screenshot, address] = process.argv.slice(2);
const LIMIT_MS = 60_000;

const browser = await launchedBrowser(executablePath);
let step = "opening the page";
try {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 390, height: 844 } });
  context.setDefaultTimeout(LIMIT_MS);
  const tab = await context.newPage();
  const seen = { ok: true, faults: [] };
  tab.on("pageerror", e => seen.faults.push(e.message));
  tab.on("console", message => {
    if (/Content.Security.Policy/i.test(message.text())) seen.faults.push(message.text());
  });
  await tab.goto(page);
  seen.offered = await tab.inputValue("#address");

  step = "running the self-test";
  if (address) await tab.fill("#address", address);
  await tab.click("#self-test button");
  await tab.waitForSelector("#verdict:not(:empty)");
  seen.verdict = { outcome: await tab.getAttribute("#verdict", "class"), text: await tab.textContent("#verdict") };
  seen.steps = await tab.$$eval("#steps li", items => items.map(item => ({
    title: item.querySelector("b").textContent,
    outcome: item.className,
    text: item.querySelector("p").textContent,
  })));

  step = "waiting until the page has fetched itself again";
  await tab.evaluate(() => document.querySelector("#open").dataset.old = "yes");
  await tab.waitForFunction(() => !document.querySelector("#open").dataset.old);
  seen.typed = await tab.inputValue("#address");
  seen.sections = await tab.$$eval("main section", sections =>
    Object.fromEntries(sections.map(section => [section.id, section.innerText])));
  seen.scripts = await tab.evaluate(() => window.injected === undefined ? "none" : window.injected);
  seen.width = await tab.evaluate(() => document.documentElement.scrollWidth);
  await tab.screenshot({ path: screenshot, fullPage: true });
  await browser.close();
  sayAndEnd(seen);
} catch (e) {
  await browser.close();
  sayAndEnd({ ok: false, symptom: `${step}: ${e.message}` });
}
