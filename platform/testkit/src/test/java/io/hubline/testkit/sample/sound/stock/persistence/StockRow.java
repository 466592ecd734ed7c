package io.hubline.testkit.sample.sound.stock.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
class StockRow {

    @Id
    long id;
}
