package io.planeproxy.server.admin;

/** One thing that can be asked or ordered. */
public interface AdminPage {

    /** Without a query, such as {@code /health}. */
    String path();

    Verb verb();

    /** The answer. Called on a virtual thread for each request, so it may block; may be called by several at the same time. */
    AdminReply answer(AdminRequest request);

    /** Comes once after each answer, when it has been sent or cannot be. Must not block. */
    default void answered() {}

    /** What a page is for. */
    enum Verb {
        /** Changes nothing. For everybody who reaches the endpoint. */
        GET,
        /** Changes something, so it is taken on the Unix socket alone: a browser that is led astray cannot reach that. */
        POST
    }
}
