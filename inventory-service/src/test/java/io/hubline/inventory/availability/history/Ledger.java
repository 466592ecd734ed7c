package io.hubline.inventory.availability.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/// The movements themselves, row by row, and sums of them by adding them up.
final class Ledger {

    private final Map<String, Map<String, List<Movement>>> movements = new HashMap<>();

    private Ledger() {}

    /// Reads what concerns the SKUs that begin so.
    static Ledger of(DataSource database, String skus) throws SQLException {
        Ledger ledger = new Ledger();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select sku, location, number, delta, reason, seq from stock_movement where sku like ? order by seq")) {
            query.setString(1, skus + "%");
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    ledger.movements
                            .computeIfAbsent(rows.getString(1), _ -> new HashMap<>())
                            .computeIfAbsent(rows.getString(2), _ -> new ArrayList<>())
                            .add(new Movement(
                                    rows.getString(2),
                                    rows.getLong(3),
                                    rows.getInt(4),
                                    rows.getString(5),
                                    rows.getLong(6)));
                }
            }
        }
        return ledger;
    }

    /// What lay at a location after the movement with this number, by the reasons of all until then.
    Map<String, Long> units(String sku, String location, long through) {
        Map<String, Long> units = new TreeMap<>();
        of(sku, location).stream()
                .filter(movement -> movement.number <= through)
                .forEach(movement -> units.merge(movement.reason, (long) movement.delta, Long::sum));
        return units;
    }

    /// The newest of the movements of a SKU, newest first.
    ///
    /// @param through by location, the number of the last that counts
    List<Movement> newest(String sku, Map<String, Long> through, int size) {
        return through.entrySet().stream()
                .flatMap(place ->
                        of(sku, place.getKey()).stream().filter(movement -> movement.number <= place.getValue()))
                .sorted(Comparator.comparingLong(Movement::seq).reversed())
                .limit(size)
                .toList();
    }

    private List<Movement> of(String sku, String location) {
        return movements.getOrDefault(sku, Map.of()).getOrDefault(location, List.of());
    }

    /// How many there are of a SKU.
    long count(String sku) {
        return movements.getOrDefault(sku, Map.of()).values().stream()
                .mapToLong(List::size)
                .sum();
    }

    /// What they come to.
    long units(String sku) {
        return movements.getOrDefault(sku, Map.of()).values().stream()
                .flatMap(List::stream)
                .mapToLong(Movement::delta)
                .sum();
    }

    /// The reasons that occur.
    List<String> reasons() {
        return movements.values().stream()
                .flatMap(ofSku -> ofSku.values().stream())
                .flatMap(List::stream)
                .map(Movement::reason)
                .distinct()
                .sorted()
                .toList();
    }

    record Movement(String location, long number, int delta, String reason, long seq) {}
}
