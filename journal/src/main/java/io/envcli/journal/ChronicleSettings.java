package io.envcli.journal;

/**
 * What must be said to Chronicle before its first class is loaded: nothing goes over the network, to the console or into
 * the home folder, and no thread stays behind. A setting that the process has made already is respected.
 */
final class ChronicleSettings {
    private ChronicleSettings() {}

    static void apply() {
        set("chronicle.analytics.disable", "true");
        set("chronicle.announcer.disable", "true");
        // It would watch the disk from a thread of its own and log; space is allocated ahead here.
        set("chronicle.disk.monitor.disable", "true");
        // Resources are released where they are closed, not by a thread.
        set("background.releaser", "false");
        // Without a logging backend SLF4J says so on standard error; with one, Chronicle's messages go there.
        set("slf4j.internal.verbosity", "ERROR");
    }

    private static void set(final String name, final String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
