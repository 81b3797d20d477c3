// The page on which a browser sees that the upstream is away, until it is back.
//
//   node refusal-page-in-chromium.mjs https://<host>/<path> <chromium> <screenshot.png>
//
// Says {"event":"shown",…} with what the page shows; the test then brings the upstream back. Says {"ok":true,…} with
// what stands there once the page has come by itself, or {"ok":false,"symptom":"…"}.

import { launchedBrowser } from "./browser.mjs";
import { say, sayAndEnd } from "./json-lines.mjs";

const [address, executablePath, screenshot] = process.argv.slice(2);

const browser = await launchedBrowser(executablePath);
try {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 390, height: 700 } });
  const tab = await context.newPage();
  const faults = [];
  tab.on("pageerror", e => faults.push(e.message));
  tab.on("console", message => {
    if (/Content.Security.Policy/i.test(message.text())) faults.push(message.text());
  });
  await tab.goto(address);
  await tab.waitForFunction(() => document.querySelector("#again").textContent !== "");
  await tab.screenshot({ path: screenshot });
  say({
    event: "shown",
    title: await tab.title(),
    text: await tab.textContent("body"),
    again: await tab.textContent("#again"),
    isStyled: await tab.evaluate(() => getComputedStyle(document.body).maxWidth !== "none"),
  });
  await tab.waitForFunction(() => !document.querySelector("#again"), undefined, { timeout: 60_000 });
  const seen = { ok: true, text: await tab.textContent("body"), address: tab.url(), faults };
  await browser.close();
  sayAndEnd(seen);
} catch (e) {
  await browser.close();
  sayAndEnd({ ok: false, symptom: e.message });
}
