package io.hubline.connector.adapter.shopify;

import io.hubline.connector.adapter.shopify.ShopifyWire.FulfillmentOrder;
import io.hubline.connector.adapter.shopify.ShopifyWire.FulfillmentOrderLine;
import io.hubline.connector.adapter.shopify.ShopifyWire.LineItem;
import io.hubline.connector.adapter.shopify.ShopifyWire.MailingAddress;
import io.hubline.connector.adapter.shopify.ShopifyWire.Mark;
import io.hubline.connector.adapter.shopify.ShopifyWire.MoneyBag;
import io.hubline.connector.adapter.shopify.ShopifyWire.Order;
import io.hubline.connector.adapter.shopify.ShopifyWire.Return;
import io.hubline.connector.spi.ForeignOrder;
import io.hubline.connector.spi.ForeignReturn;
import io.hubline.connector.spi.OrderMark;
import io.hubline.contracts.Destination;
import io.hubline.contracts.Money;
import io.hubline.contracts.Recipient;
import io.hubline.contracts.connector.ChannelOrder;
import io.hubline.contracts.connector.ChannelOrder.FulfilledBy;
import io.hubline.contracts.connector.ChannelOrder.Line;
import io.hubline.contracts.connector.ChannelOrder.Status;
import io.hubline.contracts.connector.ChannelReturn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// From Shopify's words to the hub's. Money is the shop's own, not what the buyer saw.
final class ShopifyTranslation {

    private static final String NO_RETURN = "NO_RETURN";

    private ShopifyTranslation() {}

    /// Whether the order has returns to read. The shop says so without charge.
    static boolean hasReturns(Order order) {
        return order.returnStatus() != null && !order.returnStatus().equals(NO_RETURN);
    }

    /// A return as far as it is about lines of its order: the shop cannot relate the others to any.
    private static Stream<ForeignReturn> foreignReturn(Return returned) {
        List<ChannelReturn.Line> lines = returned.returnLineItems().nodes().stream()
                .filter(line -> line.quantity() > 0)
                .flatMap(line -> line.fulfillmentLineItem() == null
                        ? Stream.empty()
                        : Stream.of(new ChannelReturn.Line(
                                line.id(),
                                line.fulfillmentLineItem().lineItem().id(),
                                line.quantity(),
                                line.returnReason())))
                .toList();
        return lines.isEmpty()
                ? Stream.empty()
                : Stream.of(new ForeignReturn(
                        returned.id(),
                        new ChannelReturn(
                                returned.name(),
                                returnStatus(returned.status()),
                                instant(returned.createdAt()),
                                lines)));
    }

    private static ChannelReturn.Status returnStatus(String status) {
        return switch (status) {
            case "REQUESTED" -> ChannelReturn.Status.REQUESTED;
            case "OPEN" -> ChannelReturn.Status.OPEN;
            case "CLOSED" -> ChannelReturn.Status.CLOSED;
            case "CANCELED" -> ChannelReturn.Status.CANCELLED;
            case "DECLINED" -> ChannelReturn.Status.DECLINED;
            default -> throw new IllegalArgumentException("unknown return status '%s'".formatted(status));
        };
    }

    /// A whole order.
    ///
    /// @throws IllegalArgumentException when it says something that cannot be said in the hub's words; the
    ///     message has no personal data
    static ForeignOrder order(Order order, List<Return> returns) {
        try {
            return new ForeignOrder(
                    new OrderMark(
                            order.legacyResourceId(),
                            instant(order.updatedAt()),
                            fingerprint(
                                    order.updatedAt(),
                                    order.cancelledAt(),
                                    order.displayFinancialStatus(),
                                    order.displayFulfillmentStatus(),
                                    order.returnStatus(),
                                    order.currentSubtotalLineItemsQuantity())),
                    channelOrder(order),
                    recipient(order),
                    returns.stream().flatMap(ShopifyTranslation::foreignReturn).toList());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("an amount is finer than its currency: " + e.getMessage(), e);
        }
    }

    static OrderMark mark(Mark mark) {
        return new OrderMark(
                mark.legacyResourceId(),
                instant(mark.updatedAt()),
                fingerprint(
                        mark.updatedAt(),
                        mark.cancelledAt(),
                        mark.displayFinancialStatus(),
                        mark.displayFulfillmentStatus(),
                        mark.returnStatus(),
                        mark.currentSubtotalLineItemsQuantity()));
    }

    /// Whatever is cheap to ask and differs when an order changed twice within one second of the shop's
    /// clock.
    private static String fingerprint(
            String updatedAt,
            @Nullable String cancelledAt,
            @Nullable String financial,
            @Nullable String fulfillment,
            @Nullable String returns,
            int units) {
        return "%s|%s|%s|%s|%s|%d"
                .formatted(
                        instant(updatedAt),
                        cancelledAt == null ? "" : instant(cancelledAt),
                        Objects.toString(financial, ""),
                        Objects.toString(fulfillment, ""),
                        returns == null || returns.equals(NO_RETURN) ? "" : returns,
                        units);
    }

    private static ChannelOrder channelOrder(Order order) {
        Map<String, String> locations = locations(order.fulfillmentOrders().nodes());
        return new ChannelOrder(
                order.name(),
                status(order),
                FulfilledBy.SELLER,
                instant(order.createdAt()),
                shipBy(order.fulfillmentOrders().nodes()),
                order.cancelReason(),
                money(order.currentTotalPriceSet()),
                money(order.currentTotalTaxSet()),
                money(order.currentShippingPriceSet()),
                destination(order.shippingAddress()),
                order.lineItems().nodes().stream()
                        .filter(LineItem::requiresShipping)
                        .map(line -> line(line, locations.get(line.id()), order.taxesIncluded()))
                        .toList());
    }

    /// What is paid, or authorised to be, is to be shipped. What was paid and refunded since stays open
    /// with what is left of it: cancelling is another word of the shop.
    static Status status(Order order) {
        if (order.cancelledAt() != null) {
            return Status.CANCELLED;
        }
        @Nullable String financial = order.displayFinancialStatus();
        if (financial == null) {
            return Status.PENDING;
        }
        return switch (financial) {
            case "PAID", "AUTHORIZED", "PARTIALLY_REFUNDED", "REFUNDED" -> Status.OPEN;
            case "PENDING", "PARTIALLY_PAID", "EXPIRED", "VOIDED" -> Status.PENDING;
            default -> throw new IllegalArgumentException("unknown financial status '%s'".formatted(financial));
        };
    }

    private static Line line(LineItem line, @Nullable String location, boolean taxesIncluded) {
        Money price = roundedMoney(line.discountedUnitPriceAfterAllDiscountsSet());
        Money tax = line.taxLines().stream()
                .map(taxLine -> roundedMoney(taxLine.priceSet()))
                .reduce(Money.zero(price.currency()), Money::plus);
        // Rounded once, for all units: three of 18.985 cost 56.96 and not 56.97.
        Money goods = roundedMoney(line.discountedUnitPriceAfterAllDiscountsSet(), BigDecimal.valueOf(line.quantity()));
        return new Line(
                line.id(),
                line.sku() == null ? "" : line.sku(),
                line.variant() == null ? null : line.variant().id(),
                location,
                line.title(),
                line.currentQuantity(),
                line.quantity(),
                price,
                tax,
                taxesIncluded ? goods : goods.plus(tax));
    }

    /// The place whose count the shop lowered, by line. A line that was split over places is told of by the
    /// first that still has some of it to ship, for the hub's line has one.
    private static Map<String, String> locations(List<FulfillmentOrder> fulfillmentOrders) {
        Map<String, String> locations = new HashMap<>();
        for (boolean remaining : new boolean[] {true, false}) {
            for (FulfillmentOrder fulfillmentOrder : fulfillmentOrders) {
                @Nullable String location = fulfillmentOrder.locationId();
                if (location != null) {
                    for (FulfillmentOrderLine line :
                            fulfillmentOrder.lineItems().nodes()) {
                        if (remaining == line.remainingQuantity() > 0) {
                            locations.putIfAbsent(line.lineItem().id(), location);
                        }
                    }
                }
            }
        }
        return locations;
    }

    private static @Nullable Instant shipBy(List<FulfillmentOrder> fulfillmentOrders) {
        return fulfillmentOrders.stream()
                .filter(FulfillmentOrder::takesShipments)
                .map(FulfillmentOrder::fulfillBy)
                .filter(Objects::nonNull)
                .map(ShopifyTranslation::instant)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static @Nullable Destination destination(@Nullable MailingAddress address) {
        if (address == null || address.countryCodeV2() == null) {
            return null;
        }
        return new Destination(address.countryCodeV2(), address.provinceCode());
    }

    private static Recipient recipient(Order order) {
        @Nullable MailingAddress to = order.shippingAddress();
        if (to == null) {
            return new Recipient(null, null, null, null, null, null, null, null, order.phone(), order.email());
        }
        return new Recipient(
                to.name(),
                to.company(),
                to.address1(),
                to.address2(),
                to.city(),
                to.provinceCode(),
                to.zip(),
                to.countryCodeV2(),
                to.phone() == null ? order.phone() : to.phone(),
                order.email());
    }

    private static Money money(MoneyBag bag) {
        return Money.ofDecimal(bag.shopMoney().amount(), bag.shopMoney().currencyCode());
    }

    /// A share of a discount or of a tax may be finer than the currency: the order's own sums are what
    /// counts.
    private static Money roundedMoney(MoneyBag bag) {
        return roundedMoney(bag, BigDecimal.ONE);
    }

    private static Money roundedMoney(MoneyBag bag, BigDecimal times) {
        String currency = bag.shopMoney().currencyCode();
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return Money.ofDecimal(
                new BigDecimal(bag.shopMoney().amount())
                        .multiply(times)
                        .setScale(digits, RoundingMode.HALF_EVEN)
                        .toPlainString(),
                currency);
    }

    static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
