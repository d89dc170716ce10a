package io.envcli.engine.dialect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The real npm package, installed below target/ once, and run in one process for thousands of texts. */
final class NpmDotenv {
    private static final Path FOLDER = Path.of("target", "npm-dotenv").toAbsolutePath();
    private static final Path SCRIPT = FOLDER.resolve("npm-dotenv.js");
    private static final long SECONDS = 60;

    private NpmDotenv() {}

    /** Why the package cannot be asked; empty if it can. */
    static Optional<String> unavailable() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        try (InputStream script = NpmDotenv.class.getResourceAsStream("/dialect/npm-dotenv.js")) {
            if (script == null) {
                throw new IOException("resource /dialect/npm-dotenv.js is missing");
            }
            Files.write(SCRIPT, script.readAllBytes());
        }
        if (Files.isDirectory(FOLDER.resolve("node_modules/dotenv"))) {
            return Optional.empty();
        }
        Files.writeString(FOLDER.resolve("package.json"), "{\"private\": true}");
        return run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "dotenv@18")
                ? Optional.empty()
                : Optional.of("skipped: node is not there, or npm install dotenv@18 did not succeed within " + SECONDS
                        + " s; its output is in " + FOLDER.resolve("output"));
    }

    /** What the package makes of each text. */
    static List<Map<String, String>> parse(final List<byte[]> texts) throws IOException, InterruptedException {
        final Path cases = Files.createTempFile(FOLDER, "cases", "");
        final Path answers = Files.createTempFile(FOLDER, "answers", "");
        final StringBuilder lines = new StringBuilder();
        texts.forEach(text -> lines.append(text.length == 0 ? "-" : Base64.getEncoder().encodeToString(text))
                .append('\n'));
        Files.writeString(cases, lines);
        if (!run("node", SCRIPT.toString(), FOLDER.toString(), cases.toString(), answers.toString())) {
            throw new IOException("node failed: " + Files.readString(FOLDER.resolve("output")));
        }
        final List<Map<String, String>> objects = new ArrayList<>();
        for (final String line : Files.readAllLines(answers, StandardCharsets.ISO_8859_1)) {
            objects.add(object(line));
        }
        Files.delete(cases);
        Files.delete(answers);
        return objects;
    }

    private static Map<String, String> object(final String line) {
        final Map<String, String> object = new LinkedHashMap<>();
        final String[] words = line.isEmpty() ? new String[0] : line.split(" ", -1);
        for (int i = 0; i < words.length; i += 2) {
            object.put(decode(words[i]), decode(words[i + 1]));
        }
        return object;
    }

    private static String decode(final String word) {
        return word.equals("-") ? "" : new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
    }

    private static boolean run(final String... command) throws InterruptedException {
        try {
            final Process process = new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true)
                    .redirectOutput(FOLDER.resolve("output").toFile()).start();
            if (process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (final IOException e) {
            // The program is not there.
            return false;
        }
    }
}
