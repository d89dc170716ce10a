package io.envcli.engine.internal.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Which boot of the machine this is. Pages written through a mapping survive the process but not the boot, unless they were
 * synced, so a view of another boot is not trusted.
 *
 * @param high first half.
 * @param low  second half.
 */
public record BootId(long high, long low) {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/random/boot_id");

    /**
     * The boot id of this machine.
     *
     * @return the kernel's; where it tells none, a random one, so that no view is trusted longer than this call's caller.
     */
    public static BootId current() {
        UUID id;
        try {
            id = UUID.fromString(Files.readString(KERNEL).strip());
        } catch (final IOException | IllegalArgumentException e) {
            id = UUID.randomUUID();
        }
        return new BootId(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
}
