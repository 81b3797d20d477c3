package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Line;
import io.planeproxy.server.probe.Reply;
import io.planeproxy.server.probe.Way;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Single requests along a way. None of them changes anything where it arrives. */
final class Requests {
    private Requests() {}

    static Reply get(Way way, String path, Duration patience) throws IOException {
        return get(way, path, patience, patience);
    }

    /** @param answerWithin how long each read of the answer may take, where that is not as long as everything else */
    static Reply get(Way way, String path, Duration patience, Duration answerWithin) throws IOException {
        return send(way, ofGet(way, path), patience, answerWithin);
    }

    /** The request line and the fields of {@link #get}, a line each. */
    static List<String> ofGet(Way way, String path) {
        return List.of(
                "GET " + path + " HTTP/1.1",
                "Host: " + way.host(),
                "User-Agent: plane-proxy doctor",
                "Accept: application/json",
                "Connection: close");
    }

    /** @param head of a request without a body, a line each */
    static Reply send(Way way, List<String> head, Duration patience) throws IOException {
        return send(way, head, patience, patience);
    }

    private static Reply send(Way way, List<String> head, Duration patience, Duration answerWithin) throws IOException {
        try (Line line = Line.open(way, patience)) {
            line.patience(answerWithin);
            line.send(String.join("\r\n", head) + "\r\n\r\n");
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
