package io.planeproxy.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * By what a file can be told from another that takes its place, behind whatever symbolic links: which file it is, how large,
 * when written, and when its rights were last changed. Nothing where there is none.
 */
record FileStamp(Map<String, Object> attributes) {
    private static final String ON_UNIX = "unix:dev,ino,ctime,lastModifiedTime,size";
    private static final String ELSEWHERE = "fileKey,lastModifiedTime,size";

    static FileStamp of(Path file) {
        try {
            boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
            return new FileStamp(Files.readAttributes(file, unix ? ON_UNIX : ELSEWHERE));
        } catch (IOException | UnsupportedOperationException missing) {
            return new FileStamp(Map.of());
        }
    }
}
