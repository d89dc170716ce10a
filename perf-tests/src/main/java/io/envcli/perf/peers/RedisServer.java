package io.envcli.perf.peers;

import io.envcli.perf.Programs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Redis server of our own with an append-only file, on loopback and a free port, ended with this. */
final class RedisServer implements AutoCloseable {
    private static final long START_LIMIT_NS = 20_000_000_000L;
    private static final long POLL_MS = 20;
    private static final long END_LIMIT_S = 30;

    private final Path folder;
    private final Process process;
    private final String port;

    /**
     * Starts one.
     *
     * @param folder for its data; made if absent.
     * @param fsync  its {@code appendfsync}: {@code everysec} or {@code always}.
     * @throws IOException if it cannot be started.
     */
    RedisServer(final Path folder, final String fsync) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = Integer.toString(free.getLocalPort());
        }
        process = new ProcessBuilder("redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "",
                "--appendonly",
                "yes", "--appendfsync", fsync, "--dir", folder.toString(), "--daemonize", "no")
                .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        try {
            awaitStart();
        } catch (final IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private void awaitStart() throws IOException {
        final long begun = System.nanoTime();
        while (true) {
            try {
                if (ask("PING").equals("PONG")) {
                    return;
                }
            } catch (final IOException e) {
                if (System.nanoTime() - begun > START_LIMIT_NS || ended(POLL_MS, TimeUnit.MILLISECONDS)) {
                    throw new IOException("redis-server does not start: " + Files.readString(folder.resolve("log")), e);
                }
            }
        }
    }

    /**
     * Asks a question.
     *
     * @param words of the command.
     * @return the answer.
     * @throws IOException if {@code redis-cli} fails.
     */
    String ask(final String... words) throws IOException {
        final String[] command = new String[words.length + 4];
        System.arraycopy(new String[]{"redis-cli", "--raw", "-p", port}, 0, command, 0, 4);
        System.arraycopy(words, 0, command, 4, words.length);
        final String answer = Programs.output(folder, command);
        return answer.endsWith("\n") ? answer.substring(0, answer.length() - 1) : answer;
    }

    /**
     * Sends a file of commands, and waits until each is answered, which an append-only file makes the moment when it is
     * written, or synced.
     *
     * @param file in RESP.
     * @return nanoseconds of the whole {@code redis-cli}.
     * @throws IOException if it fails, or a command does.
     */
    long pipe(final Path file) throws IOException {
        final Path out = folder.resolve("pipe");
        final List<String> command = List.of("redis-cli", "-p", port, "--pipe");
        final long start = System.nanoTime();
        final Process client = new ProcessBuilder(command).redirectInput(file.toFile()).redirectErrorStream(true)
                .redirectOutput(out.toFile()).start();
        try {
            final int status = client.waitFor();
            final long nanos = System.nanoTime() - start;
            Programs.requireSuccess(command, status, Files.readString(out));
            return nanos;
        } catch (final InterruptedException e) {
            client.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Redis stores", e);
        }
    }

    private boolean ended(final long time, final TimeUnit unit) {
        try {
            return process.waitFor(time, unit);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        process.destroy();
        if (!ended(END_LIMIT_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
