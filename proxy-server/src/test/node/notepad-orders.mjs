// Windows of the demo's notepad whose messages cross in every order that chance finds; no network, so that each seed
// is the same again. The server is NotepadText.java's rule in a few lines.
//
//   node notepad-orders.mjs <windows> <edits of each> <seeds>
//
// Says one line: {"event":"done","faults":[…]}, a fault for each seed that ended with two texts or without a word.

import { after, apply } from "../../main/resources/io/planeproxy/server/demo/splice.mjs";
import { sayAndEnd } from "./json-lines.mjs";
import { Box, Typing, pageScript, randomFrom } from "./notepad-boxes.mjs";

const [windows, edits, seeds] = process.argv.slice(2).map(Number);

/** A socket whose messages wait, each way, until they are let through. */
class Wire {
  static OPEN = 1;
  readyState = Wire.OPEN;
  toServer = [];
  toWindow = [];

  constructor() {
    server.join(this);
  }

  send(message) {
    this.toServer.push(JSON.parse(message));
  }

  /** Lets one message through to the window. */
  deliver() {
    const message = this.toWindow.shift();
    if (message) {
      this.onmessage({ data: JSON.stringify(message) });
    }
    return message !== undefined;
  }
}

class Server {
  text = "";
  wires = [];
  #history = [];

  join(wire) {
    this.wires.push(wire);
    wire.toWindow.push({ type: "welcome", window: this.wires.length, revision: 0, text: "", limit: Infinity });
  }

  /** Takes one edit of a window. */
  serve(wire) {
    const edit = wire.toServer.shift();
    if (edit) {
      const splices = this.#history.slice(edit.revision).reduce((moved, earlier) => after(moved, [earlier]), [edit]);
      splices.reverse().forEach((splice, i) => this.#make(wire, splice, splices.length - 1 - i));
    }
    return edit !== undefined;
  }

  #make(wire, { at, remove, insert }, more) {
    const splice = { at, remove, insert };
    this.text = apply(this.text, splice);
    const revision = this.#history.push(splice);
    const window = this.wires.indexOf(wire) + 1;
    this.wires.forEach(each => each.toWindow.push({ type: "splice", window, revision, more, ...splice }));
  }
}

const Notepad = await pageScript(Wire, "http://notepad/");
let server;
const faults = Array.from({ length: seeds }, (_, seed) => run(seed)).filter(fault => fault !== null);
sayAndEnd({ event: "done", faults });

function run(seed) {
  const random = randomFrom(seed);
  const typing = new Typing(random);
  server = new Server();
  const boxes = Array.from({ length: windows }, () => new Box());
  boxes.forEach(box => new Notepad(box, () => {}));
  server.wires.forEach(wire => wire.deliver());
  for (let i = 0; i < edits; i++) {
    for (const [who, box] of boxes.entries()) {
      typing.edit(box, `${who}.${i}`);
      for (let steps = random(12); steps > 0; steps--) {
        const wire = server.wires[random(windows)];
        random(2) === 0 ? server.serve(wire) : wire.deliver();
      }
    }
  }
  while (server.wires.map(wire => server.serve(wire) || wire.deliver()).includes(true)) {
    // Until nothing is under way.
  }
  const lost = typing.lostIn(server.text);
  return lost.length === 0 && boxes.every(box => box.value === server.text)
    ? null
    : { seed, lost, server: server.text, windows: boxes.map(box => box.value) };
}
