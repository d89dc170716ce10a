package io.envcli.engine.internal.store;

import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;
import org.agrona.UnsafeApi;

/** The flags that this JVM must have been started with: without them Agrona and Chronicle Queue fail in strange ways. */
public final class JvmFlags {
    private static final String EXPORTED = "jdk.internal.misc";
    private static final String OPENED = "sun.nio.ch";

    private JvmFlags() {}

    /**
     * Fails if they are missing.
     *
     * @throws StoreException of kind INVALID, with what to do.
     */
    public static void require() {
        final Module base = Object.class.getModule();
        final Module user = UnsafeApi.class.getModule();
        if (!base.isExported(EXPORTED, user)) {
            throw missing("--add-exports=java.base/" + EXPORTED + "=ALL-UNNAMED");
        }
        if (!base.isOpen(OPENED, user)) {
            throw missing("--add-opens=java.base/" + OPENED + "=ALL-UNNAMED");
        }
    }

    private static StoreException missing(final String flag) {
        return new StoreException(Kind.INVALID, "the JVM was started without " + flag
                + "; start it with all the flags in the file env-cli.jvm of the build: java @env-cli.jvm ...");
    }
}
