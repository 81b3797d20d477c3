package io.planeproxy.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LauncherTest {
    private static final int JAVA_8 = 52;

    @ParameterizedTest
    @ValueSource(classes = {Launcher.class, Advice.class, InstalledJava.class, JavaVersion.class})
    void aJavaOf2014CanLoadTheLauncher(Class<?> part) throws IOException {
        assertEquals(JAVA_8, classFileVersion(part));
    }

    /** JVMS 4.1: magic (4 bytes), minor_version (2), major_version (2). */
    private static int classFileVersion(Class<?> type) throws IOException {
        try (var stream = Objects.requireNonNull(type.getResourceAsStream(type.getSimpleName() + ".class"));
                var data = new DataInputStream(stream)) {
            data.skipNBytes(6);
            return data.readUnsignedShort();
        }
    }
}
