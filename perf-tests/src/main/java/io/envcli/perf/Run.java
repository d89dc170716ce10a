package io.envcli.perf;

import io.envcli.perf.files.FilesCommand;
import io.envcli.perf.jmh.KernelsCommand;
import io.envcli.perf.peers.PeersCommand;
import io.envcli.perf.pipeline.ImportCommand;
import io.envcli.perf.put.PutCommand;
import io.envcli.perf.recovery.RecoveryCommand;
import io.envcli.perf.scan.ScanCommand;
import io.envcli.perf.stages.StagesCommand;
import io.envcli.perf.start.StartCommand;
import io.envcli.perf.table.TableCommand;
import io.envcli.perf.workload.GenerateCommand;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Starts a benchmark by its name: what {@code perf-tests/run} runs. */
public final class Run {
    private static final Map<String, Command> COMMANDS = commands();

    /** One name that {@code perf-tests/run} knows. */
    public interface Command {
        /**
         * One line for people.
         *
         * @return what the command does, and its own options.
         */
        String help();

        /**
         * Does it.
         *
         * @param context where things are and where to print.
         * @param options of this run.
         * @throws IOException if something cannot be read, written or started.
         */
        void run(Context context, Options options) throws IOException;
    }

    /**
     * Where things are.
     *
     * @param root of the checkout.
     * @param out  receives text for people.
     */
    public record Context(Path root, PrintStream out) {
        /** {@return the folder for workloads and stores; on a real disk, ignored by git} */
        public Path workFolder() {
            return root.resolve("perf-tests/target/perf");
        }
    }

    private Run() {}

    private static Map<String, Command> commands() {
        final Map<String, Command> commands = new LinkedHashMap<>();
        commands.put("kernels", new KernelsCommand());
        commands.put("import", new ImportCommand());
        commands.put("put", new PutCommand());
        commands.put("stages", new StagesCommand());
        commands.put("files", new FilesCommand());
        commands.put("peers", new PeersCommand());
        commands.put("start", new StartCommand());
        commands.put("scan", new ScanCommand());
        commands.put("recovery", new RecoveryCommand());
        commands.put("table", new TableCommand());
        commands.put("generate", new GenerateCommand());
        return commands;
    }

    /**
     * Runs a benchmark.
     *
     * @param arguments its name and options.
     */
    public static void main(final String... arguments) {
        final Path root = Path.of(System.getProperty("envcli.root", ".")).toAbsolutePath().normalize();
        System.exit(run(new Context(root, System.out), System.err, arguments));
    }

    /**
     * Runs a benchmark.
     *
     * @param context   where things are.
     * @param err       receives errors.
     * @param arguments its name and options.
     * @return 0 if all went well, 2 if not.
     */
    static int run(final Context context, final PrintStream err, final String... arguments) {
        final Command command = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        if (command == null) {
            err.println(help(arguments.length == 0 ? "" : "there is no benchmark " + arguments[0] + "\n"));
            return 2;
        }
        try {
            command.run(context, new Options(Arrays.asList(arguments).subList(1, arguments.length)));
            return 0;
        } catch (final IllegalArgumentException | IllegalStateException | IOException e) {
            err.println("perf-tests/run " + arguments[0] + ": " + e.getMessage());
            return 2;
        }
    }

    private static String help(final String problem) {
        final StringBuilder text = new StringBuilder(problem)
                .append("usage: perf-tests/run NAME [--json FILE] [options]");
        COMMANDS.forEach((name, command) -> text.append("%n  %-9s %s".formatted(name, command.help())));
        return text.toString();
    }
}
