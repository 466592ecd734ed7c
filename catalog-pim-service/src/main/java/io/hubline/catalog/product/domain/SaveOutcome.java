package io.hubline.catalog.product.domain;

import org.jspecify.annotations.Nullable;

/// What became of a wish for a product.
public sealed interface SaveOutcome {

    /// There is a new product.
    record Created(StoredProduct product) implements SaveOutcome {}

    /// The product stands differently now.
    record Changed(StoredProduct before, StoredProduct product) implements SaveOutcome {}

    /// It stood like that already.
    record Unchanged(StoredProduct product) implements SaveOutcome {}

    /// Somebody changed it meanwhile, or it is not (or already) there.
    ///
    /// @param version the version that stands; 0 where there is none
    record VersionDiffers(long version) implements SaveOutcome {}

    /// It stands differently, and the caller did not say that he knows it.
    record VersionNeeded(long version) implements SaveOutcome {}

    /// Another product has one of the SKUs.
    record SkuTaken(int variant, String sku, String otherProduct) implements SaveOutcome {}

    /// What the caller believes to stand.
    ///
    /// @param any he overwrites whatever there is
    /// @param version the version he has seen, 0 for "nothing is there"; null where he does not say
    record Expectation(boolean any, @Nullable Long version) {

        /// He says nothing.
        public static final Expectation NONE = new Expectation(false, null);
    }
}
