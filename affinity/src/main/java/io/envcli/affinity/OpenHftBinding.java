package io.envcli.affinity;

import net.openhft.affinity.Affinity;

import java.util.BitSet;

/** The current thread's CPU mask, through OpenHFT affinity. */
final class OpenHftBinding implements Pinning.Binding {
    @Override
    public void bind(final BitSet cpus) {
        Affinity.setAffinity(cpus);
    }

    @Override
    public BitSet read() {
        return Affinity.getAffinity();
    }
}
