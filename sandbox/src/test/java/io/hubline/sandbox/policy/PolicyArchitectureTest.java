package io.hubline.sandbox.policy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Goal: the sandbox plays with the pure decisions of a service and with nothing else of it.
class PolicyArchitectureTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.hubline.sandbox");

    @Test
    void of_a_service_only_the_domain_is_used() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("io.hubline.inventory..")
                        .and(not(resideInAPackage("io.hubline.inventory..domain.."))))
                .check(classes);
    }

    @Test
    void it_is_used_by_the_policies_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.hubline.sandbox.policy..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.hubline.inventory..")
                .check(classes);
    }
}
