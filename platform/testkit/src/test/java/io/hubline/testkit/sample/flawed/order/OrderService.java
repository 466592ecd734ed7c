package io.hubline.testkit.sample.flawed.order;

import io.hubline.testkit.sample.flawed.stock.StockService;

/// Needs the stock, which needs the orders.
public class OrderService {

    public Class<?> friend() {
        return StockService.class;
    }
}
