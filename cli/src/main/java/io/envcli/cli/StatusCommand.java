package io.envcli.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreException;
import io.envcli.engine.StoreReader;
import io.envcli.engine.StoreStatus;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Says what the store holds and how env-cli runs here. */
final class StatusCommand implements Command {
    private static final int LABEL_WIDTH = 14;

    @Override
    public Manual manual() {
        return new Manual("", """
                env-cli status
                env-cli status --store /srv/env-cli/store --json
                """, """
                Says what the store holds, how large it is, whether somebody is writing to it, and which kernels and
                processors env-cli uses on this machine. Shows no name and no value. Without the key of the store it
                says as much as can be known without it.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareStore(spec);
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        call.noArguments();
        final StoreConfig config = call.readConfig();
        StoreStatus status;
        String problem = "";
        try (StoreReader reader = StoreReader.open(config)) {
            status = reader.status();
        } catch (final StoreException e) {
            if (e.kind() != StoreException.Kind.KEY) {
                throw e;
            }
            status = StoreStatus.withoutKey(config);
            problem = Advice.message(call, e);
        }
        final Key key = new Key(config.keyFile(), problem);
        if (call.json()) {
            printJson(call.out(), status, key);
        } else {
            print(call.out(), status, key);
        }
        return ExitStatus.DONE;
    }

    /**
     * The key of the store.
     *
     * @param file    where it was looked for.
     * @param problem why it is of no use; empty if it is.
     */
    private record Key(Path file, String problem) {
        String state() {
            if (problem.isEmpty()) {
                return "present";
            }
            return Files.notExists(file) ? "missing" : "unusable";
        }
    }

    private static void print(final Output out, final StoreStatus status, final Key key) {
        line(out, "store", Printable.line(status.directory().toString()));
        if (key.problem.isEmpty()) {
            line(out, "key", Printable.line(key.file.toString()));
        } else {
            line(out, "key", key.state() + ": names and values cannot be read");
            line(out, "", Printable.line(key.problem));
        }
        printCounts(out, status);
        line(out, "journal", Amounts.bytes(status.journalBytes()) + " in "
                + Amounts.count(status.segments(), "segment", "segments"));
        line(out, "view", Amounts.bytes(status.viewBytes())
                + (status.recoveryNanos() == 0 ? "" : ", healed in " + Amounts.duration(status.recoveryNanos() / 1e9)));
        line(out, "writer", status.writerActive() ? "another process is writing" : "none");
        line(out, "kernels", status.kernels());
        line(out, "processors", status.allowedCpus() + (status.usableCpus() < status.allowedCpus().size()
                ? ", quota for " + status.usableCpus()
                : ""));
        line(out, "layout", status.layout());
    }

    private static void printCounts(final Output out, final StoreStatus status) {
        if (!status.isCounted()) {
            line(out, "version", "not known: that takes a view made anew, for which the key is needed");
            return;
        }
        line(out, "version", status.version() == 0 ? "0 (nothing committed yet)"
                : Amounts.grouped(status.version()) + ", committed "
                        + (out.isTerminal() ? Moments.shown(committed(status)) : committed(status)));
        line(out, "holds", Amounts.count(status.variables(), "variable", "variables") + " in "
                + Amounts.count(status.environments(), "environment", "environments"));
    }

    private static void line(final Output out, final String label, final String text) {
        out.print(out.paint(Output.Paint.DIM, label)).print(" ".repeat(LABEL_WIDTH - label.length()))
                .wrapped(LABEL_WIDTH, text);
    }

    private static Instant committed(final StoreStatus status) {
        return Instant.ofEpochMilli(status.lastCommitMillis());
    }

    private static void printJson(final Output out, final StoreStatus status, final Key key) throws IOException {
        Json.object(out, json -> {
            json.writeStringField("store", status.directory().toString());
            json.writeStringField("key", key.state());
            json.writeStringField("key_file", key.file.toString());
            json.writeStringField("key_problem", key.problem.isEmpty() ? null : key.problem);
            json.writeStringField("store_id", status.storeId().isEmpty() ? null : status.storeId());
            json.writeFieldName("version");
            writeCount(json, status, status.version());
            json.writeStringField("committed", status.version() > 0 ? committed(status).toString() : null);
            json.writeFieldName("variables");
            writeCount(json, status, status.variables());
            json.writeFieldName("environments");
            writeCount(json, status, status.environments());
            json.writeNumberField("segments", status.segments());
            json.writeNumberField("journal_bytes", status.journalBytes());
            json.writeNumberField("view_bytes", status.viewBytes());
            json.writeBooleanField("writer_active", status.writerActive());
            json.writeStringField("kernels", status.kernels());
            json.writeArrayFieldStart("cpus");
            for (final int cpu : status.allowedCpus()) {
                json.writeNumber(cpu);
            }
            json.writeEndArray();
            json.writeNumberField("usable_cpus", status.usableCpus());
            json.writeStringField("layout", status.layout());
            json.writeNumberField("recovery_seconds", status.recoveryNanos() / 1e9);
        });
    }

    private static void writeCount(final JsonGenerator json, final StoreStatus status, final long count)
            throws IOException {
        if (status.isCounted()) {
            json.writeNumber(count);
        } else {
            json.writeNull();
        }
    }
}
