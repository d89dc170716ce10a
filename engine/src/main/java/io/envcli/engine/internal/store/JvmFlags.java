package io.envcli.engine.internal.store;

import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;
import org.agrona.UnsafeApi;

import java.util.ArrayList;
import java.util.List;

/** The flags that this JVM must have been started with: without them Agrona and Chronicle Queue fail in strange ways. */
public final class JvmFlags {
    private static final List<String> EXPORTED = List.of("jdk.internal.misc");
    private static final List<String> OPENED = List.of("sun.nio.ch", "java.lang.reflect");

    private JvmFlags() {}

    /**
     * Fails if any is missing.
     *
     * @throws StoreException of kind INVALID, with what to add.
     */
    public static void require() {
        final Module base = Object.class.getModule();
        final Module user = UnsafeApi.class.getModule();
        final List<String> missing = new ArrayList<>();
        for (final String exported : EXPORTED) {
            if (!base.isExported(exported, user)) {
                missing.add("--add-exports=java.base/" + exported + "=" + name(user));
            }
        }
        for (final String opened : OPENED) {
            if (!base.isOpen(opened, user)) {
                missing.add("--add-opens=java.base/" + opened + "=" + name(user));
            }
        }
        if (!missing.isEmpty()) {
            final String flags = String.join(" ", missing);
            throw new StoreException(Kind.INVALID, "the JVM was started without " + flags + "; add that: java " + flags
                    + " ... (the README lists all flags under 'Embed it')");
        }
    }

    private static String name(final Module user) {
        return user.isNamed() ? user.getName() : "ALL-UNNAMED";
    }
}
