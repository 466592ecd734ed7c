package io.hubline.connector.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.connector.inbound.domain.CardScrubber;
import io.hubline.connector.inbound.domain.OrderSnapshot.SoldLine;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.ForeignOrder;
import io.hubline.connector.spi.ForeignReturn;
import io.hubline.connector.spi.OrderMark;
import io.hubline.contracts.Recipient;
import io.hubline.contracts.connector.ChannelOrder;
import io.hubline.contracts.connector.ChannelOrder.FulfilledBy;
import io.hubline.contracts.connector.ChannelOrder.Status;
import io.hubline.contracts.connector.ChannelOrderEvent.ChannelOrderObserved;
import io.hubline.contracts.connector.ChannelReturn;
import io.hubline.contracts.connector.ChannelReturnEvent.ChannelReturnObserved;
import io.hubline.kit.personal.PersonalCipher;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An order of a channel, and its returns, said in the published language.
@Singleton
class ChannelOrderEvents {

    private final PersonalCipher cipher;
    private final ObjectMapper json;

    ChannelOrderEvents(PersonalCipher cipher, ObjectMapper json) {
        this.cipher = cipher;
        this.json = json;
    }

    /// Without full card numbers, wherever a buyer or seller may have typed one.
    static ForeignOrder scrubbed(ForeignOrder foreign) {
        ChannelOrder order = foreign.order();
        Recipient to = foreign.recipient();
        return new ForeignOrder(
                foreign.mark(),
                new ChannelOrder(
                        CardScrubber.scrub(order.number()),
                        order.status(),
                        order.fulfilledBy(),
                        order.placedAt(),
                        order.shipBy(),
                        scrub(order.cancelReason()),
                        order.total(),
                        order.tax(),
                        order.shipping(),
                        order.destination(),
                        order.lines().stream()
                                .map(line -> new ChannelOrder.Line(
                                        line.lineId(),
                                        line.channelSku(),
                                        line.variantId(),
                                        line.channelLocation(),
                                        CardScrubber.scrub(line.title()),
                                        line.quantity(),
                                        line.ordered(),
                                        line.unitPrice(),
                                        line.tax(),
                                        line.paid()))
                                .toList()),
                new Recipient(
                        scrub(to.name()),
                        scrub(to.company()),
                        scrub(to.line1()),
                        scrub(to.line2()),
                        scrub(to.city()),
                        scrub(to.region()),
                        scrub(to.postalCode()),
                        scrub(to.country()),
                        scrub(to.phone()),
                        scrub(to.email())),
                foreign.returns().stream().map(ChannelOrderEvents::scrubbed).toList());
    }

    private static ForeignReturn scrubbed(ForeignReturn foreign) {
        ChannelReturn goods = foreign.goods();
        return new ForeignReturn(
                foreign.channelReturnId(),
                new ChannelReturn(
                        CardScrubber.scrub(goods.number()),
                        goods.status(),
                        goods.requestedAt(),
                        goods.lines().stream()
                                .map(line -> new ChannelReturn.Line(
                                        line.returnLineId(),
                                        line.channelLineId(),
                                        line.quantity(),
                                        CardScrubber.scrub(line.reason())))
                                .toList()));
    }

    private static @Nullable String scrub(@Nullable String text) {
        return text == null ? null : CardScrubber.scrub(text);
    }

    ChannelOrderObserved observed(Account account, ForeignOrder foreign, long fetchNumber, Instant observedAt) {
        String externalId = foreign.mark().externalId();
        return new ChannelOrderObserved(
                account.id(),
                externalId,
                account.adapter(),
                foreign.mark().updatedAt(),
                fetchNumber,
                observedAt,
                foreign.order(),
                cipher.seal(write(foreign.recipient()), account.id() + ":" + externalId));
    }

    ChannelReturnObserved observed(
            Account account, OrderMark mark, ForeignReturn foreign, long fetchNumber, Instant observedAt) {
        return new ChannelReturnObserved(
                account.id(),
                mark.externalId(),
                account.adapter(),
                foreign.channelReturnId(),
                mark.updatedAt(),
                fetchNumber,
                observedAt,
                foreign.goods());
    }

    /// Of everything that is announced of a return.
    String contentHash(ForeignReturn foreign) {
        return hash(write(foreign.goods()));
    }

    /// Of everything that is announced of an order, the recipient included and its returns not.
    String contentHash(ForeignOrder foreign) {
        return hash(write(foreign.order()), write(foreign.recipient()));
    }

    private static String hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(part.getBytes(UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The units the order takes from the number that the hub keeps at the channel. What the channel ships
    /// from its own warehouse it takes from another.
    static List<SoldLine> soldLines(ChannelOrder order) {
        boolean ours = order.fulfilledBy() == FulfilledBy.SELLER;
        boolean wanted = ours && order.status() != Status.CANCELLED;
        return order.lines().stream()
                .map(line -> new SoldLine(
                        line.lineId(),
                        line.channelSku(),
                        line.variantId(),
                        line.channelLocation(),
                        wanted ? line.quantity() : 0,
                        ours ? Math.max(line.ordered(), line.quantity()) : 0))
                .toList();
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            // The message of the cause may quote personal data.
            throw new IllegalArgumentException(value.getClass().getSimpleName() + " cannot be written as JSON");
        }
    }
}
