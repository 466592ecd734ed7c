package io.hubline.catalog.product.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.catalog.product.domain.ProductForm.CheckOutcome.Sound;
import io.hubline.catalog.product.domain.ProductForm.VariantForm;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProductPatchTest {

    private static final Product MUG = new Product(
            "mug",
            ProductStatus.ACTIVE,
            "Mug",
            "",
            "Plain",
            "MUG",
            List.of("Holds tea"),
            List.of(),
            Map.of("material", "clay"),
            List.of(new Variant("MUG", ProductStatus.ACTIVE, "96385074", List.of(), Map.of(), new Price(950, "EUR"))));

    @Test
    void what_a_product_says_makes_the_same_product() {
        assertThat(ProductForm.of(MUG).check()).isEqualTo(new Sound(MUG));
    }

    @Test
    void a_patch_that_says_nothing_changes_nothing() {
        assertThat(patch(null, Map.of()).onto(MUG).form().check()).isEqualTo(new Sound(MUG));
    }

    @Test
    void what_is_said_goes_over_what_is_there() {
        assertThat(patch("Big mug", Map.of("glaze", "matt")).onto(MUG).form().check())
                .isInstanceOfSatisfying(Sound.class, sound -> {
                    assertThat(sound.product().title()).isEqualTo("Big mug");
                    assertThat(sound.product().brand()).isEqualTo("Plain");
                    assertThat(sound.product().attributes()).isEqualTo(Map.of("material", "clay", "glaze", "matt"));
                    assertThat(sound.product().variants()).isEqualTo(MUG.variants());
                });
    }

    private static ProductPatch patch(@Nullable String title, Map<String, @Nullable String> attributes) {
        return new ProductPatch(
                "mug",
                new ProductForm("mug", null, title, null, null, null, null, null, attributes, null),
                List.of(new VariantForm("MUG", null, null, null, null, null)));
    }
}
