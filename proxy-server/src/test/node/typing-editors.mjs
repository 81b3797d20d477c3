// Two editors of one page that type all the time, whatever becomes of their sockets.
//
//   node typing-editors.mjs wss://<host>/live/collaboration
//
// Says {"event":"typing"} when both see what the other types, {"event":"closed",…} for each socket that is lost, and
// {"event":"back",…} when another one has taken its place and the document is in step again. Told to "stop", both type on for a
// while and stop when each has seen all of the other's words; then it says what came of it:
// {"event":"result","closes":{…},"handshakes":{…},"texts":{…},"typed":…}.

import { randomUUID } from "node:crypto";
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import * as Y from "yjs";
import { endWithTheTest, say, sayAndEnd, told } from "./json-lines.mjs";

const [address] = process.argv.slice(2);
const url = `${address}?documentType=project_page&projectId=${randomUUID()}&workspaceSlug=demo`;
const page = randomUUID();
const EVERY_MS = 40;
const WORDS_BEFORE_STOPPING = 25;

class Typist {
  closes = [];
  handshakes = [];
  #name;
  #text;
  #typed = 0;
  #syncs = 0;
  #wordsLeft = Infinity;
  #timer;

  constructor(name) {
    this.#name = name;
    const document = new Y.Doc();
    this.#text = document.getText("page");
    new HocuspocusProvider({
      websocketProvider: new HocuspocusProviderWebsocket({
        url,
        WebSocketPolyfill: socketOf(name, this.handshakes),
        onClose: ({ event }) => this.#closed(event.code),
      }),
      name: page,
      document,
      token: `${name}'s token`,
      broadcast: false,
      onSynced: ({ state }) => state && this.#synced(),
    });
  }

  #closed(code) {
    this.closes.push(code);
    say({ event: "closed", who: this.#name, code });
  }

  #synced() {
    this.#syncs++;
    if (this.#syncs > 1) {
      say({ event: "back", who: this.#name });
    }
  }

  stopSoon() {
    this.#wordsLeft = WORDS_BEFORE_STOPPING;
  }

  type() {
    this.#timer = setInterval(() => {
      // Before the word, since who waits for the end looks when the text changes.
      if (--this.#wordsLeft === 0) {
        clearInterval(this.#timer);
      }
      this.#text.insert(this.#text.length, `${this.#name}${this.#typed++} `);
    }, EVERY_MS);
  }

  /** All that this one has typed, word by word. */
  words() {
    return Array.from({ length: this.#typed }, (_, i) => `${this.#name}${i}`);
  }

  hasStopped() {
    return this.#wordsLeft <= 0;
  }

  when(condition) {
    return new Promise(resolve => {
      const look = () => condition() && resolve();
      this.#text.observe(look);
      look();
    });
  }

  read() {
    return this.#text.toString();
  }

  has(words) {
    const read = new Set(this.read().trim().split(" "));
    return words.every(word => read.has(word));
  }
}

/** The class of a WebSocket that brings the session cookie, as a browser does, and notes how each handshake went. */
function socketOf(name, handshakes) {
  return class extends WebSocket {
    constructor(address, protocols) {
      super(address, protocols, { headers: { cookie: `session-id=${name}` } });
      this.on("upgrade", reply => handshakes.push(reply.statusCode));
      this.on("unexpected-response", (request, reply) => {
        handshakes.push(reply.statusCode);
        this.terminate();
      });
    }
  };
}

endWithTheTest();
const ann = new Typist("ann");
const bob = new Typist("bob");
const both = [ann, bob];
both.forEach(typist => typist.type());
await ann.when(() => ann.read().includes("bob3 "));
await bob.when(() => bob.read().includes("ann3 "));
say({ event: "typing" });
await told("stop");
both.forEach(typist => typist.stopSoon());

// Each sees the other's last word, or the test's patience ends.
for (const typist of both) {
  await typist.when(() => both.every(one => one.hasStopped()) && both.every(one => typist.has(one.words())));
}
sayAndEnd({
  event: "result",
  closes: { ann: ann.closes, bob: bob.closes },
  handshakes: { ann: ann.handshakes, bob: bob.handshakes },
  texts: { ann: ann.read(), bob: bob.read() },
  typed: ann.words().length + bob.words().length,
});
