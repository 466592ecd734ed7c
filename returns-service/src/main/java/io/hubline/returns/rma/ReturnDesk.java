package io.hubline.returns.rma;

import io.hubline.kit.Ids;
import io.hubline.returns.rma.domain.Command;
import io.hubline.returns.rma.domain.Decision;
import io.hubline.returns.rma.domain.Refusal;
import io.hubline.returns.rma.domain.Returns;
import io.hubline.returns.rma.domain.Returns.Noted;
import io.hubline.returns.rma.domain.Returns.OrderKey;
import io.hubline.returns.rma.domain.Rma;
import io.hubline.returns.rma.domain.RmaMachine;
import io.hubline.returns.rma.domain.RmaMachine.Asked;
import io.hubline.returns.rma.domain.SoldOrder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people do with returns. The caller names what he asks for, so that asking again changes nothing and
/// gets the first answer.
@ApplicationScoped
public class ReturnDesk {

    private static final String OPEN = "open";
    private static final String RECEIPT = "receipt";
    private static final String INSPECTION = "inspection";
    private static final String REFUND = "refund";

    private final Returns returns;
    private final RmaAdvance advance;

    ReturnDesk(Returns returns, RmaAdvance advance) {
        this.returns = returns;
        this.advance = advance;
    }

    /// What became of what somebody asked for.
    public sealed interface Answer {

        /// The return is as asked.
        ///
        /// @param first false when it was so before
        record Done(String returnId, boolean first) implements Answer {}

        /// There is no such return, or no such order.
        record NotFound() implements Answer {}

        /// Something else was asked under this id before.
        record OtherContent(String kind, String id) implements Answer {}

        /// It cannot be done.
        record Refused(Rma rma, Refusal refusal) implements Answer {}
    }

    /// Which order a return is opened for.
    public sealed interface OrderName {

        /// By the hub's id.
        record Id(String orderId) implements OrderName {}

        /// By the channel's id.
        record AtChannel(String account, String externalId) implements OrderName {}
    }

    /// Opens a return: the buyer may send the goods.
    ///
    /// @param named the caller's id for it; null to have one made, and then asking again opens another
    ///     return
    /// @param lines each line once
    @Transactional
    public Answer open(@Nullable String named, OrderName name, List<Asked> lines) {
        Optional<OrderKey> key = switch (name) {
            case OrderName.Id(String orderId) -> returns.keyOfOrder(orderId);
            case OrderName.AtChannel(String account, String externalId) ->
                Optional.of(new OrderKey(account, externalId));
        };
        String returnId = named == null ? Ids.text() : named;
        String content = "%s %s".formatted(key.orElse(null), lines);
        Optional<Noted> earlier = returns.asked(OPEN, "", returnId);
        if (earlier.isPresent()) {
            return repeated(earlier.get(), OPEN, returnId, content);
        }
        if (key.isEmpty()) {
            return new Answer.NotFound();
        }
        String account = key.get().account();
        String externalId = key.get().externalId();
        returns.lockOrder(account, externalId);
        Optional<SoldOrder> order = returns.order(account, externalId);
        if (order.isEmpty()) {
            return new Answer.NotFound();
        }
        // Before the rule: a copy of this request that has just been followed gets its answer.
        Optional<Noted> meanwhile = returns.asked(OPEN, "", returnId);
        if (meanwhile.isPresent()) {
            return repeated(meanwhile.get(), OPEN, returnId, content);
        }
        if (returns.keyOfReturn(returnId).isPresent()) {
            return new Answer.OtherContent(OPEN, returnId);
        }
        Rma.Identity identity = new Rma.Identity(returnId, account, order.get().channel(), externalId, null);
        return switch (RmaMachine.open(identity, order.get(), lines)) {
            case Decision.Advanced advanced -> {
                Optional<Noted> raced = returns.note(OPEN, "", returnId, returnId, content, advance.now());
                if (raced.isPresent()) {
                    yield repeated(raced.get(), OPEN, returnId, content);
                }
                advance.keep(null, advanced, "opened", "by the seller");
                yield new Answer.Done(returnId, true);
            }
            case Decision.Unchanged(Rma rma) ->
                throw new IllegalStateException("opening %s changed nothing".formatted(rma));
            case Decision.Refused refused -> refused(refused);
        };
    }

    /// Lets the buyer send the goods.
    @Transactional
    public Answer authorise(String returnId) {
        return follow(returnId, new Command.Authorise(), "authorised", "by a person");
    }

    /// Says no to the buyer.
    ///
    /// @param reason without personal data
    @Transactional
    public Answer decline(String returnId, String reason) {
        return follow(returnId, new Command.Decline(reason), "declined", "by a person");
    }

    /// Calls a return off while nothing has moved.
    @Transactional
    public Answer cancel(String returnId) {
        return follow(returnId, new Command.Cancel(), "cancelled", "by a person");
    }

    /// Takes goods in.
    @Transactional
    public Answer receive(String returnId, Command.Receive receipt) {
        return once(
                returnId,
                RECEIPT,
                returnId,
                receipt.receiptId(),
                receipt,
                "received",
                "receipt " + receipt.receiptId());
    }

    /// Takes in what somebody found of goods, and refunds what the policy refunds.
    @Transactional
    public Answer inspect(String returnId, Command.Inspect inspection) {
        return once(
                returnId,
                INSPECTION,
                returnId,
                inspection.inspectionId(),
                inspection,
                "inspected",
                "inspection " + inspection.inspectionId());
    }

    /// Gives units up that never came.
    @Transactional
    public Answer giveUp(String returnId, List<Command.Units> lines) {
        return follow(returnId, new Command.GiveUp(lines), "given-up", "units that never came");
    }

    /// Pays the buyer back for units, wherever the goods are. A refund's id is taken once, over all
    /// returns.
    @Transactional
    public Answer payBack(String returnId, Command.PayBack refund) {
        return once(returnId, REFUND, "", refund.refundId(), refund, "refund-requested", "refund " + refund.refundId());
    }

    /// Lets a refund be tried again that the channel refused.
    @Transactional
    public Answer retry(String returnId, String refundId) {
        return follow(returnId, new Command.Retry(refundId), "refund-retried", "refund " + refundId);
    }

    private Answer once(
            String returnId, String kind, String scope, String id, Command command, String what, String detail) {
        Optional<OrderKey> key = returns.keyOfReturn(returnId);
        if (key.isEmpty()) {
            return new Answer.NotFound();
        }
        returns.lockOrder(key.get().account(), key.get().externalId());
        String content = "%s %s".formatted(returnId, command);
        Optional<Noted> earlier = returns.asked(kind, scope, id);
        if (earlier.isPresent()) {
            return repeated(earlier.get(), kind, id, content);
        }
        Rma rma = returns.find(returnId).orElseThrow();
        return switch (advance.decide(rma, command)) {
            case Decision.Advanced advanced -> {
                Optional<Noted> raced = returns.note(kind, scope, id, returnId, content, advance.now());
                if (raced.isPresent()) {
                    yield repeated(raced.get(), kind, id, content);
                }
                advance.keep(rma, advanced, what, detail);
                yield new Answer.Done(returnId, true);
            }
            case Decision.Unchanged _ -> new Answer.Done(returnId, false);
            case Decision.Refused refused -> refused(refused);
        };
    }

    private static Answer repeated(Noted earlier, String kind, String id, String content) {
        return earlier.content().equals(content)
                ? new Answer.Done(earlier.returnId(), false)
                : new Answer.OtherContent(kind, id);
    }

    private Answer follow(String returnId, Command command, String what, String detail) {
        Optional<OrderKey> key = returns.keyOfReturn(returnId);
        if (key.isEmpty()) {
            return new Answer.NotFound();
        }
        returns.lockOrder(key.get().account(), key.get().externalId());
        Rma rma = returns.find(returnId).orElseThrow();
        return switch (advance.decide(rma, command)) {
            case Decision.Advanced advanced -> {
                advance.keep(rma, advanced, what, detail);
                yield new Answer.Done(returnId, true);
            }
            case Decision.Unchanged _ -> new Answer.Done(returnId, false);
            case Decision.Refused refused -> refused(refused);
        };
    }

    private Answer refused(Decision.Refused refused) {
        advance.refused(refused);
        return new Answer.Refused(refused.rma(), refused.refusal());
    }
}
