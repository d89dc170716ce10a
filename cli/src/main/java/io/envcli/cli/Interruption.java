package io.envcli.cli;

import java.util.Objects;

/**
 * Says what was and was not done when somebody ends an import with Ctrl-C. An import that is not acknowledged is not in the
 * store, but for the instant between its commit and its acknowledgement.
 *
 * <p>Threading: the importing thread, and the one on which the JVM ends.
 */
final class Interruption implements AutoCloseable {
    private final Output out;
    /** The version made; negative while the import is under way. */
    private volatile long version = -1;
    private final Thread hook = new Thread(this::say, "interruption");

    private Interruption(final Output out) {
        this.out = out;
    }

    /**
     * Watches from here on. An import that ends by itself ends the process without this being asked.
     *
     * @param out to say it on.
     * @return told when the import is over.
     */
    static Interruption watch(final Output out) {
        final Interruption interruption = new Interruption(out);
        try {
            Runtime.getRuntime().addShutdownHook(interruption.hook);
        } catch (final IllegalStateException e) {
            interruption.say(); // It came before.
        }
        return interruption;
    }

    /**
     * Notes that the import is over.
     *
     * @param made version; 0 for none.
     */
    void over(final long made) {
        version = made;
    }

    /** Watches no longer. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            Objects.requireNonNull(e); // The process is ending, and it is being said.
        }
    }

    private void say() {
        out.error(text(version));
    }

    /**
     * What there is to say.
     *
     * @param made version; 0 for none, negative while the import is under way.
     * @return for a person.
     */
    static String text(final long made) {
        if (made > 0) {
            return "interrupted after the import was done: it is version " + made + "; only its summary is missing";
        }
        return made == 0 ? "interrupted; nothing was imported"
                : "interrupted; nothing was imported, unless it was in its very last instant, which 'env-cli log --limit"
                        + " 1' tells; the store is whole";
    }
}
