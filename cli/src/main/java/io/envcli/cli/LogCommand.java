package io.envcli.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.envcli.cli.Table.Column;
import io.envcli.engine.StoreReader;
import io.envcli.engine.StoreVersion;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Predicate;

/** Lists the versions of a store: when each was made, by whom and from what. */
final class LogCommand implements Command {
    private static final String LIMIT = "--limit";

    @Override
    public Manual manual() {
        return new Manual("", """
                env-cli log --limit 10
                env-cli log --at 2026-11-23 --json
                """, """
                Lists the versions of the store, the newest first: when each was committed, how many variables it set or
                unset, who made it on which machine, and from which files; 'put' stands for single changes. Away from a
                terminal the columns are separated by tabs, and times are in UTC.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareStore(spec);
        AtVersion.declare(spec);
        CommonOptions.value(spec, LIMIT, "COUNT", "show the newest COUNT versions only");
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        call.noArguments();
        final long limit = call.count(LIMIT, Long.MAX_VALUE);
        try (StoreReader reader = AtVersion.open(call)) {
            if (call.json()) {
                printJson(call.out(), reader, limit);
            } else {
                print(call.out(), reader, limit);
            }
        }
        return ExitStatus.DONE;
    }

    private static void print(final Output out, final StoreReader reader, final long limit) {
        final Table table = new Table(out, Column.right("VERSION"), Column.dim("TIME"), Column.right("VARIABLES"),
                Column.left("BY"), Column.path("FROM"));
        each(reader, limit, version -> {
            table.row(Long.toString(version.version()),
                    out.isTerminal() ? Moments.shown(version.time()) : version.time().toString(),
                    out.isTerminal() ? Amounts.grouped(version.variables()) : Long.toString(version.variables()),
                    Printable.line(version.user() + "@" + version.host()), source(version));
            return !out.readerGone();
        });
        table.end();
    }

    /** A path may hold what ends a row. */
    private static String source(final StoreVersion version) {
        return Printable.line(Rejects.source(version.source()));
    }

    private static void printJson(final Output out, final StoreReader reader, final long limit) throws IOException {
        Json.object(out, json -> {
            json.writeArrayFieldStart("versions");
            each(reader, limit, version -> {
                try {
                    write(json, version);
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
                return !out.readerGone();
            });
            json.writeEndArray();
        });
    }

    private static void write(final JsonGenerator json, final StoreVersion version) throws IOException {
        json.writeStartObject();
        json.writeNumberField("version", version.version());
        json.writeStringField("time", version.time().toString());
        json.writeNumberField("variables", version.variables());
        json.writeStringField("source", version.source());
        json.writeStringField("user", version.user());
        json.writeStringField("host", version.host());
        json.writeEndObject();
    }

    private static void each(final StoreReader reader, final long limit,
            final Predicate<StoreVersion> visitor) {
        if (limit > 0) {
            final long[] left = {limit};
            reader.forEachVersion(version -> visitor.test(version) && --left[0] > 0);
        }
    }
}
