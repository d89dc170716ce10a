package io.envcli.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Does what the pages say, as they say it: all blocks {@code sh} of a page in one shell, in order; what each prints must be the
 * block {@code text} or {@code json} behind it, but for what differs from machine to machine.
 */
class DocumentsIT {
    private static final Path DOCS = Path.of("../docs").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("^```(sh|text|json|java)\n(.*?)^```$",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("^## (.*)$", Pattern.MULTILINE);
    /** One prints what the program prints that it runs, the other a script. */
    private static final Set<Verb> WITHOUT_JSON = EnumSet.of(Verb.RUN, Verb.COMPLETION);
    private static final Pattern PUBLIC_CLASS = Pattern.compile("public final class (\\w+)");
    private static final Pattern FINGERPRINT = Pattern.compile("\\b[0-9a-f]{32}\\b");
    /** What a machine, a moment or a key decides: of these only the type is compared. */
    private static final Set<String> VOLATILE = Set.of("time", "committed", "user", "host", "seconds",
            "variables_per_second", "journal_bytes", "view_bytes", "bytes", "store", "key_file", "store_id", "kernels",
            "cpus", "usable_cpus", "layout", "recovery_seconds");
    /** In what {@code doctor} says, these as well. */
    private static final Set<String> MACHINE = Set.of("free_bytes", "message", "warnings");

    @TempDir
    Path folder;

    /** One block to run, and what it must print; empty if the page does not say. */
    private record Step(String script, String language, String expected) {}

    @ParameterizedTest
    @ValueSource(strings = {"json.md", "tasks/import-a-monorepo.md", "tasks/compare-environments.md", "tasks/ci.md",
        "tasks/embed.md"})
    void aPageIsTrue(final String page) throws Exception {
        final List<Step> steps = steps(Files.readString(DOCS.resolve(page)));
        final Sandbox sandbox = new Sandbox(folder);
        final Launcher launcher = new Launcher(sandbox);
        final Path home = Launcher.SCRIPT.resolveSibling("..").normalize();
        sandbox.set("ENV_CLI_HOME", home.toString()).set("PATH", Launcher.SCRIPT.getParent() + ":"
                + Path.of(String.valueOf(System.getProperty("java.home")), "bin") + ":" + System.getenv("PATH"));
        final StringBuilder script = new StringBuilder("exec </dev/null\n");
        for (int i = 0; i < steps.size(); i++) {
            script.append("{\n").append(steps.get(i).script()).append("} >\"$HOME/").append(i)
                    .append("\" 2>&1; echo $? >")
                    .append("\"$HOME/").append(i).append(".status\"\n");
        }
        final Launcher.Result all = launcher.exec(new byte[0], List.of("/bin/sh", "-c", script.toString()));
        assertEquals("", all.err(), page);
        for (int i = 0; i < steps.size(); i++) {
            final Step step = steps.get(i);
            final String printed = Files.readString(folder.resolve("home/" + i));
            assertEquals("0\n", Files.readString(folder.resolve("home/" + i + ".status")), step.script() + printed);
            compare(step, printed);
        }
    }

    @Test
    void thePageOnJsonHasAnExampleOfEveryVerb() throws Exception {
        final Set<String> headed = HEADING.matcher(Files.readString(DOCS.resolve("json.md"))).results()
                .flatMap(heading -> Stream.of(heading.group(1).split(", ", -1)))
                .collect(Collectors.toCollection(TreeSet::new));
        headed.remove("What is promised");
        final Set<String> verbs = Stream.of(Verb.values()).filter(verb -> !WITHOUT_JSON.contains(verb)).map(Verb::word)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(verbs, headed);
    }

    private List<Step> steps(final String text) throws Exception {
        final List<Step> steps = new ArrayList<>();
        final Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            final String content = block.group(2);
            switch (block.group(1)) {
                case "sh" -> steps.add(new Step(content, "", ""));
                case "java" -> {
                    final Matcher name = PUBLIC_CLASS.matcher(content);
                    assertTrue(name.find(), content);
                    Files.writeString(folder.resolve(name.group(1) + ".java"), content);
                }
                default -> steps.add(new Step(steps.removeLast().script(), block.group(1), content));
            }
        }
        assertFalse(steps.isEmpty(), "no block to run");
        return steps;
    }

    private static void compare(final Step step, final String printed) {
        switch (step.language()) {
            case "json" -> {
                final String rest = rest(step.expected());
                assertEquals(rest, rest(printed), step.script());
                same(step.script().contains("doctor"), "", json(step.expected()), json(printed), step.script());
            }
            case "text" -> assertEquals(normal(step.expected()), normal(printed), step.script());
            default -> assertEquals("", printed, step.script());
        }
    }

    /** The lines that are no JSON: messages and exit statuses. */
    private static String rest(final String printed) {
        return normal(String.join("\n", printed.lines().filter(line -> !isJson(line)).toList()));
    }

    private static boolean isJson(final String line) {
        return line.startsWith("{") || line.startsWith(" ") || line.startsWith("}");
    }

    private static Object json(final String printed) {
        final String object = String.join("\n", printed.lines().filter(DocumentsIT::isJson).toList()) + "\n";
        return new Sandbox.Result(0, object.getBytes(StandardCharsets.UTF_8), "").json();
    }

    private static void same(final boolean ofMachine, final String name, final Object expected, final Object printed,
            final String context) {
        if (expected instanceof final Map<?, ?> fields) {
            final Map<?, ?> found = (Map<?, ?>) printed;
            assertEquals(List.copyOf(fields.keySet()), List.copyOf(found.keySet()), context);
            fields.forEach(
                    (field, value) -> same(ofMachine, String.valueOf(field), value, field(found, field), context));
        } else if (expected instanceof final List<?> items && !name.equals("cpus")) {
            final List<?> found = (List<?>) printed;
            assertEquals(items.size(), found.size(), name + " in " + printed);
            for (int i = 0; i < items.size(); i++) {
                same(ofMachine, name, items.get(i), found.get(i), context);
            }
        } else if (name.equals("fingerprint")) {
            assertEquals(32, String.valueOf(printed).length(), context);
        } else if (VOLATILE.contains(name) || (ofMachine && MACHINE.contains(name))) {
            assertEquals(kind(expected), kind(printed), name + " in " + context);
        } else {
            assertEquals(expected, printed, name + " in " + context);
        }
    }

    private static Object field(final Map<?, ?> fields, final Object name) {
        return Objects.requireNonNull(fields.get(name));
    }

    private static String kind(final Object value) {
        return value instanceof Number ? "number" : value.equals("null") ? "null" : value.getClass().getSimpleName();
    }

    private static String normal(final String text) {
        final Map<String, String> fingerprints = new HashMap<>();
        final String named = FINGERPRINT.matcher(text).replaceAll(
                match -> fingerprints.computeIfAbsent(match.group(), _ -> "FINGERPRINT-" + fingerprints.size()));
        return named.replaceAll("(?m)[ \\t]+$", "").replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("(?<![\\w.:/-])/[\\w./-]+", "PATH")
                .replaceAll("[0-9.,]+ (ms|s|kB|MB)\\b", "AMOUNT").replaceAll("[0-9.,]+( [kM])? variables/s", "RATE")
                .strip();
    }
}
