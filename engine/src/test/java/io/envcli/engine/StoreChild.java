package io.envcli.engine;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A process of its own that does to a store what it is told, so that its system calls can be made to fail and its files be cut
 * under it. Arguments are the store and its key; each line of standard input is a command, answered by one line.
 */
final class StoreChild {
    /** Begins the answer to what was done. */
    static final String DONE = "done";
    /** Begins the answer where a {@link StoreException} was thrown; its kind and message follow. */
    static final String REFUSED = "refused";
    /** Begins the answer where anything else was thrown. */
    static final String THROWN = "thrown";
    private static final long NAP_NS = 1_000_000;

    private final Path directory;
    private final Path keyFile;
    private @Nullable Store store;
    private @Nullable StoreReader reader;

    private StoreChild(final Path directory, final Path keyFile) {
        this.directory = directory;
        this.keyFile = keyFile;
    }

    @SuppressWarnings("SystemOut") // Standard output is how the parent is told.
    public static void main(final String[] args) throws IOException {
        final StoreChild child = new StoreChild(Path.of(args[0]), Path.of(args[1]));
        final BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(child.answer(line.split(" ", -1)));
            System.out.flush();
        }
        Runtime.getRuntime().halt(0); // A test that leaves the store open means to.
    }

    private String answer(final String[] words) {
        try {
            return DONE + " " + run(words);
        } catch (final StoreException e) {
            return REFUSED + " " + e.kind() + " " + e.getMessage();
        } catch (final RuntimeException | Error e) {
            return THROWN + " " + e;
        }
    }

    private String run(final String[] words) {
        return switch (words[0]) {
            case "open" -> open(Durability.valueOf(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
            case "put" -> String.valueOf(store().put(words[1], words[2], value(words[2], Integer.parseInt(words[3]))));
            case "puts" -> puts(words[1], words[2], Integer.parseInt(words[3]), Integer.parseInt(words[4]));
            case "put-later" -> putLater(words[1], words[2]);
            case "import" -> String.valueOf(
                    store().importFrom(ImportRequest.of(Path.of(words[1])), ImportProgress.NONE).version());
            case "read" -> read();
            case "get" -> get(words[1], words[2]);
            case "gets" -> gets(words[1], words[2], Integer.parseInt(words[3]), Integer.parseInt(words[4]));
            case "load" -> load();
            case "await-sync" -> awaitSync();
            case "await-stages" -> awaitStages();
            case "close" -> close();
            default -> throw new IllegalArgumentException("command=" + words[0]);
        };
    }

    /** The value that a variable is given here: told by its name and length. */
    static String value(final String name, final int length) {
        return name.repeat(length / name.length() + 1).substring(0, length);
    }

    private String open(final Durability durability, final long segmentBytes, final long drainTimeoutMs) {
        store = Store.open(StoreConfig.builder().directory(directory).keyFile(keyFile).durability(durability)
                .segmentBytes(segmentBytes).build(), drainTimeoutMs * 1_000_000);
        return "";
    }

    private Store store() {
        if (store == null) {
            throw new IllegalStateException("not open");
        }
        return store;
    }

    /** Puts variables of a name with a number behind it; the last version. */
    private String puts(final String environment, final String prefix, final int count, final int length) {
        long version = 0;
        for (int i = 0; i < count; i++) {
            version = store().put(environment, prefix + i, value(prefix + i, length));
        }
        return String.valueOf(version);
    }

    /** Begins a put and does not wait for it. */
    private String putLater(final String environment, final String name) {
        final Thread thread = new Thread(() -> {
            try {
                store().put(environment, name, "1");
            } catch (final StoreException e) {
                Thread.currentThread().interrupt(); // Nobody waits for it.
            }
        }, "put");
        thread.setDaemon(true);
        thread.start();
        return "";
    }

    private String read() {
        reader = StoreReader.open(StoreConfig.builder().directory(directory).keyFile(keyFile).build());
        return String.valueOf(reader.version());
    }

    private String get(final String environment, final String name) {
        if (reader == null) {
            throw new IllegalStateException("no reader");
        }
        final Variable variable = reader.get(environment, name);
        return variable == null ? "nothing" : variable.value();
    }

    /** Gets variables that {@link #puts} has put, again and again, until that fails or one is wrong. */
    private String gets(final String environment, final String prefix, final int count, final int length) {
        for (int i = 0;; i = (i + 1) % count) {
            final String found = get(environment, prefix + i);
            if (!found.equals(value(prefix + i, length))) {
                return "wrong: " + prefix + i + " is " + found.length() + " long";
            }
        }
    }

    /** Loads every class of the product that lies in a folder. */
    private static String load() {
        for (final String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            final Path folder = Path.of(entry);
            if (Files.isDirectory(folder) && folder.endsWith("classes")) {
                load(folder);
            }
        }
        return "";
    }

    private static void load(final Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : (Iterable<Path>) files
                    .filter(path -> path.toString().endsWith(".class"))::iterator) {
                final String name = folder.relativize(file).toString().replace(File.separatorChar, '.');
                Class.forName(name.substring(0, name.length() - ".class".length()), false,
                        StoreChild.class.getClassLoader());
            }
        } catch (final IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until a stage is in a sync. */
    private static String awaitSync() {
        while (Thread.getAllStackTraces().values().stream().flatMap(Stream::of)
                .noneMatch(frame -> frame.getMethodName().equals("force"))) {
            LockSupport.parkNanos(NAP_NS);
        }
        return "";
    }

    /** Waits until no stage runs any more: what it used may be gone, and then this process dies. */
    private static String awaitStages() {
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("env-cli "))) {
            LockSupport.parkNanos(NAP_NS);
        }
        return "";
    }

    private String close() {
        store().close();
        return "";
    }
}
