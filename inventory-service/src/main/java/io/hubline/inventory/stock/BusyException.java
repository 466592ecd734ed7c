package io.hubline.inventory.stock;

/// The books cannot take an ask in hand now. Nothing was changed; the same ask may come again.
public final class BusyException extends RuntimeException {

    BusyException(String message) {
        super(message);
    }
}
