package io.hubline.sandbox.trade;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.sandbox.shopify.Control;
import io.hubline.sandbox.shopify.ShopifyChannel;
import io.hubline.sandbox.shopify.ShopifyConfig;
import io.hubline.sandbox.shopify.SimulatorControl;
import io.hubline.sandbox.shopify.admin.Plan;
import io.hubline.sandbox.simulator.Simulator;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuyerGeneratorTest {

    @Test
    void its_counts_are_the_shops_counts() throws IOException, InterruptedException {
        try (Simulator simulator = Simulator.start(
                        "127.0.0.1", 0, "t", List.of(ShopifyChannel.open(config(), InstantSource.system())));
                SimulatorControl control = new SimulatorControl(simulator.uri(), "t")) {
            for (String shop : List.of("alpha", "beta")) {
                control.create(
                        shop,
                        new Control.Catalogue(List.of(new Control.NewProduct(
                                "Things", "Acme", List.of(variant("A", 1000), variant("B", 1000), variant("C", 3))))));
            }
            List<Storefront> storefronts = List.of(
                    new Storefront(simulator.uri().resolve("/shops/alpha"), List.of("A", "B", "C")),
                    new Storefront(simulator.uri().resolve("/shops/beta"), List.of("A", "B", "C")));

            BuyerCounts counts = new BuyerGenerator(
                            storefronts, new BuyerPlan(60, Duration.ofSeconds(2), 0.2, Duration.ofMillis(500), 3))
                    .run();

            Control.Tally alpha = control.tally("alpha");
            Control.Tally beta = control.tally("beta");
            assertThat(counts.tried()).isBetween(80L, 160L);
            assertThat(counts.failed()).isZero();
            assertThat(counts.soldOut()).isPositive();
            assertThat(counts.placed()).isEqualTo(alpha.ordersPlaced() + beta.ordersPlaced());
            assertThat(counts.cancelled()).isPositive().isEqualTo(alpha.ordersCancelled() + beta.ordersCancelled());
        }
    }

    private static Control.NewVariant variant(String sku, int available) {
        return new Control.NewVariant(sku, "One size", 1000, null, List.of(new Control.NewStock("Main", available)));
    }

    private static ShopifyConfig config() {
        return new ShopifyConfig(
                1,
                Duration.ofHours(1),
                0.001,
                Duration.ofMillis(10),
                List.of(
                        new ShopifyConfig.ShopConfig("alpha", "app", "s", "s", Plan.PLUS, null),
                        new ShopifyConfig.ShopConfig("beta", "app", "s", "s", Plan.PLUS, null)));
    }
}
