package io.hubline.testkit.sample.flawed.stock.api;

import io.hubline.testkit.sample.flawed.stock.persistence.Stock;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/// Answers anybody, straight from the table.
@Path("/stock")
public class Stocks {

    @GET
    public long units() {
        return new Stock().id;
    }
}
