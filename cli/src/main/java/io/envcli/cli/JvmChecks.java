package io.envcli.cli;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the JVM that runs this: which it is, which flags it lacks, and whether it starts from an AOT cache. */
final class JvmChecks {
    private static final int FEATURE = 25;
    private static final String FLAGS_FILE = "env-cli.jvm";
    private static final String AOT_FLAG = "-XX:AOTCache=";
    /** Set by the launcher: where it keeps the AOT caches; empty if it has nowhere. */
    private static final String CACHES = "envcli.aot";
    /** A folder in that of the caches, while they are made. */
    private static final String LOCK = "lock";
    /** The launcher takes a lock that is older for one that was left behind. */
    private static final Duration LOCK_LASTS = Duration.ofMinutes(10);
    private static final Path MAPPED = Path.of("/proc/self/maps");

    private JvmChecks() {}

    /**
     * Examines it.
     *
     * @param findings to add to.
     */
    static void examine(final List<Finding> findings) {
        final List<String> given = ManagementFactory.getRuntimeMXBean().getInputArguments();
        findings.add(version());
        findings.add(flags(given));
        findings.add(startCache(given));
    }

    private static Finding version() {
        final String text = "env-cli " + Cli.version() + " on Java " + Runtime.version() + ", "
                + System.getProperty("java.vendor") + ", " + System.getProperty("java.home");
        return Runtime.version().feature() == FEATURE ? Finding.ok("jvm", text)
                : Finding.warn("jvm", text, "env-cli is built for and tested on Java " + FEATURE
                        + "; name one with ENV_CLI_JAVA_HOME");
    }

    private static Finding flags(final List<String> given) {
        final Optional<Path> home = home();
        if (home.isEmpty() || !Files.isReadable(home.get().resolve(FLAGS_FILE))) {
            return Finding.warn("jvm-flags",
                    "cannot be compared: there is no file " + FLAGS_FILE + " beside the program",
                    "start env-cli by its launcher, bin/env-cli");
        }
        final Path file = home.get().resolve(FLAGS_FILE);
        try {
            final List<String> missing = missing(Files.readString(file), given);
            return missing.isEmpty() ? Finding.ok("jvm-flags", "all those of " + file)
                    : Finding.fail("jvm-flags", "missing: " + String.join(" ", missing),
                            "start env-cli by its launcher, or java with @" + file);
        } catch (final IOException e) {
            return Finding.warn("jvm-flags", file + " cannot be read: " + e.getMessage(),
                    "check who may read it, or build anew");
        }
    }

    /**
     * Finds the flags that were not given.
     *
     * @param wanted a file of flags as the JVM reads it, comments and all.
     * @param given  to the JVM, as it tells: what is a flag and its value there may be one with {@code =} here.
     * @return those that are not among the given.
     */
    static List<String> missing(final String wanted, final List<String> given) {
        final List<String> missing = new ArrayList<>();
        for (final String line : wanted.lines().toList()) {
            if (line.startsWith("#")) {
                continue;
            }
            for (final String flag : line.strip().split("\\s+", -1)) {
                if (!flag.isEmpty() && !given.contains(flag)) {
                    missing.add(flag);
                }
            }
        }
        return missing;
    }

    private static Finding startCache(final List<String> given) {
        final Optional<Path> cache = given.stream().filter(it -> it.startsWith(AOT_FLAG))
                .map(it -> Path.of(it.substring(AOT_FLAG.length())).normalize()).findFirst();
        if (cache.isEmpty()) {
            return Finding.warn("start-cache", "there is none, so each command starts half a second slower",
                    noCache(System.getProperty(CACHES), home().orElse(Path.of(""))));
        }
        if (!Files.isReadable(cache.get())) {
            return Finding.warn("start-cache", cache.get() + " cannot be read", "check who may read it");
        }
        return isMapped(cache.get()) ? Finding.ok("start-cache", "in use, from " + cache.get().getParent())
                : Finding.warn("start-cache", "the JVM has refused " + cache.get() + ", so each command starts half a"
                        + " second slower",
                        "delete the folder " + cache.get().getParent() + "; the next command makes it"
                                + " anew");
    }

    /**
     * What to do where there is no cache. The launcher marks that it has tried: what failed once is not tried again at each
     * start.
     *
     * @param caches the folder that the launcher keeps them in; empty if it has nowhere, null if it has not said.
     * @param home   the folder of the program.
     * @return the advice.
     */
    static String noCache(final @Nullable String caches, final Path home) {
        if (caches != null && caches.isEmpty()) {
            return "the launcher has no folder of yours to keep one in: env-cli/aot below XDG_CACHE_HOME, or else below"
                    + " ~/.cache, belongs to another user, or there is no home; set XDG_CACHE_HOME to a folder of yours";
        }
        final Path folder = caches == null ? home.resolve("aot") : Path.of(caches).normalize();
        final Optional<Duration> locked = age(folder.resolve(LOCK));
        if (locked.isPresent()) {
            return locked.get().compareTo(LOCK_LASTS) < 0 ? "wait a few seconds: it is being made, in " + folder
                    : "run another command: it makes one in " + folder + ", where who was to make one has been killed";
        }
        return Files.isDirectory(folder)
                ? "see " + folder.resolve("training.log") + " for why none could be made; delete " + folder
                        + " to have it tried again"
                : "start env-cli by its launcher, which makes one at the first use of a build, unless ENV_CLI_BUILD is"
                        + " never or it may not write to " + folder;
    }

    private static Optional<Duration> age(final Path lock) {
        try {
            return Optional.of(Duration.between(Files.getLastModifiedTime(lock).toInstant(), Instant.now()));
        } catch (final IOException e) {
            return Optional.empty(); // There is none, as a rule.
        }
    }

    private static boolean isMapped(final Path cache) {
        try {
            return !Files.isReadable(MAPPED) || Files.readString(MAPPED).contains(cache.toRealPath().toString());
        } catch (final IOException e) {
            return true; // Nothing else speaks against it.
        }
    }

    /**
     * The folder that the program lies in: the launcher names its one jar. A code source does not tell: with an AOT cache that
     * is the place of the jar when the cache was made.
     */
    private static Optional<Path> home() {
        final String first = System.getProperty("java.class.path", "").split(File.pathSeparator, 2)[0];
        return first.isEmpty() ? Optional.empty() : Optional.ofNullable(Path.of(first).toAbsolutePath().getParent());
    }
}
