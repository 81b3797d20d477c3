package io.planeproxy.server.history;

import io.planeproxy.server.settings.EffectiveValue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * One configuration that was put into service.
 *
 * @param number counted from 1, and never given twice in one folder
 * @param asker who or what put it into service
 * @param files what it was read from: the configuration file first, then what it includes; none where there was no file
 * @param values every value, without secrets
 */
public record Kept(int number, Instant time, String asker, List<SourceText> files, List<Value> values) {
    public Kept {
        files = List.copyOf(files);
        values = List.copyOf(values);
    }

    /** The whole content of a file. May hold secrets. */
    public record SourceText(Path file, String text) {
        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** @param from where it stands, as an operator sees it */
    public record Value(String key, String value, String from) {
        static Value of(EffectiveValue value) {
            return new Value(value.key(), value.value(), value.where().text());
        }
    }

    /** Whether this is what another one was, whoever asked for it and whenever. */
    boolean isAs(List<SourceText> otherFiles, List<Value> otherValues) {
        return files.equals(otherFiles)
                && Differences.between(values, otherValues).isEmpty();
    }
}
