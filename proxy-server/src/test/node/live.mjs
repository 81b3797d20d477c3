// Plane's collaboration server as Plane puts it together: Hocuspocus behind express-ws, below /live.
//
//   node live.mjs [port]        says {"event":"listening","port":…}, then one line for each login
//
// As in Plane, a login needs the session cookie of the upgrade request: a proxy that loses it shows here.

import { createServer } from "node:http";
import express from "express";
import expressWs from "express-ws";
import { Hocuspocus } from "@hocuspocus/server";
import { endWithTheTest, listen, say } from "./json-lines.mjs";

const hocuspocus = new Hocuspocus({
  quiet: true,
  async onAuthenticate({ requestHeaders, documentName }) {
    const cookie = requestHeaders.cookie ?? "";
    say({
      event: "login",
      document: documentName,
      host: requestHeaders.host,
      proto: requestHeaders["x-forwarded-proto"] ?? "",
      cookie,
    });
    if (!cookie.includes("session-id=")) {
      throw new Error("no session cookie came with the upgrade request");
    }
  },
});

const app = express();
const server = createServer(app);
expressWs(app, server);

const live = express.Router();
live.get("/health", (request, reply) => {
  reply.status(200).json({ status: "OK", timestamp: new Date().toISOString(), version: "1.3.1" });
});
live.ws("/collaboration", (socket, request) => hocuspocus.handleConnection(socket, request));
app.use("/live", live);
app.use((request, reply) => reply.status(404).json({ message: "Not Found" }));

endWithTheTest();
listen(server, Number(process.argv[2] ?? 0));
