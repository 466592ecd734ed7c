package io.hubline.inventory.stock.api;

import io.hubline.inventory.stock.BundleService;
import io.hubline.inventory.stock.BundleService.Refusal;
import io.hubline.inventory.stock.domain.Bundle;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import io.hubline.kit.web.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// What is sold as one and lies in stock as several.
@Path("/bundles")
class BundleResource {

    private static final int PER_MAX = 10_000;
    private static final int TEXT_MAX = 200;
    private static final int COMPONENTS_MAX = 50;

    private final BundleService bundles;

    BundleResource(BundleService bundles) {
        this.bundles = bundles;
    }

    /// Every bundle, in the order of their SKUs.
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    public Page<BundleView> page(@RestQuery @Nullable String after) {
        return Page.of(
                bundles.page(Page.position(after), Page.SIZE + 1).stream()
                        .map(BundleView::of)
                        .toList(),
                Page.SIZE,
                BundleView::sku);
    }

    /// One bundle.
    @GET
    @Path("/{sku}")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    public BundleView find(@RestPath String sku) {
        return bundles.find(sku).map(BundleView::of).orElseThrow(BundleResource::unknown);
    }

    /// Defines a bundle, or defines it anew from the next promise on.
    @PUT
    @Path("/{sku}")
    @RolesAllowed(Roles.OPERATOR)
    public BundleView define(@RestPath @Size(max = TEXT_MAX) String sku, @Valid @NotNull Definition definition) {
        Bundle bundle = definition.of(sku);
        bundles.define(bundle).ifPresent(refusal -> {
            throw refused(refusal);
        });
        return BundleView.of(bundle);
    }

    /// Ends a definition: the SKU is a plain one again. What was promised of it stays promised.
    @DELETE
    @Path("/{sku}")
    @RolesAllowed(Roles.OPERATOR)
    public void remove(@RestPath String sku) {
        if (!bundles.remove(sku)) {
            throw unknown();
        }
    }

    private static ProblemException unknown() {
        return Problem.of(404, "unknown-bundle", "This SKU is no bundle").asException();
    }

    private static ProblemException refused(Refusal refusal) {
        String detail = switch (refusal.why()) {
            case WAS_IN_STOCK -> "Units of %s itself came and went, so it is a thing of its own";
            case IS_PROMISED -> "Units of %s itself are promised, kept for a buyer or waited for";
            case IS_A_COMPONENT -> "It is a component of the bundle %s";
            case HAS_A_BUNDLE -> "The component %s is a bundle itself";
        };
        return Problem.of(409, "bundle-refused", "This SKU cannot be such a bundle")
                .detail(detail.formatted(refusal.sku()))
                .with("reason", refusal.why())
                .with("sku", refusal.sku())
                .asException();
    }

    /// @param components at least two units in total, each SKU once
    record Definition(@NotEmpty @Size(max = COMPONENTS_MAX) List<@NotNull @Valid Component> components) {

        Bundle of(String sku) {
            SortedMap<String, Integer> per = new TreeMap<>();
            for (Component component : components) {
                if (component.sku().equals(sku)) {
                    throw Wrong.field("components", "a bundle is no component of itself");
                }
                if (per.put(component.sku(), component.quantity()) != null) {
                    throw Wrong.field("components", "%s is named twice".formatted(component.sku()));
                }
            }
            if (per.values().stream().mapToInt(units -> units).sum() < 2) {
                throw Wrong.field("components", "a bundle consists of two units at least");
            }
            return new Bundle(sku, per);
        }
    }

    record Component(
            @NotBlank @Size(max = TEXT_MAX) String sku,
            @Positive @Max(PER_MAX) int quantity) {}

    record BundleView(String sku, List<Component> components) {

        static BundleView of(Bundle bundle) {
            return new BundleView(
                    bundle.sku(),
                    bundle.components().entrySet().stream()
                            .map(component -> new Component(component.getKey(), component.getValue()))
                            .toList());
        }
    }
}
