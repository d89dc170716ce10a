package com.example;

import io.envcli.engine.ImportProgress;
import io.envcli.engine.ImportReport;
import io.envcli.engine.ImportRequest;
import io.envcli.engine.Store;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreReader;
import io.envcli.engine.Variable;

import java.nio.file.Path;

/** Imports a folder into a store, sets a variable, and reads it back. */
public final class App {
    private App() {}

    public static void main(final String[] args) {
        final Path folder = Path.of(args[0]);
        final StoreConfig config = StoreConfig.builder().directory(folder.resolve("store")).keyFile(folder.resolve("key"))
                .build();
        try (Store store = Store.open(config)) {
            final ImportReport report = store.importFrom(ImportRequest.of(Path.of(args[1])), ImportProgress.NONE);
            final long version = store.put("services/api/production", "LOG_LEVEL", "info");
            try (StoreReader reader = store.reader()) {
                final Variable level = reader.get("services/api/production", "LOG_LEVEL");
                System.out.println(report.variables() + " variables; version " + version + " says " + level.value());
            }
        }
    }
}
