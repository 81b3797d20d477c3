package io.planeproxy.tls;

import java.util.stream.Collectors;
import org.bouncycastle.util.io.pem.PemObject;

/** What kinds of block a file holds, in words. */
final class Contents {
    private Contents() {}

    static boolean has(PemFile file, String type) {
        return file.blocks().stream().anyMatch(block -> block.getType().equals(type));
    }

    static String listed(PemFile file) {
        return file.blocks().stream().map(PemObject::getType).distinct().collect(Collectors.joining(", "));
    }
}
