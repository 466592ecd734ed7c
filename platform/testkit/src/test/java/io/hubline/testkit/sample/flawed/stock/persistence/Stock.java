package io.hubline.testkit.sample.flawed.stock.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/// A row for everybody to see.
@Entity
public class Stock {

    @Id
    public long id;
}
