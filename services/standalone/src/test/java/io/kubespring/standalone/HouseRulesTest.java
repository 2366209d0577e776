package io.kubespring.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Set;

/** The rules of the house, over every class of every module. */
@AnalyzeClasses(packages = "io.kubespring", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {

    private static final String[] COMPONENTS = {
        "io.kubespring.apiserver..",
        "io.kubespring.controllers..",
        "io.kubespring.scheduler..",
        "io.kubespring.kubelet..",
        "io.kubespring.proxy..",
        "io.kubespring.flannel..",
        "io.kubespring.dns..",
        "io.kubespring.gateway.."
    };

    @ArchTest
    static final ArchRule layersOnlyLookDown = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy("io.kubespring.api..")
            .layer("kinds")
            .definedBy("io.kubespring.kinds..")
            .layer("apimachinery")
            .definedBy("io.kubespring.apimachinery..")
            .layer("storage")
            .definedBy("io.kubespring.storage..")
            .layer("client")
            .definedBy("io.kubespring.client..")
            .layer("node")
            .definedBy("io.kubespring.node..")
            .layer("service")
            .definedBy("io.kubespring.service..")
            .layer("components")
            .definedBy(COMPONENTS)
            .layer("standalone")
            .definedBy("io.kubespring.standalone..")
            .whereLayer("standalone")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("components")
            .mayOnlyBeAccessedByLayers("standalone")
            .whereLayer("service")
            .mayOnlyBeAccessedByLayers("components", "standalone")
            .whereLayer("storage")
            .mayOnlyBeAccessedByLayers("components")
            .whereLayer("apimachinery")
            .mayOnlyBeAccessedByLayers("storage", "components")
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers("service", "components", "standalone")
            .whereLayer("node")
            .mayOnlyBeAccessedByLayers("components", "standalone")
            .whereLayer("kinds")
            .mayOnlyBeAccessedByLayers("client", "components", "standalone")
            .because("what is below must be usable, and understandable, without what is above");

    @ArchTest
    static final ArchRule noComponentKnowsAnother = slices().assignedFrom(new ComponentOf())
            .should()
            .notDependOnEachOther()
            .because("what two components need belongs in libs/kinds or libs/client");

    @ArchTest
    static final ArchRule onlyTheApiServerOpensAStore = noClasses()
            .that()
            .resideOutsideOfPackages("io.kubespring.apiserver..", "io.kubespring.storage..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.kubespring.storage..")
            .because("the API server is the only door to the store");

    @ArchTest
    static final ArchRule coresKnowNoSpring = noClasses()
            .that()
            .resideOutsideOfPackages("..shell..", "io.kubespring.service..", "io.kubespring.standalone..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..")
            .because("a core is plain Java: a test can make ten of them");

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.kubespring.api.time.SystemTime")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .because("a test must be able to run a month in milliseconds");

    @ArchTest
    static final ArchRule randomnessIsInjected = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.kubespring.api.time.RandomSource")
            .should()
            .callMethod(java.util.UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
            .because("the same seed must give the same run");

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("io.kubespring.(**)")
            .should()
            .beFreeOfCycles()
            .because("a reader should find a place to begin");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = ArchRuleDefinition.classes()
            .that()
            .haveSimpleNameNotEndingWith("package-info")
            .and()
            .resideOutsideOfPackage("io.kubespring.node.cri.v1..")
            .should(new ArchCondition<>("live in a package marked @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                    if (!marked) {
                        events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                    }
                }
            })
            .because("nullness is part of every signature");

    private static final class ComponentOf implements com.tngtech.archunit.library.dependencies.SliceAssignment {
        private static final Set<String> NAMES =
                Set.of("apiserver", "controllers", "scheduler", "kubelet", "proxy", "flannel", "dns", "gateway");

        @Override
        public com.tngtech.archunit.library.dependencies.SliceIdentifier getIdentifierOf(JavaClass type) {
            String[] parts = type.getPackageName().split("\\.");
            return type.getPackageName().startsWith("io.kubespring.") && NAMES.contains(parts[2])
                    ? com.tngtech.archunit.library.dependencies.SliceIdentifier.of(parts[2])
                    : com.tngtech.archunit.library.dependencies.SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "components";
        }
    }
}
