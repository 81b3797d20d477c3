// A WebSocket server that sends each message back, and is as strict as RFC 6455.
//
//   node echo.mjs        says {"event":"listening","port":…}

import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { endWithTheTest, listen } from "./json-lines.mjs";

const server = createServer();
const sockets = new WebSocketServer({ server, maxPayload: 64 * 1024 * 1024, perMessageDeflate: false });

sockets.on("connection", socket => {
  socket.on("message", (data, binary) => socket.send(data, { binary }));
  // What is wrong with a peer's frames is answered with a close frame by the library itself.
  socket.on("error", () => {});
});

endWithTheTest();
listen(server);
