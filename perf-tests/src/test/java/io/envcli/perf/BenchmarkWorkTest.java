package io.envcli.perf;

import io.envcli.offheap.testing.LeakCheck;
import io.envcli.perf.engine.ParserBenchmark;
import io.envcli.perf.engine.TextParserBenchmark;
import io.envcli.perf.journal.AppendBenchmark;
import io.envcli.perf.offheap.IndexBenchmark;
import io.envcli.perf.ringbuffers.HandOffBenchmark;
import io.envcli.perf.simd.HashBenchmark;
import io.envcli.perf.simd.NameHashBenchmark;
import io.envcli.perf.simd.TextBenchmark;
import io.envcli.perf.simd.Utf8Benchmark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/**
 * What the benchmarks time is right: their set-up compares each result with its twin's, and throws if they differ. Nothing
 * is timed here.
 */
@ExtendWith(LeakCheck.class)
class BenchmarkWorkTest {
    private static final OutputFormat SILENT = OutputFormatFactory.createFormatInstance(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), VerboseMode.SILENT);

    @ParameterizedTest
    @ValueSource(strings = {"naive", "scalar", "vector"})
    void textBitmaps(final String kernel) {
        final TextBenchmark benchmark = new TextBenchmark();
        benchmark.kernel = kernel;
        benchmark.setUp();
        assertNotEquals(0, benchmark.bitmaps());
        benchmark.tearDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "scalar", "vector"})
    void utf8(final String kernel) {
        final Utf8Benchmark benchmark = new Utf8Benchmark();
        benchmark.kernel = kernel;
        benchmark.setUp();
        assertEquals(-1, benchmark.firstInvalid());
        benchmark.tearDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mix", "64", "4000"})
    void valueHashes(final String inputs) {
        final HashBenchmark benchmark = new HashBenchmark();
        benchmark.inputs = inputs;
        benchmark.setUp();
        assertEquals(benchmark.scalar(), benchmark.lanes());
        benchmark.tearDown();
    }

    @Test
    void nameHashes() throws GeneralSecurityException {
        final NameHashBenchmark benchmark = new NameHashBenchmark();
        benchmark.setUp();
        assertNotEquals(0, benchmark.sipHash());
        assertEquals(32, benchmark.jdkHmac().length);
        benchmark.tearDown();
    }

    @Test
    void parser() throws IOException {
        final ParserBenchmark benchmark = new ParserBenchmark();
        benchmark.setUp();
        assertEquals(benchmark.naive(), benchmark.scalarKernels());
        assertEquals(benchmark.naive(), benchmark.vectorKernels());
        benchmark.tearDown();
    }

    @Test
    void textParser() throws IOException {
        final TextParserBenchmark benchmark = new TextParserBenchmark();
        benchmark.names = 4096;
        benchmark.setUp();
        assertEquals(0, benchmark.textParser());
        assertEquals(benchmark.rows(), benchmark.heapSet());
        benchmark.tearDown();
    }

    @Test
    void index() throws IOException {
        final IndexBenchmark benchmark = new IndexBenchmark();
        benchmark.setUp();
        benchmark.empty();
        assertEquals(benchmark.heapMapPut(), benchmark.applyRows());
        benchmark.discard();
        benchmark.empty();
        assertEquals(benchmark.heapMapPut(), benchmark.upsert());
        benchmark.discard();
        assertEquals(benchmark.heapMapGet(), benchmark.find());
        benchmark.tearDown();
    }

    @Test
    void journal() throws IOException {
        final AppendBenchmark benchmark = new AppendBenchmark();
        benchmark.setUp();
        benchmark.open();
        assertEquals(1, benchmark.append());
        assertNotEquals(0, benchmark.plainWrite());
        benchmark.discard();
        benchmark.tearDown();
    }

    @Test
    void handOff() {
        final HandOffBenchmark benchmark = new HandOffBenchmark();
        benchmark.setUp();
        assertEquals(benchmark.blockingQueue(), benchmark.slabRing());
        benchmark.tearDown();
    }

    @Test
    void noBenchmarkIsLeftOut() {
        final Set<String> classes = new TreeSet<>();
        for (final BenchmarkListEntry entry : BenchmarkList.defaultList().getAll(SILENT, List.of())) {
            classes.add(entry.getUserClassQName().replaceAll(".*\\.", ""));
        }
        assertEquals(
                Set.of("AppendBenchmark", "HandOffBenchmark", "HashBenchmark", "IndexBenchmark", "NameHashBenchmark",
                        "ParserBenchmark", "TextBenchmark", "TextParserBenchmark", "Utf8Benchmark"),
                classes);
    }
}
