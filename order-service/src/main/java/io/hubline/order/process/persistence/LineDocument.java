package io.hubline.order.process.persistence;

import io.hubline.order.process.domain.Amount;
import io.hubline.order.process.domain.Line;
import io.hubline.order.process.domain.Mapping;
import io.hubline.order.process.domain.Order;
import io.hubline.order.process.domain.Promise;
import io.hubline.order.process.domain.Sale;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `order_line` as JSON, one field per column, with what inventory promised for it.
@RegisterForReflection
record LineDocument(
        UUID lineId,
        UUID orderId,
        int position,
        String channelLineId,
        String channelSku,
        @Nullable String variantId,
        @Nullable String channelLocation,
        String title,
        int asked,
        int wanted,
        int shipped,
        long unitPriceMinor,
        long taxMinor,
        int ordered,
        @Nullable Long paidMinor,
        @Nullable String sku,
        @Nullable String offer,
        int held,
        int backordered,
        Map<String, Integer> allocated,
        int promiseShipped) {

    static List<LineDocument> of(Order order) {
        return order.lines().stream().map(line -> of(order, line)).toList();
    }

    private static LineDocument of(Order order, Line line) {
        @Nullable Mapping mapping = line.mapping();
        @Nullable Sale sale = line.sale();
        Promise.PromisedLine promised = order.promise().line(line.lineId());
        return new LineDocument(
                UUID.fromString(line.lineId()),
                UUID.fromString(order.identity().orderId()),
                line.position(),
                line.channelLineId(),
                line.channelSku(),
                line.variantId(),
                line.channelLocation(),
                line.title(),
                line.asked(),
                order.wanted(line),
                order.shipped(line),
                line.unitPrice().minor(),
                line.tax().minor(),
                sale == null ? 0 : sale.ordered(),
                sale == null ? null : sale.paid().minor(),
                mapping == null ? null : mapping.sku(),
                mapping == null ? null : mapping.offer(),
                promised.held(),
                promised.backordered(),
                promised.allocated(),
                promised.shipped());
    }

    Line toDomain(String currency) {
        return new Line(
                lineId.toString(),
                channelLineId,
                position,
                channelSku,
                variantId,
                channelLocation,
                title,
                asked,
                new Amount(unitPriceMinor, currency),
                new Amount(taxMinor, currency),
                paidMinor == null ? null : new Sale(ordered, new Amount(paidMinor, currency)),
                sku == null ? null : new Mapping(sku, offer));
    }

    Promise.PromisedLine promised() {
        return new Promise.PromisedLine(lineId.toString(), held, backordered, allocated, promiseShipped);
    }
}
