package io.envcli.cli;

import io.envcli.engine.DiskReport;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Checks the disk below the store: its file system, its free space, and how long it takes to sync. */
final class DiskChecks {
    private static final long FULL = 64L << 20;
    private static final long NEARLY_FULL = 1L << 30;
    private static final double SLOW_MS = 25;
    /** No disk writes in less: what says so has a memory of its own, or none of it. */
    private static final double SUSPICIOUS_MS = 0.005;
    private static final List<String> MEMORY = List.of("tmpfs", "ramfs");
    private static final List<String> REMOTE = List.of("nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "glusterfs",
            "fuse", "fuse.sshfs", "virtiofs", "vboxsf");

    private DiskChecks() {}

    /**
     * Examines it.
     *
     * @param store    its folder, absolute; it may not exist.
     * @param findings to add to.
     */
    static void examine(final Path store, final List<Finding> findings) {
        final Path folder = FolderChecks.existing(store);
        if (folder == null) {
            return; // Then the folder itself is a failure already.
        }
        try {
            final FileStore disk = Files.getFileStore(folder);
            findings.add(fileSystem(disk));
            findings.add(space(disk));
            final Optional<Path> place = place(store, disk);
            if (place.isEmpty()) {
                findings.add(Finding.warn("sync", "not measured: no folder on the store's file system is yours to write"
                        + " to, beside the store", "run it as the owner of the store"));
                return;
            }
            final DiskReport report = DiskReport.of(place.get());
            findings.add(allocation(report));
            findings.add(sync(report, MEMORY.contains(disk.type())));
        } catch (final IOException e) {
            findings.add(Finding.fail("disk", folder + ": " + e.getMessage(),
                    "check that it can be written, or name another folder with --store"));
        }
    }

    /** A file of ours in the store's own folder would make it no store, for as long as it is there. */
    private static Optional<Path> place(final Path store, final FileStore disk) throws IOException {
        final Path parent = FolderChecks.existing(store.getParent() == null ? store : store.getParent());
        for (final Path folder : parent == null ? List.<Path>of() : List.of(parent, store.resolve("journal"))) {
            if (Files.isWritable(folder) && Files.isDirectory(folder) && Files.getFileStore(folder).equals(disk)) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static Finding fileSystem(final FileStore disk) {
        final String type = disk.type();
        if (disk.isReadOnly()) {
            return Finding.warn("file-system", type + ", read-only",
                    "nothing can be written here; mount it for writing");
        }
        if (MEMORY.contains(type)) {
            return Finding.warn("file-system", type + ": in memory", "nothing here survives a power cut, whatever the"
                    + " class of durability; put the store on a disk with --store");
        }
        return REMOTE.contains(type)
                ? Finding.warn("file-system", type + ": of another machine",
                        "locks and mapped files may not hold there;"
                                + " put the store on a local disk with --store")
                : Finding.ok("file-system", type);
    }

    private static Finding space(final FileStore disk) throws IOException {
        final long usable = disk.getUsableSpace();
        final String text = Amounts.bytes(usable) + " free";
        final String remedy = "the journal only grows; free some, or move the store";
        final Finding finding = usable < FULL ? Finding.fail("disk-space", text, remedy)
                : usable < NEARLY_FULL ? Finding.warn("disk-space", text, remedy) : Finding.ok("disk-space", text);
        return finding.with(Map.of("free_bytes", usable));
    }

    private static Finding allocation(final DiskReport report) {
        return report.allocates() ? Finding.ok("allocation", "files get their blocks ahead of need (posix_fallocate)")
                : Finding.warn("allocation", "no posix_fallocate here; zeros are written instead",
                        "imports write everything twice; a local ext4, xfs or btrfs has it");
    }

    private static Finding sync(final DiskReport report, final boolean inMemory) {
        final double milliseconds = report.medianSyncNanos() / 1e6;
        final String text = String.format(Locale.ROOT, "%.2f ms for 4 kB", milliseconds);
        final Finding finding;
        if (milliseconds > SLOW_MS) {
            finding = Finding.warn("sync", text,
                    "each put of class power waits that long; a disk with a protected cache"
                            + " is a hundred times as fast, --durability process does not wait");
        } else if (milliseconds < SUSPICIOUS_MS && !inMemory) {
            finding = Finding.warn("sync", text + ", faster than a disk can be", "the disk may not do as it is told:"
                    + " check the cache mode of the virtual machine");
        } else {
            finding = Finding.ok("sync", text);
        }
        return finding.with(Map.of("nanoseconds", report.medianSyncNanos()));
    }
}
