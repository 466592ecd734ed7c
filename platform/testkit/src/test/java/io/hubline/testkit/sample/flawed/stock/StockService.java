package io.hubline.testkit.sample.flawed.stock;

import io.hubline.testkit.sample.flawed.order.OrderService;
import io.hubline.testkit.sample.flawed.stock.persistence.Stock;
import jakarta.inject.Inject;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Wrong in five ways.
public class StockService {

    @Inject
    public Stock stock;

    @Inject
    public OrderService orders;

    public Instant now() {
        System.out.println(stock.id);
        return Instant.now();
    }

    public ProducerRecord<String, String> announce() {
        return new ProducerRecord<>("stock", orders.toString());
    }
}
