package io.envcli.cli;

import java.nio.file.Path;

/**
 * Where env-cli keeps what it keeps, by the XDG base directory rules: a relative path in an {@code XDG_…} variable is
 * ignored, as those rules ask.
 */
final class Folders {
    /** Names the key file, unless the option does. */
    static final String KEY_FILE = "ENV_CLI_KEY_FILE";
    private static final String OWN = "env-cli";

    private Folders() {}

    /**
     * The store used if no option names one.
     *
     * @param shell whose environment decides.
     * @return its folder, which may not exist.
     */
    static Path store(final Shell shell) {
        return base(shell, "XDG_DATA_HOME", ".local/share").resolve(OWN).resolve("store");
    }

    /**
     * The key file used if no option names one.
     *
     * @param shell whose environment decides.
     * @return the file, which may not exist.
     */
    static Path keyFile(final Shell shell) {
        final String named = shell.variable(KEY_FILE);
        return named.isEmpty() ? base(shell, "XDG_CONFIG_HOME", ".config").resolve(OWN).resolve("key") : Path.of(named);
    }

    /**
     * Where scans leave what the next may use: nothing is lost with it.
     *
     * @param shell whose environment decides.
     * @return the folder, which may not exist.
     */
    static Path scanCache(final Shell shell) {
        return base(shell, "XDG_CACHE_HOME", ".cache").resolve(OWN).resolve("scan");
    }

    /**
     * Who named that file.
     *
     * @param shell whose environment decides.
     * @return for a person.
     */
    static String keyFileOrigin(final Shell shell) {
        return shell.variable(KEY_FILE).isEmpty()
                ? "the default, in the configuration folder"
                : "named by " + KEY_FILE;
    }

    private static Path base(final Shell shell, final String variable, final String belowHome) {
        final String named = shell.variable(variable);
        return named.startsWith("/") ? Path.of(named) : home(shell).resolve(belowHome);
    }

    private static Path home(final Shell shell) {
        final String home = shell.variable("HOME");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", "/") : home);
    }
}
