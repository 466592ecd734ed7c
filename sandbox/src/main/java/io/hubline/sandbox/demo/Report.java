package io.hubline.sandbox.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Tells a person, and a file, what a demo found.
final class Report {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String RULE = "─".repeat(100);

    private Report() {}

    /// Writes the figures, whatever they are; a demo that failed is the one whose figures are wanted.
    static void write(DemoFigures figures, Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, JSON.writeValueAsString(figures) + "\n");
    }

    static void print(DemoFigures figures, PrintStream out) {
        DemoFigures.Orders orders = figures.orders();
        DemoFigures.Stock stock = figures.stock();
        DemoFigures.Returns returns = figures.returns();
        DemoFigures.Webhooks webhooks = figures.webhooks();
        DemoFigures.LatencyMs latency = figures.latencyMs();
        out.println();
        out.println(RULE);
        line(
                out,
                "traded",
                String.format(
                        Locale.ROOT,
                        "%d s at %.1f orders/s, seed %d",
                        figures.seconds(),
                        figures.rate(),
                        figures.seed()));
        line(
                out,
                "time",
                String.format(
                        Locale.ROOT,
                        "ready after %.1f s, settled %.1f s after the last trade",
                        figures.startupSeconds(),
                        figures.settleSeconds()));
        line(
                out,
                "orders",
                String.format(
                        Locale.ROOT,
                        "%d placed, %d accepted, %d routed, %d shipped, %d cancelled, %d backordered for a while",
                        orders.placed(),
                        orders.accepted(),
                        orders.routed(),
                        orders.shipped(),
                        orders.cancelled(),
                        orders.backordered()));
        line(out, "", String.format(Locale.ROOT, "%d lost, %d doubled", orders.lost(), orders.doubled()));
        line(
                out,
                "webhooks",
                String.format(
                        Locale.ROOT,
                        "%d sent, of them %d doubled, %d reordered, %d lost on purpose",
                        webhooks.sent(),
                        webhooks.duplicated(),
                        webhooks.reordered(),
                        webhooks.lost()));
        line(
                out,
                "stock",
                String.format(
                        Locale.ROOT,
                        "%d SKUs, %d movements, %d units oversold, %.2f %% of positions right",
                        stock.skus(),
                        stock.movements(),
                        stock.oversold(),
                        stock.accuracyPercent()));
        line(
                out,
                "buyers",
                String.format(
                        Locale.ROOT,
                        "%d turned away because their channel showed too few, for %d of them everything was there",
                        figures.buyers().turnedAway(),
                        figures.buyers().lostSales()));
        line(
                out,
                "returns",
                String.format(
                        Locale.ROOT,
                        "%d opened, %d units restocked, %d scrapped, %d refunds of %.2f in all",
                        returns.opened(),
                        returns.restocked(),
                        returns.scrapped(),
                        returns.refunds(),
                        returns.refundedMinor() / 100.0));
        line(
                out,
                "webhook to plan",
                String.format(
                        Locale.ROOT,
                        "p50 %d ms, p99 %d ms (%d orders)",
                        latency.webhookToRouted().p50(),
                        latency.webhookToRouted().p99(),
                        latency.webhookToRouted().count()));
        line(
                out,
                "sale to other shop",
                String.format(
                        Locale.ROOT,
                        "p50 %d ms, p99 %d ms (%d sales)",
                        latency.saleToOtherChannel().p50(),
                        latency.saleToOtherChannel().p99(),
                        latency.saleToOtherChannel().count()));
        for (DemoFigures.Fault fault : figures.faults()) {
            line(
                    out,
                    "fault",
                    String.format(
                            Locale.ROOT,
                            "%s after %.1f s of trade, ready again after %.1f s",
                            fault.what(),
                            fault.at(),
                            fault.recoveredSeconds()));
        }
        for (String damage : figures.sabotage()) {
            line(out, "sabotage", damage);
        }
        out.println(RULE);
        for (DemoFigures.Invariant invariant : figures.invariants()) {
            out.printf(
                    Locale.ROOT,
                    "  %s %-4s %8d checked  %s%n",
                    invariant.holds() ? "holds   " : "VIOLATED",
                    invariant.id(),
                    invariant.checked(),
                    invariant.detail());
        }
        out.println(RULE);
        out.println(figures.passed() ? "  The demo passed." : "  The demo FAILED.");
        out.println();
    }

    private static void line(PrintStream out, String label, String text) {
        out.printf(Locale.ROOT, "  %-19s %s%n", label, text);
    }
}
