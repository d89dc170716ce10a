package io.envcli.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.envcli.cli.Table.Column;
import io.envcli.engine.Difference;
import io.envcli.engine.ListedVariable;
import io.envcli.engine.StoreReader;
import io.envcli.engine.Variable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Compares two environments, or one or all at two versions, by the fingerprints of their values. */
final class DiffCommand implements Command {
    private static final String REVEAL = "--reveal";

    /** One variable that differs, and the environments to find it in. */
    private record Found(String leftEnvironment, String rightEnvironment, Difference difference) {
        char sign() {
            return difference.left() == null ? '+' : difference.right() == null ? '-' : '~';
        }
    }

    @Override
    public Manual manual() {
        return new Manual("A B", """
                env-cli diff services/api/staging services/api/production
                env-cli diff 41 42 --env services/api/production
                env-cli diff production@2026-11-23 production --reveal
                """,
                """
                        Compares two environments, or one at two versions, by the fingerprints of the values: no value is read or
                        shown without --reveal. A and B are environments, versions, or ENVIRONMENT@VERSION; a time stands for
                        the version committed by then, and @41 is always a version. Two versions without --env compare all
                        environments. '-' is only in A, '+' only in B, '~' is in both with other values. Exits 1 if they differ.
                        """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareStore(spec);
        CommonOptions.value(spec, CommonOptions.ENV, "NAME", "the environment of a version (default: all of them)");
        AtVersion.declare(spec);
        CommonOptions.flag(spec, REVEAL, "show the values");
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        if (call.arguments().size() != 2) {
            throw call.misuse("two environments or versions are expected, " + call.arguments().size()
                    + (call.arguments().size() == 1 ? " was given" : " were given"));
        }
        try (StoreReader reader = AtVersion.open(call)) {
            final DiffSide a = DiffSide.of(call, reader, call.arguments().get(0));
            final DiffSide b = DiffSide.of(call, reader, call.arguments().get(1));
            final String environment = environment(call, reader);
            final DiffSide left = a.in(b.environment()).in(environment);
            final DiffSide right = b.in(a.environment()).in(environment);
            return report(call, reader, left, right) ? ExitStatus.NO : ExitStatus.DONE;
        }
    }

    /**
     * Compares two sides and prints what differs.
     *
     * @param call   the command.
     * @param reader of the store; it is moved about.
     * @param left   one side.
     * @param right  the other.
     * @return whether they differ.
     * @throws IOException if it cannot be written.
     */
    static boolean report(final Call call, final StoreReader reader, final DiffSide left, final DiffSide right)
            throws IOException {
        final List<Found> found = compare(reader, left, right);
        if (call.json()) {
            printJson(call, reader, left, right, found);
        } else {
            print(call, reader, left, right, found);
        }
        return !found.isEmpty();
    }

    private static @Nullable String environment(final Call call, final StoreReader reader) throws CommandException {
        if (!call.has(CommonOptions.ENV)) {
            return null;
        }
        final String environment = call.environment();
        if (!reader.hasEnvironment(environment)) {
            throw CommandException.failed(Variables.noEnvironment(reader.environments(), environment).text());
        }
        return environment;
    }

    private static List<Found> compare(final StoreReader reader, final DiffSide left, final DiffSide right) {
        final List<Found> found = new ArrayList<>();
        if (left.environment() != null && right.environment() != null) {
            compare(reader, left, right, left.environment(), right.environment(), found);
            return found;
        }
        reader.moveTo(left.version());
        final TreeSet<String> environments = new TreeSet<>(reader.environments());
        reader.moveTo(right.version());
        environments.addAll(reader.environments());
        for (final String environment : environments) {
            compare(reader, left, right, environment, environment, found);
        }
        return found;
    }

    private static void compare(final StoreReader reader, final DiffSide left, final DiffSide right,
            final String leftEnvironment, final String rightEnvironment, final List<Found> found) {
        reader.moveTo(left.version());
        final List<ListedVariable> onLeft = reader.list(leftEnvironment);
        reader.moveTo(right.version());
        for (final Difference difference : Difference.between(onLeft, reader.list(rightEnvironment))) {
            found.add(new Found(leftEnvironment, rightEnvironment, difference));
        }
    }

    private static void print(final Call call, final StoreReader reader, final DiffSide left, final DiffSide right,
            final List<Found> found) {
        final Output out = call.out();
        if (found.isEmpty()) {
            out.remark("no difference: " + left.shown() + ", " + right.shown());
            return;
        }
        final boolean all = left.environment() == null;
        final List<Column> columns = new ArrayList<>(List.of(Column.left(""), Column.left("NAME"),
                Column.dim(Printable.line(heading(left, right))), Column.dim(Printable.line(heading(right, left)))));
        if (all) {
            columns.add(1, Column.left("ENVIRONMENT"));
        }
        final Table table = new Table(out, columns.toArray(Column[]::new));
        for (final Found one : found) {
            final List<String> cells = new ArrayList<>(List.of(String.valueOf(one.sign()), one.difference.name(),
                    cell(call, reader, left, one.leftEnvironment, one.difference.left()),
                    cell(call, reader, right, one.rightEnvironment, one.difference.right())));
            if (all) {
                cells.add(1, one.leftEnvironment);
            }
            table.row(cells.toArray(String[]::new));
            if (out.readerGone()) {
                return;
            }
        }
        table.end();
    }

    /** What tells one side from the other. */
    private static String heading(final DiffSide side, final DiffSide other) {
        return side.environment() == null || side.environment().equals(other.environment())
                ? "VERSION " + side.version()
                : side.environment() + (side.version() == other.version() ? "" : "@" + side.version());
    }

    private static String cell(final Call call, final StoreReader reader, final DiffSide side, final String environment,
            final @Nullable ListedVariable variable) {
        if (variable == null) {
            return "";
        }
        return call.has(REVEAL) ? "=" + Printable.line(value(reader, side, environment, variable))
                : variable.fingerprint();
    }

    private static String value(final StoreReader reader, final DiffSide side, final String environment,
            final ListedVariable listed) {
        reader.moveTo(side.version());
        final Variable variable = Objects.requireNonNull(reader.get(environment, listed.name()), "listed just now");
        return variable.value();
    }

    private static void printJson(final Call call, final StoreReader reader, final DiffSide left, final DiffSide right,
            final List<Found> found) throws IOException {
        Json.object(call.out(), json -> {
            writeSide(json, "left", left);
            writeSide(json, "right", right);
            json.writeBooleanField("differs", !found.isEmpty());
            json.writeArrayFieldStart("differences");
            for (final Found one : found) {
                json.writeStartObject();
                json.writeStringField("environment", left.environment() == null ? one.leftEnvironment : null);
                json.writeStringField("name", one.difference.name());
                write(call, reader, json, "left", left, one.leftEnvironment, one.difference.left());
                write(call, reader, json, "right", right, one.rightEnvironment, one.difference.right());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void writeSide(final JsonGenerator json, final String name, final DiffSide side) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("environment", side.environment());
        json.writeNumberField("version", side.version());
        json.writeEndObject();
    }

    private static void write(final Call call, final StoreReader reader, final JsonGenerator json, final String name,
            final DiffSide side, final String environment, final @Nullable ListedVariable variable) throws IOException {
        if (variable == null) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeStringField("fingerprint", variable.fingerprint());
        json.writeNumberField("version", variable.version());
        if (call.has(REVEAL)) {
            json.writeStringField("value", value(reader, side, environment, variable));
        }
        json.writeEndObject();
    }
}
