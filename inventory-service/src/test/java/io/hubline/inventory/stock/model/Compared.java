package io.hubline.inventory.stock.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The real books, asked in the words of the model.
public interface Compared {

    /// Decides the commands together, and answers each.
    List<Answer> decide(List<Command> batch);

    Model.Pool pool(Model.Key key);

    Model.Place place(Model.Spot spot);

    /// Every movement there, oldest first.
    List<String> movements(Model.Spot spot);

    /// What is known of an order; null when it was never seen.
    @Nullable
    String order(String id);

    /// Every announcement about an order, oldest first.
    List<String> said(String order);

    /// The state of each hold.
    Map<String, String> holds();

    /// Units ever sold through each offer, and those of them that were cancelled.
    Map<String, String> sales();

    /// What was sold and was not there, oldest first.
    List<String> oversells();

    /// Where the world and the books disagreed, oldest first.
    List<String> discrepancies();
}
