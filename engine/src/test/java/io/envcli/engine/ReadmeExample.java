package io.envcli.engine;

import java.nio.file.Path;
import java.util.Objects;

/** The example of the README's first screen; {@link ReadmeExampleTest} runs it and compares the text. */
final class ReadmeExample {
    private ReadmeExample() {}

    static String run(final Path folder, final Path samples) {
        // example begins
        StoreConfig config = StoreConfig.builder()
                .directory(folder.resolve("store")).keyFile(folder.resolve("key")).build();
        try (Store store = Store.open(config)) {
            ImportReport report = store.importFrom(ImportRequest.of(samples), ImportProgress.NONE);
            long version = store.put("services/api/production", "LOG_LEVEL", "info"); // synced when this returns
            try (StoreReader reader = store.reader()) {
                Variable level = reader.get("services/api/production", "LOG_LEVEL");
                return report.variables() + " variables; version " + version + " says "
                        + Objects.requireNonNull(level).value();
            }
        }
        // example ends
    }
}
