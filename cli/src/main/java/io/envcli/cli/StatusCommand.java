package io.envcli.cli;

import io.envcli.engine.StoreReader;
import io.envcli.engine.StoreStatus;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
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
                processors env-cli uses on this machine. Shows no name and no value.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        // The common options are all it takes.
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        call.noArguments();
        final StoreStatus status;
        try (StoreReader reader = StoreReader.open(call.readConfig())) {
            status = reader.status();
        }
        if (call.json()) {
            printJson(call.out(), status);
        } else {
            print(call.out(), status);
        }
        return ExitStatus.DONE;
    }

    private static void print(final Output out, final StoreStatus status) {
        line(out, "store", Printable.line(status.directory().toString()));
        line(out, "version", status.version() == 0 ? "0 (nothing committed yet)"
                : Amounts.grouped(status.version()) + ", committed " + committed(status));
        line(out, "holds", Amounts.count(status.variables(), "variable", "variables") + " in "
                + Amounts.count(status.environments(), "environment", "environments"));
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

    private static void line(final Output out, final String label, final String text) {
        out.print(out.paint(Output.Paint.DIM, label)).print(" ".repeat(LABEL_WIDTH - label.length())).println(text);
    }

    private static Instant committed(final StoreStatus status) {
        return Instant.ofEpochMilli(status.lastCommitMillis());
    }

    private static void printJson(final Output out, final StoreStatus status) throws IOException {
        Json.object(out, json -> {
            json.writeStringField("store", status.directory().toString());
            json.writeStringField("store_id", status.storeId());
            json.writeNumberField("version", status.version());
            if (status.version() == 0) {
                json.writeNullField("committed");
            } else {
                json.writeStringField("committed", committed(status).toString());
            }
            json.writeNumberField("variables", status.variables());
            json.writeNumberField("environments", status.environments());
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
}
