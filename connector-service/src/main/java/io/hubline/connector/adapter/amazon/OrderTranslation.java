package io.hubline.connector.adapter.amazon;

import io.hubline.connector.adapter.amazon.AmazonWire.Address;
import io.hubline.connector.adapter.amazon.AmazonWire.Amount;
import io.hubline.connector.adapter.amazon.AmazonWire.Breakdown;
import io.hubline.connector.adapter.amazon.AmazonWire.Buyer;
import io.hubline.connector.adapter.amazon.AmazonWire.DetailedBreakdown;
import io.hubline.connector.adapter.amazon.AmazonWire.Fulfillment;
import io.hubline.connector.adapter.amazon.AmazonWire.Item;
import io.hubline.connector.adapter.amazon.AmazonWire.ItemFulfillment;
import io.hubline.connector.adapter.amazon.AmazonWire.Order;
import io.hubline.connector.spi.ForeignOrder;
import io.hubline.connector.spi.OrderMark;
import io.hubline.contracts.Destination;
import io.hubline.contracts.Money;
import io.hubline.contracts.Recipient;
import io.hubline.contracts.connector.ChannelOrder;
import io.hubline.contracts.connector.ChannelOrder.FulfilledBy;
import io.hubline.contracts.connector.ChannelOrder.Line;
import io.hubline.contracts.connector.ChannelOrder.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// From Amazon's words to the hub's.
///
/// A buyer who asks for a cancellation has cancelled nothing: the order stays open, and the hub's order has
/// no place for the wish. What was cancelled is gone from its line.
final class OrderTranslation {

    private OrderTranslation() {}

    /// A whole order.
    ///
    /// @param currency of the account's marketplace, for orders that carry no price yet
    /// @throws IllegalArgumentException when it says something that cannot be said in the hub's words; the
    ///     message has no personal data
    static ForeignOrder order(Order order, String currency) {
        try {
            return new ForeignOrder(mark(order), channelOrder(order, currency), recipient(order), List.of());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("an amount is finer than its currency: " + e.getMessage(), e);
        }
    }

    /// @throws IllegalArgumentException when the order does not even say which it is and when it changed
    static OrderMark mark(Order order) {
        String externalId = present(order.orderId(), "orderId");
        return new OrderMark(externalId, instant(order.lastUpdatedTime()), fingerprint(order));
    }

    /// Whatever differs when an order changed twice within one second of Amazon's clock.
    private static String fingerprint(Order order) {
        @Nullable Fulfillment fulfillment = order.fulfillment();
        return Stream.concat(
                        Stream.of(
                                order.lastUpdatedTime(),
                                fulfillment == null ? "" : Objects.toString(fulfillment.fulfillmentStatus(), "")),
                        items(order).stream()
                                .map(item -> "%d/%d".formatted(item.quantityOrdered(), quantity(item, true))))
                .collect(Collectors.joining("|"));
    }

    private static ChannelOrder channelOrder(Order order, String marketCurrency) {
        @Nullable Fulfillment fulfillment = order.fulfillment();
        if (fulfillment == null) {
            throw new IllegalArgumentException("the order does not say how it is fulfilled");
        }
        Status status = status(fulfillment.fulfillmentStatus());
        String currency = currency(order, marketCurrency);
        List<Line> lines =
                items(order).stream().map(item -> line(item, currency, status)).toList();
        return new ChannelOrder(
                order.orderId(),
                status,
                fulfilledBy(fulfillment.fulfilledBy()),
                instant(order.createdTime()),
                fulfillment.shipByWindow() == null || fulfillment.shipByWindow().latestDateTime() == null
                        ? null
                        : instant(fulfillment.shipByWindow().latestDateTime()),
                status == Status.CANCELLED ? cancelReason(order, fulfillment) : null,
                order.proceeds() == null || order.proceeds().grandTotal() == null
                        ? Money.zero(currency)
                        : money(order.proceeds().grandTotal(), currency),
                sum(order, "TAX", currency),
                sum(order, "SHIPPING", currency),
                destination(order),
                lines);
    }

    /// An order that Amazon cannot fulfil from its own warehouse ends there, which is what cancelled means
    /// here.
    static Status status(@Nullable String status) {
        return switch (status) {
            case "PENDING_AVAILABILITY", "PENDING" -> Status.PENDING;
            case "UNSHIPPED", "PARTIALLY_SHIPPED", "SHIPPED" -> Status.OPEN;
            case "CANCELLED", "UNFULFILLABLE" -> Status.CANCELLED;
            case null -> throw new IllegalArgumentException("the order has no fulfillment status");
            default -> throw new IllegalArgumentException("unknown fulfillment status '%s'".formatted(status));
        };
    }

    private static FulfilledBy fulfilledBy(@Nullable String party) {
        return switch (party) {
            case "MERCHANT" -> FulfilledBy.SELLER;
            case "AMAZON" -> FulfilledBy.CHANNEL;
            case null -> throw new IllegalArgumentException("the order does not say who fulfils it");
            default -> throw new IllegalArgumentException("unknown fulfiller '%s'".formatted(party));
        };
    }

    private static @Nullable String cancelReason(Order order, Fulfillment fulfillment) {
        return items(order).stream()
                .map(Item::cancellation)
                .filter(Objects::nonNull)
                .map(AmazonWire.Cancellation::cancellationExecution)
                .filter(Objects::nonNull)
                .map(execution -> "%s: %s"
                        .formatted(
                                Objects.toString(execution.cancelledBy(), "unknown"),
                                Objects.toString(execution.cancelReason(), "no reason")))
                .findFirst()
                .orElse(fulfillment.fulfillmentStatus());
    }

    private static Line line(Item item, String currency, Status status) {
        int ordered = item.quantityOrdered();
        LineMoney money = LineMoney.of(item, currency);
        return new Line(
                present(item.orderItemId(), "orderItemId"),
                item.product() == null || item.product().sellerSku() == null
                        ? ""
                        : item.product().sellerSku(),
                null,
                null,
                item.product() == null || item.product().title() == null
                        ? ""
                        : item.product().title(),
                status == Status.CANCELLED ? 0 : quantity(item, status == Status.OPEN),
                ordered,
                money.unitPrice(),
                money.tax(),
                money.paid());
    }

    /// Ordered less cancelled. A shipped unit is still wanted; where nothing is said of either, all are.
    private static int quantity(Item item, boolean counted) {
        @Nullable ItemFulfillment fulfillment = item.fulfillment();
        @Nullable Integer fulfilled = fulfillment == null ? null : fulfillment.quantityFulfilled();
        @Nullable Integer unfulfilled = fulfillment == null ? null : fulfillment.quantityUnfulfilled();
        int shipped = fulfilled == null ? 0 : fulfilled;
        int left = shipped + (fulfilled == null || unfulfilled == null ? 0 : unfulfilled);
        boolean cancelled = item.cancellation() != null && item.cancellation().cancellationExecution() != null;
        if (cancelled) {
            return Math.min(left, item.quantityOrdered());
        }
        return counted && left > 0 ? Math.min(left, item.quantityOrdered()) : item.quantityOrdered();
    }

    /// What one line costs.
    private record LineMoney(Money unitPrice, Money tax, Money paid) {

        static LineMoney of(Item item, String currency) {
            List<Breakdown> parts = item.proceeds() == null || item.proceeds().breakdowns() == null
                    ? List.of()
                    : item.proceeds().breakdowns();
            BigDecimal goods = total(parts, "ITEM", currency);
            // Amazon writes a discount with either sign.
            BigDecimal discount = ofItem(parts, "DISCOUNT", currency).abs();
            BigDecimal tax = ofItem(parts, "TAX", currency);
            BigDecimal net = goods.subtract(discount);
            BigDecimal paid = taxIsIncluded(item, parts, currency) ? net : net.add(tax);
            int ordered = item.quantityOrdered();
            Money unit = ordered == 0 || goods.signum() == 0
                    ? listed(item, currency)
                    : rounded(net.divide(BigDecimal.valueOf(ordered), 6, RoundingMode.HALF_EVEN), currency);
            return new LineMoney(unit, rounded(tax, currency), rounded(paid, currency));
        }

        private static Money listed(Item item, String currency) {
            return item.product() == null
                            || item.product().price() == null
                            || item.product().price().unitPrice() == null
                    ? Money.zero(currency)
                    : money(item.product().price().unitPrice(), currency);
        }

        /// In some marketplaces prices carry their tax: there the parts without the tax come to the total.
        private static boolean taxIsIncluded(Item item, List<Breakdown> parts, String currency) {
            if (item.proceeds() == null || item.proceeds().proceedsTotal() == null) {
                return false;
            }
            BigDecimal total = decimal(item.proceeds().proceedsTotal(), currency);
            BigDecimal tax = total(parts, "TAX", currency);
            BigDecimal others = BigDecimal.ZERO;
            for (Breakdown part : parts) {
                BigDecimal amount = decimal(part.subtotal(), currency);
                others = switch (part.type()) {
                    case "TAX" -> others;
                    case "DISCOUNT" -> others.subtract(amount.abs());
                    default -> others.add(amount);
                };
            }
            return tax.signum() != 0 && others.compareTo(total) == 0;
        }

        /// The part of a sum that falls on the goods; all of it where it is not divided.
        private static BigDecimal ofItem(List<Breakdown> parts, String type, String currency) {
            BigDecimal sum = BigDecimal.ZERO;
            for (Breakdown part : parts) {
                if (part.type().equals(type)) {
                    @Nullable List<DetailedBreakdown> details = part.detailedBreakdowns();
                    sum = sum.add(
                            details == null || details.isEmpty()
                                    ? decimal(part.subtotal(), currency)
                                    : onGoods(details, currency));
                }
            }
            return sum;
        }

        private static BigDecimal onGoods(List<DetailedBreakdown> details, String currency) {
            BigDecimal sum = BigDecimal.ZERO;
            for (DetailedBreakdown detail : details) {
                @Nullable Amount value = detail.value();
                if ("ITEM".equals(detail.subtype()) && value != null) {
                    sum = sum.add(decimal(value, currency));
                }
            }
            return sum;
        }

        private static BigDecimal total(List<Breakdown> parts, String type, String currency) {
            return parts.stream()
                    .filter(part -> part.type().equals(type))
                    .map(part -> decimal(part.subtotal(), currency))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    private static Money sum(Order order, String type, String currency) {
        if (order.proceeds() == null || order.proceeds().breakdowns() == null) {
            return Money.zero(currency);
        }
        return order.proceeds().breakdowns().stream()
                .filter(part -> part.type().equals(type))
                .map(part -> money(part.subtotal(), currency))
                .reduce(Money.zero(currency), Money::plus);
    }

    private static String currency(Order order, String marketCurrency) {
        if (order.proceeds() != null && order.proceeds().grandTotal() != null) {
            return order.proceeds().grandTotal().currencyCode();
        }
        return AmazonSettings.currency(
                        order.salesChannel() == null
                                ? null
                                : order.salesChannel().marketplaceId())
                .orElse(marketCurrency);
    }

    private static @Nullable Destination destination(Order order) {
        @Nullable Address to = address(order);
        return to == null || to.countryCode() == null ? null : new Destination(to.countryCode(), to.stateOrRegion());
    }

    private static Recipient recipient(Order order) {
        @Nullable Address to = address(order);
        @Nullable Buyer buyer = order.buyer();
        @Nullable String email = buyer == null ? null : buyer.buyerEmail();
        if (to == null) {
            return new Recipient(
                    buyer == null ? null : buyer.buyerName(), null, null, null, null, null, null, null, null, email);
        }
        String second = Stream.of(to.addressLine2(), to.addressLine3(), to.districtOrCounty())
                .filter(line -> line != null && !line.isBlank())
                .collect(Collectors.joining(", "));
        return new Recipient(
                to.name(),
                to.companyName(),
                to.addressLine1(),
                second.isEmpty() ? null : second,
                to.city() == null ? to.municipality() : to.city(),
                to.stateOrRegion(),
                to.postalCode(),
                to.countryCode(),
                to.phone(),
                email);
    }

    private static @Nullable Address address(Order order) {
        return order.recipient() == null ? null : order.recipient().deliveryAddress();
    }

    private static List<Item> items(Order order) {
        if (order.orderItems() == null) {
            throw new IllegalArgumentException("the order has no items");
        }
        return order.orderItems();
    }

    private static Money money(Amount amount, String currency) {
        return Money.ofDecimal(decimal(amount, currency).toPlainString(), currency);
    }

    private static BigDecimal decimal(Amount amount, String currency) {
        if (!currency.equals(amount.currencyCode())) {
            throw new IllegalArgumentException(
                    "the order is in %s and in %s".formatted(currency, amount.currencyCode()));
        }
        return new BigDecimal(present(amount.amount(), "amount"));
    }

    /// A share of a line may be finer than the currency: the line's own sums are what counts.
    private static Money rounded(BigDecimal amount, String currency) {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return Money.ofDecimal(amount.setScale(digits, RoundingMode.HALF_EVEN).toPlainString(), currency);
    }

    private static Instant instant(@Nullable String text) {
        return OffsetDateTime.parse(present(text, "a time")).toInstant();
    }

    private static String present(@Nullable String value, String what) {
        if (value == null) {
            throw new IllegalArgumentException("the order lacks " + what);
        }
        return value;
    }
}
