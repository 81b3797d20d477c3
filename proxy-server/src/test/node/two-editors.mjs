// Two editors of one page, as Plane's editor connects them: an edit of one must be seen by the other, both ways.
//
//   node two-editors.mjs wss://<host>/live/collaboration [milliseconds]
//
// Says one line, {"synced":true,…} or {"synced":false,"symptom":"…",…}. The certificate of the proxy is made
// known with NODE_EXTRA_CA_CERTS.

import { randomUUID } from "node:crypto";
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import * as Y from "yjs";
import { sayAndEnd } from "./json-lines.mjs";

const [address, milliseconds = "15000"] = process.argv.slice(2);

/** After so many closed sockets in a row Plane's editor gives up, and so does this. */
const GIVES_UP_AFTER = 3;

const url = `${address}?documentType=project_page&projectId=${randomUUID()}&workspaceSlug=demo`;
const page = randomUUID();
const statuses = [];

class Editor {
  #name;
  #text;
  #socket;
  #closes = 0;

  constructor(name) {
    this.#name = name;
    const document = new Y.Doc();
    this.#text = document.getText("page");
    this.#socket = new HocuspocusProviderWebsocket({
      url,
      WebSocketPolyfill: socketOf(name),
      onOpen: () => this.#closes = 0,
      onClose: ({ event }) => this.#closed(event),
    });
    new HocuspocusProvider({
      websocketProvider: this.#socket,
      name: page,
      document,
      token: `${name}'s token`,
      // Two providers in one process would find each other over a BroadcastChannel, without any server.
      broadcast: false,
      onAuthenticationFailed: ({ reason }) => fail(`${name} was not let in: ${reason}`),
    });
  }

  #closed(event) {
    this.#closes++;
    if (this.#closes === GIVES_UP_AFTER) {
      fail(`${this.#name}'s socket closed ${GIVES_UP_AFTER} times in a row, last with ${event.code ?? "no code"}`);
    }
  }

  type(words) {
    this.#text.insert(this.#text.length, words);
  }

  sees(words) {
    return new Promise(resolve => {
      const look = () => this.#text.toString().includes(words) && resolve();
      this.#text.observe(look);
      look();
    });
  }

  read() {
    return this.#text.toString();
  }
}

/** The class of a WebSocket that brings the session cookie, as a browser does, and notes how the handshake went. */
function socketOf(name) {
  return class extends WebSocket {
    constructor(address, protocols) {
      super(address, protocols, { headers: { cookie: `session-id=${name}` } });
      this.on("upgrade", reply => statuses.push({ status: reply.statusCode }));
      this.on("unexpected-response", async (request, reply) => {
        const body = (await reply.toArray()).join("");
        statuses.push({ status: reply.statusCode, body });
        this.terminate();
      });
    }
  };
}

function fail(symptom) {
  const last = statuses.at(-1);
  const handshake = last ? `the last handshake was answered ${last.status} ${last.body ?? ""}`.trim() : "no handshake was answered";
  sayAndEnd({
    synced: false,
    symptom: `${symptom}; ${handshake}`,
    handshakes: statuses,
    texts: { ann: ann.read(), bob: bob.read() },
  });
}

const ann = new Editor("ann");
const bob = new Editor("bob");
const deadline = setTimeout(() => fail(`no sync within ${milliseconds} ms`), Number(milliseconds));

ann.type("Ann was here. ");
await bob.sees("Ann was here. ");
bob.type("So was Bob.");
await ann.sees("So was Bob.");
clearTimeout(deadline);
sayAndEnd({ synced: true, handshakes: statuses, texts: { ann: ann.read(), bob: bob.read() } });
