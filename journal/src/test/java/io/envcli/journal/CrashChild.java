package io.envcli.journal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A writer to be killed: appends transactions for ever and says on standard output which versions are acknowledged. */
final class CrashChild {
    private CrashChild() {}

    public static void main(final String[] arguments) throws IOException {
        final Path store = Path.of(arguments[0]);
        final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            out.println("pid " + ProcessHandle.current().pid());
            final long open = journal.writer().nextTransaction();
            for (int i = 0; i < 1_000_000; i++) {
                if (i % 3 == 0) {
                    journal.frame(open, "import", 300);
                }
                journal.put("put", 1 + i % 50);
                out.println(journal.writer().lastVersion());
            }
        }
    }
}
