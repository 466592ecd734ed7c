package io.hubline.catalog.product.api;

import io.hubline.catalog.product.ProductOffers;
import io.hubline.catalog.product.ProductService;
import io.hubline.catalog.product.domain.Product;
import io.hubline.catalog.product.domain.ProductForm;
import io.hubline.catalog.product.domain.ProductForm.CheckOutcome.Sound;
import io.hubline.catalog.product.domain.ProductForm.CheckOutcome.Unsound;
import io.hubline.catalog.product.domain.ProductForm.VariantForm;
import io.hubline.catalog.product.domain.Products.Headline;
import io.hubline.catalog.product.domain.SaveOutcome.Changed;
import io.hubline.catalog.product.domain.SaveOutcome.Created;
import io.hubline.catalog.product.domain.SaveOutcome.Expectation;
import io.hubline.catalog.product.domain.SaveOutcome.SkuTaken;
import io.hubline.catalog.product.domain.SaveOutcome.Unchanged;
import io.hubline.catalog.product.domain.SaveOutcome.VersionDiffers;
import io.hubline.catalog.product.domain.SaveOutcome.VersionNeeded;
import io.hubline.catalog.product.domain.StoredProduct;
import io.hubline.catalog.product.domain.Violation;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import io.hubline.kit.web.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/// Products with their variants.
@RegisterForReflection(targets = {ProductResource.FieldError.class})
@Path("/products")
class ProductResource {

    private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");

    private final ProductService products;
    private final ProductOffers offers;

    ProductResource(ProductService products, ProductOffers offers) {
        this.products = products;
        this.offers = offers;
    }

    /// Makes a product, or changes it to exactly what the body says, variants included.
    ///
    /// Whoever changes one says which version he has seen: `If-Match` with the `ETag` of his `GET`, or `*`
    /// to overwrite whatever there is. The same body again changes nothing and announces nothing.
    @PUT
    @Path("/{productId}")
    @RolesAllowed(Roles.CATALOG)
    public RestResponse<ProductView> put(
            @RestPath String productId,
            @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @NotNull Request request) {
        Expectation expected = expectation(ifMatch, ifNoneMatch);
        Product wanted = switch (request.form(productId).check()) {
            case Sound(Product sound) -> sound;
            case Unsound(List<Violation> violations) ->
                throw Problem.of(400, "invalid-product", "The product is not sound")
                        .with(
                                "errors",
                                violations.stream()
                                        .map(violation -> new FieldError(violation.path(), violation.reason()))
                                        .toList())
                        .asException();
        };
        return switch (products.save(wanted, expected)) {
            case Created(StoredProduct product) -> answer(Status.CREATED, product);
            case Changed changed -> answer(Status.OK, changed.product());
            case Unchanged(StoredProduct product) -> answer(Status.OK, product);
            case VersionDiffers(long version) ->
                throw Problem.of(412, "version-differs", "The product stands at another version")
                        .detail(
                                version == 0
                                        ? "There is no such product yet"
                                        : "It stands at version %d. Read it, and decide again".formatted(version))
                        .with("version", version)
                        .asException();
            case VersionNeeded(long version) ->
                throw Problem.of(428, "version-needed", "Say which version you change")
                        .detail("It stands at version %d and differs. Send If-Match: \"%d\" once you have read it, or"
                                        .formatted(version, version)
                                + " If-Match: * to overwrite whatever there is")
                        .with("version", version)
                        .asException();
            case SkuTaken taken ->
                throw Problem.of(409, "sku-taken", "Another product has the SKU")
                        .detail("%s belongs to product %s".formatted(taken.sku(), taken.otherProduct()))
                        .with("field", "variants[%d].sku".formatted(taken.variant()))
                        .with("otherProduct", taken.otherProduct())
                        .asException();
        };
    }

    /// One product with its variants and with the offers that sell them. `ETag` is its version.
    @GET
    @Path("/{productId}")
    @RolesAllowed(Roles.VIEWER)
    public RestResponse<ProductView> get(@RestPath String productId) {
        return answer(
                Status.OK,
                products.find(productId)
                        .orElseThrow(() -> Problem.of(404, "unknown-product", "There is no such product")
                                .with("productId", productId)
                                .asException()));
    }

    /// Products in the order of their ids, without their variants.
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page<Headline> list(@RestQuery @Nullable String after) {
        return Page.of(products.page(Page.position(after), Page.SIZE + 1), Page.SIZE, Headline::productId);
    }

    private RestResponse<ProductView> answer(Status status, StoredProduct product) {
        return ResponseBuilder.create(status, ProductView.of(product, offers.of(ProductService.skus(product))))
                .header(HttpHeaders.ETAG, "\"%d\"".formatted(product.version()))
                .build();
    }

    private static Expectation expectation(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch != null && ifNoneMatch != null) {
            throw wrongHeader(HttpHeaders.IF_NONE_MATCH, "cannot stand beside If-Match");
        }
        if (ifNoneMatch != null) {
            if (!ifNoneMatch.strip().equals("*")) {
                throw wrongHeader(HttpHeaders.IF_NONE_MATCH, "must be *");
            }
            return new Expectation(false, 0L);
        }
        if (ifMatch == null) {
            return Expectation.NONE;
        }
        if (ifMatch.strip().equals("*")) {
            return new Expectation(true, null);
        }
        Matcher version = ETAG.matcher(ifMatch.strip());
        if (!version.matches()) {
            throw wrongHeader(HttpHeaders.IF_MATCH, "must be * or one ETag that a GET gave, such as \"3\"");
        }
        return new Expectation(false, Long.valueOf(version.group(1)));
    }

    private static ProblemException wrongHeader(String header, String reason) {
        return Problem.of(400, "invalid-request", "The request breaks a rule")
                .with("errors", List.of(new FieldError(header, reason)))
                .asException();
    }

    /// What a product should be; its id is in the path.
    record Request(
            @Nullable String status,
            @Nullable String title,
            @Nullable String description,
            @Nullable String brand,
            @Nullable String productType,
            @Nullable List<@Nullable String> bullets,
            @Nullable List<@Nullable String> images,
            @Nullable Map<String, @Nullable String> attributes,
            @Nullable List<@Nullable VariantForm> variants) {

        ProductForm form(String productId) {
            return new ProductForm(
                    productId, status, title, description, brand, productType, bullets, images, attributes, variants);
        }
    }

    /// @param field the path in the request
    record FieldError(String field, String reason) {}
}
