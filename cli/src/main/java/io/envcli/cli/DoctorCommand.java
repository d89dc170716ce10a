package io.envcli.cli;

import io.envcli.cli.Finding.Mark;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Checks everything that env-cli rests on here, and says what to do about each thing that is not as it should be. */
final class DoctorCommand implements Command {
    private static final int MARK_WIDTH = 6;
    private static final int CHECK_WIDTH = 13;

    @Override
    public Manual manual() {
        return new Manual("", """
                env-cli doctor
                env-cli doctor --store /srv/env-cli/store --json
                """, """
                Checks the JVM and its flags, the processors, memory, the disk below the store, the folders of store and
                key, and the state that the store was left in, and says what to do about each. Changes nothing and
                needs no key. Exits 1 if something fails; a warning means slower, or with less promised.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareStore(spec);
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        call.noArguments();
        final List<Finding> findings = examine(call);
        if (call.json()) {
            printJson(call.out(), findings);
        } else {
            print(call.out(), findings);
        }
        return count(findings, Mark.FAIL) == 0 ? ExitStatus.DONE : ExitStatus.NO;
    }

    private static List<Finding> examine(final Call call) {
        final List<Finding> findings = new ArrayList<>();
        final Path store = call.store().toAbsolutePath().normalize();
        JvmChecks.examine(findings);
        MachineChecks.examine(call.readConfig(), findings);
        FolderChecks.examine(store, call.keyFile(), findings);
        DiskChecks.examine(store, findings);
        StoreChecks.examine(call, findings);
        return findings;
    }

    private static long count(final List<Finding> findings, final Mark mark) {
        return findings.stream().filter(finding -> finding.mark() == mark).count();
    }

    private static void print(final Output out, final List<Finding> findings) {
        for (final Finding finding : findings) {
            final String mark = finding.mark().word();
            out.print(out.paint(finding.mark().paint(), mark)).print(" ".repeat(MARK_WIDTH - mark.length()))
                    .print(finding.check()).print(" ".repeat(CHECK_WIDTH - finding.check().length()));
            out.wrapped(MARK_WIDTH + CHECK_WIDTH, finding.text());
            if (!finding.remedy().isEmpty()) {
                out.print(" ".repeat(MARK_WIDTH + CHECK_WIDTH));
                out.wrapped(MARK_WIDTH + CHECK_WIDTH, "-> " + finding.remedy());
            }
        }
        out.println(findings.size() + " checks: " + count(findings, Mark.OK) + " ok, "
                + Amounts.count(count(findings, Mark.WARN), "warning", "warnings") + ", "
                + Amounts.count(count(findings, Mark.FAIL), "failure", "failures"));
    }

    private static void printJson(final Output out, final List<Finding> findings) throws IOException {
        Json.object(out, json -> {
            json.writeBooleanField("healthy", count(findings, Mark.FAIL) == 0);
            json.writeNumberField("warnings", count(findings, Mark.WARN));
            json.writeNumberField("failures", count(findings, Mark.FAIL));
            json.writeArrayFieldStart("checks");
            for (final Finding finding : findings) {
                json.writeStartObject();
                json.writeStringField("check", finding.check());
                json.writeStringField("mark", finding.mark().name().toLowerCase(Locale.ROOT));
                json.writeStringField("message", finding.text());
                json.writeStringField("remedy", finding.remedy().isEmpty() ? null : finding.remedy());
                json.writeObjectFieldStart("values");
                for (final Map.Entry<String, Long> value : new TreeMap<>(finding.values()).entrySet()) {
                    json.writeNumberField(value.getKey(), value.getValue());
                }
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
