package io.hubline.testkit.sample.sound.stock.api;

import io.hubline.testkit.sample.sound.stock.StockService;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

@Path("/stock")
class StockResource {

    private final StockService stock;

    StockResource(StockService stock) {
        this.stock = stock;
    }

    @GET
    @RolesAllowed("viewer")
    public int units() {
        return stock.level("any").units();
    }
}
