package io.hubline.connector.engine;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/// Transactions of the loops, which have none of a caller. Short: a channel is never called inside one.
@Singleton
public class Transactions {

    /// Runs work in a transaction of its own.
    public void run(Runnable work) {
        QuarkusTransaction.requiringNew().run(work);
    }

    /// The same, with an answer.
    public <T> T call(Supplier<T> work) {
        return QuarkusTransaction.requiringNew().call(work::get);
    }
}
