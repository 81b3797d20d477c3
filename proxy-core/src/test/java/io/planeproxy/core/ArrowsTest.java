package io.planeproxy.core;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.HalfClose;
import io.planeproxy.core.relay.TurnFlush;
import org.junit.jupiter.api.Test;

/** Who may know whom inside the engine. The picture of these arrows is in ARCHITECTURE.md. */
final class ArrowsTest {
    private static final String CORE = "io.planeproxy.core.";
    private static final String[] PURE = {
        CORE + "cause..", CORE + "http..", CORE + "forward..", CORE + "route..", CORE + "exchange.."
    };

    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.planeproxy.core");

    @Test
    void theFunctionalCoreKnowsTheJdkAndItselfAlone() {
        classes()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(PURE)
                        .or(JavaClass.Predicates.resideInAnyPackage("java..", "org.jspecify.annotations..")))
                .allowEmptyShould(true)
                .check(ENGINE);
    }

    @Test
    void theFunctionalCoreNeverAsksTheClock() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .accessTargetWhere(readingTheClock())
                .because("time comes in as an argument")
                .allowEmptyShould(true)
                .check(ENGINE);
    }

    private static DescribedPredicate<JavaAccess<?>> readingTheClock() {
        DescribedPredicate<JavaAccess<?>> system = target(owner(nameMatching("java\\.lang\\.System")))
                .and(target(nameMatching("currentTimeMillis|nanoTime")));
        DescribedPredicate<JavaAccess<?>> time =
                target(owner(nameMatching("java\\.time\\..*"))).and(target(nameMatching("now|system.*|tick.*")));
        return system.or(time).as("read the clock");
    }

    @Test
    void whatIsCalledBackIsCalledBackThroughCallbacks() {
        DescribedPredicate<JavaAccess<?>> tasks = target(
                        owner(JavaClass.Predicates.assignableTo(EventExecutorGroup.class)))
                .and(target(nameMatching("execute|submit|schedule.*")));
        DescribedPredicate<JavaAccess<?>> futures = target(owner(JavaClass.Predicates.assignableTo(Future.class)))
                .and(target(nameMatching("addListeners?")));
        noClasses()
                .that()
                .doNotBelongToAnyOf(Callbacks.class, TurnFlush.class, HalfClose.class)
                .and()
                .doNotHaveSimpleName("TunnelSide")
                .should()
                .accessTargetWhere(tasks.or(futures).as("have Netty call back"))
                .because("what such a call throws must count as a fault of ours; those named only flush, or only close")
                .check(ENGINE);
    }

    @Test
    void packagesOfTheEngineFormNoCycle() {
        slices().matching("io.planeproxy.core.(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(ENGINE);
    }

    @Test
    void neitherTheExchangeNorTheRelayKnowsAVersionOfHttpOnTheWire() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE + "exchange..", CORE + "relay..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CORE + "h1..", "io.netty.handler.codec.http..")
                .allowEmptyShould(true)
                .check(ENGINE);
    }

    @Test
    void theEngineKnowsNoTlsLibraryNoConfigurationFileAndNoCommandLine() {
        noClasses()
                .that()
                .resideInAPackage("io.planeproxy.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.internal.tcnative..", "org.bouncycastle..", "com.typesafe..", "picocli..")
                .allowEmptyShould(true)
                .check(ENGINE);
    }
}
