package io.hubline.sandbox.shopify.admin;

import graphql.schema.DataFetchingEnvironment;
import io.hubline.sandbox.shopify.admin.Views.OptionValueView;
import io.hubline.sandbox.shopify.admin.Views.OptionView;
import io.hubline.sandbox.shopify.admin.Views.SelectedView;
import io.hubline.sandbox.shopify.store.Gid;
import io.hubline.sandbox.shopify.store.Product;
import io.hubline.sandbox.shopify.store.Product.Option;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.store.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Products with their options and pictures.
final class ProductTypes {

    private ProductTypes() {}

    static List<Fields<?>> types() {
        return List.of(
                product(),
                Fields.of("ProductOption", OptionView.class)
                        .with("id", view -> view.option().gid())
                        .with("name", view -> view.option().name())
                        .with("position", OptionView::position)
                        .with(
                                "values",
                                view -> view.option().values().stream()
                                        .map(Option.Value::name)
                                        .toList())
                        .with(
                                "optionValues",
                                view -> view.option().values().stream()
                                        .map(value -> new OptionValueView(view.product(), view.position(), value))
                                        .toList()),
                Fields.of("ProductOptionValue", OptionValueView.class)
                        .with(
                                "id",
                                view -> Gid.of(
                                        "ProductOptionValue", view.value().id()))
                        .with("name", view -> view.value().name())
                        .asking("hasVariants", ProductTypes::hasVariants),
                Fields.of("SelectedOption", SelectedView.class)
                        .with("name", view -> view.option().option().name())
                        .with("value", view -> view.value().value().name())
                        .with("optionValue", SelectedView::value),
                Fields.of("MediaImage", Product.Image.class)
                        .with("id", image -> Gid.of("MediaImage", image.id()))
                        .with("alt", Product.Image::alt)
                        .with("createdAt", Product.Image::createdAt)
                        .with("mediaContentType", image -> "IMAGE")
                        .with("status", image -> "READY")
                        .with("image", image -> image)
                        .with("originalSource", image -> image),
                Fields.of("MediaImageOriginalSource", Product.Image.class).with("url", Product.Image::source),
                Fields.of("Image", Product.Image.class)
                        .with("id", image -> Gid.of("ImageSource", image.id()))
                        .with("altText", Product.Image::alt)
                        .with("url", Product.Image::url),
                Fields.of("Metafield", Product.Metafield.class)
                        .with("id", field -> Gid.of("Metafield", field.id()))
                        .with("legacyResourceId", Product.Metafield::id)
                        .with("namespace", Product.Metafield::namespace)
                        .with("key", Product.Metafield::key)
                        .with("type", Product.Metafield::type)
                        .with("value", Product.Metafield::value),
                Fields.of("ProductSetPayload", ProductSet.Payload.class)
                        .with("product", ProductSet.Payload::product)
                        .with("userErrors", ProductSet.Payload::errors));
    }

    private static Fields<Product> product() {
        return Fields.of("Product", Product.class)
                .with("id", Product::gid)
                .with("legacyResourceId", Product::id)
                .with("title", Product::title)
                .with("handle", Product::handle)
                .with("vendor", Product::vendor)
                .with("descriptionHtml", Product::descriptionHtml)
                .with("productType", Product::productType)
                .with("tags", Product::tags)
                .with("status", product -> product.status().name())
                .with("createdAt", Product::createdAt)
                .with("updatedAt", Product::updatedAt)
                .with(
                        "variantsCount",
                        product -> new AdminSchema.Counted(product.variantIds().size(), "EXACT"))
                .with(
                        "mediaCount",
                        product -> new AdminSchema.Counted(product.images().size(), "EXACT"))
                .asking(
                        "hasOnlyDefaultVariant",
                        (product, request) -> variants(product, request).stream()
                                .allMatch(variant -> variant.title().equals(Variant.DEFAULT_TITLE)))
                .asking(
                        "options",
                        (product, request) -> AdminSchema.first(
                                IntStream.range(0, product.options().size())
                                        .mapToObj(index -> option(product, index))
                                        .toList(),
                                request))
                .asking(
                        "media",
                        (product, request) -> Page.of(
                                product.images(),
                                AdminSchema.sort(request),
                                image -> AdminSchema.sort(request).equals("POSITION")
                                        ? new Page.Place(
                                                "%05d"
                                                        .formatted(
                                                                product.images().indexOf(image)),
                                                image.id())
                                        : Page.Place.ofId(image.id()),
                                request))
                .asking("metafield", ProductTypes::metafield)
                .asking(
                        "totalInventory",
                        (product, request) -> variants(product, request).stream()
                                .mapToInt(variant -> AdminSchema.shown(variant, request))
                                .sum())
                .asking("variants", (product, request) -> AdminSchema.variantPage(variants(product, request), request));
    }

    private static List<Variant> variants(Product product, DataFetchingEnvironment request) {
        return Call.of(request).shop().variantsOf(product);
    }

    private static OptionView option(Product product, int index) {
        return new OptionView(product, product.options().get(index), index + 1);
    }

    private static boolean hasVariants(OptionValueView view, DataFetchingEnvironment request) {
        return variants(view.product(), request).stream()
                .anyMatch(variant -> variant.optionValues().size() >= view.optionPosition()
                        && variant.optionValues()
                                .get(view.optionPosition() - 1)
                                .equals(view.value().name()));
    }

    private static @Nullable Object metafield(Product product, DataFetchingEnvironment request) {
        String key = request.getArgument("key");
        String namespace = request.getArgument("namespace");
        return product.metafields().stream()
                .filter(field -> field.key().equals(key)
                        && field.namespace().equals(namespace == null ? ProductSet.OWN_NAMESPACE : namespace))
                .findFirst()
                .orElse(null);
    }

    static Object position(Variant variant, DataFetchingEnvironment request) {
        return Call.of(request)
                .shop()
                .product(variant.productId())
                .map(product -> product.variantIds().indexOf(variant.id()) + 1)
                .orElse(1);
    }

    static Object selectedOptions(Variant variant, DataFetchingEnvironment request) {
        List<SelectedView> selected = new ArrayList<>();
        Call.of(request).shop().product(variant.productId()).ifPresent(product -> {
            for (int i = 0;
                    i
                            < Math.min(
                                    product.options().size(),
                                    variant.optionValues().size());
                    i++) {
                OptionView option = option(product, i);
                String chosen = variant.optionValues().get(i);
                option.option().values().stream()
                        .filter(value -> value.name().equals(chosen))
                        .findFirst()
                        .ifPresent(value -> selected.add(
                                new SelectedView(option, new OptionValueView(product, option.position(), value))));
            }
        });
        return selected;
    }

    static @Nullable Object byIdentifier(DataFetchingEnvironment request) {
        Shop shop = Call.of(request).shop();
        Map<String, Object> identifier = AdminMutations.argument(request, "identifier");
        if (identifier.get("id") != null) {
            return AdminSchema.find("Product", String.valueOf(identifier.get("id")), request);
        }
        if (identifier.get("handle") != null) {
            return shop.productOfHandle(String.valueOf(identifier.get("handle")))
                    .orElse(null);
        }
        return identifier.get("customId") instanceof Map<?, ?> customId
                ? shop.productOfCustomId(
                                customId.get("namespace") == null
                                        ? ProductSet.OWN_NAMESPACE
                                        : String.valueOf(customId.get("namespace")),
                                String.valueOf(customId.get("key")),
                                String.valueOf(customId.get("value")))
                        .orElse(null)
                : null;
    }

    static Object set(DataFetchingEnvironment request) {
        if (Boolean.FALSE.equals(request.getArgument("synchronous"))) {
            throw new AdminError("BAD_REQUEST", "productSet is only served synchronously here.");
        }
        Map<String, Object> identifier = request.getArgument("identifier");
        return new ProductSet(Call.of(request).shop(), AdminMutations.argument(request, "input")).run(identifier);
    }
}
