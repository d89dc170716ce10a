package io.envcli.cli;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ProcessEnvironmentTest {
    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> shown(final ProcessEnvironment environment) {
        return environment.block().stream().map(it -> new String(it, StandardCharsets.UTF_8)).sorted().toList();
    }

    @Test
    void whatTheLauncherKeptComesBack() {
        final Map<String, String> environment = new TreeMap<>(Map.of("HOME", "/home", "LC_ALL", "C.UTF-8", "LC_CTYPE",
                "C.UTF-8", "ENV_CLI_KEPT_LC_ALL", "C", "root", "/checkout", "ENV_CLI_KEPT_root", "mine",
                "ENV_CLI_KEPT_JDK_JAVA_OPTIONS", "-Xmx1g"));
        assertEquals(List.of("HOME=/home", "JDK_JAVA_OPTIONS=-Xmx1g", "LC_ALL=C", "root=mine"),
                shown(ProcessEnvironment.inherited(environment)));
    }

    @Test
    void whatIsSetStaysUnlessItIsOverridden() {
        final ProcessEnvironment environment = ProcessEnvironment.inherited(Map.of("A", "here", "PATH", "/bin"));
        assertFalse(environment.add(utf8("A"), utf8("store"), false));
        assertTrue(environment.add(utf8("A"), utf8("here"), false));
        assertTrue(environment.add(utf8("B"), utf8(""), false));
        assertEquals(List.of("A=here", "B=", "PATH=/bin"), shown(environment));
        assertTrue(environment.add(utf8("A"), utf8("store"), true));
        assertEquals(List.of("A=store", "B=", "PATH=/bin"), shown(environment));
        assertEquals("/bin", environment.path("/usr/bin"));
        assertEquals("/usr/bin", ProcessEnvironment.empty().path("/usr/bin"));
    }
}
