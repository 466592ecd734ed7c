package io.hubline.inventory.stock;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.inventory.stock.domain.Decision;
import io.hubline.inventory.stock.domain.Hold;
import io.hubline.inventory.stock.domain.Outcome;
import io.hubline.inventory.stock.domain.Request;
import io.hubline.kit.audit.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;

/// Records who released a hold whose buyer is said to have paid: only a person decides that.
@ApplicationScoped
class HoldAudit {

    private final Audit audit;

    HoldAudit(Audit audit) {
        this.audit = audit;
    }

    /// @param requests those of the decision
    /// @param sources who asked for each of them
    @Transactional(MANDATORY)
    void record(Decision decision, List<Request> requests, List<Ask.Source> sources) {
        for (Hold hold : decision.holds()) {
            // Nothing but a payment gives a hold an order, and a hold that is over is not released again.
            if (hold.state() == Hold.State.RELEASED && hold.channelOrder() != null) {
                audit.recordAs(
                        whoReleased(hold.id(), decision, requests, sources),
                        "hold.released",
                        "hold",
                        hold.id(),
                        Map.of("state", Hold.State.CONVERTING, "channelOrder", hold.channelOrder()),
                        Map.of("state", Hold.State.RELEASED));
            }
        }
    }

    /// The first of this batch who was told that it is done: whoever came before was refused.
    private static String whoReleased(
            String hold, Decision decision, List<Request> requests, List<Ask.Source> sources) {
        for (int i = 0; i < requests.size(); i++) {
            if (requests.get(i) instanceof Request.Released released
                    && released.hold().equals(hold)
                    && decision.outcomes().get(i) instanceof Outcome.Done) {
                return sources.get(i).actor();
            }
        }
        throw new IllegalStateException("nobody released the hold " + hold);
    }
}
