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

const [address, windows, edits, seed] = process.argv.slice(2);
const LIMIT_MS = 30_000;

Object.assign(globalThis, {
  WebSocket,
  location: { href: address.replace("ws:", "http:"), protocol: "http:" },
  document: { addEventListener() {} },
  addEventListener() {},
});
const { Notepad } = await import("../../main/resources/io/planeproxy/server/demo/notepad.mjs");

/** As much of a textarea as the notepad uses. */
class Box {
  value = "";
  #typed = () => {};

  addEventListener(name, listener) {
    this.#typed = listener;
  }

  setRangeText(text, start, end) {
    this.value = this.value.slice(0, start) + text + this.value.slice(end);
  }

  type(at, remove, text) {
    this.setRangeText(text, at, at + remove);
    this.#typed();
  }
}

const random = randomFrom(Number(seed));
const words = [];
const boxes = [];
for (let i = 0; i < windows; i++) {
  const box = new Box();
  await new Promise(resolve => new Notepad(box, ({ state }) => state === "connected" && resolve()));
  boxes.push(box);
}

for (let i = 0; i < edits; i++) {
  for (const [who, box] of boxes.entries()) {
    edit(box, `<${who}.${i}😀>`);
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
sayAndEnd({ event: "done", texts, lost: words.filter(word => !texts[0].includes(word)) });

/** Puts a new word between two others, or takes dots away: words are never deleted, dots are there for that. */
function edit(box, word) {
  const places = [...box.value.matchAll(/(?=<)|$/g)].map(match => match.index);
  const place = places[random(places.length)];
  const dots = /\.{3,}/.exec(box.value);
  if (dots && random(2) === 0) {
    box.type(dots.index + 1, dots[0].length - 2, "");
  } else {
    words.push(word);
    box.type(place, 0, `${word}.....`);
  }
}

/** The same everywhere, twice in a row with a round trip between, so that nothing is under way. */
function settled() {
  const same = boxes.every(box => box.value === boxes[0].value);
  settled.rounds = same && settled.last === boxes[0].value ? (settled.rounds ?? 0) + 1 : 0;
  settled.last = boxes[0].value;
  return settled.rounds > 2000;
}

/** Whole numbers below a bound, the same for the same seed (xorshift, 32 bits). */
function randomFrom(start) {
  let state = start | 1;
  return below => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
