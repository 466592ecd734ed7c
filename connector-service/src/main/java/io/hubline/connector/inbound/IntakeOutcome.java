package io.hubline.connector.inbound;

/// What became of a delivery.
public enum IntakeOutcome {
    /// Stored, and safe: answer 2xx.
    STORED,
    /// Not signed by the channel. Nothing of it is kept but an audit row.
    FORGED,
    /// There is no such account with this adapter.
    UNKNOWN_ACCOUNT
}
