// A real browser without a window, for the scripts of this folder.

import { chromium } from "playwright-core";

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Chromium, which asks nobody on the network for anything by itself. */
export function launchedBrowser(executablePath) {
  return chromium.launch({ executablePath, args: FLAGS });
}
