package io.hubline.catalog.product;

import io.hubline.catalog.product.domain.PatchOutcome;
import io.hubline.catalog.product.domain.PatchOutcome.Kind;
import io.hubline.catalog.product.domain.Product;
import io.hubline.catalog.product.domain.ProductForm.CheckOutcome.Sound;
import io.hubline.catalog.product.domain.ProductForm.CheckOutcome.Unsound;
import io.hubline.catalog.product.domain.ProductForm.VariantForm;
import io.hubline.catalog.product.domain.ProductPatch;
import io.hubline.catalog.product.domain.ProductPatch.Merged;
import io.hubline.catalog.product.domain.Products;
import io.hubline.catalog.product.domain.Products.Headline;
import io.hubline.catalog.product.domain.SaveOutcome;
import io.hubline.catalog.product.domain.SaveOutcome.Changed;
import io.hubline.catalog.product.domain.SaveOutcome.Created;
import io.hubline.catalog.product.domain.SaveOutcome.Expectation;
import io.hubline.catalog.product.domain.SaveOutcome.SkuTaken;
import io.hubline.catalog.product.domain.SaveOutcome.Unchanged;
import io.hubline.catalog.product.domain.SaveOutcome.VersionDiffers;
import io.hubline.catalog.product.domain.SaveOutcome.VersionNeeded;
import io.hubline.catalog.product.domain.Sellable;
import io.hubline.catalog.product.domain.StoredProduct;
import io.hubline.catalog.product.domain.Variant;
import io.hubline.catalog.product.domain.Violation;
import io.hubline.kit.audit.Audit;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What can be done with products.
@ApplicationScoped
public class ProductService {

    private final Products products;
    private final Event<ProductsChanged> changes;
    private final Audit audit;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    ProductService(
            Products products,
            Event<ProductsChanged> changes,
            Audit audit,
            InstantSource clock,
            MeterRegistry metrics) {
        this.products = products;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Brings one product to what is wanted, with exactly these variants, and tells whoever sells them.
    ///
    /// @param expected what the caller believes to stand. Of two callers who saw the same version, the
    ///     second is refused
    @Transactional
    public SaveOutcome save(Product wanted, Expectation expected) {
        products.holdProducts(List.of(wanted.id()));
        @Nullable StoredProduct before = products.find(List.of(wanted.id())).get(wanted.id());
        long version = before == null ? 0 : before.version();
        boolean nothingThere = expected.any() && before == null;
        if (nothingThere || (expected.version() != null && expected.version() != version)) {
            return new VersionDiffers(version);
        }
        if (before != null && before.product().equals(wanted)) {
            count("unchanged");
            return new Unchanged(before);
        }
        if (before != null && !expected.any() && expected.version() == null) {
            return new VersionNeeded(version);
        }
        Set<String> skus = StoredProduct.skusOf(before, wanted);
        products.holdSkus(skus);
        Map<String, String> owners = products.owners(skus);
        for (int i = 0; i < wanted.variants().size(); i++) {
            String sku = wanted.variants().get(i).sku();
            @Nullable String owner = owners.get(sku);
            if (owner != null && !owner.equals(wanted.id())) {
                count("refused");
                return new SkuTaken(i, sku, owner);
            }
        }
        StoredProduct after = new StoredProduct(wanted, version + 1, clock.instant());
        products.write(List.of(after));
        record(before, after);
        changes.fire(new ProductsChanged(after.skusChangedSince(before)));
        return before == null ? new Created(after) : new Changed(before, after);
    }

    /// Brings many products to what patches say, in one transaction. What a patch says wrong is left out of
    /// it, and does not hinder the rest: a wrong variant leaves the other variants, a wrong page leaves the
    /// other products.
    ///
    /// @param patches no product twice
    /// @return one outcome per patch, in the same order
    @Transactional
    public List<PatchOutcome> apply(List<ProductPatch> patches) {
        List<String> ids = patches.stream().map(ProductPatch::productId).toList();
        products.holdProducts(ids);
        Map<String, StoredProduct> stored = products.find(ids);
        Set<String> skus = new TreeSet<>();
        patches.forEach(patch -> patch.variants().forEach(variant -> {
            if (variant.sku() != null) {
                skus.add(variant.sku());
            }
        }));
        // The page of a product speaks for all its variants, so those that the patch leaves out are held as well.
        stored.values().forEach(product -> product.product().variants().forEach(variant -> skus.add(variant.sku())));
        products.holdSkus(skus);
        Map<String, String> owners = new HashMap<>(products.owners(skus));
        List<StoredProduct> written = new ArrayList<>();
        Set<String> told = new LinkedHashSet<>();
        List<PatchOutcome> outcomes = new ArrayList<>();
        for (ProductPatch patch : patches) {
            @Nullable StoredProduct before = stored.get(patch.productId());
            Application applied = apply(patch, before, owners);
            outcomes.add(applied.outcome());
            if (applied.after() != null) {
                StoredProduct after = applied.after();
                after.product()
                        .variants()
                        .forEach(variant ->
                                owners.put(variant.sku(), after.product().id()));
                written.add(after);
                told.addAll(after.skusChangedSince(before));
                record(before, after);
            } else {
                count(applied.outcome().kind() == Kind.UNCHANGED ? "unchanged" : "refused");
            }
        }
        products.write(written);
        if (!told.isEmpty()) {
            changes.fire(new ProductsChanged(told));
        }
        return outcomes;
    }

    /// Takes variants out of the patch until the rest is sound; each round takes at least one, or ends.
    private Application apply(ProductPatch patch, @Nullable StoredProduct before, Map<String, String> owners) {
        List<Violation> errors = new ArrayList<>();
        Set<Integer> refused = new HashSet<>();
        for (int i = 0; i < patch.variants().size(); i++) {
            @Nullable String owner = owners.get(patch.variants().get(i).sku());
            if (owner != null && !owner.equals(patch.productId())) {
                errors.add(new Violation(i, "sku", "already belongs to product " + owner));
                refused.add(i);
            }
        }
        while (true) {
            List<Integer> kept = new ArrayList<>();
            List<VariantForm> variants = new ArrayList<>();
            for (int i = 0; i < patch.variants().size(); i++) {
                if (!refused.contains(i)) {
                    kept.add(i);
                    variants.add(patch.variants().get(i));
                }
            }
            if (variants.isEmpty() && !refused.isEmpty()) {
                return Application.refused(errors, patch);
            }
            Merged merged = patch.only(variants).onto(before == null ? null : before.product());
            switch (merged.form().check()) {
                case Sound(Product product) -> {
                    List<Integer> out = refused.stream().sorted().toList();
                    if (before != null && before.product().equals(product)) {
                        return new Application(new PatchOutcome(Kind.UNCHANGED, errors, out), null);
                    }
                    long version = before == null ? 1 : before.version() + 1;
                    return new Application(
                            new PatchOutcome(before == null ? Kind.CREATED : Kind.CHANGED, errors, out),
                            new StoredProduct(product, version, clock.instant()));
                }
                case Unsound(List<Violation> violations) -> {
                    boolean anyTakenOut = false;
                    for (Violation violation : violations) {
                        Optional<Integer> culprit = Optional.ofNullable(
                                        merged.patchOfPlace().get(violation.variant()))
                                .map(kept::get);
                        culprit.ifPresent(at -> errors.add(new Violation(at, violation.field(), violation.reason())));
                        anyTakenOut |= culprit.isPresent() && refused.add(culprit.get());
                    }
                    if (!anyTakenOut) {
                        // The page itself, or a variant that the patch does not name and a page that no longer fits it.
                        violations.forEach(violation ->
                                errors.add(new Violation(Violation.PAGE, violation.field(), violation.reason())));
                        return Application.refused(errors, patch);
                    }
                }
            }
        }
    }

    /// @param after null where nothing is to be written
    private record Application(
            PatchOutcome outcome, @Nullable StoredProduct after) {

        static Application refused(List<Violation> errors, ProductPatch patch) {
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < patch.variants().size(); i++) {
                all.add(i);
            }
            return new Application(new PatchOutcome(Kind.REFUSED, errors, all), null);
        }
    }

    /// What is sold under these SKUs, held against change until the transaction ends; a SKU of no product
    /// is left out.
    ///
    /// Called by whoever composes something of products and announces it: a product that changes meanwhile
    /// waits, and then finds what was composed.
    @Transactional(TxType.MANDATORY)
    public Map<String, Sellable> hold(Collection<String> skus) {
        products.holdSkus(skus);
        return products.sellable(skus);
    }

    /// What is sold under these SKUs at this moment. The caller holds something that every change of them
    /// needs.
    @Transactional(TxType.MANDATORY)
    public Map<String, Sellable> sellable(Collection<String> skus) {
        return products.sellable(skus);
    }

    /// One product with its variants.
    @Transactional
    public Optional<StoredProduct> find(String productId) {
        return Optional.ofNullable(products.find(List.of(productId)).get(productId));
    }

    /// Products in the order of their ids, at most `limit`.
    @Transactional
    public List<Headline> page(@Nullable String after, int limit) {
        return products.page(after, limit);
    }

    private void record(@Nullable StoredProduct before, StoredProduct after) {
        ProductAudit changed = ProductAudit.between(before, after);
        audit.record(
                before == null ? "product.created" : "product.changed",
                "product",
                after.product().id(),
                changed.before(),
                changed.after());
        count(before == null ? "created" : "changed");
    }

    private void count(String outcome) {
        metrics.counter("hubline.catalog.products.saved", "outcome", outcome).increment();
    }

    /// The SKUs of a product, in its order.
    public static List<String> skus(StoredProduct product) {
        return product.product().variants().stream().map(Variant::sku).toList();
    }
}
