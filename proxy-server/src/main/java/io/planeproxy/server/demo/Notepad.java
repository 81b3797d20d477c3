package io.planeproxy.server.demo;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The windows at one text. Lives on one event loop; every window hears of every edit, its own too, in one order. */
final class Notepad {
    private static final int MOST_WINDOWS = 64;

    private final NotepadText text = new NotepadText();
    private final Map<Channel, Integer> windows = new LinkedHashMap<>();
    private int lastWindow;

    /** Adds a window and gives it the text; one too many is sent away to try again later. */
    void join(Channel window) {
        if (windows.size() == MOST_WINDOWS) {
            window.writeAndFlush(new CloseWebSocketFrame(
                            WebSocketCloseStatus.TRY_AGAIN_LATER,
                            MOST_WINDOWS + " windows are open; close one of them"))
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        lastWindow++;
        windows.put(window, lastWindow);
        send(window, NotepadMessages.welcome(text, lastWindow));
        sendToAll(NotepadMessages.windows(windows.size()));
    }

    void leave(Channel window) {
        if (windows.remove(window) != null) {
            sendToAll(NotepadMessages.windows(windows.size()));
        }
    }

    void edit(Channel window, NotepadMessages.Wanted wanted) {
        Integer number = windows.get(window);
        if (number == null) {
            return;
        }
        switch (text.edit(wanted.base(), wanted.splice())) {
            case NotepadText.Edit.Made made ->
                made.steps().forEach(step -> sendToAll(NotepadMessages.made(step, number)));
            case NotepadText.Edit.Refused refused -> send(window, NotepadMessages.anew(text, number, refused.why()));
        }
    }

    private void sendToAll(String message) {
        List.copyOf(windows.keySet()).forEach(window -> send(window, message));
    }

    /** A window that does not read what it is sent is dropped: it comes back by itself and gets the text anew. */
    private static void send(Channel window, String message) {
        if (window.isWritable()) {
            window.writeAndFlush(new TextWebSocketFrame(message));
        } else {
            window.close();
        }
    }
}
