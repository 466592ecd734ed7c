package io.hubline.sandbox.amazon.store;

import org.jspecify.annotations.Nullable;

/// One line of an order. Amounts are minor units of the order's currency and stand for the whole line.
public final class OrderItem {

    /// What a line was charged, and what has gone back of it.
    public record Amounts(long price, long tax, long shipping) {

        /// Nothing.
        public static final Amounts NONE = new Amounts(0, 0, 0);

        /// The three together.
        public long total() {
            return price + tax + shipping;
        }

        Amounts plus(Amounts other) {
            return new Amounts(price + other.price, tax + other.tax, shipping + other.shipping);
        }

        Amounts minus(Amounts other) {
            return new Amounts(price - other.price, tax - other.tax, shipping - other.shipping);
        }

        boolean covers(Amounts other) {
            return price >= other.price && tax >= other.tax && shipping >= other.shipping;
        }
    }

    /// Who ended a line, and why.
    public record Ended(String by, String reason) {}

    private final String id;
    private final String sku;
    private final String asin;
    private final String title;
    private final int quantity;
    private final long unitPrice;
    private final Amounts charged;
    private int shipped;
    private int billed;
    private Amounts refunded = Amounts.NONE;
    private @Nullable String requestedReason;
    private @Nullable Ended ended;

    OrderItem(String id, String sku, String asin, String title, int quantity, long unitPrice, Amounts charged) {
        this.id = id;
        this.sku = sku;
        this.asin = asin;
        this.title = title;
        this.quantity = quantity;
        this.unitPrice = unitPrice;
        this.charged = charged;
    }

    public String id() {
        return id;
    }

    public String sku() {
        return sku;
    }

    public String asin() {
        return asin;
    }

    public String title() {
        return title;
    }

    public int quantity() {
        return quantity;
    }

    public long unitPrice() {
        return unitPrice;
    }

    /// What the buyer pays for the line when all of it ships.
    public Amounts charged() {
        return charged;
    }

    public int shipped() {
        return shipped;
    }

    /// Units that are still to leave.
    public int open() {
        return ended == null ? quantity - shipped : 0;
    }

    public Amounts refunded() {
        return refunded;
    }

    /// Why the buyer wants the line cancelled, when they asked.
    public @Nullable String requestedReason() {
        return requestedReason;
    }

    /// Set once the line is cancelled.
    public @Nullable Ended ended() {
        return ended;
    }

    void request(String reason) {
        requestedReason = reason;
    }

    void end(String by, String reason) {
        ended = new Ended(by, reason);
    }

    void shipped(int units) {
        shipped = units;
    }

    /// Units that the buyer has been charged for: each once, also when a package is edited afterwards.
    int billed() {
        return billed;
    }

    void bill(int units) {
        billed = units;
    }

    void refund(Amounts amounts) {
        refunded = refunded.plus(amounts);
    }

    /// The share of the line that belongs to its first `units`; shipping goes with the first of them.
    /// Shares of growing numbers never shrink, and all units together are the whole line.
    Amounts share(int units) {
        if (units == 0) {
            return Amounts.NONE;
        }
        return new Amounts(
                unitPrice * units, (2 * charged.tax() * units + quantity) / (2L * quantity), charged.shipping());
    }
}
