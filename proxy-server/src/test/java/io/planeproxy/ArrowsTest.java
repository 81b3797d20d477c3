package io.planeproxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Which module may know which. The picture of these arrows is in ARCHITECTURE.md. */
final class ArrowsTest {
    private static final String CORE = "io.planeproxy.core..";
    private static final String TLS = "io.planeproxy.tls..";
    private static final String SERVER = "io.planeproxy.server..";
    private static final String PROBE = "io.planeproxy.server.probe..";
    private static final String NGINX = "io.planeproxy.server.nginx..";
    private static final String LAUNCH = "io.planeproxy.launch..";

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.planeproxy");

    @Test
    void theEngineStandsAlone() {
        noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TLS, SERVER, LAUNCH)
                .allowEmptyShould(true)
                .check(PROGRAM);
    }

    @Test
    void certificatesStandAlone() {
        noClasses()
                .that()
                .resideInAPackage(TLS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CORE, SERVER, LAUNCH)
                .allowEmptyShould(true)
                .check(PROGRAM);
    }

    @Test
    void whatAsksFromOutsideSharesNothingWithWhatItAsks() {
        classes()
                .that()
                .resideInAPackage(PROBE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(PROBE, "java..", "javax.net.ssl..", "org.jspecify.annotations..")
                .check(PROGRAM);
    }

    @Test
    void whatImportsASiteKnowsTheSettingsAlone() {
        noClasses()
                .that()
                .resideInAPackage(NGINX)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CORE, TLS)
                .check(PROGRAM);
    }

    @Test
    void theLauncherKnowsOnlyWhatAnOldJavaHas() {
        classes()
                .that()
                .resideInAPackage(LAUNCH)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(LAUNCH, "java..", "org.jspecify.annotations..")
                .check(PROGRAM);
    }

    @Test
    void nobodyKnowsTheLauncher() {
        noClasses()
                .that()
                .resideOutsideOfPackage(LAUNCH)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(LAUNCH)
                .allowEmptyShould(true)
                .check(PROGRAM);
    }

    @Test
    void everyPackageIsCheckedForNull() {
        classes()
                .should(lieInAPackageMarkedForIt())
                .because("NullAway passes over a package whose package-info does not say @NullMarked")
                .check(PROGRAM);
    }

    private static ArchCondition<JavaClass> lieInAPackageMarkedForIt() {
        return ArchCondition.from(DescribedPredicate.describe(
                "lie in a package marked @NullMarked", type -> type.getPackage().isAnnotatedWith(NullMarked.class)));
    }
}
