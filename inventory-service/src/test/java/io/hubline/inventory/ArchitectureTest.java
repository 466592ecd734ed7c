package io.hubline.inventory;

import io.hubline.testkit.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> rules() {
        return ArchitectureRules.of(
                "io.hubline.inventory",
                "ListingsConsumer",
                "OrderEventsConsumer",
                "RouteEventsConsumer",
                "ReturnEventsConsumer");
    }
}
