// A proxy that is set up wrong in the way the troubleshooting guides are about: it passes everything on
// but the upgrade headers.
//
//   node strip-upgrade.mjs <port of the upstream>        says {"event":"listening","port":…}

import { createServer, request as ask } from "node:http";
import { endWithTheTest, listen } from "./json-lines.mjs";

const upstreamPort = Number(process.argv[2]);

// A server without a listener for "upgrade" hands a request with upgrade headers over as any other.
const server = createServer((incoming, outgoing) => {
  const { upgrade, connection, ...headers } = incoming.headers;
  const onward = ask({
    host: "127.0.0.1",
    port: upstreamPort,
    method: incoming.method,
    path: incoming.url,
    headers,
  }, reply => {
    outgoing.writeHead(reply.statusCode, reply.headers);
    reply.pipe(outgoing);
  });
  onward.on("error", () => outgoing.destroy());
  incoming.pipe(onward);
});

endWithTheTest();
listen(server);
