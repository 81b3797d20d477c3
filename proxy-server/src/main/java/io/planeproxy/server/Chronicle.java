package io.planeproxy.server;

import io.planeproxy.server.history.History;
import io.planeproxy.server.history.HistoryFolder;
import io.planeproxy.server.history.Kept.SourceText;
import io.planeproxy.server.settings.Place;
import io.planeproxy.server.settings.ReadFiles;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps each configuration that is put into service, where there is a place for that. Blocks on the disk. */
final class Chronicle {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy");

    private final Sources sources;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private boolean saidThatItIsOff;

    /** @param sources what each of them is read from */
    Chronicle(Sources sources, Map<String, String> environment, InstantSource clock) {
        this.sources = sources;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /**
     * Takes down what is in service now. Where that fails, it is served all the same.
     *
     * @param asker who or what put it into service
     */
    synchronized void note(Settings settings, String asker) {
        Optional<Path> folder = HistoryFolder.toWrite(settings.historyFolder().value(), environment);
        if (folder.isEmpty()) {
            sayThatItIsOff(settings.historyFolder().value());
            return;
        }
        try {
            new History(folder.get()).keep(clock.instant(), asker, texts(), settings.effective());
        } catch (IOException failure) {
            LOG.warn(
                    "{}: {}; the configuration in service is not kept, so that plane-proxy rollback will not know it; expected a"
                            + " folder that this user may write to; name one in history.folder, or: off",
                    folder.get(),
                    failure);
        }
    }

    private void sayThatItIsOff(Place said) {
        switch (said) {
            case Place.Automatic() -> {
                if (!saidThatItIsOff) {
                    LOG.info("configurations are not kept for a rollback: {}", HistoryFolder.NOWHERE);
                    saidThatItIsOff = true;
                }
            }
            case Place.Off(), Place.At _ -> {}
        }
    }

    private List<SourceText> texts() throws IOException {
        List<SourceText> texts = new ArrayList<>();
        for (Path file : ReadFiles.of(sources.file())) {
            texts.add(new SourceText(file, Files.readString(file)));
        }
        return texts;
    }
}
