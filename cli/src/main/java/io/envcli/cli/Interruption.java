package io.envcli.cli;

import java.util.Objects;

/**
 * Says what was and was not done when somebody ends a change with Ctrl-C. One that is not acknowledged is not in the
 * store, but for the instant between its commit and its acknowledgement.
 *
 * <p>Threading: the thread that makes the change, and the one on which the JVM ends.
 */
final class Interruption implements AutoCloseable {
    private final Output out;
    private final String done;
    /** The version made; negative while the change is under way. */
    private volatile long version = -1;
    private final Thread hook = new Thread(this::say, "interruption");

    private Interruption(final Output out, final String done) {
        this.out = out;
        this.done = done;
    }

    /**
     * Watches from here on. A change that ends by itself ends the process without this being asked.
     *
     * @param out  to say it on.
     * @param done what it does, such as {@code imported}.
     * @return told when the change is over.
     */
    static Interruption watch(final Output out, final String done) {
        final Interruption interruption = new Interruption(out, done);
        try {
            Runtime.getRuntime().addShutdownHook(interruption.hook);
        } catch (final IllegalStateException e) {
            interruption.say(); // It came before.
        }
        return interruption;
    }

    /**
     * Notes that the change is over.
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
        out.error(text(version, done));
    }

    /**
     * What there is to say.
     *
     * @param made version; 0 for none, negative while the change is under way.
     * @param done what it does, such as {@code imported}.
     * @return for a person.
     */
    static String text(final long made, final String done) {
        if (made > 0) {
            return "interrupted after all was " + done + ": it is version " + made + "; only the report is missing";
        }
        return made == 0 ? "interrupted; nothing was " + done
                : "interrupted; nothing was " + done + ", unless it was in its very last instant, which 'env-cli log"
                        + " --limit 1' tells; the store is whole";
    }
}
