package io.envcli.perf.peers;

import io.envcli.perf.Programs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A parser of dotenv text in a process of its own.
 *
 * @param name    for people.
 * @param command to which the file's name is added; it prints an {@link Answer}.
 */
record ParsingPeer(String name, List<String> command) {
    /**
     * All that there could be.
     *
     * @param root of the checkout.
     * @return the peers, absent ones included.
     */
    static List<ParsingPeer> all(final Path root) {
        final String scripts = root.resolve("perf-tests/peers").toString();
        final String installed = root.resolve("perf-tests/target/peers").toString();
        return List.of(
                new ParsingPeer("npm dotenv 18", List.of("node", scripts + "/dotenv.cjs", installed, "classic")),
                new ParsingPeer("npm dotenv 18, fast", List.of("node", scripts + "/dotenv.cjs", installed, "fast")),
                new ParsingPeer("Node util.parseEnv", List.of("node", scripts + "/node.cjs")),
                new ParsingPeer("godotenv", List.of(installed + "/godotenv")),
                new ParsingPeer("python-dotenv", List.of("/usr/bin/python3", scripts + "/python_dotenv.py")));
    }

    /**
     * Parses.
     *
     * @param file to parse.
     * @return what it found and took.
     * @throws IOException if it cannot be started, or fails.
     */
    Answer parse(final Path file) throws IOException {
        final List<String> line = new ArrayList<>(command);
        line.add(file.toString());
        return Answer.parse(Programs.output(file.toAbsolutePath().resolveSibling(""), line.toArray(String[]::new)));
    }
}
