package io.envcli.engine.internal.pipeline;

import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import io.envcli.ringbuffers.Stage;
import io.envcli.simd.Blake3Lanes;
import io.envcli.simd.SipHash;
import io.envcli.simd.SipHashLanes;

/** Fills in the two keyed hashes of each row: the fingerprint of its value, and the hash of its name for the view. */
final class FingerprintStage implements Stage {
    private final Blake3Lanes fingerprints;
    private final SipHashLanes names;

    FingerprintStage(final Blake3Lanes fingerprints, final SipHash names) {
        this.fingerprints = fingerprints;
        this.names = new SipHashLanes(names);
    }

    @Override
    public String name() {
        return "fingerprint";
    }

    @Override
    public void onSlab(final Slab slab, final long sequence) {
        final VariableTable table = slab.table();
        final long address = slab.address();
        final int rows = slab.rowCount();
        for (int row = 0; row < rows; row++) {
            names.add(address + table.nameOffset(row), table.nameLength(row), table.nameHashAddress(row));
            fingerprints.add(address + table.valueOffset(row), table.valueLength(row), table.fingerprintAddress(row));
        }
        names.flush();
        fingerprints.flush();
    }

    @Override
    public void onClose() {
        fingerprints.close();
    }
}
