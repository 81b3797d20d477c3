package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Line;
import io.planeproxy.server.probe.Reply;
import io.planeproxy.server.probe.Way;
import java.io.IOException;
import java.time.Duration;

/** Single requests along a way. None of them changes anything where it arrives. */
final class Requests {
    private Requests() {}

    static Reply get(Way way, String path, Duration patience) throws IOException {
        try (Line line = Line.open(way, patience)) {
            line.send("GET " + path + " HTTP/1.1\r\nHost: " + way.host()
                    + "\r\nUser-Agent: plane-proxy doctor\r\nAccept: application/json\r\nConnection: close\r\n\r\n");
            return line.reply();
        }
    }

    /**
     * Announces a body and sends none of it: whoever has a limit answers at once, and nobody else gets anything to work on.
     *
     * @return the first answer, which may be 100 Continue
     * @throws java.net.SocketTimeoutException where all wait for the body
     */
    static Reply announce(Way way, String path, long bytes, Duration patience) throws IOException {
        try (Line line = Line.open(way, patience)) {
            line.send("POST " + path + " HTTP/1.1\r\nHost: " + way.host()
                    + "\r\nUser-Agent: plane-proxy doctor\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                    + bytes + "\r\nExpect: 100-continue\r\n\r\n");
            return line.reply();
        }
    }
}
