package io.envcli.cli;

import io.envcli.engine.RepairReport;
import io.envcli.engine.StoreRepair;
import io.envcli.engine.StoreVerifier;
import io.envcli.engine.VerifyReport;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Checks the whole store for damage. */
final class VerifyCommand implements Command {
    private static final String REPAIR = "--repair";
    private static final String PARTIAL = "--partial";
    private static final String ACCEPT_OLDER = "--accept-older";

    @Override
    public Manual manual() {
        return new Manual("", """
                env-cli verify
                env-cli verify --store /backup/store --json
                env-cli verify --repair /data/saved
                """, """
                Reads the whole journal, checks every frame, block and commit, and compares the view with it. Changes
                nothing. Exits 1 if anything is wrong, and says in which file and where; also if the whole store was put
                back to an older state than it once had here. Where that was meant, after copying an older one here for
                example, --accept-older has the store, if it is intact, taken as it is from now on.

                With --repair it saves what is whole into a new store, of the same key, and lists what it could not
                save; the old one is only read. Every version that is whole is saved under its number, also behind
                damage; one that is not stays in the log as an empty one, so that what it set is missing and what it
                replaced is back. Exits 1 if something could not be saved. When you have moved the new store to the
                place of the old one, run verify --accept-older there once.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareStore(spec);
        CommonOptions.value(spec, REPAIR, "DIR",
                "save what is whole into a new store there: no folder, or an empty one");
        CommonOptions.flag(spec, PARTIAL, "with --repair: save what is whole of damaged versions, too");
        CommonOptions.flag(spec, ACCEPT_OLDER, "take a store that was put back to an older state as it is");
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        call.noArguments();
        final Optional<String> target = call.value(REPAIR);
        if (target.isPresent()) {
            return repair(call, Path.of(target.get()));
        }
        if (call.has(PARTIAL)) {
            throw call.misuse(PARTIAL + " says what " + REPAIR + " saves; name a folder with that");
        }
        final VerifyReport report = call.has(ACCEPT_OLDER) ? StoreVerifier.acceptOlder(call.readConfig())
                : StoreVerifier.verify(call.readConfig());
        if (call.json()) {
            printJson(call.out(), report);
        } else {
            print(call, report);
        }
        return report.intact() ? ExitStatus.DONE : ExitStatus.NO;
    }

    private static ExitStatus repair(final Call call, final Path target) throws IOException {
        final RepairReport report = StoreRepair.repair(call.readConfig(), target, call.has(PARTIAL));
        call.out().changeMade();
        if (call.json()) {
            RepairOutput.printJson(call.out(), report);
        } else {
            RepairOutput.print(call.out(), report, target);
        }
        return report.isComplete() ? ExitStatus.DONE : ExitStatus.NO;
    }

    private static void print(final Call call, final VerifyReport report) {
        final Output out = call.out();
        for (final String finding : report.findings()) {
            out.println(Printable.line(finding));
        }
        final String read = Amounts.count(report.versions(), "version", "versions") + ", "
                + Amounts.count(report.changes(), "change", "changes") + " in "
                + Amounts.count(report.frames(), "frame", "frames") + ", " + Amounts.bytes(report.bytes()) + ", "
                + Amounts.duration(report.nanos() / 1e9);
        if (report.intact()) {
            out.println("intact: " + read);
        } else {
            out.println(Amounts.count(report.findings().size(), "finding", "findings") + " in " + read);
            out.resultDone();
            out.remark("keep a copy of " + call.store() + " before anything else writes to it; 'env-cli verify --repair"
                    + " NEW_FOLDER' saves what is whole of it");
        }
    }

    private static void printJson(final Output out, final VerifyReport report) throws IOException {
        Json.object(out, json -> {
            json.writeBooleanField("intact", report.intact());
            json.writeNumberField("versions", report.versions());
            json.writeNumberField("changes", report.changes());
            json.writeNumberField("frames", report.frames());
            json.writeNumberField("segments", report.segments());
            json.writeNumberField("bytes", report.bytes());
            json.writeNumberField("view_entries", report.entries());
            json.writeNumberField("seconds", report.nanos() / 1e9);
            json.writeArrayFieldStart("findings");
            for (final String finding : report.findings()) {
                json.writeString(finding);
            }
            json.writeEndArray();
        });
    }
}
