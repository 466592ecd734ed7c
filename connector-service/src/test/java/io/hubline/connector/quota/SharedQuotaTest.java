package io.hubline.connector.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.connector.StubShopResource;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Quota.Rate;
import io.hubline.testkit.InfrastructureResource;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
@QuarkusTestResource(StubShopResource.class)
class SharedQuotaTest {

    private static final Rate SLOW = new Rate(0.2, 1000);

    private static final Rate RARE = new Rate(0.0001, 2);

    private final SharedQuota quota;
    private final RedisDataSource redis;

    SharedQuotaTest(SharedQuota quota, RedisDataSource redis) {
        this.quota = quota;
        this.redis = redis;
    }

    @Test
    void a_bucket_nobody_has_seen_is_empty() {
        assertThat(quota.take(account("new"), "op", SLOW, 10)).isPositive();
    }

    @Test
    void what_came_back_is_taken_once_by_all_together() {
        Account account = account("spent");
        quota.settle(account, "op", SLOW, 100, 1000);

        assertThat(quota.take(account, "op", SLOW, 60)).isZero();
        assertThat(quota.take(account, "op", SLOW, 60)).isPositive();
        assertThat(quota.take(account, "op", SLOW, 40)).isZero();
    }

    @Test
    void a_lost_bucket_starts_empty_and_not_full() {
        Account account = account("lost");
        quota.settle(account, "op", SLOW, 100, 1000);

        redis.key().del("hubline:connector:quota:{lost:op}");

        assertThat(quota.take(account, "op", SLOW, 10)).isPositive();
    }

    @Test
    void a_quick_bucket_fills_by_the_clock() {
        Account account = account("quick");
        Rate quick = new Rate(1_000_000, 1000);

        assertThat(quota.take(account, "op", quick, 1000).toMillis()).isBetween(0L, 1L);
    }

    @Test
    void a_bucket_that_fills_for_hours_is_full_when_it_was_never_used() {
        Account account = account("rare");

        assertThat(quota.take(account, "op", RARE, 1)).isZero();
        assertThat(quota.take(account, "op", RARE, 1)).isZero();
        assertThat(quota.take(account, "op", RARE, 1)).isPositive();
    }

    @Test
    void what_was_spent_of_it_is_remembered_when_redis_forgets() {
        Account account = account("forgotten");
        assertThat(quota.take(account, "op", RARE, 1)).isZero();

        redis.key().del("hubline:connector:quota:{forgotten:op}");

        assertThat(quota.take(account, "op", RARE, 1)).isZero();
        redis.key().del("hubline:connector:quota:{forgotten:op}");
        assertThat(quota.take(account, "op", RARE, 1)).isPositive();
    }

    private static Account account(String id) {
        return new Account(id, "shopify", Map.of());
    }
}
