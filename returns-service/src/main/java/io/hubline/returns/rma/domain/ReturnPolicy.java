package io.hubline.returns.rma.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the seller lets happen without a person, as data.
///
/// @param window counted from when the last unit of the line left
/// @param approveBelowMinor what a return may be worth, tax included, by currency
/// @param approveBelowMinorElse the same for all other currencies
/// @param reasonsForAPerson reasons that a person always looks at
/// @param sellerFaultReasons reasons that are the seller's fault
public record ReturnPolicy(
        Duration window,
        Map<String, Long> approveBelowMinor,
        long approveBelowMinorElse,
        Set<String> reasonsForAPerson,
        Set<String> sellerFaultReasons,
        Refunding refunding) {

    public ReturnPolicy {
        approveBelowMinor = Map.copyOf(approveBelowMinor);
        reasonsForAPerson = Set.copyOf(reasonsForAPerson);
        sellerFaultReasons = Set.copyOf(sellerFaultReasons);
    }

    /// When an inspection refunds by itself.
    public enum Refunding {
        /// Never: a person asks for every refund.
        NEVER,
        /// What goes back to stock.
        RESTOCKED,
        /// That, and what is scrapped where the reason is the seller's fault.
        RESTOCKED_OR_SELLERS_FAULT,
        /// Whatever was inspected.
        ALWAYS
    }

    /// Why a person has to answer a buyer's request; empty when the policy answers yes.
    Optional<String> objection(SoldOrder order, Rma asked, Instant now) {
        long worth = 0;
        String currency = "";
        for (Unit unit : asked.units()) {
            @Nullable SoldLine line = order.line(unit.lineId()).orElse(null);
            if (line == null || line.shippedAt() == null) {
                return Optional.of("it is not known when line %s left".formatted(unit.lineId()));
            }
            if (now.isAfter(line.shippedAt().plus(window))) {
                return Optional.of(
                        "the last unit of %s left more than %d days ago".formatted(line.sku(), window.toDays()));
            }
            SoldLine.@Nullable Sale sale = line.sale();
            if (sale == null) {
                return Optional.of("it is not known what was paid for %s".formatted(line.sku()));
            }
            worth = Math.addExact(worth, sale.share(unit.number()));
            currency = sale.currency();
        }
        long limit = approveBelowMinor.getOrDefault(currency, approveBelowMinorElse);
        if (worth >= limit) {
            return Optional.of("it is worth %d minor units of %s, and a person looks from %d on"
                    .formatted(worth, currency, limit));
        }
        return asked.lines().stream()
                .map(ReturnLine::reason)
                .filter(reasonsForAPerson::contains)
                .findFirst()
                .map("a person looks at the reason %s"::formatted);
    }

    /// Whether a unit is refunded once it was inspected.
    boolean refunds(Command.Disposition disposition, String reason) {
        return switch (refunding) {
            case NEVER -> false;
            case RESTOCKED -> disposition == Command.Disposition.RESTOCK;
            case RESTOCKED_OR_SELLERS_FAULT ->
                disposition == Command.Disposition.RESTOCK || sellerFaultReasons.contains(reason);
            case ALWAYS -> true;
        };
    }
}
