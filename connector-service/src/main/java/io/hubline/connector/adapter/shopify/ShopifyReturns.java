package io.hubline.connector.adapter.shopify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.adapter.shopify.RefundPlan.Payment;
import io.hubline.connector.adapter.shopify.ShopifyWire.OrderForRefund;
import io.hubline.connector.adapter.shopify.ShopifyWire.OrderForRefund.NotedRefund;
import io.hubline.connector.adapter.shopify.ShopifyWire.OrderForRefund.RefundableOrder;
import io.hubline.connector.adapter.shopify.ShopifyWire.OrderTransaction;
import io.hubline.connector.adapter.shopify.ShopifyWire.RefundById;
import io.hubline.connector.adapter.shopify.ShopifyWire.RefundById.MadeRefund;
import io.hubline.connector.adapter.shopify.ShopifyWire.RefundCreate;
import io.hubline.connector.adapter.shopify.ShopifyWire.ReturnAnswer;
import io.hubline.connector.adapter.shopify.ShopifyWire.ReturnAnswered;
import io.hubline.connector.adapter.shopify.ShopifyWire.ReturnStatus;
import io.hubline.connector.adapter.shopify.ShopifyWire.UserError;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.ActAnswer;
import io.hubline.connector.spi.ActAnswer.NotTaken;
import io.hubline.connector.spi.ActAnswer.Settled;
import io.hubline.connector.spi.ActAnswer.Underway;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.connector.spi.RefundDemand;
import io.hubline.connector.spi.ReturnPort.Answer;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Pays buyers back, and answers their returns.
///
/// A refund carries the hub's id of it in its note, which is how a later look finds it. Beside that the
/// shop has a key for the call, so a look that came too early pays nothing twice.
@Singleton
class ShopifyReturns {

    private static final Duration PAYMENT_LOOK = Duration.ofSeconds(2);
    // As many as `OrderForRefund` asks for: with so many, ours may be among those not shown.
    private static final int REFUNDS_ASKED = 100;
    private static final int TRANSACTIONS_ASKED = 50;
    private static final String FRESH_KEY = "fresh-key:";

    private final ShopifyClient client;

    ShopifyReturns(ShopifyClient client) {
        this.client = client;
    }

    /// @param progress how many keys are used up: the shop answered under them, and paid nothing
    Outcome<ActAnswer> refund(Account account, UUID key, RefundDemand demand, @Nullable String progress) {
        Outcome<RefundableOrder> look = look(account, demand.externalId());
        if (!(look instanceof Done<RefundableOrder>(RefundableOrder order))) {
            return Outcome.failed(look);
        }
        Optional<NotedRefund> made = order.refunds().stream()
                .filter(refund -> refund.note() != null && refund.note().contains(demand.refundId()))
                .findFirst();
        if (made.isPresent()) {
            return readBack(account, made.get().id(), order, demand);
        }
        if (order.refunds().size() >= REFUNDS_ASKED || order.transactions().size() >= TRANSACTIONS_ASKED) {
            return new Refused<>("TOO_LARGE", "the order has more refunds or payments than the hub reads");
        }
        BigDecimal amount = inBuyersMoney(order, demand.amount().toDecimal());
        return switch (RefundPlan.of(amount, order.transactions())) {
            case RefundPlan.Impossible(String why) -> new Refused<>("NOT_REFUNDABLE", why);
            case RefundPlan.Payments(List<Payment> payments) ->
                pay(account, keysUsedUp(progress), key, demand, order, payments);
        };
    }

    private Outcome<RefundableOrder> look(Account account, String externalId) {
        ObjectNode variables = client.json().createObjectNode().put("id", OrderReader.gid(externalId));
        Outcome<OrderForRefund> outcome =
                client.call(account, Document.ORDER_FOR_REFUND, variables, OrderForRefund.class);
        if (!(outcome instanceof Done<OrderForRefund>(OrderForRefund data))) {
            return Outcome.failed(outcome);
        }
        return data.order() == null
                ? new Refused<>("NOT_FOUND", "the channel does not know the order")
                : new Done<>(data.order());
    }

    private static BigDecimal inBuyersMoney(RefundableOrder order, String decimal) {
        return RefundPlan.inBuyersMoney(new BigDecimal(decimal), order.presentmentCurrencyCode(), order.transactions());
    }

    private Outcome<ActAnswer> pay(
            Account account,
            int keysUsedUp,
            UUID key,
            RefundDemand demand,
            RefundableOrder order,
            List<Payment> payments) {
        ObjectNode variables = client.json().createObjectNode().put("key", key(key, keysUsedUp));
        ObjectNode input = variables.putObject("input");
        input.put("orderId", order.id());
        input.put("note", note(demand));
        input.put("notify", true);
        input.put("currency", order.presentmentCurrencyCode());
        ArrayNode lines = input.putArray("refundLineItems");
        demand.lines()
                .forEach(line -> lines.addObject()
                        .put("lineItemId", line.channelLineId())
                        .put("quantity", line.quantity())
                        .put("restockType", "NO_RESTOCK"));
        if (demand.shipping().minor() > 0) {
            input.putObject("shipping")
                    .put(
                            "amount",
                            inBuyersMoney(order, demand.shipping().toDecimal()).toPlainString());
        }
        ArrayNode transactions = input.putArray("transactions");
        payments.forEach(payment -> transactions
                .addObject()
                .put("orderId", order.id())
                .put("parentId", payment.parentId())
                .put("gateway", payment.gateway())
                .put("kind", "REFUND")
                .put("amount", payment.amount().toPlainString()));
        Outcome<RefundCreate> outcome = client.call(account, Document.REFUND_CREATE, variables, RefundCreate.class);
        if (!(outcome instanceof Done<RefundCreate>(RefundCreate data))) {
            return Outcome.failed(outcome);
        }
        var payload = data.refundCreate();
        if (payload == null) {
            return new Unknown<>("the answer has no payload");
        }
        if (!payload.userErrors().isEmpty()) {
            return judge(payload.userErrors().getFirst(), keysUsedUp);
        }
        if (payload.refund() == null) {
            return new Unknown<>("the answer names no refund");
        }
        return readBack(account, payload.refund().id(), order, demand);
    }

    /// The error of a call with a key may be about the key, which the schema gives no word of its own here.
    static Outcome<ActAnswer> judge(UserError error, int keysUsedUp) {
        String code = error.code() == null ? "USER_ERROR" : error.code();
        String text = (code + " " + error.message()).toUpperCase(Locale.ROOT);
        boolean aboutKey = text.contains("IDEMPOTEN");
        if (aboutKey && text.contains("CONCURRENT")) {
            return new Unknown<>("the same refund is still being carried out");
        }
        if (aboutKey && text.contains("PREVIOUS") && text.contains("FAILED")) {
            // No answer about the refund: under another key there will be one.
            return new Done<>(new Underway(FRESH_KEY + (keysUsedUp + 1), PAYMENT_LOOK));
        }
        return new Done<>(new NotTaken(code, error.message(), FRESH_KEY + (keysUsedUp + 1)));
    }

    private static int keysUsedUp(@Nullable String progress) {
        return progress != null && progress.startsWith(FRESH_KEY)
                ? Integer.parseInt(progress.substring(FRESH_KEY.length()))
                : 0;
    }

    /// The act's own key, and another once the shop has answered under it that it will not: it would repeat
    /// that answer for ever.
    private static String key(UUID key, int keysUsedUp) {
        return keysUsedUp == 0
                ? key.toString()
                : UUID.nameUUIDFromBytes((key + ":" + keysUsedUp).getBytes(UTF_8))
                        .toString();
    }

    private static String note(RefundDemand demand) {
        return "Hubline refund " + demand.refundId();
    }

    /// What the shop shows of the money is what counts.
    private Outcome<ActAnswer> readBack(Account account, String refundId, RefundableOrder order, RefundDemand demand) {
        ObjectNode variables = client.json().createObjectNode().put("id", refundId);
        Outcome<RefundById> outcome = client.call(account, Document.REFUND_BY_ID, variables, RefundById.class);
        if (!(outcome instanceof Done<RefundById>(RefundById data))) {
            // It was made, and this is only a look: whatever is wrong with it, the next try looks again.
            return outcome instanceof Refused<RefundById>(String code, String why)
                    ? new Unknown<>(code + ": " + why)
                    : Outcome.failed(outcome);
        }
        @Nullable MadeRefund made = data.refund();
        return made == null
                ? new Done<>(new Underway("made", PAYMENT_LOOK))
                : settle(made, inBuyersMoney(order, demand.amount().toDecimal()));
    }

    /// @param wanted in the buyer's money
    static Outcome<ActAnswer> settle(MadeRefund made, BigDecimal wanted) {
        List<OrderTransaction> payments = made.transactions().nodes().stream()
                .filter(OrderTransaction::paysBack)
                .toList();
        if (payments.stream().anyMatch(OrderTransaction::isUnderway)) {
            return new Done<>(new Underway("made", PAYMENT_LOOK));
        }
        BigDecimal paid = payments.stream()
                .filter(OrderTransaction::stands)
                .map(RefundPlan::presented)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (paid.compareTo(wanted) == 0) {
            return new Done<>(new Settled("the channel shows the refund", made.id()));
        }
        return paid.signum() == 0
                ? new Refused<>("PAYMENT_FAILED", "the channel made the refund, and its payment failed")
                : new Refused<>(
                        "AMOUNT_DIFFERS",
                        "the channel shows %s paid back, and %s was asked"
                                .formatted(paid.toPlainString(), wanted.toPlainString()));
    }

    Outcome<ActAnswer> answer(Account account, String channelReturnId, Answer answer) {
        ObjectNode look = client.json().createObjectNode().put("id", channelReturnId);
        Outcome<ReturnStatus> outcome = client.call(account, Document.RETURN_STATUS, look, ReturnStatus.class);
        if (!(outcome instanceof Done<ReturnStatus>(ReturnStatus data))) {
            return Outcome.failed(outcome);
        }
        if (data.found() == null) {
            return new Refused<>("NOT_FOUND", "the channel does not know the return");
        }
        String status = data.found().status();
        if (reached(answer).contains(status)) {
            return new Done<>(new Settled("the channel shows the return as " + word(status), null));
        }
        return switch (answer) {
            case APPROVE ->
                status.equals("REQUESTED")
                        ? tell(account, Document.RETURN_APPROVE_REQUEST, input(channelReturnId), answer)
                        : wrongState(answer, status);
            case DECLINE -> {
                if (!status.equals("REQUESTED")) {
                    yield wrongState(answer, status);
                }
                ObjectNode variables = input(channelReturnId);
                ((ObjectNode) variables.get("input")).put("declineReason", "OTHER");
                yield tell(account, Document.RETURN_DECLINE_REQUEST, variables, answer);
            }
            case CANCEL -> tell(account, Document.RETURN_CANCEL, look, answer);
            case CLOSE ->
                status.equals("OPEN") ? tell(account, Document.RETURN_CLOSE, look, answer) : wrongState(answer, status);
        };
    }

    private ObjectNode input(String channelReturnId) {
        ObjectNode variables = client.json().createObjectNode();
        variables.putObject("input").put("id", channelReturnId).put("notifyCustomer", true);
        return variables;
    }

    private Outcome<ActAnswer> tell(Account account, Document document, ObjectNode variables, Answer answer) {
        Outcome<ReturnAnswered> outcome = client.call(account, document, variables, ReturnAnswered.class);
        if (!(outcome instanceof Done<ReturnAnswered>(ReturnAnswered data))) {
            return Outcome.failed(outcome);
        }
        @Nullable ReturnAnswer payload = data.payload();
        if (payload == null) {
            return new Unknown<>("the answer has no payload");
        }
        if (!payload.userErrors().isEmpty()) {
            UserError error = payload.userErrors().getFirst();
            return new Refused<>(error.code() == null ? "USER_ERROR" : error.code(), error.message());
        }
        return payload.answered() != null
                        && reached(answer).contains(payload.answered().status())
                ? new Done<>(new Settled(
                        "told the channel: the return is "
                                + word(payload.answered().status()),
                        null))
                : new Unknown<>("the answer does not show the return as it should be");
    }

    /// Where a return may stand so that nothing is left to tell: there, or beyond.
    private static Set<String> reached(Answer answer) {
        return switch (answer) {
            case APPROVE -> Set.of("OPEN", "CLOSED");
            case DECLINE -> Set.of("DECLINED", "CANCELED");
            case CANCEL, CLOSE -> Set.of("CLOSED", "CANCELED", "DECLINED");
        };
    }

    private static Outcome<ActAnswer> wrongState(Answer answer, String status) {
        return new Refused<>(
                "INVALID_STATE",
                "the channel shows the return as %s, and it is to be told to %s"
                        .formatted(word(status), word(answer.name())));
    }

    private static String word(String status) {
        return status.toLowerCase(Locale.ROOT);
    }
}
