package io.envcli.architecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

/** The arrows between modules, and where third parties may be seen. */
@AnalyzeClasses(packages = "io.envcli", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule ARROWS = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("offheap").definedBy("io.envcli.offheap..")
            .layer("simd").definedBy("io.envcli.simd..")
            .layer("affinity").definedBy("io.envcli.affinity..")
            .layer("ringbuffers").definedBy("io.envcli.ringbuffers..")
            .layer("journal").definedBy("io.envcli.journal..")
            .layer("engine").definedBy("io.envcli.engine..")
            .layer("scan").definedBy("io.envcli.scan..")
            .layer("cli").definedBy("io.envcli.cli..")
            .layer("perf").definedBy("io.envcli.perf..")
            .whereLayer("perf").mayNotBeAccessedByAnyLayer()
            .whereLayer("cli").mayOnlyBeAccessedByLayers("perf")
            .whereLayer("scan").mayOnlyBeAccessedByLayers("cli", "perf")
            .whereLayer("engine").mayOnlyBeAccessedByLayers("scan", "cli", "perf")
            .whereLayer("journal").mayOnlyBeAccessedByLayers("engine", "perf")
            .whereLayer("ringbuffers").mayOnlyBeAccessedByLayers("engine", "perf")
            .whereLayer("affinity").mayOnlyBeAccessedByLayers("ringbuffers", "engine", "perf")
            .whereLayer("simd").mayOnlyBeAccessedByLayers("engine", "scan", "perf")
            .whereLayer("offheap").mayOnlyBeAccessedByLayers("ringbuffers", "journal", "engine", "scan", "perf");

    @ArchTest
    static final ArchRule CHRONICLE_STAYS_IN_JOURNAL = noClasses().that()
            .resideOutsideOfPackage("io.envcli.journal..").should().dependOnClassesThat()
            .resideInAnyPackage("net.openhft.chronicle..");

    @ArchTest
    static final ArchRule AFFINITY_STAYS_IN_AFFINITY = noClasses().that()
            .resideOutsideOfPackage("io.envcli.affinity..").should().dependOnClassesThat()
            .resideInAnyPackage("net.openhft.affinity..");

    @ArchTest
    static final ArchRule DISRUPTOR_STAYS_IN_RINGBUFFERS = noClasses().that()
            .resideOutsideOfPackage("io.envcli.ringbuffers..").should().dependOnClassesThat()
            .resideInAnyPackage("com.lmax..");

    @ArchTest
    static final ArchRule VECTORS_STAY_IN_SIMD = noClasses().that()
            .resideOutsideOfPackage("io.envcli.simd..").should().dependOnClassesThat()
            .resideInAnyPackage("jdk.incubator.vector..");

    @ArchTest
    static final ArchRule INTERNALS_STAY_IN_THEIR_MODULE = classes().that()
            .resideInAPackage("io.envcli.engine.internal..").should().onlyBeAccessed()
            .byAnyPackage("io.envcli.engine..", "io.envcli.perf..");

    @ArchTest
    static final ArchRule INTERNALS_OF_SCAN_STAY_THERE = classes().that()
            .resideInAPackage("io.envcli.scan.internal..").should().onlyBeAccessed()
            .byAnyPackage("io.envcli.scan..", "io.envcli.perf..");

    @ArchTest
    static final ArchRule SIMD_USES_THE_JDK_ALONE = classes().that().resideInAPackage("io.envcli.simd..")
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage("io.envcli.simd..", "java..", "jdk..", "org.jspecify..");
}
