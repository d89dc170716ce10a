package io.envcli.offheap;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Words of a mapped index file. Threading: any number of threads read; the writer stores through {@link #address()}. */
final class HashIndexMapping extends HashIndexWords {
    private final Region region;
    private final long address;

    private HashIndexMapping(final Region region) {
        this.region = region;
        this.address = region.address();
    }

    static HashIndexMapping forReading(final Path file, final long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new HashIndexMapping(Region.map(Owner.INDEX, channel, MapMode.READ_ONLY, 0, length));
        }
    }

    /** Maps a file whose blocks are allocated. */
    static HashIndexMapping forWriting(final Path file, final long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new HashIndexMapping(Region.map(Owner.INDEX, channel, MapMode.READ_WRITE, 0, length));
        }
    }

    @Override
    long get(final long offset) {
        return LittleEndian.getLongAcquire(address + offset);
    }

    /** {@return absolute address of the file's first byte} */
    long address() {
        return address;
    }

    @Override
    void refresh() {
        // A mapping is never behind the file.
    }

    @Override
    public void close() {
        region.close();
    }
}
