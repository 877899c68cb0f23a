package io.bootgate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The table in docs/architecture.md, enforced. */
@AnalyzeClasses(packages = "io.bootgate", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule dependenciesPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("goal")
            .definedBy("io.bootgate.goal..")
            .layer("report")
            .definedBy("io.bootgate.report..")
            .layer("gate")
            .definedBy("io.bootgate.gate..")
            .layer("explain")
            .definedBy("io.bootgate.explain..")
            .layer("autopsy")
            .definedBy("io.bootgate.autopsy..")
            .layer("watch")
            .definedBy("io.bootgate.watch..")
            .layer("image")
            .definedBy("io.bootgate.image..")
            .layer("engine")
            .definedBy("io.bootgate.engine..")
            .layer("server")
            .definedBy("io.bootgate.server..")
            .layer("cause")
            .definedBy("io.bootgate.rule.cause..")
            .layer("lint")
            .definedBy("io.bootgate.rule.lint..")
            .layer("rule")
            .definedBy("io.bootgate.rule")
            .layer("deployment")
            .definedBy("io.bootgate.deployment..")
            .layer("source")
            .definedBy("io.bootgate.source..")
            .layer("resource")
            .definedBy("io.bootgate.resource..")
            .layer("environment")
            .definedBy("io.bootgate.environment..")
            .layer("judge")
            .definedBy("io.bootgate.judge..")
            .layer("timeline")
            .definedBy("io.bootgate.timeline..")
            .layer("distribution")
            .definedBy("io.bootgate.distribution..")
            .whereLayer("goal")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("report")
            .mayOnlyAccessLayers(
                    "gate",
                    "explain",
                    "autopsy",
                    "lint",
                    "cause",
                    "rule",
                    "judge",
                    "timeline",
                    "deployment",
                    "resource")
            .whereLayer("explain")
            .mayOnlyAccessLayers("gate", "server", "cause", "rule", "judge", "timeline")
            .whereLayer("gate")
            .mayOnlyAccessLayers(
                    "autopsy",
                    "watch",
                    "image",
                    "engine",
                    "server",
                    "lint",
                    "cause",
                    "rule",
                    "environment",
                    "resource",
                    "deployment",
                    "judge",
                    "timeline")
            .whereLayer("autopsy")
            .mayOnlyAccessLayers("watch", "engine", "cause", "rule", "judge", "timeline")
            .whereLayer("watch")
            .mayOnlyAccessLayers("engine", "server", "judge", "timeline")
            .whereLayer("image")
            .mayOnlyAccessLayers("source")
            .whereLayer("engine")
            .mayNotAccessAnyLayer()
            .whereLayer("server")
            .mayOnlyAccessLayers("source", "timeline")
            .whereLayer("lint")
            .mayOnlyAccessLayers("cause", "rule", "server", "source", "deployment", "distribution")
            .whereLayer("source")
            .mayNotAccessAnyLayer()
            .whereLayer("cause")
            .mayOnlyAccessLayers("rule", "resource", "judge", "timeline", "distribution")
            .whereLayer("distribution")
            .mayNotAccessAnyLayer()
            .whereLayer("rule")
            .mayOnlyAccessLayers("judge", "timeline")
            .whereLayer("deployment")
            .mayNotAccessAnyLayer()
            .whereLayer("resource")
            .mayNotAccessAnyLayer()
            .whereLayer("environment")
            .mayOnlyAccessLayers("deployment")
            .whereLayer("judge")
            .mayOnlyAccessLayers("timeline")
            .whereLayer("timeline")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.bootgate.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theCoreIsPure = classes()
            .that()
            .resideInAnyPackage(
                    "..timeline..", "..judge..", "..server..", "..rule..", "..environment..", "..resource..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.util",
                    "java.util.function..",
                    "java.util.regex..",
                    "java.util.stream..",
                    "java.time..",
                    "org.jspecify..",
                    "io.bootgate..");

    @ArchTest
    static final ArchRule descriptorsAreReadPurely = classes()
            .that()
            .resideInAPackage("..deployment..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "java.lang..",
                            "java.math",
                            "java.util",
                            "java.util.function..",
                            "java.util.regex..",
                            "java.util.stream..",
                            "java.time..",
                            "org.jspecify..",
                            "org.snakeyaml..",
                            "com.fasterxml.jackson.core..",
                            "io.bootgate..")
                    .or(belongToAnyOf(IOException.class, StandardCharsets.class, Charset.class)))
            .because("the files that a descriptor names are handed in by the goals");

    @ArchTest
    static final ArchRule distributionsAreKnownFromATableOfTheirOwn = classes()
            .that()
            .resideInAPackage("..distribution..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "java.lang..",
                            "java.util",
                            "java.util.regex..",
                            "java.util.stream..",
                            "org.jspecify..",
                            "org.snakeyaml..",
                            "io.bootgate..")
                    .or(belongToAnyOf(IOException.class, InputStream.class, UncheckedIOException.class)));

    @ArchTest
    static final ArchRule sourcesAreReadPurely = classes()
            .that()
            .resideInAPackage("..source..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "java.lang..",
                            "java.math",
                            "java.nio.charset",
                            "java.util",
                            "java.util.function..",
                            "java.util.regex..",
                            "java.util.stream..",
                            "org.jspecify..",
                            "com.fasterxml.jackson..",
                            "io.bootgate..")
                    .or(belongToAnyOf(ByteBuffer.class, CharBuffer.class)))
            .because("the files of a project are handed in by the goals");

    @ArchTest
    static final ArchRule logsAreExplainedPurely = classes()
            .that()
            .resideInAPackage("..explain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.util",
                    "java.util.function..",
                    "java.util.regex..",
                    "java.util.stream..",
                    "java.time..",
                    "org.jspecify..",
                    "com.fasterxml.jackson..",
                    "org.snakeyaml..",
                    "io.bootgate..")
            .because("the lines of a log are handed in by the goal");

    @ArchTest
    static final ArchRule theCoreHasNoClockAndNoThread = noClasses()
            .that()
            .resideInAnyPackage(
                    "..timeline..",
                    "..judge..",
                    "..server..",
                    "..rule..",
                    "..deployment..",
                    "..explain..",
                    "..source..",
                    "..environment..",
                    "..resource..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, System.class, Process.class, ProcessBuilder.class, java.time.Clock.class)
            .because("time arrives as an event, and a recorded timeline must replay to the same verdict");

    @ArchTest
    static final ArchRule onlyGoalsKnowMaven = noClasses()
            .that()
            .resideOutsideOfPackage("io.bootgate.goal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.maven..");

    @ArchTest
    static final ArchRule dockerJavaStaysInItsAdapters = noClasses()
            .that(resideInAPackage("io.bootgate..")
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage(
                            "io.bootgate.engine.docker..", "io.bootgate.image.docker..", "io.bootgate.goal.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.dockerjava..");

    @ArchTest
    static final ArchRule jibStaysInItsAdapter = noClasses()
            .that()
            .resideOutsideOfPackage("io.bootgate.image.jib..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.cloud.tools.jib..");
}
