package io.envcli.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A JVM without one of the flags is told which, before anything is made; or it works without. */
class JvmFlagsTest {
    private static final List<String> NEEDED = List.of("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED");
    private static final String FOR_SCANS = "--add-opens=java.base/sun.nio.fs=ALL-UNNAMED";

    @TempDir
    Path folder;

    /** {@return what an embedding application must and should give; the rest concerns the command line and the tests} */
    static List<String> flags() {
        return Child.java().stream().filter(flag -> flag.startsWith("--") && !flag.startsWith("--add-modules"))
                .filter(flag -> !flag.equals(FOR_SCANS)).toList();
    }

    private String start(final List<String> flags) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(Child.java().getFirst()));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ImportChild.class.getName(),
                folder.resolve("store").toString(), folder.resolve("key").toString(),
                Files.writeString(folder.resolve("in.env"), "A=1\n").toString()));
        final Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        return said;
    }

    @ParameterizedTest
    @MethodSource("flags")
    void withoutAFlagItWorksOrSaysWhichToAdd(final String left) throws Exception {
        final List<String> flags = new ArrayList<>(flags());
        flags.remove(left);
        final String said = start(flags);
        if (NEEDED.contains(left)) {
            assertTrue(said.contains("StoreException: the JVM was started without " + left + "; add that: java " + left
                    + " ..."), said);
            assertTrue(Files.notExists(folder.resolve("store")) && Files.notExists(folder.resolve("key")));
        } else {
            assertTrue(said.endsWith(ImportChild.ACKNOWLEDGED + "\n"), said);
        }
    }

    @Test
    void allThatAreMissingAreNamedAtOnce() throws Exception {
        final String all = String.join(" ", NEEDED);
        final String said = start(List.of());
        assertTrue(said.contains("the JVM was started without " + all + "; add that: java " + all + " ..."), said);
    }

    @Test
    void theReadmeListsThemAll() throws IOException {
        final String readme = Files.readString(Path.of("../README.md"));
        assertEquals(7, flags().size());
        flags().forEach(flag -> assertTrue(readme.contains(flag), flag));
    }
}
