package io.envcli.affinity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A root of a file system with the kernel's files that a test wants. */
record FakeRoot(Path path) {
    FakeRoot file(final String name, final String content) throws IOException {
        final Path file = path.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
        return this;
    }

    FakeRoot mask(final String list) throws IOException {
        return file("proc/self/status", "Name:\tjava\nCpus_allowed:\tff\nCpus_allowed_list:\t" + list + "\n");
    }

    FakeRoot group(final String lines) throws IOException {
        return file("proc/self/cgroup", lines);
    }
}
