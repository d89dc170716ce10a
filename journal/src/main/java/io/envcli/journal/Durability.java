package io.envcli.journal;

/** What a write survives once it is acknowledged. Every acknowledgement names its class. */
public enum Durability {
    /** Nothing: acknowledged before it is in the journal. */
    MEMORY,
    /** The end of the process, killed or not: it is in the operating system's page cache. */
    PROCESS,
    /** The failure of power: it is synced, directories included. */
    POWER
}
