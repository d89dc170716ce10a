package io.envcli.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * An invariant over whole environments: one import is a round, and sets every variable of three environments to a value that
 * carries the round's number. So at any version all variables of all three carry the same one, whatever is going on.
 */
final class Rounds {
    static final List<String> ENVIRONMENTS = List.of("round/a", "round/b", "round/c");
    /** Of each environment. */
    static final int VARIABLES = 300;
    private static final int LONGEST_FILLER = 200;

    private Rounds() {}

    /** Writes the folder that an import takes in as a round. */
    static Path write(final Path sources, final long round) throws IOException {
        final Path folder = sources.resolve("import-" + round);
        for (final String environment : ENVIRONMENTS) {
            final StringBuilder text = new StringBuilder();
            for (int i = 0; i < VARIABLES; i++) {
                text.append("NAME_").append(i).append("='").append(value(environment, i, round)).append("'\n");
            }
            final Path file = folder.resolve(environment + ".env");
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        return folder;
    }

    private static String value(final String environment, final int variable, final long round) {
        final int filler = (int) Math.floorMod(round * 31 + variable * 7L, (long) LONGEST_FILLER);
        return environment + " " + variable + " of round " + round + " " + "x".repeat(filler);
    }

    private static long roundOf(final String value) {
        final int from = value.indexOf(" of round ") + " of round ".length();
        return Long.parseLong(value.substring(from, value.indexOf(' ', from)));
    }

    /**
     * Asks a reader for all of it, in every way that there is.
     *
     * @return the round that its version has; 0 before the first.
     */
    static long check(final StoreReader reader, final Random random) {
        final String what = "at version " + reader.version() + ": ";
        final long round = get(reader, random.nextInt(VARIABLES), what);
        for (final String environment : ENVIRONMENTS) {
            final Set<String> names = new HashSet<>();
            reader.forEach(environment, variable -> {
                final String value = variable.value();
                final int number = Integer.parseInt(variable.name().substring("NAME_".length()));
                assertEquals(value(environment, number, round), value, () -> what + environment);
                names.add(variable.name());
            });
            assertEquals(round == 0 ? 0 : VARIABLES, names.size(), () -> what + environment);
            list(reader, environment, round, what);
        }
        assertEquals(round, get(reader, random.nextInt(VARIABLES), what), what);
        return round;
    }

    /** One transaction has set them all, so all are of one version. */
    private static void list(final StoreReader reader, final String environment, final long round, final String what) {
        final Set<Long> versions = new HashSet<>();
        final List<ListedVariable> listed = reader.list(environment);
        listed.forEach(variable -> versions.add(variable.version()));
        assertEquals(round == 0 ? 0 : VARIABLES, listed.size(), () -> what + environment);
        assertEquals(round == 0 ? 0 : 1, versions.size(), () -> what + environment + " is of versions " + versions);
    }

    private static long get(final StoreReader reader, final int number, final String what) {
        final Set<Long> rounds = new HashSet<>();
        for (final String environment : ENVIRONMENTS) {
            final Variable variable = reader.get(environment, "NAME_" + number);
            rounds.add(variable == null ? 0 : roundOf(variable.value()));
        }
        assertTrue(rounds.size() == 1, () -> what + "variables of several rounds: " + rounds);
        return rounds.iterator().next();
    }
}
