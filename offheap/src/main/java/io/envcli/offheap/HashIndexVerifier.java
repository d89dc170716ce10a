package io.envcli.offheap;

import io.envcli.offheap.HashIndexReport.Code;
import io.envcli.offheap.HashIndexReport.Finding;

import java.util.ArrayList;
import java.util.List;

import static io.envcli.offheap.HashIndexDescriptor.*;

/** Walks a whole index file. Threading: one thread, for one walk; no writer at work. */
final class HashIndexVerifier {
    /** Damage beyond this is counted, not listed. */
    private static final int FINDINGS_LIMIT = 100;

    private final HashIndexWalk walk;
    private final List<Finding> findings = new ArrayList<>();
    private long damages;
    private long entries;
    private long environments;
    private long variables;
    private long versions;
    private long slots;

    HashIndexVerifier(final HashIndexWalk walk) {
        this.walk = walk;
    }

    HashIndexReport verify() {
        verifyHeader();
        verifyEntries();
        verifyBuckets();
        verifyEnvironments();
        verifyVersions();
        expect(entries, ENTRY_COUNT);
        expect(environments, ENVIRONMENT_COUNT);
        if (slots != environments + variables) {
            found(Code.COUNT, walk.bucketOffset(0));
        }
        return new HashIndexReport(entries, environments, variables, versions, List.copyOf(findings), damages);
    }

    private void found(final Code code, final long position) {
        if (damages++ < FINDINGS_LIMIT) {
            findings.add(new Finding(code, position));
        }
    }

    private void expect(final long count, final int offset) {
        if (count != walk.number(offset)) {
            found(Code.COUNT, offset);
        }
    }

    private void verifyHeader() {
        for (final int offset : new int[]{LAST_VERSION, SUPERSEDED, DIRTY, NEWEST_ENVIRONMENT, ENTRY_COUNT,
            ENVIRONMENT_COUNT, VARIABLE_COUNT, TRANSACTION_COUNT}) {
            if (walk.number(offset) < 0) {
                found(Code.HEADER, offset);
            }
        }
        final long check = HashIndexCheck.applied(walk.words.get(APPLIED_A), walk.words.get(APPLIED_B));
        if (check != walk.words.get(APPLIED_CHECK)) {
            found(Code.HEADER, APPLIED_A);
        }
    }

    private void verifyEntries() {
        final long count = Math.min(walk.number(ENTRY_COUNT), walk.geometry.entries());
        for (long entry = 1; entry <= count; entry++) {
            if (!walk.isIntact(entry)) {
                found(Code.ENTRY, walk.entryOffset(entry));
            }
        }
    }

    private void verifyBuckets() {
        for (long bucket = 0; bucket < walk.geometry.buckets(); bucket++) {
            final long header = walk.header(bucket, 1);
            final long bits = header >>> 32;
            if (header == 0 || (bits & SWING) != 0) {
                found(Code.BUCKET, walk.bucketOffset(bucket));
                continue;
            }
            for (int i = 1; i <= (int) (bits & COUNT_MASK); i++) {
                slots++;
                verifyChain(walk.words.get(walk.bucketOffset(bucket) + (long) i * Long.BYTES) >>> 32);
            }
        }
    }

    /** A variable's entries, from the newest on; an environment is a chain of one. */
    private void verifyChain(final long newest) {
        for (long entry = newest; walk.isIntact(entry); entry = walk.link(entry)) {
            entries++;
            if (walk.isIntact(newest) && (walk.nameHash(entry) != walk.nameHash(newest)
                    || walk.environment(entry) != walk.environment(newest))) {
                break;
            }
            if ((walk.flags(entry) & FIRST) != 0) {
                return;
            }
        }
        found(Code.CHAIN, newest < 1 || newest > walk.geometry.entries() ? 0 : walk.entryOffset(newest));
    }

    private void verifyEnvironments() {
        long environment = walk.number(NEWEST_ENVIRONMENT);
        while (environment > 0 && walk.isEnvironment(environment)) {
            environments++;
            verifyVariables(environment);
            environment = walk.link(environment);
        }
        if (environment != 0) {
            found(Code.CHAIN, environment > 0 && environment <= walk.geometry.entries()
                    ? walk.entryOffset(environment)
                    : NEWEST_ENVIRONMENT);
        }
    }

    private void verifyVariables(final long environment) {
        long count = 0;
        long first = walk.newestVariable(environment);
        while (first > 0 && walk.isIntact(first) && walk.environment(first) == environment
                && (walk.flags(first) & FIRST) != 0) {
            count++;
            if (walk.newest(first) < 0) {
                found(Code.CHAIN, walk.entryOffset(first));
            }
            first = walk.link(first);
        }
        variables += count;
        if (first != 0) {
            found(Code.CHAIN, walk.entryOffset(environment) + NEWEST_VARIABLE);
        }
        if (count != walk.variablesEver(environment)) {
            found(Code.COUNT, walk.entryOffset(environment) + VARIABLES_EVER);
        }
    }

    private void verifyVersions() {
        final long count = Math.min(walk.number(TRANSACTION_COUNT), walk.geometry.versions());
        long newest = 0;
        for (int ordinal = 1; ordinal <= count; ordinal++) {
            final long version = walk.version(ordinal);
            final boolean made = version > 0 && version != ABANDONED;
            if (version < 0 || (made && !walk.isCommitIntact(ordinal))) {
                found(Code.VERSION, walk.recordOffset(ordinal));
            }
            if (made) {
                versions++;
                newest = Math.max(newest, version);
            }
        }
        expect(newest, LAST_VERSION);
    }
}
