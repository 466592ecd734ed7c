package io.hubline.sandbox.shopify.admin;

import io.hubline.sandbox.shopify.store.GoodsReturn;
import io.hubline.sandbox.shopify.store.Level;
import io.hubline.sandbox.shopify.store.Money;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.PlacedOrder.Fulfillment;
import io.hubline.sandbox.shopify.store.PlacedOrder.FulfillmentOrder;
import io.hubline.sandbox.shopify.store.Product;
import io.hubline.sandbox.shopify.store.Refund;
import io.hubline.sandbox.shopify.store.Variant;
import java.time.Instant;

/// The schema's types that are not things of their own in the shop, each with what it is a view of.
final class Views {

    private Views() {}

    record LineView(PlacedOrder order, PlacedOrder.Line line) {}

    record PartView(PlacedOrder order, FulfillmentOrder part) {}

    record PartLineView(PlacedOrder order, FulfillmentOrder.Part units, PlacedOrder.Line line) {}

    record ParcelView(PlacedOrder order, Fulfillment parcel) {}

    record ParcelLineView(PlacedOrder order, Fulfillment.Packed units, PlacedOrder.Line line) {}

    record CustomerView(PlacedOrder order) {}

    record AddressView(PlacedOrder order) {}

    record DestinationView(PlacedOrder order) {}

    record ShippingView(PlacedOrder order) {}

    record TransactionView(PlacedOrder order, String kind, long id, long amountMinor, Instant at) {

        boolean sale() {
            return kind.equals("SALE");
        }
    }

    record RefundView(PlacedOrder order, Refund refund) {}

    record RefundUnitsView(PlacedOrder order, Refund.Units units) {}

    record RefundShippingView(PlacedOrder order, Refund refund) {}

    record ReturnView(PlacedOrder order, GoodsReturn goods) {}

    record ReturnLineView(PlacedOrder order, GoodsReturn goods, GoodsReturn.Line line) {}

    record OptionView(Product product, Product.Option option, int position) {}

    record OptionValueView(Product product, int optionPosition, Product.Option.Value value) {}

    record SelectedView(OptionView option, OptionValueView value) {}

    record FeeView(PlacedOrder order, long id) {}

    record TaxView(Money price) {}

    record ItemView(Variant variant) {}

    record QuantityView(Level level, String name, int quantity) {}

    record AssignedLocationView(FulfillmentOrder part) {}

    record ActionView(String action) {}

    record VersionView(String handle) {}
}
