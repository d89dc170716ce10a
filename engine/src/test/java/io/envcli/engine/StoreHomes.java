package io.envcli.engine;

import io.envcli.engine.internal.store.StoreFiles;

import java.io.IOException;
import java.nio.file.Path;

/** Where tests find lock, journal and view of a store. */
final class StoreHomes {
    private StoreHomes() {}

    static Path newest(final Path store) throws IOException {
        return StoreFiles.home(store);
    }
}
