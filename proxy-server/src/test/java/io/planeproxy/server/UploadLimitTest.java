package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.Cuts;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.Wire;
import io.planeproxy.tls.PemFiles;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The limit of 10M that an operator gets without a word about it, over https: exactly that much, and one byte more. */
final class UploadLimitTest {
    private static final int LIMIT = 10 * 1024 * 1024;
    private static final Script OK = Script.reply(Script.ok("got it"));

    @TempDir
    private static Path folder;

    private static PemFiles identity;

    @BeforeAll
    static void makeTheCertificateOnce() {
        identity = TestIdentity.in(folder);
    }

    enum Framing {
        LENGTH {
            @Override
            byte[] request(byte[] body) {
                return joined(Wire.bytes(head("Content-Length: " + body.length)), body);
            }
        },
        CHUNKS {
            @Override
            byte[] request(byte[] body) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.writeBytes(Wire.bytes(head("Transfer-Encoding: chunked")));
                Cuts.random(11, 50_000, body).forEach(piece -> {
                    out.writeBytes(Wire.bytes(Integer.toHexString(piece.length) + "\r\n"));
                    out.writeBytes(piece);
                    out.writeBytes(Wire.bytes("\r\n"));
                });
                out.writeBytes(Wire.bytes("0\r\n\r\n"));
                return out.toByteArray();
            }
        };

        abstract byte[] request(byte[] body);

        private static String head(String framing) {
            return "POST /uploads HTTP/1.1\r\nHost: plane.example\r\n" + framing + "\r\n\r\n";
        }

        private static byte[] joined(byte[] first, byte[] second) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(first);
            out.writeBytes(second);
            return out.toByteArray();
        }
    }

    @ParameterizedTest
    @EnumSource
    void exactlyTenMebibytesReachTheUpstream(Framing framing) {
        byte[] body = randomBytes(LIMIT);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity);
                RawClient client = RawClient.overTls(proxy.tls().orElseThrow(), "plane.example")) {
            client.sendBeside(Cuts.every(65_536, framing.request(body)));
            assertEquals(200, client.reply("POST").status());
            assertArrayEquals(body, upstream.awaitRequest().body());
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneByteMoreIsAnswered413AndNeverWholeAtTheUpstream(Framing framing) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK)) {
            try (AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity);
                    RawClient client = RawClient.overTls(proxy.tls().orElseThrow(), "plane.example")) {
                client.sendBeside(Cuts.every(65_536, framing.request(randomBytes(LIMIT + 1))));
                Reply reply = client.reply("POST");
                assertEquals(413, reply.status());
                assertTrue(reply.bodyText().contains("10485760"), reply::bodyText);
            }
            assertEquals(List.of(), upstream.requests());
        }
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(5).nextBytes(bytes);
        return bytes;
    }
}
