package io.planeproxy.core.upstream;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** From names to addresses, without blocking the caller. */
public interface Resolver {
    /**
     * The addresses of that name, in the order in which they should be tried; at least one.
     *
     * @return fails with {@link java.net.UnknownHostException} where there is none
     */
    CompletionStage<List<InetAddress>> resolve(String host);
}
