package io.envcli.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.envcli.engine.dialect.Diagnostic;
import io.envcli.engine.dialect.Diagnostics;
import io.envcli.engine.dialect.Dialect;
import io.envcli.engine.dialect.Reason;
import io.envcli.engine.dialect.TextParser;
import io.envcli.engine.dialect.VariableVisitor;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Shows how a dialect reads a file. Needs no store. */
final class ParseCommand implements Command {
    private static final String REVEAL = "--reveal";
    /** So many rejects and warnings are listed; all are counted. */
    private static final int LISTED = 1 << 18;

    @Override
    public Manual manual() {
        return new Manual("FILE", """
                env-cli parse .env.production
                env -0 | env-cli parse - --dialect environ --json
                """, """
                Shows how a dialect reads a file, assignment by assignment, duplicates included; needs no store. FILE
                may be - for stdin. Without --reveal or --json, only the length of a value is shown. Exits 1 if a line
                was rejected.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        Dialects.declare(spec);
        CommonOptions.flag(spec, REVEAL, "show the values");
        CommonOptions.tolerateStore(spec);
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        final Arguments arguments = Arguments.of(call);
        final Diagnostics diagnostics = new Diagnostics(LISTED);
        if (call.json()) {
            Json.object(call.out(), json -> writeJson(call, arguments, diagnostics, json));
        } else {
            parse(call, arguments, diagnostics, arguments.reveals() ? revealing(call.out()) : hiding(call.out()));
            report(call.out(), arguments.file(), diagnostics);
        }
        if (diagnostics.rejects() + diagnostics.warnings() > diagnostics.size()) {
            call.out().remark(
                    "only the first " + Amounts.grouped(diagnostics.size()) + " rejects and warnings are listed");
        }
        return diagnostics.rejects() == 0 ? ExitStatus.DONE : ExitStatus.NO;
    }

    private static void parse(final Call call, final Arguments arguments, final Diagnostics diagnostics,
            final VariableVisitor visitor) throws IOException {
        if (Files.isDirectory(Path.of(arguments.file()))) {
            throw new FileSystemException(arguments.file(), null, "a folder cannot be parsed; name a file in it");
        }
        if (!arguments.file().equals("-")) {
            Devices.refuse(Path.of(arguments.file()));
        }
        try (TextParser parser = new TextParser(arguments.dialect())) {
            if (arguments.file().equals("-")) {
                parser.parse(call.shell().stdin(), diagnostics, visitor);
                return;
            }
            try (InputStream in = Files.newInputStream(Path.of(arguments.file()))) {
                parser.parse(in, diagnostics, visitor);
            }
        } catch (final FileSystemException | UncheckedIOException e) {
            throw e;
        } catch (final IOException e) { // such as a folder: the message alone names no file
            throw new FileSystemException(arguments.file(), null, e.getMessage());
        }
    }

    private static VariableVisitor hiding(final Output out) {
        return (buffer, nameOffset, nameLength, valueOffset, valueLength, line) -> out.printName(
                text(buffer, nameOffset, nameLength)).println("\t" + Amounts.count(valueLength, "byte", "bytes"));
    }

    private static VariableVisitor revealing(final Output out) {
        return (buffer, nameOffset, nameLength, valueOffset, valueLength, line) -> out.printName(
                text(buffer, nameOffset, nameLength))
                .println("=" + Printable.line(text(buffer, valueOffset, valueLength)));
    }

    private static void report(final Output out, final String file, final Diagnostics diagnostics) {
        for (final Diagnostic diagnostic : diagnostics.toList()) {
            Rejects.print(out, file, diagnostic);
        }
    }

    private static void writeJson(final Call call, final Arguments arguments, final Diagnostics diagnostics,
            final JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("variables");
        try {
            parse(call, arguments, diagnostics, pairs(json));
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
        json.writeEndArray();
        final List<Diagnostic> all = diagnostics.toList();
        Rejects.writeArray(json, "rejects", all, Reason.Kind.REJECT);
        Rejects.writeArray(json, "warnings", all, Reason.Kind.WARNING);
    }

    private static VariableVisitor pairs(final JsonGenerator json) {
        return (buffer, nameOffset, nameLength, valueOffset, valueLength, line) -> {
            try {
                json.writeStartArray();
                json.writeString(text(buffer, nameOffset, nameLength));
                json.writeString(text(buffer, valueOffset, valueLength));
                json.writeEndArray();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static String text(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * What to parse, checked.
     *
     * @param file    a path, or {@code -} for stdin.
     * @param dialect to read it in.
     * @param reveals whether values are shown.
     */
    private record Arguments(String file, Dialect dialect, boolean reveals) {
        static Arguments of(final Call call) throws CommandException {
            return new Arguments(call.onlyArgument("FILE"), Dialects.of(call), call.has(REVEAL));
        }
    }
}
