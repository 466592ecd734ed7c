package io.hubline.connector.spi;

/// Tells a channel what left.
public interface ShipmentPort extends Adapter {

    /// Confirms a parcel with carrier and tracking.
    ///
    /// Looks before it tells: after a try whose outcome is unknown, a repetition confirms only what is
    /// still missing.
    Outcome<ActAnswer> confirm(Account account, ShipmentConfirmation shipment);
}
