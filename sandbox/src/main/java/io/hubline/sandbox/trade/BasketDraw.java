package io.hubline.sandbox.trade;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Draws visits one after the other. The same plan and storefronts always give the same sequence.
///
/// Arrivals are a Poisson stream. Goods are wanted by rank, the n-th about 1 / n^0.8 as much as the first,
/// so that a few SKUs are contended in every shop at once.
final class BasketDraw {

    private static final double SKEW = 0.8;
    private static final int MOST_LINES = 3;
    private static final long RETURNS = 0x5DEECE66DL;
    private static final List<String> REASONS =
            List.of("UNWANTED", "DEFECTIVE", "SIZE_TOO_SMALL", "SIZE_TOO_LARGE", "NOT_AS_DESCRIBED", "WRONG_ITEM");

    private final BuyerPlan plan;
    private final List<Storefront> storefronts;
    private final List<double[]> cumulative;
    private final SplittableRandom chance;
    private final SplittableRandom returnChance;

    BasketDraw(BuyerPlan plan, List<Storefront> storefronts) {
        this.plan = plan;
        this.storefronts = List.copyOf(storefronts);
        this.cumulative = this.storefronts.stream()
                .map(storefront -> cumulative(storefront.skus().size()))
                .toList();
        this.chance = new SplittableRandom(plan.seed());
        this.returnChance = new SplittableRandom(plan.seed() ^ RETURNS);
    }

    Basket next() {
        int storefront = visited(chance.nextDouble());
        int lines = Math.min(
                1 + chance.nextInt(MOST_LINES),
                storefronts.get(storefront).skus().size());
        Set<String> skus = new LinkedHashSet<>();
        while (skus.size() < lines) {
            skus.add(sku(storefront));
        }
        List<Basket.Item> items = new ArrayList<>();
        skus.forEach(sku -> items.add(new Basket.Item(sku, chance.nextInt(10) < 8 ? 1 : 2)));
        double gapSeconds = -Math.log(1 - chance.nextDouble()) / plan.ordersPerSecond();
        Duration regret = regret();
        Basket.Unwanted unwanted = unwanted(items);
        return new Basket(
                storefront,
                items,
                Duration.ofNanos((long) (gapSeconds * 1e9)),
                regret,
                regret == null && storefronts.get(storefront).takesReturns() ? unwanted : null);
    }

    private int visited(double share) {
        double rest =
                share * storefronts.stream().mapToDouble(Storefront::weight).sum();
        for (int at = 0; at < storefronts.size() - 1; at++) {
            rest -= storefronts.get(at).weight();
            if (rest < 0) {
                return at;
            }
        }
        return storefronts.size() - 1;
    }

    /// Drawn for every basket and from a stream of its own, so that returns change nothing else of a plan.
    private Basket.@Nullable Unwanted unwanted(List<Basket.Item> items) {
        boolean unwanted = returnChance.nextDouble() < plan.returnShare();
        Basket.Item item = items.get(returnChance.nextInt(items.size()));
        int quantity = 1 + returnChance.nextInt(item.quantity());
        String reason = REASONS.get(returnChance.nextInt(REASONS.size()));
        return unwanted ? new Basket.Unwanted(item.sku(), quantity, reason) : null;
    }

    private @Nullable Duration regret() {
        boolean regretted = chance.nextDouble() < plan.cancelShare();
        double early = chance.nextDouble();
        return regretted ? Duration.ofNanos((long) (plan.cancelWithin().toNanos() * early * early)) : null;
    }

    private String sku(int storefront) {
        double[] steps = cumulative.get(storefront);
        int found = Arrays.binarySearch(steps, chance.nextDouble() * steps[steps.length - 1]);
        int rank = found >= 0 ? found : -found - 1;
        return storefronts.get(storefront).skus().get(Math.min(rank, steps.length - 1));
    }

    private static double[] cumulative(int goods) {
        double[] steps = new double[goods];
        double sum = 0;
        for (int rank = 0; rank < goods; rank++) {
            sum += 1 / Math.pow(rank + 1.0, SKEW);
            steps[rank] = sum;
        }
        return steps;
    }
}
