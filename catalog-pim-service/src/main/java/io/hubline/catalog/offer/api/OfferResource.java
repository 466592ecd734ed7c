package io.hubline.catalog.offer.api;

import io.hubline.catalog.offer.OfferService;
import io.hubline.catalog.offer.OfferService.Batch;
import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.OfferDraft;
import io.hubline.catalog.offer.domain.OfferForm;
import io.hubline.catalog.offer.domain.OfferForm.CheckOutcome.Sound;
import io.hubline.catalog.offer.domain.OfferForm.CheckOutcome.Unsound;
import io.hubline.catalog.offer.domain.OfferForm.PriceForm;
import io.hubline.catalog.offer.domain.OfferForm.Violation;
import io.hubline.catalog.offer.domain.SaveOutcome;
import io.hubline.catalog.offer.domain.SaveOutcome.Changed;
import io.hubline.catalog.offer.domain.SaveOutcome.Created;
import io.hubline.catalog.offer.domain.SaveOutcome.Refused;
import io.hubline.catalog.offer.domain.SaveOutcome.Unchanged;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Which SKU is sold as what.
@RegisterForReflection(targets = {Violation.class})
@Path("/offers")
class OfferResource {

    private final OfferService offers;
    private final int bulkRowsMax;
    private final int republishBatch;

    OfferResource(
            OfferService offers,
            @ConfigProperty(name = "hubline.catalog.bulk-rows-max") int bulkRowsMax,
            @ConfigProperty(name = "hubline.catalog.republish-batch") int republishBatch) {
        this.offers = offers;
        this.bulkRowsMax = bulkRowsMax;
        this.republishBatch = republishBatch;
    }

    /// Makes an offer, or changes it. The same body again changes nothing and announces nothing.
    ///
    /// With a `channelLocation` in the body, the offer meant is the one at that place.
    @PUT
    @Path("/{account}/{channelSku: .+}")
    @RolesAllowed(Roles.CATALOG)
    public RestResponse<OfferView> put(
            @RestPath String account, @RestPath String channelSku, @NotNull Request request) {
        OfferForm form = new OfferForm(
                account,
                request.channel(),
                channelSku,
                request.variantId(),
                request.inventoryItemId(),
                request.channelLocation(),
                request.sku(),
                request.status(),
                request.managed(),
                request.title(),
                request.price());
        OfferDraft draft = switch (form.check()) {
            case Sound(OfferDraft sound) -> sound;
            case Unsound(List<Violation> violations) ->
                throw Problem.of(400, "invalid-offer", "The offer is not sound")
                        .with("violations", violations)
                        .asException();
        };
        return switch (offers.save(List.of(draft)).getFirst()) {
            case Created(Offer offer) -> RestResponse.status(RestResponse.Status.CREATED, OfferView.of(offer));
            case Changed changed -> RestResponse.ok(OfferView.of(changed.offer()));
            case Unchanged(Offer offer) -> RestResponse.ok(OfferView.of(offer));
            case Refused refused ->
                throw Problem.of(409, "offer-conflict", "Another offer stands in the way")
                        .detail(sentence(refused))
                        .with("conflict", refused.conflict())
                        .with("otherOffer", refused.otherOffer())
                        .asException();
        };
    }

    /// Makes and changes many offers at once. A row that cannot be taken is named in the answer with its
    /// index, and does not hinder the others.
    @POST
    @Path("/bulk")
    @RolesAllowed(Roles.CATALOG)
    public BulkAnswer bulk(@NotNull List<@Nullable OfferForm> rows) {
        if (rows.size() > bulkRowsMax) {
            throw Problem.of(413, "bulk-too-large", "Too many rows in one request")
                    .with("rows", rows.size())
                    .with("rowsMax", bulkRowsMax)
                    .asException();
        }
        List<RowError> errors = new ArrayList<>();
        List<OfferDraft> drafts = new ArrayList<>();
        List<Integer> rowOfDraft = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            @Nullable OfferForm form = rows.get(row);
            if (form == null) {
                errors.add(new RowError(row, null, null, "invalid-offer", "row is null"));
                continue;
            }
            switch (form.check()) {
                case Sound(OfferDraft draft) -> {
                    drafts.add(draft);
                    rowOfDraft.add(row);
                }
                case Unsound(List<Violation> violations) -> {
                    int at = row;
                    violations.forEach(violation -> errors.add(RowError.of(at, form, violation)));
                }
            }
        }
        return answer(drafts.isEmpty() ? List.of() : offers.save(drafts), drafts, rowOfDraft, errors);
    }

    private static BulkAnswer answer(
            List<SaveOutcome> outcomes, List<OfferDraft> drafts, List<Integer> rowOfDraft, List<RowError> errors) {
        int created = 0;
        int changed = 0;
        int unchanged = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            switch (outcomes.get(i)) {
                case Created _ -> created++;
                case Changed _ -> changed++;
                case Unchanged _ -> unchanged++;
                case Refused refused ->
                    errors.add(new RowError(
                            rowOfDraft.get(i),
                            drafts.get(i).account(),
                            drafts.get(i).channelSku(),
                            "offer-conflict",
                            sentence(refused)));
            }
        }
        return new BulkAnswer(created, changed, unchanged, errors);
    }

    private static String sentence(Refused refused) {
        return switch (refused.conflict()) {
            case VARIANT_TAKEN -> "the variant is already sold as " + refused.otherOffer();
            case ID_TAKEN -> "another channel SKU or place comes out as the same offer " + refused.otherOffer();
        };
    }

    /// Offers in the order of their ids. With `blocked=true` the queue of those whose content waits for
    /// somebody.
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page<OfferView> list(
            @RestQuery @Nullable String account,
            @RestQuery @Nullable String sku,
            @RestQuery boolean blocked,
            @RestQuery @Nullable String after) {
        List<OfferView> found = offers.page(account, sku, blocked, Page.position(after), Page.SIZE + 1).stream()
                .map(OfferView::of)
                .toList();
        return Page.of(found, Page.SIZE, OfferView::offer);
    }

    /// Announces every offer again, for a reader that has lost its copy. A call cut short can simply be
    /// repeated.
    @POST
    @Path("/republish")
    @RolesAllowed(Roles.ADMIN)
    public Republished republish() {
        int announced = 0;
        Batch batch = offers.republish(null, republishBatch);
        while (batch.last() != null) {
            announced += batch.offers();
            batch = offers.republish(batch.last(), republishBatch);
        }
        return new Republished(announced);
    }

    /// What an offer should be; account and channel SKU are in the path.
    ///
    /// @param status `ACTIVE` where it is left out
    /// @param managed whether the hub lists it: keeps its title, price, pictures as the product has them.
    ///     False where it is left out: the hub keeps the number only
    /// @param title instead of the product's; only where managed
    /// @param price instead of the variant's; only where managed
    record Request(
            @Nullable String sku,
            @Nullable String channel,
            @Nullable String variantId,
            @Nullable String inventoryItemId,
            @Nullable String channelLocation,
            @Nullable String status,
            @Nullable Boolean managed,
            @Nullable String title,
            @Nullable PriceForm price) {}

    record BulkAnswer(int created, int changed, int unchanged, List<RowError> errors) {}

    /// @param row the index in the request, from 0
    record RowError(
            int row, @Nullable String account, @Nullable String channelSku, String type, String detail) {

        static RowError of(int row, OfferForm form, Violation violation) {
            return new RowError(
                    row,
                    form.account(),
                    form.channelSku(),
                    "invalid-offer",
                    violation.field() + " " + violation.message());
        }
    }

    record Republished(int announced) {}
}
