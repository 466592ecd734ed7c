package io.hubline.returns.rma;

import io.hubline.returns.rma.domain.ReturnPolicy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the seller lets happen without a person.
@ConfigMapping(prefix = "hubline.returns.policy")
interface ReturnsConfig {

    /// How long after the last unit of a line left a buyer may ask without a person looking at it.
    @WithDefault("30d")
    Duration window();

    /// What a return may be worth, tax included, before a person looks at it: minor units, for every
    /// currency that [#approveBelowMinorByCurrency()] does not name.
    @WithDefault("10000")
    long approveBelowMinor();

    /// The same by currency, such as `..."JPY"=15000`.
    Map<String, Long> approveBelowMinorByCurrency();

    /// Reasons that a person always looks at.
    Optional<Set<String>> reasonsForAPerson();

    /// Reasons that are the seller's fault: what is scrapped for one of them is refunded too.
    @WithDefault("DEFECTIVE,WRONG_ITEM,NOT_AS_DESCRIBED,DAMAGED")
    Set<String> sellerFaultReasons();

    /// When an inspection refunds by itself.
    @WithDefault("RESTOCKED_OR_SELLERS_FAULT")
    ReturnPolicy.Refunding refundAfterInspection();

    /// The same as one value.
    default ReturnPolicy policy() {
        return new ReturnPolicy(
                window(),
                approveBelowMinorByCurrency(),
                approveBelowMinor(),
                reasonsForAPerson().orElse(Set.of()),
                sellerFaultReasons(),
                refundAfterInspection());
    }
}
