package io.concordat.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "io.concordat", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] FORMATS = {"io.concordat.avro..", "io.concordat.json..", "io.concordat.protobuf.."};
    private static final String[] HTTP = {"io.vertx..", "java.net.http..", "com.sun.net.httpserver.."};
    private static final String[] KAFKA = {"org.apache.kafka..", "kafka.."};
    private static final String[] SQL = {"java.sql..", "org.sqlite.."};

    @ArchTest
    static final ArchRule api_dependsOnNothingOfOurs = noClasses()
            .that()
            .resideInAPackage("io.concordat.api..")
            .should()
            .dependOnClassesThat(ours().and(outside("io.concordat.api..")));

    @ArchTest
    static final ArchRule formats_dependOnApiOnly = onlyApi(FORMATS);

    @ArchTest
    static final ArchRule engine_dependsOnApiOnly = onlyApi("io.concordat.engine..");

    @ArchTest
    static final ArchRule client_dependsOnApiOnly = onlyApi("io.concordat.client..");

    @ArchTest
    static final ArchRule serdes_dependOnApiOnly = onlyApi("io.concordat.serdes..");

    @ArchTest
    static final ArchRule engine_knowsNoHttpKafkaSqlOrFormatLibrary = noClasses()
            .that()
            .resideInAPackage("io.concordat.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(concat(
                    HTTP, KAFKA, SQL, new String[] {"org.apache.avro..", "com.google.protobuf..", "com.networknt.."}));

    @ArchTest
    static final ArchRule serdes_knowNoKafka = noClasses()
            .that()
            .resideInAPackage("io.concordat.serdes..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(KAFKA);

    @ArchTest
    static final ArchRule streams_areSeenByTheirHandlerOnly = noClasses()
            .that()
            .resideOutsideOfPackage("io.concordat.kafka.streams..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule drivers_areSeenByTheirLogsOnly = noClasses()
            .that()
            .resideOutsideOfPackage("io.concordat.log..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SQL);

    @ArchTest
    static final ArchRule vertx_isSeenByTheServerOnly = noClasses()
            .that()
            .resideOutsideOfPackage("io.concordat.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule broker_isSeenByDevOnly = noClasses()
            .that()
            .resideOutsideOfPackage("io.concordat.dev..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kafka..", "scala..", "org.apache.kafka.server..", "org.apache.kafka.metadata..");

    @ArchTest
    static final ArchRule packages_haveNoCycles =
            slices().matching("io.concordat.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule names_sayWhatAThingIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils");

    @ArchTest
    static final ArchRule publicSignatures_leakNothingPackagePrivate =
            classes().that(areSeenFromOutside()).should(leakNothing());

    @ArchTest
    static final ArchRule libraries_doNotPrint = noClasses()
            .that()
            .resideOutsideOfPackages("io.concordat.cli..", "io.concordat.benchmarks..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static void packages_areNullMarked(JavaClasses classes) {
        List<String> unmarked = classes.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(javaPackage -> !javaPackage.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .toList();

        assertThat(unmarked).isEmpty();
    }

    /** A test that is skipped proves nothing, so none may be able to. */
    @ArchTest
    static void tests_cannotBeSkipped(JavaClasses published) throws IOException {
        ArchRule rule = noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "org\\.junit\\.jupiter\\.api\\.(Disabled|Assumptions|condition\\..*)|org\\.assertj.*Assumptions");

        rule.check(new ClassFileImporter().importPaths(testClassFolders()));
    }

    private static List<Path> testClassFolders() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> modules = Files.list(root)) {
            List<Path> folders = modules.map(module -> module.resolve("target/test-classes"))
                    .filter(Files::isDirectory)
                    .toList();
            assertThat(folders).as("compiled tests below " + root).hasSizeGreaterThan(3);
            return folders;
        }
    }

    private static ArchRule onlyApi(String... packages) {
        return classes()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(ours())
                        .or(JavaClass.Predicates.resideInAPackage("io.concordat.api.."))
                        .or(JavaClass.Predicates.resideInAnyPackage(packages)))
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> ours() {
        return JavaClass.Predicates.resideInAPackage("io.concordat..");
    }

    private static DescribedPredicate<JavaClass> outside(String packages) {
        return JavaClass.Predicates.resideOutsideOfPackage(packages);
    }

    private static String[] concat(String[]... groups) {
        return Stream.of(groups).flatMap(Stream::of).toArray(String[]::new);
    }

    /** Public, and not within a type that is not. */
    private static DescribedPredicate<JavaClass> areSeenFromOutside() {
        return DescribedPredicate.describe("are seen from outside", type -> {
            Optional<JavaClass> around = Optional.of(type);
            while (around.isPresent()) {
                if (!around.get().getModifiers().contains(JavaModifier.PUBLIC)) {
                    return false;
                }
                around = around.get().getEnclosingClass();
            }
            return true;
        });
    }

    private static ArchCondition<JavaClass> leakNothing() {
        return new ArchCondition<>("have public methods that name public types only") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaMethod method : type.getMethods()) {
                    if (!method.getModifiers().contains(JavaModifier.PUBLIC)) {
                        continue;
                    }
                    Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                            .map(JavaClass::getBaseComponentType)
                            .filter(used -> used.getPackageName().startsWith("io.concordat"))
                            .filter(used -> !used.getModifiers().contains(JavaModifier.PUBLIC))
                            .forEach(used -> events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " names " + used.getName())));
                }
            }
        };
    }
}
