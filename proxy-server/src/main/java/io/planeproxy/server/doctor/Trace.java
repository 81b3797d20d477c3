package io.planeproxy.server.doctor;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A path through the running proxy that leads back to this process, as long as it is open. */
final class Trace implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NAME_BYTES = 16;
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Lender lender;
    private final String name;
    private final String path;
    private final FarEnd farEnd;

    private Trace(Lender lender, String name, String path, FarEnd farEnd) {
        this.lender = lender;
        this.name = name;
        this.path = path;
        this.farEnd = farEnd;
    }

    /** @throws Lender.CannotLend where no proxy can be asked */
    static Trace open(Lender lender, Duration time) throws IOException {
        byte[] random = new byte[NAME_BYTES];
        RANDOM.nextBytes(random);
        String name = HexFormat.of().formatHex(random);
        FarEnd farEnd = FarEnd.open(time.plus(MARGIN));
        try {
            return new Trace(lender, name, lender.lend(name, farEnd.port(), time.plus(MARGIN)), farEnd);
        } catch (IOException | RuntimeException failure) {
            farEnd.close();
            throw failure;
        }
    }

    String path() {
        return path;
    }

    /** How many requests have come so far; one that is sent next is seen by {@link #sighting}. */
    int count() {
        return farEnd.heads().size();
    }

    /**
     * The last request that came, where one has come since.
     *
     * @param before how many had come
     * @param sent its head, as it was sent
     */
    Optional<Sighting> sighting(int before, List<String> sent) throws IOException {
        List<List<String>> came = lender.noted(name);
        List<List<String>> wentOn = farEnd.heads();
        return wentOn.size() > before && !came.isEmpty()
                ? Optional.of(new Sighting(sent, came.getLast(), wentOn.getLast()))
                : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        farEnd.close();
        lender.takeBack(name);
    }
}
