package io.hubline.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.hubline.contracts.Event;
import io.hubline.contracts.StateEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// The structure every module keeps, each rule with its because.
///
/// ```java
/// class ArchitectureTest { @TestFactory Stream<DynamicTest> rules() { return
/// ArchitectureRules.of("io.hubline.order"); } }
/// ```
///
/// A rule that finds nothing to judge fails, because it is a typo more often than not. The exceptions are
/// rules about things a module may rightly not have, such as consumers.
public final class ArchitectureRules {

    private static final String HUBLINE = "io.hubline..";
    private static final String CONTRACTS = "io.hubline.contracts";
    private static final String KIT = "io.hubline.kit";
    private static final String INBOX = KIT + ".inbox.Inbox";
    private static final String RETRY_TRANSIENT = KIT + ".inbox.RetryTransient";

    private static final String PATH = "jakarta.ws.rs.Path";
    private static final String HTTP_METHOD = "jakarta.ws.rs.HttpMethod";
    private static final String ENTITY = "jakarta.persistence.Entity";
    private static final String TRANSACTIONAL = "jakarta.transaction.Transactional";
    private static final String NULL_MARKED = "org.jspecify.annotations.NullMarked";
    private static final String MESSAGING = "org.eclipse.microprofile.reactive.messaging.";
    private static final String INCOMING = MESSAGING + "Incoming";
    private static final List<String> GUARDS = List.of(
            "jakarta.annotation.security.RolesAllowed",
            "jakarta.annotation.security.PermitAll",
            "jakarta.annotation.security.DenyAll");
    private static final List<String> INJECTIONS = List.of(
            "jakarta.inject.Inject",
            "org.eclipse.microprofile.config.inject.ConfigProperty",
            MESSAGING + "Channel",
            "jakarta.persistence.PersistenceContext");
    private static final Set<String> TIME_OWNERS = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.LocalTime",
            "java.time.ZonedDateTime",
            "java.time.OffsetDateTime",
            "java.time.Year",
            "java.time.YearMonth");

    private final String root;
    private final Set<String> handOver;
    private final JavaClasses classes;

    private ArchitectureRules(String root, Set<String> handOver, JavaClasses classes) {
        this.root = root;
        this.handOver = handOver;
        this.classes = classes;
    }

    private static ArchitectureRules over(String root, String... handOver) {
        return new ArchitectureRules(
                root,
                Set.of(handOver),
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(root));
    }

    /// The names of the rules these classes break, in the order of the rules.
    static List<String> broken(String root, JavaClasses classes) {
        return new ArchitectureRules(root, Set.of(), classes)
                .all().entrySet().stream()
                        .filter(rule -> rule.getValue()
                                .allowEmptyShould(true)
                                .evaluate(classes)
                                .hasViolation())
                        .map(Map.Entry::getKey)
                        .toList();
    }

    /// One test per rule that applies to the module with this root package.
    ///
    /// @param handOver simple names of consumers that leave inbox, transaction and retry to what they hand
    ///     their records over to, such as one that folds them into batches. Readers of state topics need no
    ///     inbox and need not be named.
    public static Stream<DynamicTest> of(String root, String... handOver) {
        ArchitectureRules rules = over(root, handOver);
        return rules.all().entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(rules.classes)));
    }

    /// All rules in one go: fails with everything that is wrong, not with the first thing only.
    public static void verify(String root, String... handOver) {
        ArchitectureRules rules = over(root, handOver);
        List<String> failures = new ArrayList<>();
        rules.all().forEach((name, rule) -> {
            try {
                rule.check(rules.classes);
            } catch (AssertionError e) {
                failures.add(name + ": " + e.getMessage());
            }
        });
        if (!failures.isEmpty()) {
            throw new AssertionError(String.join("\n\n", failures));
        }
    }

    private Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("every_package_is_null_marked", everyPackageIsNullMarked());
        rules.put(
                "nothing_is_printed",
                NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because("logs have a level and a place"));
        switch (root) {
            case CONTRACTS -> rules.put("contracts_depend_on_the_jdk_only", contractsDependOnTheJdkOnly());
            case KIT -> {
                rules.put("the_kit_knows_no_service", onlyKnows(CONTRACTS));
                rules.put("events_leave_through_the_outbox", eventsLeaveThroughTheOutbox());
                rules.put("fields_are_not_injected", fieldsAreNotInjected());
                rules.put("resources_are_guarded", resourcesAreGuarded());
                rules.put("resources_are_named_and_hidden", resourcesAreNamedAndHidden());
            }
            default -> ofService(rules);
        }
        return rules;
    }

    private void ofService(Map<String, ArchRule> rules) {
        rules.put("the_domain_depends_on_the_jdk_and_itself", domainDependsOnTheJdkAndItself());
        rules.put("use_cases_know_no_adapter", useCasesKnowNoAdapter());
        rules.put("adapters_do_not_see_one_another", adaptersDoNotSeeOneAnother());
        rules.put("only_the_http_edge_speaks_in_problems", onlyTheHttpEdgeSpeaksInProblems());
        rules.put("a_service_knows_no_other_service", onlyKnows(CONTRACTS, KIT));
        rules.put("events_leave_through_the_outbox", eventsLeaveThroughTheOutbox());
        rules.put("consumers_are_hidden_and_transactional", consumersAreHiddenAndTransactional());
        rules.put("consumers_outlast_an_outage", consumersOutlastAnOutage());
        rules.put("consumers_use_the_inbox", consumersUseTheInbox());
        rules.put("resources_are_named_and_hidden", resourcesAreNamedAndHidden());
        rules.put("resources_are_guarded", resourcesAreGuarded());
        rules.put("rows_are_named_and_hidden", rowsAreNamedAndHidden());
        rules.put("time_is_handed_in", timeIsHandedIn());
        rules.put("fields_are_not_injected", fieldsAreNotInjected());
        rules.put("features_are_free_of_cycles", featuresAreFreeOfCycles());
        rules.put("channel_adapters_know_nothing_of_each_other", channelAdaptersKnowNothingOfEachOther());
        rules.put("a_channel_adapter_sees_only_the_spi", aChannelAdapterSeesOnlyTheSpi());
    }

    private ArchRule domainDependsOnTheJdkAndItself() {
        return classes()
                .that()
                .resideInAPackage(root + "..domain..")
                .should(dependOnlyOn("the JDK, JSpecify and their own feature's domain", (from, to) -> {
                    String own = from.getPackageName();
                    return to.getPackageName().startsWith(own.substring(0, own.lastIndexOf(".domain") + 7));
                }))
                .because("the rules must be readable and testable with the JDK alone")
                // A feature that is plain storage may drop its domain, and a small service may have no other.
                .allowEmptyShould(true);
    }

    private ArchRule contractsDependOnTheJdkOnly() {
        return classes()
                .that()
                .resideInAPackage(CONTRACTS + "..")
                .should(dependOnlyOn(
                        "the JDK, JSpecify and one another",
                        (_, to) -> to.getPackageName().startsWith(CONTRACTS)))
                .because("the published language must not drag a framework into its readers");
    }

    private ArchRule useCasesKnowNoAdapter() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".*")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ring("api"), ring("messaging"), ring("persistence"))
                .because("a use case must outlive the way it is called and the way it is stored");
    }

    private ArchRule adaptersDoNotSeeOneAnother() {
        List<String> rings = List.of("api", "messaging", "persistence");
        return classes()
                .that()
                .resideInAnyPackage(rings.stream().map(this::ring).toArray(String[]::new))
                .should(new ArchCondition<>("not see another ring of adapters") {
                    @Override
                    public void check(JavaClass from, ConditionEvents events) {
                        for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                            JavaClass to = dependency.getTargetClass();
                            for (String ring : rings) {
                                if (resideInAPackage(ring(ring)).test(to)
                                        && !resideInAPackage(ring(ring)).test(from)) {
                                    events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
                                }
                            }
                        }
                    }
                })
                .because("they meet in the use case and nowhere else");
    }

    private ArchRule onlyTheHttpEdgeSpeaksInProblems() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(ring("api"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(KIT + ".web..")
                .because("only the HTTP edge speaks in problems");
    }

    private ArchRule onlyKnows(String... others) {
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage(HUBLINE)
                        .and(DescribedPredicate.not(describe(
                                "of " + root + " or " + String.join(", ", others),
                                to -> isIn(to, root) || Stream.of(others).anyMatch(other -> isIn(to, other))))))
                .because("services share the published language and the kit, and nothing else");
    }

    private ArchRule eventsLeaveThroughTheOutbox() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(KIT + ".outbox..", KIT + ".deadletter..")
                .should()
                .dependOnClassesThat(describe(
                        "send to Kafka",
                        to -> to.getName().equals(MESSAGING + "Emitter")
                                || to.getName().equals(MESSAGING + "Outgoing")
                                || to.getName().startsWith("io.smallrye.reactive.messaging.MutinyEmitter")
                                || to.getName().startsWith("org.apache.kafka.clients.producer.")))
                .because("an event leaves through the outbox or not at all");
    }

    private ArchRule consumersAreHiddenAndTransactional() {
        return methods()
                .that()
                .areAnnotatedWith(INCOMING)
                .should()
                .bePackagePrivate()
                .andShould(haveOrInherit("a transaction", List.of(TRANSACTIONAL), handOver))
                .because("an event's effect and the note that it was handled commit together")
                .allowEmptyShould(true); // a service may listen to nothing
    }

    private ArchRule consumersOutlastAnOutage() {
        return methods()
                .that()
                .areAnnotatedWith(INCOMING)
                .should(haveOrInherit("a retry of what passes", List.of(RETRY_TRANSIENT), handOver))
                .because("otherwise a restart of the database makes a dead letter of every event")
                .allowEmptyShould(true); // a service may listen to nothing
    }

    private ArchRule consumersUseTheInbox() {
        return classes()
                .that(describe("consume events", type -> consumes(type) && !readsStateOnly(type)))
                .and(describe("are not excepted by name", type -> !handOver.contains(type.getSimpleName())))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(INBOX)
                .because("an event's effect happens once, whatever Kafka redelivers")
                .allowEmptyShould(true); // a service may listen to nothing
    }

    private ArchRule resourcesAreNamedAndHidden() {
        return classes()
                .that()
                .areAnnotatedWith(PATH)
                .should()
                .bePackagePrivate()
                .andShould()
                .haveSimpleNameEndingWith("Resource")
                .because("HTTP is one way in; nobody calls a resource but the framework");
    }

    private ArchRule resourcesAreGuarded() {
        return methods()
                .that()
                .areMetaAnnotatedWith(HTTP_METHOD)
                .should(haveOrInherit("@RolesAllowed, @PermitAll or @DenyAll", GUARDS, Set.of()))
                .because("who may call is decided for every method, not forgotten for one");
    }

    private ArchRule rowsAreNamedAndHidden() {
        return classes()
                .that()
                .areAnnotatedWith(ENTITY)
                .should()
                .bePackagePrivate()
                .andShould()
                .haveSimpleNameEndingWith("Row")
                .because("a row never leaves persistence")
                .allowEmptyShould(true); // a service may talk to its tables in plain SQL
    }

    private ArchRule timeIsHandedIn() {
        return classes()
                .should(not(new ArchCondition<JavaClass>("ask the machine for the time") {
                    @Override
                    public void check(JavaClass from, ConditionEvents events) {
                        Stream.concat(
                                        from.getMethodCallsFromSelf().stream(),
                                        from.getConstructorCallsFromSelf().stream())
                                .filter(ArchitectureRules::asksForTheTime)
                                .forEach(call ->
                                        events.add(SimpleConditionEvent.satisfied(from, call.getDescription())));
                    }
                }))
                .because("time is handed in as an InstantSource, or a rule cannot be tested at midnight");
    }

    private ArchRule fieldsAreNotInjected() {
        return fields().should(new ArchCondition<>("not be injected") {
                    @Override
                    public void check(JavaField field, ConditionEvents events) {
                        INJECTIONS.stream()
                                .filter(field::isAnnotatedWith)
                                .forEach(injection -> events.add(SimpleConditionEvent.violated(
                                        field, field.getDescription() + " has @" + injection)));
                    }
                })
                .because("what an object needs is what its constructor asks for");
    }

    private ArchRule everyPackageIsNullMarked() {
        return classes()
                .should(new ArchCondition<>("live in a package that is @NullMarked") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        JavaPackage home = type.getPackage();
                        if (!home.isAnnotatedWith(NULL_MARKED)) {
                            events.add(SimpleConditionEvent.violated(
                                    type,
                                    "%s is in %s, which is not @NullMarked".formatted(type.getName(), home.getName())));
                        }
                    }
                })
                .because("NullAway looks only where it is told to");
    }

    private ArchRule featuresAreFreeOfCycles() {
        return slices().matching(root + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("two features in a cycle are one feature");
    }

    private ArchRule channelAdaptersKnowNothingOfEachOther() {
        return slices().matching(root + ".adapter.(*)..")
                .should()
                .notDependOnEachOther()
                .because("adding a channel touches no other channel")
                .allowEmptyShould(true); // only the connector has channels
    }

    private ArchRule aChannelAdapterSeesOnlyTheSpi() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".adapter..")
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..")
                        .and(DescribedPredicate.not(resideInAPackage(root + ".adapter..")))
                        .and(DescribedPredicate.not(resideInAPackage(root + ".spi.."))))
                .because("an adapter speaks to an outside system and knows nothing of how we work")
                .allowEmptyShould(true); // only the connector has channels
    }

    private String ring(String name) {
        return root + ".." + name + "..";
    }

    private static boolean consumes(JavaClass type) {
        return type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(INCOMING));
    }

    /// A reader of state topics applies records by their sequence, and a rebuild must be able to replay
    /// them.
    private static boolean readsStateOnly(JavaClass type) {
        List<JavaClass> events = type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .filter(to -> to.isAssignableTo(Event.class))
                .toList();
        return !events.isEmpty() && events.stream().allMatch(to -> to.isAssignableTo(StateEvent.class));
    }

    private static boolean asksForTheTime(JavaCall<?> call) {
        String owner = call.getTargetOwner().getName();
        String name = call.getName();
        boolean takesASource = call.getTarget().getRawParameterTypes().stream()
                .anyMatch(parameter -> parameter.isAssignableTo(Clock.class));
        return (TIME_OWNERS.contains(owner) && name.equals("now") && !takesASource)
                || (owner.equals(Clock.class.getName()) && name.startsWith("system"))
                || (owner.equals("java.time.InstantSource") && name.equals("system"))
                || (owner.equals(System.class.getName()) && name.equals("currentTimeMillis"))
                || (owner.equals(Date.class.getName())
                        && name.equals("<init>")
                        && call.getTarget().getRawParameterTypes().isEmpty());
    }

    private static ArchCondition<JavaMethod> haveOrInherit(
            String what, List<String> annotations, Set<String> excepted) {
        return new ArchCondition<>("have " + what + ", themselves or through their class") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean found = annotations.stream()
                        .anyMatch(annotation -> method.isAnnotatedWith(annotation)
                                || method.getOwner().isAnnotatedWith(annotation));
                if (!found && !excepted.contains(method.getOwner().getSimpleName())) {
                    events.add(SimpleConditionEvent.violated(method, method.getDescription() + " has no " + what));
                }
            }
        };
    }

    private interface Allowed {
        boolean test(JavaClass from, JavaClass to);
    }

    private static ArchCondition<JavaClass> dependOnlyOn(String what, Allowed allowed) {
        return new ArchCondition<>("depend only on " + what) {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                    JavaClass to = dependency.getTargetClass().getBaseComponentType();
                    boolean ok = to.isPrimitive()
                            || isIn(to, "java")
                            || isIn(to, "org.jspecify.annotations")
                            || allowed.test(from, to);
                    if (!ok) {
                        events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isIn(JavaClass type, String root) {
        String home = type.getPackageName();
        return home.equals(root) || home.startsWith(root + ".");
    }
}
