package io.envcli.offheap.testing;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that a test needs and a machine may lack. */
final class Programs {
    private static final int TIMEOUT_S = 30;

    private Programs() {}

    /** {@return whether a program is installed and ended with status 0} */
    static boolean succeed(final List<String> command) {
        try {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(TIMEOUT_S, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (final IOException _) {
            return false; // not installed
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
