package io.planeproxy.tls;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** ClientHellos by hand (RFC 5246, section 7.4.1.2), as no client sends them any more. */
final class Hello {
    private static final HexFormat HEX = HexFormat.of();

    private Hello() {}

    static byte[] tls11() {
        return hello("0302");
    }

    static byte[] tls12() {
        return hello("0303");
    }

    /** The first record of a hello that says it has a megabyte. */
    static byte[] startOfHuge() {
        return HEX.parseHex("1603010040" + "01" + "100000" + "0303" + "00".repeat(58));
    }

    /** The same message, each byte of it in a record of its own. */
    static byte[] inRecordsOfOneByte(byte[] hello) {
        var out = new ByteArrayOutputStream();
        for (int i = 5; i < hello.length; i++) {
            out.writeBytes(HEX.parseHex("1603010001"));
            out.write(hello[i]);
        }
        return out.toByteArray();
    }

    private static byte[] hello(String version) {
        var suites = "c02b" + "c02f" + "c009" + "c013" + "002f";
        var groups = "000a" + "0006" + "0004" + "001d" + "0017";
        var points = "000b" + "0002" + "0100";
        var signatures = "000d" + "0008" + "0006" + "0403" + "0804" + "0401";
        var extensions = groups + points + signatures;
        var body = version + "11".repeat(32) + "00" + length(suites, 2) + suites + "0100" + length(extensions, 2)
                + extensions;
        var message = "01" + length(body, 3) + body;
        return HEX.parseHex("160301" + length(message, 2) + message);
    }

    private static String length(String hex, int bytes) {
        return HEX.toHexDigits(hex.length() / 2, bytes * 2);
    }
}
