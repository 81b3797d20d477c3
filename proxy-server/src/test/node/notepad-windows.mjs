// Several windows of the demo's notepad that all type and delete at random at once; no browser, but the page's own
// code, against the real server.
//
//   node notepad-windows.mjs ws://<host>/ <windows> <edits of each> <seed>
//
// Says one line: {"event":"done","texts":[…],"lost":[…]}; each text that was typed and that nobody deleted
// must still be there in one piece.

import { setImmediate } from "node:timers/promises";
import WebSocket from "ws";
import { sayAndEnd } from "./json-lines.mjs";
import { Box, Typing, pageScript, randomFrom } from "./notepad-boxes.mjs";

const [address, windows, edits, seed] = process.argv.slice(2);
const LIMIT_MS = 30_000;

const Notepad = await pageScript(WebSocket, address.replace("ws:", "http:"));
const random = randomFrom(Number(seed));
const typing = new Typing(random);
const boxes = [];
for (let i = 0; i < windows; i++) {
  const box = new Box();
  await new Promise(resolve => new Notepad(box, ({ state }) => state === "connected" && resolve()));
  boxes.push(box);
}

for (let i = 0; i < edits; i++) {
  for (const [who, box] of boxes.entries()) {
    typing.edit(box, `${who}.${i}`);
    if (random(3) === 0) {
      await setImmediate();
    }
  }
}

const deadline = Date.now() + LIMIT_MS;
while (!settled() && Date.now() < deadline) {
  await setImmediate();
}
const texts = boxes.map(box => box.value);
sayAndEnd({ event: "done", texts, lost: typing.lostIn(texts[0]) });

/** The same everywhere, twice in a row with a round trip between, so that nothing is under way. */
function settled() {
  const same = boxes.every(box => box.value === boxes[0].value);
  settled.rounds = same && settled.last === boxes[0].value ? (settled.rounds ?? 0) + 1 : 0;
  settled.last = boxes[0].value;
  return settled.rounds > 2000;
}
