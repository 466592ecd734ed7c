package io.hubline.catalog.sheet;

import java.util.List;

/// What became of a sheet.
///
/// @param dryRun whether nothing of it was kept
/// @param rows rows read, without the header and blank ones
/// @param failedRows rows of which something was not taken
/// @param errors what was not taken, the first thousand
/// @param errorsLeftOut how many more there were
/// @param blocked offers that were taken and whose content cannot be announced, the first thousand
public record SheetReport(
        boolean dryRun,
        long rows,
        Tally products,
        Tally offers,
        long failedRows,
        List<RowError> errors,
        long errorsLeftOut,
        List<BlockedOffer> blocked,
        long blockedLeftOut) {

    public SheetReport {
        errors = List.copyOf(errors);
        blocked = List.copyOf(blocked);
    }

    /// How many there were of each kind.
    public record Tally(long created, long changed, long unchanged, long refused) {}

    /// What was not taken.
    ///
    /// @param row the line of the file in which the row begins, from 1; the header is in line 1
    /// @param column the column's name; empty where the whole row is meant
    public record RowError(long row, String column, String reason) {}

    /// An offer that waits for somebody.
    ///
    /// @param field of the offer or of its product
    public record BlockedOffer(long row, String offer, String field, String reason) {}
}
