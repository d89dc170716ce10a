package io.envcli.engine;

import java.nio.file.Path;

/** A process of its own that imports a file, to be killed: arguments are the store, its key and the file. */
final class ImportChild {
    static final String BEGUN = "begun";
    static final String ACKNOWLEDGED = "acknowledged";

    private ImportChild() {}

    @SuppressWarnings("SystemOut") // Standard output is how the parent is told.
    public static void main(final String[] args) {
        final StoreConfig config = StoreConfig.builder().directory(Path.of(args[0])).keyFile(Path.of(args[1]))
                .durability(Durability.PROCESS).build();
        try (Store store = Store.open(config)) {
            System.out.println(BEGUN);
            store.importFrom(ImportRequest.of(Path.of(args[2])), ImportProgress.NONE);
            System.out.println(ACKNOWLEDGED);
            System.out.flush();
        }
    }
}
