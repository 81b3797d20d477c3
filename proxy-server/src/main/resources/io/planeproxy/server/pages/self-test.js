
// The browser self-test. A page may not read what another site answers, and is not told why a WebSocket failed; so each request
// bears a name, and this proxy is asked afterwards what it saw of those with that name.
(function () {
  "use strict";
  var OPEN_MS = 25000; // longer than a handshake is kept waiting for an upstream that is away
  var ANSWER_MS = 5000;
  var SIGHT_TRIES = 8;
  var SIGHT_MS = 250;

  var steps = document.getElementById("steps");
  var verdict = document.getElementById("verdict");
  var button = document.querySelector("#self-test button");
  var field = document.getElementById("address");

  document.querySelector("#self-test form").addEventListener("submit", function (event) {
    event.preventDefault();
    steps.textContent = "";
    conclude("", "");
    button.disabled = true;
    test().catch(function (fault) { conclude("bad", String(fault.message || fault)); })
      .then(function () { button.disabled = false; });
  });

  async function test() {
    var site = address(field.value);
    var name = drawnName();
    var reached = await page(site, name);
    await health(site, name);
    var socket = await webSocket(site, name);
    if (!socket) {
      conclude("bad", reached
        ? "Collaboration does not work from this browser: the WebSocket is not opened. The step above says who lost it."
        : "This browser does not reach Plane at that address.");
      return;
    }
    var answered = await message(socket);
    var closed = await close(socket);
    if (answered && closed) {
      conclude("good", "Collaboration works from this browser: the WebSocket is opened, and messages pass both ways.");
    } else {
      conclude("bad", "The WebSocket is opened, but not all went as it should: see the steps above.");
    }
  }

  function address(typed) {
    var text = typed.trim();
    if (!text) throw new Error("Type the address under which your users open Plane.");
    try {
      return new URL(/^https?:\/\//i.test(text) ? text : "https://" + text);
    } catch (e) {
      throw new Error("\"" + text + "\" is not an address; expected for example https://plane.example.com");
    }
  }

  function drawnName() {
    var bytes = crypto.getRandomValues(new Uint8Array(8));
    return Array.from(bytes, function (b) { return b.toString(16).padStart(2, "0"); }).join("");
  }

  async function page(site, name) {
    var step = begin("The page");
    var url = site.origin + "/?selftest=" + name;
    try {
      await ask(url);
    } catch (e) {
      step.end("bad", "This browser gets no answer from " + site.origin + ". It does not tell a page why: open that"
        + " address in a tab. A name that does not resolve, a closed port and a certificate that it does not accept look"
        + " different there.");
      return false;
    }
    var seen = await sight(name, "/");
    if (!seen) {
      step.end("bad", site.origin + " answers, but the request did not come through this proxy: the address leads to"
        + " another server, or something in front answered by itself.");
    } else {
      step.end(seen.cause ? "bad" : "good", site.origin + " answers" + wayOf(seen) + trouble(seen));
    }
    return true;
  }

  async function health(site, name) {
    var step = begin("Plane's live server");
    try {
      await ask(site.origin + "/live/health?selftest=" + name);
    } catch (e) {
      step.end("bad", "No answer from /live/health.");
      return;
    }
    var seen = await sight(name, "/live/health");
    if (!seen) {
      step.end("bad", "/live/health is answered, but not through this proxy: something in front sends this path elsewhere.");
    } else if (seen.status === 200 && !seen.cause) {
      step.end("good", "/live/health answers 200.");
    } else {
      step.end("bad", "/live/health answers " + seen.status + trouble(seen)
        + (seen.cause ? "" : " Expected 200 of Plane's live server: check the route for /live."));
    }
  }

  async function webSocket(site, name) {
    var step = begin("The WebSocket");
    var origin = site.origin.replace(/^http/, "ws");
    var opened = await open(origin + "/live/collaboration?selftest=" + name);
    if (opened.socket) {
      step.end("good", "101 Switching Protocols: " + origin + "/live/collaboration is open.");
      return opened.socket;
    }
    var seen = await sight(name, "/live/collaboration");
    step.end("bad", opened.why + " " + whoLostIt(seen));
    return null;
  }

  function open(url) {
    return new Promise(function (resolve) {
      var socket = new WebSocket(url);
      socket.binaryType = "arraybuffer";
      var limit = setTimeout(function () {
        socket.onclose = null;
        socket.close();
        resolve({ why: "No answer to the handshake within " + OPEN_MS / 1000 + " s." });
      }, OPEN_MS);
      socket.onopen = function () { clearTimeout(limit); resolve({ socket: keep(socket) }); };
      socket.onclose = function () {
        clearTimeout(limit);
        resolve({ why: "The browser was not given a 101; its Network tab shows \"Finished\" or an error instead." });
      };
    });
  }

  // What comes may come before somebody waits for it.
  function keep(socket) {
    var kept = { socket: socket, message: null, closed: null, tell: function () {} };
    socket.onmessage = function (event) { kept.message = event.data; kept.tell(); };
    socket.onclose = function (event) { kept.closed = event; kept.tell(); };
    return kept;
  }

  function whoLostIt(seen) {
    if (!seen) {
      return "The handshake did not reach this proxy: something in front of it refused it, or sends this path elsewhere.";
    }
    if (!seen.webSocket) {
      return "The handshake came here from " + seen.peer + " as an ordinary request: its Upgrade was lost before this proxy."
        + " Look at the proxy in front; an nginx needs proxy_http_version 1.1, proxy_set_header Upgrade $http_upgrade and"
        + " proxy_set_header Connection \"upgrade\".";
    }
    if (seen.cause === "upgrade-refused-by-upstream" && seen.status === 404) {
      return "This proxy passed the handshake on, and " + seen.upstream + " answered 404 (Not Found): the Upgrade was lost"
        + " behind this proxy, or the path does not lead to Plane's live server. Check what stands between, and the route"
        + " for /live.";
    }
    if (seen.cause === "origin-denied") {
      return "This proxy refused the handshake because websocket.origins allows Plane's own pages alone, and this page is none of"
        + " them. So it came here whole; the rest can not be tested from here.";
    }
    return "This proxy answered " + seen.status + trouble(seen);
  }

  // Plane's live server asks for a login first. One with a token that cannot be right is refused in a message, which shows that
  // messages pass both ways and that it is that server which answers. Nothing is changed by it.
  async function message(kept) {
    var step = begin("A message and its answer");
    if (!kept.closed) kept.socket.send(login());
    await until(kept, function () { return kept.message !== null || kept.closed; });
    if (isDenial(kept.message)) {
      step.end("good", "Plane's live server answers: it refuses the login, as it should, since the test has none.");
      return true;
    }
    if (kept.message !== null) {
      step.end("good", "Something answers. It is not what Plane's live server says to a login that cannot be right.");
      return true;
    }
    if (kept.closed) {
      var isLive = kept.closed.code >= 4000;
      step.end(isLive ? "good" : "bad", "It is closed with " + closing(kept.closed)
        + (isLive ? " That comes from Plane, so messages pass both ways." : " No answer came before."));
      return isLive;
    }
    step.end("bad", "Nothing came back within " + ANSWER_MS / 1000 + " s: messages get lost on the way, or it is not Plane's"
      + " live server that is open.");
    return false;
  }

  var DOCUMENT = "plane-proxy-self-test";
  var AUTH = 2, TOKEN = 0, DENIED = 1;

  // As Hocuspocus' provider writes it: document, kind, kind of login, token; texts with their length in front.
  function login() {
    return new Uint8Array([].concat(lengthAndText(DOCUMENT), [AUTH, TOKEN], lengthAndText("none")));
  }

  function lengthAndText(text) {
    var octets = Array.from(new TextEncoder().encode(text));
    return [octets.length].concat(octets);
  }

  function isDenial(data) {
    if (!(data instanceof ArrayBuffer)) return false;
    var octets = new Uint8Array(data);
    var at = DOCUMENT.length + 1;
    return octets.length > at + 1 && octets[0] === DOCUMENT.length && octets[at] === AUTH && octets[at + 1] === DENIED;
  }

  async function close(kept) {
    var step = begin("The close");
    var byUs = !kept.closed;
    if (byUs) kept.socket.close(1000);
    await until(kept, function () { return kept.closed; });
    if (!kept.closed) {
      step.end("bad", "No answer to the close within " + ANSWER_MS / 1000 + " s.");
    } else if (kept.closed.code === 1006) {
      step.end("bad", "The connection was cut without a close (1006): something on the way ended it.");
    } else {
      step.end("good", "Closed with " + closing(kept.closed));
      return true;
    }
    return false;
  }

  var CODES = {
    1000: "closed in order", 1001: "going away", 1009: "a message was too large", 1011: "a fault of the server",
    1012: "a restart", 4205: "Plane's live server restarts", 4401: "no login, as is right for this test",
    4403: "forbidden, as is right for this test", 4408: "a ping was not answered",
  };

  function closing(event) {
    return event.code + (event.reason ? " \"" + event.reason + "\"" : "")
      + (CODES[event.code] ? ": " + CODES[event.code] + "." : ".");
  }

  function until(kept, done) {
    return new Promise(function (resolve) {
      var limit = setTimeout(resolve, ANSWER_MS);
      kept.tell = function () {
        if (done()) { clearTimeout(limit); resolve(); }
      };
      kept.tell();
    });
  }

  // Its answer may not be read, only that there is one.
  function ask(url) {
    return fetch(url, { mode: "no-cors", cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(OPEN_MS) });
  }

  async function sight(name, path) {
    for (var i = 0; i < SIGHT_TRIES; i++) {
      var reply = await fetch("/self-test?name=" + name, { cache: "no-store", headers: { Accept: "application/json" } });
      var found = (await reply.json()).seen.find(function (one) { return one.path === path; });
      if (found) return found;
      await new Promise(function (resolve) { setTimeout(resolve, SIGHT_MS); });
    }
    return null;
  }

  function wayOf(seen) {
    return "; it came to this proxy from " + seen.peer + (seen.trusted ? ", a trusted proxy." : ".");
  }

  function trouble(seen) {
    return seen.cause ? " (" + seen.cause + "). " + seen.sentence + " " + seen.advice : "";
  }

  function begin(title) {
    var item = document.createElement("li");
    var head = document.createElement("b");
    var text = document.createElement("p");
    head.textContent = title;
    text.textContent = "…";
    item.append(head, text);
    steps.append(item);
    return {
      end: function (outcome, sentence) {
        item.className = outcome;
        text.textContent = sentence;
      },
    };
  }

  function conclude(outcome, sentence) {
    verdict.className = outcome;
    verdict.textContent = sentence;
  }
})();
