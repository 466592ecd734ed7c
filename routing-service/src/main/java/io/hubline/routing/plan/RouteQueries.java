package io.hubline.routing.plan;

import io.hubline.routing.plan.domain.Announced;
import io.hubline.routing.plan.domain.CaseState;
import io.hubline.routing.plan.domain.Phase;
import io.hubline.routing.plan.domain.RouteCases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be asked about plans.
@ApplicationScoped
public class RouteQueries {

    private final RouteCases cases;

    RouteQueries(RouteCases cases) {
        this.cases = cases;
    }

    /// All that explains where an order stands.
    @Transactional
    public Optional<Explanation> explain(String orderId) {
        return cases.find(orderId).map(state -> new Explanation(state, cases.announced(orderId)));
    }

    /// Orders in the order of their ids, at most `limit`.
    @Transactional
    public List<CaseState> page(@Nullable Phase phase, @Nullable String after, int limit) {
        return cases.page(phase, after, limit);
    }

    /// An order and what was announced about it, oldest first.
    public record Explanation(CaseState order, List<Announced> announced) {

        public Explanation {
            announced = List.copyOf(announced);
        }
    }
}
