package io.envcli.engine;

import com.sun.management.HotSpotDiagnosticMXBean;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A service that embeds the engine, reads one variable, and then has its heap dumped, dead objects and all. Arguments: store,
 * key, the variable's name, the dump, and {@code leak} to keep the value.
 */
final class HeapChild {
    private static final List<Object> KEPT = new ArrayList<>();

    private HeapChild() {}

    public static void main(final String[] args) throws IOException {
        final StoreConfig config = StoreConfig.builder().directory(Path.of(args[0])).keyFile(Path.of(args[1]))
                .create(false).build();
        try (StoreReader reader = StoreReader.open(config)) {
            final Variable variable = Objects.requireNonNull(reader.get("default", args[2]));
            if (args[4].equals("leak")) {
                KEPT.add(variable.valueBytes().clone());
            }
            variable.wipe();
            reader.list("default");
            reader.history("default", args[2]);
        }
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[3], args[4].equals("live"));
        Runtime.getRuntime().halt(KEPT.size());
    }
}
