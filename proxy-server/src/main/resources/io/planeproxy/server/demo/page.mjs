import { Notepad } from "./notepad.mjs";

const MIB = 1024 * 1024;
const READ_BY_PLANE = /^(host|x-forwarded-.+|x-real-ip)$/i;
const STATES = {
  connected: "connected over WebSocket",
  connecting: "connecting…",
  away: "disconnected – will try again",
};

const $ = id => document.getElementById(id);

function tell({ state, detail, windows }) {
  if (state) {
    $("status").dataset.state = state;
    $("status").textContent = STATES[state];
    $("presence").hidden = state !== "connected";
    $("detail").textContent = detail;
  }
  if (windows) {
    $("windows").textContent = windows === 1 ? "1 window" : `${windows} windows`;
  }
}

async function showHealth() {
  try {
    const reply = await fetch("/live/health", { cache: "no-store" });
    show($("health"), reply.ok ? "good" : "bad", `${reply.status} ${shortened(await reply.text())}`);
  } catch (e) {
    show($("health"), "bad", `no answer: ${e.message}`);
  }
}

async function showHeaders() {
  try {
    const { requestLine, headers } = await (await fetch("/headers", { cache: "no-store" })).json();
    $("request-line").textContent = requestLine;
    const read = headers.filter(([name]) => READ_BY_PLANE.test(name));
    const others = headers.filter(([name]) => !READ_BY_PLANE.test(name));
    $("headers").tBodies[0].replaceChildren(...[...read, ...others].map(row));
  } catch (e) {
    $("request-line").textContent = `no answer: ${e.message}`;
  }
}

function row([name, value]) {
  const tr = document.createElement("tr");
  tr.className = READ_BY_PLANE.test(name) ? "marked" : "";
  const th = tr.appendChild(document.createElement("th"));
  th.scope = "row";
  th.textContent = name;
  tr.appendChild(document.createElement("td")).textContent = value;
  return tr;
}

async function upload(body, what) {
  setUploading(true);
  show($("upload-result"), "running", `Sending ${what}…`);
  try {
    const reply = await fetch("/upload", { method: "POST", body });
    const text = await reply.text();
    if (reply.ok) {
      show($("upload-result"), "good", `${reply.status}: the upstream counted ${JSON.parse(text).bytes.toLocaleString("en")} bytes of ${what}.`);
    } else if (reply.status === 413) {
      show($("upload-result"), "refused", `413: the proxy turned ${what} away; it goes over the limit. ${said(reply, text)}`);
    } else {
      show($("upload-result"), "bad", `${reply.status} ${reply.statusText}: this was not expected. ${said(reply, text)}`);
    }
  } catch (e) {
    show($("upload-result"), "bad", `No answer came for ${what} (${e.message}): the connection ended first. `
      + "If it goes over the limit, the proxy's 413 was lost on the way, for it closes without reading the rest. "
      + "If it does not, the proxy is away.");
  }
  setUploading(false);
}

function setUploading(running) {
  for (const control of document.querySelectorAll("#upload-small, #upload-large, #upload-file")) {
    control.disabled = running;
  }
}

/** An answer's own words, unless they are a page of HTML. */
function said(reply, text) {
  const type = reply.headers.get("content-type") ?? "";
  return type.includes("html") || !text.trim() ? "" : `It says: ${shortened(text.trim())}`;
}

const shortened = text => text.length > 400 ? `${text.slice(0, 400)}…` : text;

function show(element, outcome, text) {
  element.dataset.outcome = outcome;
  element.textContent = text;
}

$("upload-small").onclick = () => upload(new Blob([new Uint8Array(MIB)]), "1 MiB");
$("upload-large").onclick = () => upload(new Blob([new Uint8Array(11 * MIB)]), "11 MiB");
$("upload-file").onchange = async ({ target }) => {
  for (const file of target.files) {
    await upload(file, file.name);
  }
  target.value = "";
};
$("headers-again").onclick = showHeaders;

new Notepad($("pad"), tell);
showHealth();
showHeaders();
