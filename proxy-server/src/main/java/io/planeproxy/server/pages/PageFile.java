package io.planeproxy.server.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A style or script of a page, which stands in it.
 *
 * @param hash as a Content-Security-Policy names it (CSP 3 §2.3.1), with its quotes
 */
record PageFile(String text, String hash) {

    static PageFile read(String name) {
        try (InputStream in = PageFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The program lacks its own file " + name
                        + "; it was expected beside PageFile.class. Build or download it again.");
            }
            byte[] bytes = in.readAllBytes();
            return new PageFile(new String(bytes, StandardCharsets.UTF_8), hash(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("The program's own file " + name + " cannot be read", e);
        }
    }

    private static String hash(byte[] text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256; expected of every Java", missing);
        }
    }
}
