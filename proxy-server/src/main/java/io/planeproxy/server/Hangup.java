package io.planeproxy.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, the signal by which services have always been told to read their configuration again.
 *
 * <p>By reflection: {@code sun.misc.Signal} is the only way to a signal, and javac warns of it whatever is done about it.
 */
final class Hangup {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy");

    private Hangup() {}

    /** @param action runs on a thread of its own each time the signal comes */
    static void each(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        // The only method it has; that it runs on a thread of its own is sun.misc.Signal's doing.
                        action.run();
                        return null;
                    });
            Object before = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
            if (handler.getField("SIG_IGN").get(null).equals(before)) {
                // The JVM leaves it at that, so that a program outlives its terminal.
                LOG.warn(
                        "SIGHUP was ignored when this program was started, as nohup does, and stays so: kill -HUP changes"
                                + " nothing here; reload with: plane-proxy reload; or start the program without nohup");
            }
        } catch (ReflectiveOperationException notOurs) {
            Throwable why = notOurs instanceof InvocationTargetException inner ? inner.getCause() : notOurs;
            LOG.warn("SIGHUP is not a signal to reload here: {}; plane-proxy reload is", String.valueOf(why));
        }
    }
}
