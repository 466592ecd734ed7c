package io.hubline.catalog.sheet;

import java.util.List;

/// How reading a sheet ended.
public sealed interface SheetOutcome {

    /// It was read to its end.
    record Finished(SheetReport report) implements SheetOutcome {}

    /// Its header names columns that are not known, or not those that are needed. Nothing was taken.
    record WrongHeader(List<ColumnError> errors) implements SheetOutcome {

        public WrongHeader {
            errors = List.copyOf(errors);
        }
    }

    /// It cannot be read on. What the report counts was taken; the rest was not looked at.
    ///
    /// @param afterRow the line in which the last readable row began; 0 where there was none
    record Unreadable(long afterRow, String reason, SheetReport report) implements SheetOutcome {}

    /// It has more rows than one sheet may have. What the report counts was taken.
    record TooLong(long rowsMax, SheetReport report) implements SheetOutcome {}

    /// What is wrong with one column.
    ///
    /// @param column its name in the header; empty where the header is missing
    record ColumnError(String column, String reason) {}
}
