package io.envcli.scan;

import io.envcli.scan.Use.Kind;
import io.envcli.scan.Use.Need;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What code reads beside what somebody sets.
 *
 * @param missing  variables that the code requires and nobody sets, by name.
 * @param unused   variables that are set and that no code found reads, by name.
 * @param defaults variables whose readers do not agree on a default, by name.
 */
public record Comparison(List<Entry> missing, List<String> unused, List<Entry> defaults) {
    /** Set by the system, the shell or the session. */
    private static final Set<String> AMBIENT = Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG",
            "LC_ALL",
            "PWD", "TMPDIR", "TMP", "TEMP", "DISPLAY", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "SystemRoot",
            "COMSPEC");
    /** They read what only a build has. */
    private static final Set<String> BUILD_LANGUAGES = Set.of("github-actions", "dockerfile");

    /**
     * A variable and the places that read it.
     *
     * @param name of the variable.
     * @param uses of it, those that the answer is about.
     */
    public record Entry(String name, List<Use> uses) {}

    /**
     * Compares.
     *
     * <p>Not missing is what the system sets ({@code PATH}, {@code HOME}, …), and what only workflows and Dockerfiles read. A
     * variable that only a literal names is not missing, but counts as read.
     *
     * @param uses of a scan.
     * @param set  the names that are set.
     * @return the answer.
     */
    public static Comparison of(final List<Use> uses, final Collection<String> set) {
        final Map<String, List<Use>> reads = reads(uses);
        final List<Entry> missing = new ArrayList<>();
        final List<Entry> defaults = new ArrayList<>();
        final Set<String> known = new HashSet<>(set);
        reads.forEach((name, of) -> {
            final List<Use> required = of.stream().filter(Comparison::isRequired).toList();
            if (!known.contains(name) && !AMBIENT.contains(name) && !required.isEmpty()) {
                missing.add(new Entry(name, required));
            }
            final Set<String> values = new LinkedHashSet<>();
            final List<Use> withDefault = of.stream().filter(use -> use.need() == Need.DEFAULT).toList();
            withDefault.forEach(use -> values.add(String.valueOf(use.defaultValue())));
            if (values.size() > 1) {
                defaults.add(new Entry(name, withDefault));
            }
        });
        final List<String> unused = known.stream().filter(name -> !reads.containsKey(name)).sorted().toList();
        return new Comparison(List.copyOf(missing), unused, List.copyOf(defaults));
    }

    /**
     * The variables that uses read, each with its reads.
     *
     * @param uses of a scan.
     * @return by name; a variable whose name is unknown is not there.
     */
    public static Map<String, List<Use>> reads(final List<Use> uses) {
        final Map<String, List<Use>> reads = new TreeMap<>();
        for (final Use use : uses) {
            if (use.kind() == Kind.READ) {
                reads.computeIfAbsent(use.name(), name -> new ArrayList<>()).add(use);
            }
        }
        return reads;
    }

    private static boolean isRequired(final Use use) {
        return use.need() == Need.REQUIRED && !BUILD_LANGUAGES.contains(use.language());
    }

    /**
     * Whether a variable is one that a person sets.
     *
     * @param use of it.
     * @return false for what the system sets, and for what only builds read.
     */
    public static boolean isSetByPeople(final Use use) {
        return !AMBIENT.contains(use.name()) && !BUILD_LANGUAGES.contains(use.language());
    }
}
