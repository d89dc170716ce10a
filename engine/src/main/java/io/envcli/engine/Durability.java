package io.envcli.engine;

import java.util.Locale;

/** What a write survives once it is acknowledged. Every acknowledgement names its class. */
public enum Durability {
    /** Nothing: acknowledged when it is in the ring, journaled as usual a moment later. */
    MEMORY,
    /** The end of the process, killed or not: it is in the operating system's page cache. */
    PROCESS,
    /** The failure of power: it is synced, directories included. */
    POWER;

    /** {@return the class's name as the command line writes it: {@code memory}, {@code process} or {@code power}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The class of a label.
     *
     * @param label {@code memory}, {@code process} or {@code power}.
     * @return the class.
     * @throws IllegalArgumentException if there is no such class.
     */
    public static Durability fromLabel(final String label) {
        for (final Durability durability : values()) {
            if (durability.label().equals(label)) {
                return durability;
            }
        }
        throw new IllegalArgumentException("durability=" + label + " must be memory, process or power");
    }
}
