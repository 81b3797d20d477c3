package io.planeproxy.core.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Answer;
import io.planeproxy.core.exchange.RefusalPage;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.Method;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.kit.Heads;
import io.planeproxy.core.kit.RecordingJournal;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.Deadline;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A call that comes when the connection has gone on: it must not reach whom the connection serves now. */
final class ClientExchangeTest {
    private static final Answer REFUSAL = RefusalPage.of(new Refusal(Cause.INTERNAL, "another's"), Optional.empty());

    private final RecordingJournal journal = new RecordingJournal();
    private final ClientConnection connection =
            new ClientConnection(Redirecting.reception(journal), ClientOptions.DEFAULT, journal);
    private final EmbeddedChannel channel = new EmbeddedChannel(connection);
    private final ClientExchange late = late();

    @Test
    void aLateBodyIsReleasedAndGoesNowhere() {
        ByteBuf body = Unpooled.buffer().writeByte('x');
        refused(() -> late.sendBody(body));
        assertEquals(0, body.refCnt());
    }

    @Test
    void aLateEndGoesNowhere() {
        refused(() -> late.endReply(FieldBlock.EMPTY));
        refused(() -> late.endReplyAndClose(FieldBlock.EMPTY));
    }

    @Test
    void aLateAnswerGoesNowhere() {
        refused(() -> late.answer(REFUSAL));
    }

    @Test
    void aLatePauseDoesNotStopTheTimeLimitOfAnother() {
        refused(late::pauseUpload);
    }

    @Test
    void aLateWishForMoreReadsNothing() {
        late.resumeUpload();
        assertNull(channel.readOutbound());
    }

    private void refused(Executable call) {
        assertThrows(IllegalStateException.class, call);
        channel.flushOutbound();
        assertNull(channel.readOutbound());
        assertTrue(channel.isOpen());
    }

    /** One that is over, on a connection whose reply to another is under way. */
    private ClientExchange late() {
        Outlet outlet = new Outlet(channel.pipeline().context(connection));
        ReplyWriter writer = new ReplyWriter(channel.pipeline().context(connection), outlet);
        writer.answer(REFUSAL, Method.GET, "");
        outlet.flush();
        channel.releaseOutbound();
        RequestHead head = Heads.request("POST /x HTTP/1.1", "Host: plane.example", "Content-Length: 3");
        Deadline silence = new Deadline(new Callbacks(channel.eventLoop(), fault -> {}), () -> {});
        UploadReader upload = new UploadReader(head.body(), ClientOptions.DEFAULT, silence);
        return new ClientExchange(connection, writer, head, Redirecting.CLIENT, upload);
    }
}
